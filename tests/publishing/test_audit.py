"""An audit record hashes what was scanned, and is refused if that is not there any more."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.errors import InputError, UsageError
from leakcheck.publishing.audit import audit_of
from leakcheck.publishing.hashing import sha256_of
from leakcheck.scanning import scan


def test_every_file_that_was_read_is_hashed(record, corpus):
    assert {file.path: file.sha256 for file in record.files} == {
        name: hashlib.sha256(Path(name).read_bytes()).hexdigest()
        for name in ("corpus/a.jsonl", "corpus/b.txt", "corpus/deep/c.csv")
    }


def test_what_could_not_be_read_is_named_with_its_reason(record):
    told = [(each.path, each.row) for each in record.unscanned]
    assert sorted(told, key=str) == [("corpus/a.jsonl", 1), ("corpus/image.png", None)]
    assert all(each.reason for each in record.unscanned)


def test_settings_packs_and_verdicts_are_those_of_the_run(scanned):
    report = scanned()
    record = audit_of(report)
    assert record.settings == report.settings
    assert record.packs[0].checksum == report.settings.packs[0].checksum
    assert record.benchmarks == list(report.benchmarks)
    assert (record.version, record.preset) == (report.version, "leakcheck")
    assert (record.documents, record.bytes) == (report.corpus.documents, report.corpus.bytes)


def test_it_names_no_folder_of_the_machine(record, tmp_path):
    from leakcheck.publishing.records import written

    assert str(tmp_path) not in written(record)


def grown(path: Path) -> None:
    path.write_text(path.read_text() + "more\n")


def rewritten_in_place(path: Path) -> None:
    path.write_text(path.read_text().replace("ferry", "coach"))
    os.utime(path, ns=(1, 1))


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (grown, "written to since the scan; scan again"),
        (rewritten_in_place, "written to since the scan"),
        (gone, "cannot be read any more"),
    ],
)
def test_no_record_is_made_of_files_that_are_not_those_that_were_scanned(scanned, change, told):
    report = scanned()
    change(Path("corpus/b.txt"))
    with pytest.raises(InputError, match=rf"corpus/b\.txt: .*{told}"):
        audit_of(report)


def test_a_file_that_is_written_to_while_it_is_hashed_is_noticed(scanned):
    def hash_slowly(path: Path) -> str:
        digest = sha256_of(path)
        grown(path)
        return digest

    with pytest.raises(InputError, match="written to since the scan"):
        audit_of(scanned(), hash_slowly)


def test_a_record_from_another_folder_is_refused(scanned, monkeypatch, tmp_path):
    report = scanned()
    monkeypatch.chdir(tmp_path.parent)
    with pytest.raises(InputError, match="from the same folder"):
        audit_of(report)


def test_no_record_is_made_where_some_rows_only_were_scanned(scanned):
    report = scanned()
    part = msgspec.structs.replace(report.corpus, bytes=report.corpus.bytes - 1)
    with pytest.raises(UsageError, match="scan without --diff-base"):
        audit_of(replace(report, corpus=part))


def test_standard_input_has_no_hash_and_that_is_said():
    report = scan(["-"], "demo", standard_input=io.BytesIO(b'{"text": "tea"}\n'))
    record = audit_of(report)
    assert [file.sha256 for file in record.files] == [None]
    assert "standard input" in record.unhashed


def test_of_an_index_its_manifest_is_hashed_in_place_of_the_files(corpus):
    build_index([str(corpus)], Path("corpus.lki"), scale=1)
    record = audit_of(scan(["corpus.lki"], "demo"))
    assert {file.sha256 for file in record.files} == {None}
    assert "an index was asked" in record.unhashed
    assert record.index.manifest_sha256 == sha256_of(Path("corpus.lki/manifest.json"))


def test_a_file_name_that_is_not_utf8_is_hashed(corpus, scanned):
    raw = os.fsencode(corpus) + b"/caf\xe9.txt"
    Path(os.fsdecode(raw)).write_text("tea")
    record = audit_of(scanned())
    [file] = [each for each in record.files if "caf" in each.path]
    assert (file.path, file.sha256) == ("corpus/caf\\xe9.txt", hashlib.sha256(b"tea").hexdigest())

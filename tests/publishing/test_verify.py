"""A record is compared with the files and the packs as they are now."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import pytest

from leakcheck.corpus import Excludes
from leakcheck.corpus_index.building.build import build_index
from leakcheck.errors import RunError
from leakcheck.publishing.audit import audit_of
from leakcheck.publishing.verify import checked_packs, verify_audit
from leakcheck.scanning import scan
from leakcheck.verdict.records import PackReport


def differences(record, root=None) -> dict[str, str]:
    return {each.name: each.state for each in verify_audit(record, root) if each.differs}


def test_nothing_differs_where_nothing_was_changed(record):
    checked = list(verify_audit(record, None))
    assert [each.state for each in checked] == ["same"] * 4  # three files, one pack
    assert not any(each.differs for each in checked)


def test_a_file_that_was_only_touched_is_the_same(record):
    Path("corpus/b.txt").touch()
    assert differences(record) == {}


def longer(path: Path) -> None:
    path.write_text(path.read_text() + "x")


def other_bytes(path: Path) -> None:
    path.write_text(path.read_text().replace("ferry", "coach"))


@pytest.mark.parametrize("change", [longer, other_bytes])
def test_a_changed_file_is_told(record, change):
    change(Path("corpus/b.txt"))
    assert differences(record) == {"corpus/b.txt": "changed"}


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.rename("elsewhere.txt")])
def test_a_missing_file_is_told(record, change):
    change(Path("corpus/b.txt"))
    assert differences(record) == {"corpus/b.txt": "missing"}


@pytest.mark.parametrize("name", ["corpus/z.jsonl", "corpus/deep/z.txt", "corpus/z.bin"])
def test_a_new_file_is_told_where_the_scan_would_have_come_by(record, name):
    Path(name).write_text("{}")
    assert differences(record) == {name: "new"}


@pytest.mark.parametrize("name", ["beside.jsonl", "corpus/.hidden.jsonl"])
def test_a_new_file_where_the_scan_would_not_have_come_by_is_none(record, name):
    Path(name).write_text("{}")
    assert differences(record) == {}


def test_a_new_file_that_the_scan_would_have_left_out_is_none(corpus):
    record = audit_of(scan([str(corpus)], "demo", excludes=Excludes(("deep/",))))
    Path("corpus/deep/z.txt").write_text("new")
    Path("corpus/z.txt").write_text("new")
    assert differences(record) == {"corpus/z.txt": "new"}


def test_new_files_that_a_pattern_fits_are_told(corpus):
    record = audit_of(scan(["corpus/*.txt"], "demo"))
    Path("corpus/z.txt").write_text("new")
    Path("corpus/z.jsonl").write_text("{}")
    assert differences(record) == {"corpus/z.txt": "new"}


def test_a_corpus_that_is_gone_altogether_is_missing_file_by_file(record, corpus):
    shutil.rmtree(corpus)
    assert set(differences(record).values()) == {"missing"}
    assert len(differences(record)) == 3


def test_the_corpus_may_lie_below_another_folder(record, corpus, tmp_path, monkeypatch):
    shutil.copytree(corpus, tmp_path / "moved" / "corpus")
    monkeypatch.chdir("/")
    assert len(differences(record)) == 3
    assert differences(record, tmp_path / "moved") == {}
    (tmp_path / "moved" / "corpus" / "new.txt").write_text("new")
    assert differences(record, tmp_path / "moved") == {"corpus/new.txt": "new"}


def test_a_name_that_is_not_utf8_is_found_again(corpus, scanned):
    Path(os.fsdecode(os.fsencode(corpus) + b"/caf\xe9.txt")).write_text("tea")
    assert differences(audit_of(scanned())) == {}


def test_an_index_is_checked_in_place_of_its_files(corpus):
    build_index([str(corpus)], Path("corpus.lki"), scale=1)
    record = audit_of(scan(["corpus.lki"], "demo"))
    states = {each.name: each.state for each in verify_audit(record, None)}
    assert states["corpus.lki"] == "same"
    assert states["corpus/b.txt"] == "not checked"
    other_bytes(Path("corpus/b.txt"))
    build_index([str(corpus)], Path("corpus.lki"), scale=1)
    assert differences(record) == {"corpus.lki": "changed"}


def test_a_record_without_any_hash_cannot_be_checked(record):
    files = [msgspec.structs.replace(file, sha256=None) for file in record.files]
    bare = msgspec.structs.replace(record, files=files, unhashed="it was piped in")
    with pytest.raises(RunError, match="nothing can be checked: it was piped in"):
        list(verify_audit(bare, None))


def test_packs_are_compared_with_those_installed(record):
    [used] = record.packs
    older = msgspec.structs.replace(used, checksum="00", revisions=["0"])
    rebuilt = msgspec.structs.replace(used, checksum="00")
    unknown = PackReport("no_such_benchmark", ["1"], "00")
    same, other, again, missing = checked_packs([used, older, rebuilt, unknown])
    assert (same.state, same.differs) == ("same", False)
    assert (other.state, other.differs) == ("changed", True)
    assert "revision 1 is installed, not 0" in other.told
    assert "same revision" in again.told
    assert (missing.state, missing.differs) == ("missing", False)
    assert "not installed here" in missing.told

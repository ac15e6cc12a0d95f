"""A corpus of planted items, cleaned from its scan to its manifest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.cleaning import Wanted, clean
from leakcheck.cleaning.manifest import NAME
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.errors import InputError, RunError, UsageError
from leakcheck.verdict.records import IndexReport

TEST_ONLY = Wanted()
FILLER = "The harbour was quiet that morning, and nobody had yet thought of breakfast."


@pytest.fixture
def corpus(tmp_path, monkeypatch, test_items, train_items):
    """Files of the same name in two folders, with test and train items planted."""
    monkeypatch.chdir(tmp_path)
    texts = {
        "data/a/x.jsonl": [FILLER, test_items[0], train_items[0], f"{FILLER} {test_items[1]}"],
        "data/b/x.jsonl": [test_items[2], FILLER, train_items[1]],
        "data/c/x.jsonl": [FILLER, FILLER],
    }
    for name, each in texts.items():
        Path(name).parent.mkdir(parents=True)
        rows = [json.dumps({"id": n, "text": text}) for n, text in enumerate(each)]
        Path(name).write_text("\n".join(rows) + "\n")
    Path("data/notes.md").write_text(f"{FILLER}\n\n{test_items[3]}\n\n{FILLER}\n")
    Path("data/README").write_text("About the data.")
    table = pa.table({"question": [FILLER, test_items[4]], "answer": ["one", "two"]})
    pq.write_table(table, "data/t.parquet")
    return Path("data")


def cleaned(scanner, paths=("data",), folder="clean", wanted=TEST_ONLY, report=None, rescan=None):
    report = report or scanner.scan(paths)
    return clean(report, Path(folder), wanted, rescan or scanner.scan, threads=2)


def lines(path):
    return Path(path).read_bytes().splitlines(keepends=True)


def test_test_items_go_and_all_else_stays_as_it_was(scanner, corpus):
    done = cleaned(scanner)
    before = {name: lines(f"data/{name}/x.jsonl") for name in "abc"}
    assert lines("clean/a/x.jsonl") == [before["a"][0], before["a"][2]]
    assert lines("clean/b/x.jsonl") == before["b"][1:]
    assert lines("clean/c/x.jsonl") == before["c"]
    assert not Path("clean/notes.md").exists()
    assert Path("clean/README").read_text() == "About the data."
    assert pq.read_table("clean/t.parquet").to_pylist() == [{"question": FILLER, "answer": "one"}]
    assert done.documents_gone == 5
    assert done.checked.rounds == 0
    assert done.checked.stay == 2


def test_a_scan_of_the_copy_finds_the_train_items_alone(scanner, corpus):
    cleaned(scanner)
    (report,) = scanner.scan(["clean"]).benchmarks
    assert report.verdict == "in_distribution"
    assert report.splits["test"].matched == 0
    (before,) = scanner.scan(["data"]).benchmarks
    assert report.splits["train"].matched == before.splits["train"].matched == 2


def test_train_items_go_if_they_are_named(scanner, corpus):
    done = cleaned(scanner, wanted=Wanted(also=("train",)))
    assert done.checked.stay == 0
    assert scanner.scan(["clean"]).benchmarks[0].verdict == "clean"


def test_passages_go_and_what_is_around_them_stays(scanner, corpus):
    done = cleaned(scanner, wanted=Wanted(drop="passage"))
    left = [json.loads(line) for line in lines("clean/a/x.jsonl")]
    assert [row["id"] for row in left][-1] == 3
    assert left[-1]["text"].startswith(FILLER)
    assert len(left[-1]["text"]) < len(FILLER) + 10
    assert Path("clean/notes.md").read_text().count(FILLER) == 2
    assert done.documents_cut > 0
    assert scanner.scan(["clean"]).benchmarks[0].splits["test"].matched == 0


def test_the_input_is_as_it_was(scanner, corpus):
    before = {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}
    cleaned(scanner, wanted=Wanted(drop="passage"))
    assert {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()} == before


def test_the_manifest_says_what_went_and_why(scanner, corpus, test_items):
    done = cleaned(scanner)
    manifest = json.loads(done.manifest.read_text())
    assert manifest["schema"] == "leakcheck/clean/1"
    assert manifest["settings"]["bench"] == ["demo"]
    assert manifest["documents"] == {"before": 12, "removed": 5, "cut": 0}
    files = {file["path"]: file for file in manifest["files"]}
    assert list(files) == sorted(files)
    assert files["c/x.jsonl"] == {"path": "c/x.jsonl", "documents": 2, "documents_left": 2}
    (removed,) = files["b/x.jsonl"]["removed"]
    (why,) = removed["why"]
    assert (removed["row"], why["item"], why["kind"]) == (0, "test/2", "verbatim")
    assert [each["path"] for each in manifest["unscanned"]] == ["data/README"]
    assert manifest["check"] == {"documents": 7, "left": 0, "rounds": 0, "stay": 2}
    assert test_items[2][:40] not in done.manifest.read_text()


def test_the_manifest_is_the_same_again_and_no_data(scanner, corpus):
    first, second = cleaned(scanner), cleaned(scanner, folder="again")
    assert first.manifest.read_bytes() == second.manifest.read_bytes()
    assert NAME not in {Path(file.path).name for file in scanner.scan(["clean"]).files}


def test_a_copy_where_nothing_goes_is_the_corpus(scanner, corpus):
    done = cleaned(scanner, paths=("data/c",))
    assert done.touched == []
    assert Path("clean/x.jsonl").read_bytes() == Path("data/c/x.jsonl").read_bytes()


def test_a_corpus_of_leaks_alone_leaves_an_empty_file(scanner, corpus, test_items):
    Path("all.jsonl").write_text(json.dumps({"text": test_items[0]}) + "\n")
    done = cleaned(scanner, paths=("all.jsonl",))
    assert Path("clean/all.jsonl").read_bytes() == b""
    assert done.checked.documents == 0


def with_accepted(report, accepted):
    rows = [
        {**row, "accepted": accepted if row["item"] == "test/2" else ""}
        for row in report.findings.to_pylist()
    ]
    return with_findings(report, rows)


def with_findings(report, rows):
    return replace(report, findings=pa.Table.from_pylist(rows, FINDING_SCHEMA))


@pytest.mark.parametrize(("accepted", "stays"), [("allow: quoted", True), ("baseline", False)])
def test_what_is_allowed_stays_and_the_check_knows_it(scanner, corpus, accepted, stays):
    report = with_accepted(scanner.scan(["data"]), accepted)
    cleaned(scanner, report=report)
    assert len(lines("clean/b/x.jsonl")) == (3 if stays else 2)


def test_a_copy_that_does_not_come_clean_is_not_kept(scanner, corpus):
    Path("x.jsonl").write_text((json.dumps({"text": FILLER}) + "\n") * 40)
    stubborn = scanner.scan(["data/b/x.jsonl"])

    def rescan(paths):
        report = scanner.scan(paths)
        rows = [
            {**row, "path": report.files[0].path, "row": 0}
            for row in stubborn.findings.slice(0, 1).to_pylist()
        ]
        return with_findings(report, rows)

    with pytest.raises(InputError, match=r"x\.jsonl: still holds test/2 of demo after 6 rounds"):
        cleaned(scanner, wanted=Wanted(drop="passage"), rescan=rescan, paths=("x.jsonl",))
    assert not Path("clean").exists()
    assert not list(Path().glob(".clean*"))


def test_a_document_that_went_without_a_reason_is_noticed(scanner, corpus):
    def rescan(paths):
        report = scanner.scan(paths)
        short = [msgspec.structs.replace(file, documents=1) for file in report.files]
        return replace(report, files=tuple(short))

    with pytest.raises(InputError, match="has 1 documents and should have 2"):
        cleaned(scanner, rescan=rescan)
    assert not Path("clean").exists()


@pytest.mark.parametrize("change", ["changed", "gone", "new"])
def test_a_corpus_that_changed_since_its_scan_is_refused(scanner, corpus, change):
    report = scanner.scan(["data"])
    if change == "changed":
        Path("data/a/x.jsonl").write_text("{}")
    elif change == "gone":
        Path("data/a/x.jsonl").unlink()
    else:
        Path("data/a/y.jsonl").write_text("{}")
    with pytest.raises(InputError, match=r"data/a/[xy]\.jsonl: (was|is) not|was changed"):
        cleaned(scanner, report=report)
    assert not Path("clean").exists()


def test_a_run_of_other_packs_is_refused(scanner, corpus):
    report = scanner.scan(["data"])
    packs = [msgspec.structs.replace(pack, checksum="0") for pack in report.settings.packs]
    settings = msgspec.structs.replace(report.settings, packs=packs)
    with pytest.raises(RunError, match="other packs"):
        cleaned(scanner, report=replace(report, settings=settings))


def test_an_index_is_refused(scanner, corpus):
    report = scanner.scan(["data"])
    about = msgspec.structs.replace(report.corpus, index=IndexReport("data.lki", 4, 0, 0))
    with pytest.raises(RunError, match=r"data\.lki: an index holds no text to clean"):
        cleaned(scanner, report=replace(report, corpus=about))


def test_standard_input_is_refused(scanner, corpus):
    report = scanner.scan(["data"])
    settings = msgspec.structs.replace(report.settings, paths=["-"])
    with pytest.raises(UsageError, match="standard input cannot be cleaned"):
        cleaned(scanner, report=replace(report, settings=settings))

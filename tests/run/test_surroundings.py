"""A passage is read again where it stands, or it is said why not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from leakcheck.run.find import findings_called
from leakcheck.run.surroundings import surroundings_of
from leakcheck.scanning import scan

ROOT = Path(__file__).parents[2]


@pytest.fixture
def in_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_every_finding_of_the_example_is_read_again(example, in_root):
    for finding in example.iter_findings():
        around = surroundings_of(example, finding, 50)
        assert around.problem == ""
        assert len(around.before) == min(50, finding.start)


@pytest.fixture
def one_finding(tmp_path, monkeypatch):
    """A run with one finding, in the middle of a record; the corpus may be changed."""
    monkeypatch.chdir(tmp_path)
    item = json.loads((ROOT / "examples/demo_benchmark/test.jsonl").read_text().splitlines()[3])
    question = next(iter(item.values()))
    rows = [{"text": "Nothing here."}, {"text": f"It began so: {question} And it ended."}]
    Path("web.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = scan(["web.jsonl"], "demo")
    [finding] = findings_called(report, "demo:test/3")
    return report, finding


def test_what_stands_before_and_behind_is_returned(one_finding):
    around = surroundings_of(*one_finding, 200)
    assert around.before == "It began so: "
    assert around.passage.startswith(one_finding[1].excerpt)
    assert around.after.endswith(" And it ended.")


def test_no_more_is_returned_than_was_asked_for(one_finding):
    around = surroundings_of(*one_finding, 4)
    assert (around.before, len(around.after)) == ("so: ", 4)
    assert len(around.passage) == one_finding[1].end - one_finding[1].start


def test_a_file_that_was_only_touched_is_read_again(one_finding):
    Path("web.jsonl").touch()
    assert surroundings_of(*one_finding, 9).problem == ""


def gone(path: Path) -> None:
    path.unlink()


def a_row_more(path: Path) -> None:
    path.write_text('{"text": "new"}\n' + path.read_text())


def shorter(path: Path) -> None:
    path.write_text(path.read_text().splitlines()[0] + "\n")


def damaged(path: Path) -> None:
    path.write_bytes(b"\xff\xfe{")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (gone, "not there any more"),
        (a_folder, "not there any more"),
        (a_row_more, "changed since the scan"),
        (shorter, "changed since the scan"),
        (damaged, "changed since the scan"),
    ],
)
def test_a_passage_that_is_gone_is_a_problem_that_is_told(one_finding, change, told):
    change(Path("web.jsonl"))
    assert told in surroundings_of(*one_finding, 200).problem


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"basis": "fingerprints"}, "fingerprints", id="from fingerprints"),
        pytest.param({"path": "-"}, "standard input", id="from standard input"),
    ],
)
def test_what_has_no_file_is_told(one_finding, changes, told):
    report, finding = one_finding
    changed = msgspec.structs.replace(finding, **changes)
    assert told in surroundings_of(report, changed, 200).problem


def test_the_text_field_of_the_scan_is_asked_for(tmp_path, monkeypatch, one_finding):
    shutil.copy("web.jsonl", "all.jsonl")
    report = scan(["all.jsonl"], "demo", text_field="text")
    [finding] = report.iter_findings()
    assert surroundings_of(report, finding, 9).problem == ""


def test_a_place_inside_of_a_file_is_read_from_there(one_finding):
    report, finding = one_finding
    first_line_bytes = len(Path("web.jsonl").read_bytes().splitlines(keepends=True)[0])
    placed = msgspec.structs.replace(finding, path=f"web.jsonl#byte={first_line_bytes}", row=0)
    assert surroundings_of(report, placed, 50) == surroundings_of(report, finding, 50)
    other = msgspec.structs.replace(placed, row=1)
    assert "changed since the scan" in surroundings_of(report, other, 50).problem


def test_a_place_inside_of_a_file_that_is_gone_names_the_file(one_finding):
    report, finding = one_finding
    Path("web.jsonl").unlink()
    placed = msgspec.structs.replace(finding, path="web.jsonl#byte=7", row=0)
    problem = surroundings_of(report, placed, 50).problem
    assert problem == "web.jsonl is not there any more from this folder"

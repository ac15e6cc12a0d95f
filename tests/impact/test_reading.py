"""Reading: which files are meant, what is refused, and what is only told."""

from __future__ import annotations

import pytest

from leakcheck.errors import ResultsError
from leakcheck.impact.reading import files_of, read_all, read_results


@pytest.fixture
def folder(tmp_path):
    for name in ("m/samples_a_1.jsonl", "m/results_1.json", "logs/x.eval", "b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("item,score\n0,1\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["absent.jsonl", "absent_*.jsonl", "empty"])
def test_a_name_that_stands_for_nothing_is_refused(folder, name):
    (folder / "empty").mkdir()
    with pytest.raises(ResultsError, match=r"there are no results; samples of lm-evaluation"):
        files_of([str(folder / name)])


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["b.csv", "b.csv"], ["b.csv"]),
        ([""], ["x.eval", "samples_a_1.jsonl"]),
        (["*/*_1.json*"], ["results_1.json", "samples_a_1.jsonl"]),
    ],
    ids=["a file twice", "a folder", "a pattern"],
)
def test_files_folders_and_patterns_are_taken(folder, names, expected):
    assert [path.name for path in files_of(str(folder / name) for name in names)] == expected


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.jsonl", "", "no result in it"),
        ("a.jsonl", '{"text": "a corpus"}\n', "no result in it"),
        ("a.jsonl", "not json\n", "row 0: not JSON"),
        ("a.json", "{", "not JSON"),
        ("a.json", '{"results": {"demo": {"acc,none": 0.5}}}', "no result in it"),
        ("a.csv", "item,score\n0,\n", "row 0: no item with a score"),
    ],
)
def test_a_file_without_any_result_is_refused(tmp_path, name, text, reason):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ResultsError, match=reason):
        read_results(tmp_path / name)


def test_what_is_no_text_is_refused(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ResultsError, match="not text in UTF-8"):
        read_results(tmp_path / "a.jsonl")


def test_a_file_without_results_is_told_beside_one_that_has_some(tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.json"
    good.write_text("item,score\n0,1\n", "utf-8")
    bad.write_text("{}", "utf-8")
    read = read_all([bad, good])
    assert [len(each.documents) for each in read] == [0, 1]
    assert read[0].problems[0].reason.startswith("no result in it")
    with pytest.raises(ResultsError, match=r"bad\.json: no result"):
        read_all([bad])

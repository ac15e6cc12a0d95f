"""Which files and rows a scan looks at, and whether it counts no more than those."""

from __future__ import annotations

import json

import pytest

import leakcheck
from leakcheck.corpus import Excludes
from leakcheck.errors import InputError

from ..repositories import Repository

TEXT = json.dumps({"text": "An ordinary note about the weather."}) + "\n"


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Repository:
    made = Repository(tmp_path / "data")
    made.write("a.jsonl", TEXT * 3)
    made.write("b.jsonl", TEXT)
    made.commit()
    monkeypatch.chdir(made.folder)
    return made


def scan(*paths, **options):
    notes = []
    report = leakcheck.scan(paths, "demo", on_note=notes.append, **options)
    return report.corpus, {file.path: file.documents for file in report.files}, notes


def test_what_is_excluded_is_not_counted(repository):
    corpus, files, notes = scan(".", excludes=Excludes(("b*",)))
    assert (corpus.documents, corpus.bytes, files) == (3, 3 * len(TEXT), {"a.jsonl": 3})
    assert notes == []


def test_only_added_rows_are_counted(repository):
    repository.write("a.jsonl", TEXT * 2 + TEXT.replace("weather", "harbour") * 2 + TEXT)
    corpus, files, notes = scan(".", diff_base="HEAD")
    assert (corpus.files, corpus.documents, corpus.bytes) == (1, 2, 2 * len(TEXT))
    assert files == {"a.jsonl": 2}
    assert notes == ["only what was added since HEAD is read, in 1 of 2 files"]


def test_a_broken_old_row_is_not_told_among_new_ones(repository):
    repository.write("a.jsonl", TEXT + "{broken\n")
    repository.commit()
    repository.write("a.jsonl", TEXT + "{broken\n" + TEXT + "{broken too\n")
    corpus, _, _ = scan("a.jsonl", diff_base="HEAD")
    assert (corpus.documents, [each.row for each in corpus.skipped]) == (1, [3])


def test_no_new_row_is_no_error(repository):
    corpus, _, notes = scan("a.jsonl", diff_base="HEAD")
    assert corpus.documents == 0
    assert notes[-1] == "nothing to scan: no row was added since HEAD"


@pytest.mark.parametrize(
    ("excludes", "why"),
    [
        pytest.param(Excludes(), "no document could be read from none.jsonl", id="empty"),
        pytest.param(Excludes(("none*",)), "no document could be read", id="empty and named"),
    ],
)
def test_nothing_to_read_is_an_error(repository, excludes, why):
    repository.write("none.jsonl", "")
    with pytest.raises(InputError, match=why):
        scan("none.jsonl", excludes=excludes)


def test_nothing_to_read_is_told_where_exclusion_is_forced(repository):
    repository.write("none.jsonl", "")
    assert scan("none.jsonl", excludes=Excludes(forced=True))[2] == [
        "nothing to scan: all files are empty"
    ]


def test_what_cannot_be_read_is_an_error_even_then(repository):
    repository.write("none.jsonl", "{broken")
    with pytest.raises(InputError, match=r"the first reason: none\.jsonl: not JSON"):
        scan("none.jsonl", excludes=Excludes(forced=True))

"""Joining: rows are those of files, and what is wrong with a file is said once."""

from __future__ import annotations

import msgspec
import pytest

from leakcheck.corpus import CorpusFile, Skipped, Stretch
from leakcheck.detection.canary import CanaryPlace
from leakcheck.detection.finding import Finding
from leakcheck.scanning.joining import joined
from leakcheck.scanning.looking import StretchResult

from ..findings import finding_fields

FILE = CorpusFile(None, "a.jsonl", 30)
STRETCHES = [Stretch(FILE, 0, 10), Stretch(FILE, 10, 20), Stretch(FILE, 20, 30)]


def result(rows=4, *, findings=(), canaries=(), skipped=(), documents=None):
    return StretchResult(
        rows,
        rows if documents is None else documents,
        10,
        list(findings),
        list(canaries),
        list(skipped),
    )


def found(row):
    return msgspec.convert(finding_fields(row=row, path="a.jsonl"), Finding)


def skipped_of(*results, text_field=None):
    looked = joined([FILE], [], zip(STRETCHES, results, strict=True), text_field)
    return [(each.row, each.reason) for each in looked.corpus.skipped], looked.corpus.unread_bytes


def missing(*fields):
    return Skipped("a.jsonl", None, "no such field here", 10, fields)


def test_one_problem_of_all_stretches_is_one_problem():
    broken = result(0, skipped=[Skipped("a.jsonl", None, "could not be opened", 10)])
    assert skipped_of(broken, broken, broken) == ([(None, "could not be opened")], 30)


def test_a_lost_end_says_that_rows_behind_it_are_numbered_without_it():
    cut = result(2, skipped=[Skipped("a.jsonl", None, "could not be read to its end", 5)])
    [(row, reason)], _ = skipped_of(result(), cut, result())
    assert row is None
    assert reason.endswith("the rows behind that are numbered as if none had been lost")


def test_a_field_that_no_stretch_has_is_missing_with_all_there_are():
    told, unread_bytes = skipped_of(
        result(skipped=[missing("body", "id")]),
        result(skipped=[missing("title", "id")]),
        result(0),
        text_field="text",
    )
    reason = "no record holds text in the field 'text'; its fields: body, id, title"
    assert (told, unread_bytes) == ([(None, reason)], 20)


def test_a_field_that_one_stretch_has_is_not_missing():
    told, unread_bytes = skipped_of(
        result(skipped=[missing("body")]), result(), result(), text_field="text"
    )
    assert (told, unread_bytes) == ([], 0)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_rows_are_counted_from_the_start_of_the_file(place):
    results = [result(4), result(5), result(6)]
    lost = Skipped("a.jsonl", 2, "not JSON", 3)
    canary = CanaryPlace("demo", "CANARY", "a.jsonl", 1, "text")
    results[place] = result(
        results[place].rows, findings=[found(3)], canaries=[canary], skipped=[lost]
    )
    looked = joined([FILE], [], zip(STRETCHES, results, strict=True))
    first_row = [0, 4, 9][place]
    assert [finding.row for finding in looked.findings] == [first_row + 3]
    assert [each.row for each in looked.canaries] == [first_row + 1]
    assert [each.row for each in looked.corpus.skipped] == [first_row + 2]
    assert looked.corpus.documents == looked.files[0].documents == 15

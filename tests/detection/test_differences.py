"""What differs between a question and a passage, and the name of what was found."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leakcheck.detection.alignment import Alignment, order_of
from leakcheck.detection.differences import changes_of, fingerprint_of, matched_spans
from leakcheck.detection.odds import Question

from .conftest import FILLER, sentence

NUMBERS_FROM = 1000
"""In these tests codes from here on are numbers."""


def passage_of(codes: list[int], order: float = 1.0, starts=None, ends=None) -> Alignment:
    places = np.arange(len(codes)) * 10
    return Alignment(
        order=order,
        start=min(places, default=0) if starts is None else min(starts, default=0),
        end=10 * len(codes) if ends is None else max(ends, default=0),
        codes=np.array(codes, np.uint16),
        numbers=np.array(codes, np.int64) >= NUMBERS_FROM,
        token_starts=places if starts is None else np.array(starts, np.int64),
        token_ends=places + 9 if ends is None else np.array(ends, np.int64),
    )


def changes(codes: np.ndarray, laid: Alignment) -> list[str]:
    """Name what differs, nothing being said of names and of what is nearly the same."""
    weights = np.full(len(codes), 10.0, np.float32)
    question = Question(codes, codes >= NUMBERS_FROM, weights, weights)
    return changes_of(question, laid, np.zeros(len(laid.codes), np.bool_), verbatim=True)


QUESTION = [*range(1, 19), 1001, 1002]
"""Eighteen words and two numbers."""


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        pytest.param(QUESTION, [], id="nothing"),
        pytest.param([*QUESTION, 1003], [], id="a number more"),
        pytest.param(QUESTION[:-1], [], id="a number less"),
        pytest.param([*QUESTION[:-1], 1003], ["numbers"], id="another number"),
        pytest.param([*QUESTION[1:], 50], ["reworded"], id="another word"),
        pytest.param(QUESTION[10:] + QUESTION[:10], ["reordered"], id="halves the other way"),
        pytest.param([*QUESTION, 50, 51, 52, 53], [], id="a fifth more"),
        pytest.param([*QUESTION, 50, 51, 52, 53, 54], ["extended"], id="more than a fifth more"),
        pytest.param(QUESTION[2:-2], ["reworded"], id="a fifth less"),
        pytest.param(QUESTION[5:], ["reworded", "shortened"], id="more than a fifth less"),
        pytest.param(
            [1003, 1002, *range(30, 60)], ["numbers", "reworded", "extended"], id="nearly all"
        ),
    ],
)
def test_changes_are_named(passage, expected):
    codes = np.array(QUESTION, np.uint16)
    laid = passage_of(passage, order_of(codes, np.array(passage, np.uint16)))
    assert changes(codes, laid) == expected


def test_nothing_beside_nothing_is_no_error():
    nothing = np.array([], np.uint16)
    assert changes(nothing, passage_of([], 0.0)) == []


def naive_spans(question, passage: Alignment, start: int, end: int) -> list[tuple[int, int]]:
    """Mark token by token, then join runs of marked ones, and what overlaps."""
    tokens = list(
        zip(
            passage.codes.tolist(),
            passage.token_starts.tolist(),
            passage.token_ends.tolist(),
            strict=True,
        )
    )
    marks = "".join(
        "x" if code in question and first >= start and last <= end else "-"
        for code, first, last in tokens
    )
    spans: list[tuple[int, int]] = []
    for run in re.finditer("x+", marks):
        first = tokens[run.start()][1]
        last = max(last for _, _, last in tokens[run.start() : run.end()])
        while spans and first < spans[-1][1]:
            before = spans.pop()
            first, last = before[0], max(before[1], last)
        spans.append((first, last))
    return spans


@example(question=[1, 2], tokens=[(1, 3, 4), (2, 6, 2)], start=0, end=80)  # equal, all of it
@example(question=[1, 2], tokens=[(1, 3, 4), (2, 6, 2)], start=4, end=80)  # equal, and cut
@example(question=[2, 1], tokens=[(1, 3, 6), (2, 0, 2)], start=0, end=80)  # a part of a word
@example(question=[2, 3], tokens=[(2, 3, 6), (1, 0, 2), (3, 2, 2)], start=0, end=80)  # its last one
@given(
    st.lists(st.integers(0, 6), max_size=12),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(1, 6)), max_size=20),
    st.integers(0, 80),
    st.integers(0, 80),
)
def test_matched_spans_are_those_of_the_naive_twin(question, tokens, start, end):
    codes, starts, ends, place = [], [], [], 0
    for code, gap, length in tokens:  # a gap of 0 and a long token overlap the next one
        place += gap
        codes.append(code)
        starts.append(place)
        ends.append(place + length)
    passage = passage_of(codes, starts=starts, ends=ends)
    spans = matched_spans(np.array(question, np.uint16), passage, start, end)
    assert spans == naive_spans(question, passage, start, end)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param(("demo", "test/4"), b"tokens", id="another item"),
        pytest.param(("demo2", "test/3"), b"tokens", id="another benchmark"),
        pytest.param(("demo", "test/3"), b"token", id="other tokens"),
        pytest.param(("demotest", "/3"), b"tokens", id="parts cut elsewhere"),
    ],
)
def test_other_things_have_other_fingerprints(name, content):
    assert fingerprint_of(*name, content) != fingerprint_of("demo", "test/3", b"tokens")


def test_a_fingerprint_is_sixteen_digits_that_stay_the_same_for_ever():
    assert fingerprint_of("demo", "test/3", b"tokens") == "7298287c5e725e07"


ITEM = sentence(3)


@pytest.fixture(scope="module")
def riddle(make_benchmark):
    return make_benchmark({"test/0": ITEM, "test/1": sentence(4)})


def fingerprints(find, riddle, *records) -> set[str]:
    found = find(records, riddle)
    assert len(found) == len([each for each in records if each != FILLER])
    return {finding.fingerprint for finding in found}


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(ITEM.upper(), id="in capitals"),
        pytest.param("**" + ITEM.replace(" ", "** `", 1).replace(" ", "` ", 2), id="in Markdown"),
        pytest.param(ITEM.replace(" ", "\n  "), id="over many lines"),
        pytest.param({"messages": [{"role": "user", "content": ITEM}]}, id="in a conversation"),
        pytest.param(FILLER + ITEM, id="with text before it"),
        pytest.param(ITEM + " " + FILLER, id="with text behind it"),
    ],
)
def test_the_same_text_has_the_same_fingerprint(find, riddle, record):
    assert fingerprints(find, riddle, record) == fingerprints(find, riddle, ITEM)


def test_a_corpus_in_other_rows_has_the_same_fingerprints(find, riddle):
    other = sentence(4)
    before = find([ITEM, FILLER, other], riddle)
    after = find([FILLER, other, FILLER, FILLER, ITEM], riddle)
    names = [{finding.fingerprint for finding in found} for found in (before, after)]
    assert names[0] == names[1]
    assert len(names[0]) == 2


def test_another_number_makes_another_fingerprint(find, riddle):
    number = re.search(r"\d+", ITEM)
    assert number is not None
    changed = ITEM.replace(number[0], str(int(number[0]) + 1))
    [one], [other] = find([ITEM], riddle), find([changed], riddle)
    assert one.fingerprint != other.fingerprint
    assert other.changes == ["numbers"]


def test_marks_are_characters_of_the_excerpt_that_are_words_of_the_item(find, riddle):
    words = ITEM.split()
    edited = "Ähnlich: " + " ".join([*words[:8], "señor", *words[8:]])
    [finding] = find([edited], riddle)
    marked = [finding.excerpt[a:b] for a, b in pairwise(finding.matched)][::2]
    assert " ".join(marked).split() == [word.rstrip(".") for word in words]

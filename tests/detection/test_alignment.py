"""Alignment: how much of a question stands in order, and where exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.detection.alignment import Alignment, align, order_of
from leakcheck.text.tokens import tokenise

QUESTION = "Which copper lantern hangs above the ninth door of the old cider mill?"
CODES = st.lists(st.integers(0, 5), max_size=12)


def codes_of(text: str) -> np.ndarray:
    return (tokenise(text).hashes & 0xFFFF).astype(np.uint16)


def lay(text: str, window: str, question: str = QUESTION, document: str | None = None) -> Alignment:
    """Align a question with a window of a text, given as the words it has."""
    data = text.encode()
    start = data.index(window.encode())
    low = data.index(document.encode()) if document is not None else 0
    high = low + len(document.encode()) if document is not None else len(data)
    borders = np.array([low, high])
    return align(codes_of(question), memoryview(data), start, start + len(window.encode()), borders)


def test_the_last_word_of_a_passage_does_not_run_into_the_first_of_the_next():
    data = f"algebra{QUESTION[:-1]}mill ends".encode()
    start, end = len(b"algebra"), len(b"algebra") + len(QUESTION) - 1
    borders = np.array([0, start, end, len(data)])
    assert align(codes_of(QUESTION), memoryview(data), start, end, borders).order == 1.0
    glued = align(codes_of(QUESTION), memoryview(data), start, end, borders[[0, -1]])
    assert glued.order < 1.0


def laid(text: str, alignment: Alignment) -> str:
    return text.encode()[alignment.start : alignment.end].decode()


def naive_common(one: list[int], other: list[int]) -> int:
    """Return the length of the longest common subsequence."""
    best = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            best[i + 1][j + 1] = max(best[i][j] + (a == b), best[i][j + 1], best[i + 1][j])
    return best[-1][-1]


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        pytest.param([], [], 0.0, id="both-empty"),
        pytest.param([1, 2], [], 0.0, id="one-empty"),
        pytest.param([1, 2], [3, 4], 0.0, id="nothing-in-common"),
        pytest.param([1, 2, 3], [3, 2, 1], 1 / 3, id="reversed"),
        pytest.param([1, 2], [1, 2, 3, 4], 0.5, id="share-of-the-longer-one"),
        pytest.param([1, 2, 3], [1, 2, 3], 1.0, id="same"),
    ],
)
def test_order(one, other, order):
    found = order_of(np.array(one, np.uint16), np.array(other, np.uint16))
    assert found == pytest.approx(order)


@given(CODES, CODES)
@settings(deadline=None)
def test_order_is_the_longest_common_subsequence(one, other):
    found = order_of(np.array(one, np.uint16), np.array(other, np.uint16))
    expected = naive_common(one, other) / max(len(one), len(other), 1)
    assert found == pytest.approx(expected)


def test_a_window_without_tokens_has_no_order():
    alignment = lay("Nothing of it -- ??? -- is here.", "???")
    assert alignment.order == 0.0
    assert len(alignment.codes) == len(alignment.numbers) == 0


def test_a_window_that_fits_stays():
    text = f"Look. {QUESTION} And look again."
    alignment = lay(text, QUESTION.rstrip("?"))
    assert alignment.order == 1.0
    assert laid(text, alignment) == QUESTION.rstrip("?")


@pytest.mark.parametrize(
    "window",
    [
        pytest.param("the door. Which copper lantern hangs above the ninth", id="too-early"),
        pytest.param("hangs above the ninth door of the old cider mill? The mill", id="too-late"),
        pytest.param("copper lantern hangs above the ninth door", id="too-short"),
    ],
)
def test_a_window_moves_to_where_the_question_is_verbatim(window):
    text = f"Go in by the door. {QUESTION} The mill is old."
    alignment = lay(text, window)
    assert alignment.order == 1.0
    assert laid(text, alignment) == QUESTION.rstrip("?")


def test_a_window_does_not_move_for_anything_less():
    text = "Above the door. Which lantern is above the door of the cider mill? The old mill."
    window = "Which lantern is above the door of the cider mill"
    alignment = lay(text, window)
    assert alignment.order < 0.95
    assert laid(text, alignment) == window


def test_a_window_never_moves_into_another_document():
    text = f"{QUESTION} Go in by the ninth door of the mill."
    document = "Go in by the ninth door of the mill."
    alignment = lay(text, "the ninth door of the mill", document=document)
    assert alignment.start >= text.index(document)


@pytest.mark.parametrize("letter", ["é", "灯", "😀"])
@pytest.mark.parametrize("cut", range(5))
def test_offsets_count_the_bytes_of_any_text(letter, cut):
    text = f"{letter * 200}{'.' * cut} {QUESTION} {letter * 200}"
    alignment = lay(text, QUESTION.rstrip("?"))
    assert alignment.order == 1.0
    assert laid(text, alignment) == QUESTION.rstrip("?")


def test_numbers_are_told_from_words():
    text = "She rings 3 bells and seven gongs"
    assert lay(text, text).numbers.tolist() == [False, False, True, False, False, True, False]

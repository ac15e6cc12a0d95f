"""Surroundings: another answer, another language; silence where there is no evidence."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.detection.surroundings import is_answered_otherwise, is_translated
from leakcheck.text.tokens import tokenise

ANSWER = "She cuts 14 + 9 = 23 panes. 23"
PYTHON = "def panes(cuts):\n    return [cut for cut in range(len(cuts))]"
JAVA = "public static int panes(int[] cuts) { System.out.println(cuts.length); }"


def codes_of(text: str) -> np.ndarray:
    return (tokenise(text).hashes & 0xFFFF).astype(np.uint16)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("", id="nothing"),
        pytest.param("She cuts 14 and 9, and has 41 left.", id="no-answer-stated"),
        pytest.param("The answer is 23.", id="its-own"),
        pytest.param("#### 23", id="its-own-marked"),
        pytest.param("?\n23\n5", id="its-own-alone-on-a-line"),
        pytest.param("The answer is easy to see.", id="no-number"),
        pytest.param("?\n23.0", id="its-own-as-a-program-writes-it"),
        pytest.param("So she needs \\boxed{23} panes.", id="its-own-boxed"),
    ],
)
def test_no_other_answer_is_claimed(after):
    assert not is_answered_otherwise(codes_of(ANSWER), after)


@pytest.mark.parametrize(
    "after",
    [
        pytest.param("The answer is 41.", id="in-words"),
        pytest.param("Answer: 41", id="after-a-colon"),
        pytest.param("#### 41", id="marked"),
        pytest.param("\\boxed{41}", id="boxed"),
        pytest.param("?\n41\n", id="alone-on-a-line"),
    ],
)
def test_another_answer_is_told(after):
    assert is_answered_otherwise(codes_of(ANSWER), after)


def test_nothing_is_told_of_an_item_without_answer():
    assert not is_answered_otherwise(codes_of(""), "#### 41")


@pytest.mark.parametrize(
    ("code", "after"),
    [
        pytest.param("", JAVA, id="an-item-without-code"),
        pytest.param(PYTHON, "", id="nothing-after-it"),
        pytest.param(PYTHON, "She cut the panes and was paid.", id="prose-after-it"),
        pytest.param(PYTHON, PYTHON + "\nprint(panes)", id="the-same-language"),
    ],
)
def test_no_translation_is_claimed(code, after):
    assert not is_translated(codes_of(code), after)


def test_code_in_another_language_is_told():
    assert is_translated(codes_of(PYTHON), JAVA)

"""Llama 3: any 8-gram, and the classes of what other thresholds would flag."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.presets import preset_of

from ..conftest import text, words

ITEM = words(40)


def classes_of(score: float) -> list[str]:
    return [each.name for each in preset_of("llama3").grades if each.least <= score < each.below]


def test_seven_tokens_in_a_row_are_clean(flagged):
    assert flagged("llama3", {"test/0": text(ITEM)}, [text(ITEM[2:9])]) == []


def test_an_8_gram_flags_whatever_its_share(flagged):
    assert flagged("llama3", {"test/0": text(words(400))}, [text(words(8, 100))]) == ["test/0"]


def test_the_worked_example(scores):
    """Spans of 8 and 10 of 40 tokens, one of them in two documents, are a share of .45."""
    documents = [text(ITEM[2:10]), text(ITEM[20:30]), text(words(9, 300), ITEM[20:30])]
    score = scores("llama3", {"test/0": text(ITEM)}, documents)["test/0"]
    assert score == pytest.approx(18 / 40)
    assert classes_of(score) == ["at T = 0.2", "at T = 0.4"]


def test_no_class_has_what_is_not_flagged():
    preset = preset_of("llama3")
    assert classes_of(0.0) == []
    assert not preset.flags(np.zeros(1))[0]

"""Qwen2: |LCS| of 13 and of 60 % of the shorter sequence."""

from __future__ import annotations

import pytest

from ..conftest import text, words


def gapped(item: list[str], kept: int, length: int) -> str:
    """A document of `length` words that has the first `kept` of an item in order, with one gap."""
    filler = words(length - kept, 300)
    return text(item[:8], filler[:1], item[8:kept], filler[1:])


@pytest.mark.parametrize(
    ("item_tokens", "common"),
    [(15, 12), (22, 13), (40, 23)],
    ids=["twelve in common", "13 of 22", "23 of 40"],
)
def test_what_is_not_contaminated(item_tokens, common, flagged):
    item = words(item_tokens)
    assert flagged("qwen2", {"test/0": text(item)}, [gapped(item, common, 60)]) == []


@pytest.mark.parametrize(
    ("item_tokens", "common"),
    [(21, 13), (20, 13), (40, 24)],
    ids=["13 of 21", "13 of 20", "24 of 40"],
)
def test_what_is_contaminated(item_tokens, common, flagged):
    item = words(item_tokens)
    assert flagged("qwen2", {"test/0": text(item)}, [gapped(item, common, 60)]) == ["test/0"]


def test_the_share_is_of_the_shorter_sequence(scores):
    item = words(100)
    assert scores("qwen2", {"test/0": text(item)}, [text(item[:15])])["test/0"] == 1.0


def test_a_document_without_eight_words_in_a_row_is_not_compared(scores):
    item = words(30)
    document = text(*[[*item[at : at + 7], "other"] for at in range(0, 30, 7)])
    assert scores("qwen2", {"test/0": text(item)}, [document])["test/0"] == 0.0

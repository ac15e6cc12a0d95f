"""Dolma: a whole paragraph of 13 words, character for character."""

from __future__ import annotations

import pytest

from leakcheck.presets.criteria.dolma import count_words

from ..conftest import text, words

LINE = text(words(13)).capitalize() + "."
ITEMS = {"test/0": {"question": f"Short line.\n{LINE}", "answer": text(words(20, 50))}}


@pytest.mark.parametrize(
    "document",
    [
        f"{LINE} And more.",
        f"Before: {LINE}",
        LINE.lower(),
        f"  {LINE}",
        "Short line.",
        LINE.replace(" ", "\n"),
    ],
    ids=["goes on", "begins before", "in lower case", "indented", "short line", "broken up"],
)
def test_what_is_no_paragraph_of_the_item(document, flagged):
    assert flagged("dolma", ITEMS, [f"Above.\n{document}\nBelow."]) == []


@pytest.mark.parametrize(
    "document",
    [LINE, f"Above.\n{LINE}\nBelow.", f"{LINE}\n{LINE}\n{LINE}", text(words(20, 50))],
    ids=["alone", "between others", "three times", "the answer"],
)
def test_what_is_a_paragraph_of_the_item(document, flagged):
    assert flagged("dolma", ITEMS, [document]) == ["test/0"]


@pytest.mark.parametrize(
    "question",
    [text(words(12)), "= " * 20 + "\n" + text(words(5))],
    ids=["12 words", "marks alone"],
)
def test_what_is_not_looked_for(question, flagged):
    assert flagged("dolma", {"test/0": question}, [question]) == []


def test_tests_of_code_are_no_text_of_the_item(flagged):
    item = {"question": text(words(20)), "code": "pass", "context": text(words(20, 60))}
    assert flagged("dolma", {"test/0": item}, [text(words(20, 60))]) == []


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("", 0),
        ("It's 1,250.5 kites.", 4),
        ("a,b 1,2 x_1 and e.g. this", 9),
        ("三只风筝", 4),
        ("カタカナと", 2),
        ("(x + 1)^2", 7),
    ],
)
def test_words_are_counted_as_unicode_parts_them(paragraph, count):
    assert count_words(paragraph) == count

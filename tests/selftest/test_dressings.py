"""Dressings: the words of an item come back out of what it was written down as."""

from __future__ import annotations

import html
import json
import re

import pytest

from leakcheck.selftest.dressings import answered, as_chat, as_html, as_markdown, asked, whole

ITEM = {
    "question": "Is “naïve” 1 < 2\nor something else?",
    "choices": "never\nalways",
    "answer": "always",
    "context": "A page of an encyclopedia.",
}


@pytest.mark.parametrize("write", [whole, as_chat, as_html, as_markdown])
def test_context_is_never_planted(write):
    assert "encyclopedia" not in write(ITEM)


def test_an_item_of_one_field_is_its_question():
    assert whole({"question": "2 + 2?"}) == asked({"question": "2 + 2?"}) == "2 + 2?"
    assert answered({"question": "2 + 2?"}) == ""


def test_a_chat_is_json_without_any_letter_beyond_ascii():
    text = as_chat(ITEM)
    assert text.isascii() and "\n" not in text
    turns = json.loads(text)["messages"]
    assert [turn["content"] for turn in turns] == [asked(ITEM), answered(ITEM)]


def test_html_says_the_same_without_its_tags():
    text = re.sub(r"<[^>]+>", "", as_html(ITEM).replace("<br/>", "\n"))
    assert html.unescape(text) == whole(ITEM)


def test_markdown_says_the_same_without_its_marks():
    assert re.sub(r"(?m)^> |\*\*", "", as_markdown(ITEM)) == whole(ITEM)

"""Planting: the item stands in the document whole, and the document around it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.selftest.planting import Host, planted

HOST = Host((("title", "Lamps"), ("text", "One lamp. Two lamps. Three lamps.")))
PLACES = ["start", "middle", "paragraph", "end"]


def test_alone_there_is_no_document():
    assert planted("ITEM", HOST, "alone") == Host((("", "ITEM"),))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("start", "ITEM\n\nOne lamp. Two lamps. Three lamps."),
        ("middle", "One lamp. Two lamps.\n\nITEM\n\nThree lamps."),
        ("paragraph", "One lamp. Two lamps. ITEM Three lamps."),
        ("end", "One lamp. Two lamps. Three lamps.\n\nITEM"),
    ],
)
def test_the_longest_passage_takes_it(place, text):
    assert planted("ITEM", HOST, place).passages == (("title", "Lamps"), ("text", text))


@pytest.mark.parametrize("place", PLACES)
@given(page=st.text())
def test_neither_item_nor_document_loses_a_word(place, page):
    ((_, text),) = planted("ITEM", Host((("", page),)), place).passages
    assert text.count("ITEM") == 1 + page.count("ITEM")
    assert "".join(text.replace("ITEM", "", 1).split()) == "".join(page.split()) or "ITEM" in page


@pytest.mark.parametrize(
    ("place", "page"), list(product(["middle", "paragraph"], ["x" * 9, "二。三", "a b c d"]))
)
def test_a_page_without_sentences_is_parted_too(place, page):
    ((_, text),) = planted("ITEM", Host((("", page),)), place).passages
    assert not text.startswith("ITEM")
    assert not text.endswith("ITEM")

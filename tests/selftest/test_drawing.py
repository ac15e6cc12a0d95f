"""Drawing: only items that a scan can find and attribute are planted."""

from __future__ import annotations

from random import Random

import pytest

from leakcheck.benchmark.items import Item
from leakcheck.selftest.drawing import draw, side_of
from leakcheck.selftest.texts import WithTexts

OF_BOTH = "Seven beekeepers barter 34 candles and 19 jars of heather honey for one rowing boat."
TEXTS = {
    "test/0": "Whose brass lantern hangs above the upper ferry landing at Quillmouth tonight?",
    "test/1": "A glassblower ships 48 goblets by mule across the Varna pass; do any survive?",
    "test/2": "Why?",
    "test/3": OF_BOTH,
    "train/0": OF_BOTH,
    "train/1": "Eleven tailors stitch 76 velvet curtains for an opera house that never opened.",
    "dev/0": "Could a walrus juggling marmalade jars outpace 13 sleepy postmen before breakfast?",
}


@pytest.fixture
def with_texts(make_benchmark):
    items = [Item(name, name.partition("/")[0], {"question": TEXTS[name]}) for name in TEXTS]
    return WithTexts(make_benchmark(TEXTS), items)


def names(drawn):
    return [item.item for item in drawn.items]


def test_what_cannot_be_found_or_told_apart_is_counted_and_left_out(with_texts):
    drawn = draw(with_texts, "test", 200, Random(0))
    assert names(drawn) == ["test/0", "test/1"]
    assert (drawn.total, drawn.without_text, drawn.untestable, drawn.shared) == (4, 0, 1, 1)


def test_all_that_is_no_test_is_on_the_other_side(with_texts):
    assert side_of(with_texts.benchmark, "dev") == "other"
    assert names(draw(with_texts, "other", 200, Random(0))) == ["train/1", "dev/0"]


def test_items_without_text_are_counted(with_texts):
    drawn = draw(with_texts._replace(items=with_texts.items[:1]), "test", 200, Random(0))
    assert (names(drawn), drawn.without_text) == (["test/0"], 3)


def test_no_more_are_drawn_than_asked_for(with_texts):
    drawn = draw(with_texts, "test", 1, Random(0))
    assert len(drawn.items) == 1
    assert names(drawn) == names(draw(with_texts, "test", 1, Random(0)))

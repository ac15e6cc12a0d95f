"""Drawing: which items are planted, and which cannot be."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from typing import Literal, NamedTuple

from leakcheck.benchmark.items import Item
from leakcheck.detection.catalogue import Benchmark
from leakcheck.selftest.texts import WithTexts

__all__ = ["SIDES", "Drawn", "Side", "draw", "side_of"]

Side = Literal["test", "other"]
"""Items that are leakage, or overlap: train, dev and few-shot."""
SIDES: tuple[Side, ...] = ("test", "other")


class Drawn(NamedTuple):
    """The items of one side."""

    items: list[Item]
    """Those that are planted, in the publisher's order."""
    total: int
    """All of the benchmark."""
    without_text: int
    untestable: int
    """Those with too little text to be found even word for word."""
    shared: int
    """Those whose question is on the other side too: nobody can say which was found."""


def side_of(benchmark: Benchmark, split: str) -> Side:
    """Return the side of one of the publisher's splits."""
    return "test" if benchmark.card.role_of(split) == "test" else "other"


def draw(with_texts: WithTexts, side: Side, count: int, chances: Random) -> Drawn:
    """Draw items of one side that a scan can find and attribute, `count` or all there are."""
    benchmark = with_texts.benchmark
    pack = benchmark.pack
    places = {
        name: place
        for place, (name, split) in enumerate(zip(pack.items, pack.splits, strict=True))
        if side_of(benchmark, split) == side
    }
    of_both = _questions_of_both(benchmark)
    texts = [item for item in with_texts.items if item.item in places]
    testable = [item for item in texts if benchmark.testable[places[item.item]]]
    own = [item for item in testable if int(pack.symbols[places[item.item]]) not in of_both]
    drawn = chances.sample(own, min(count, len(own)))
    return Drawn(
        items=sorted(drawn, key=lambda item: places[item.item]),
        total=len(places),
        without_text=len(places) - len(texts),
        untestable=len(texts) - len(testable),
        shared=len(testable) - len(own),
    )


def _questions_of_both(benchmark: Benchmark) -> set[int]:
    """Return the questions, by their hash, that are items of both sides."""
    questions: defaultdict[Side, set[int]] = defaultdict(set)
    pack = benchmark.pack
    for symbols, split in zip(pack.symbols.tolist(), pack.splits, strict=True):
        questions[side_of(benchmark, split)].add(symbols)
    return questions["test"] & questions["other"]

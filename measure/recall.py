"""Recall: every test item of every benchmark planted in many ways, and what is found of it."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from planting import Document, Material, Said, Way, ways
from rows_found import by_row, items_of, names, read_rows, scanner

from leakcheck import Finding
from leakcheck.benchmark.calibration import QUESTION_BITS
from leakcheck.benchmark.items import Item
from leakcheck.detection.catalogue import Benchmark
from leakcheck.index.item_table import QUESTION, item_table

__all__ = ["SAMPLE", "Outcome", "Planted", "others_than", "plant", "subset_of"]

SEED = 5
SHINGLE = 3
"""Tokens that a question must have to be found by."""
SAMPLE = 300
"""Items of a benchmark that the slow ways are tried on, evenly over its subsets."""
PAGE = 2000
"""Characters of a page that are taken."""


class Outcome(NamedTuple):
    """A planted item and what was found in its document."""

    item: Item
    tokens: int
    """Of the question."""
    testable: bool
    """Whether what was planted has enough evidence to be found."""
    own: Finding | None
    """The best finding that names the item."""
    others: list[Finding]
    """Those that do not."""

    @property
    def right_split(self) -> bool:
        """Whether the split of the item is said, if anything is."""
        found = [*([self.own] if self.own else []), *self.others]
        return any(each.shared or each.split == self.item.split for each in found)


class Planted(NamedTuple):
    """The test items of a benchmark, planted in one way."""

    benchmark: str
    way: Way
    outcomes: list[Outcome]


def subset_of(item: str) -> str:
    """Return the subset in the name of an item.

    >>> subset_of("test/anatomy/3"), subset_of("test/3")
    ('anatomy', '')
    """
    return "/".join(item.split("/")[1:-1])


def others_than(names: Sequence[str], data: Path) -> dict[str, list[str]]:
    """Choose for each benchmark questions of the others, for lists to plant its items in."""
    chances = random.Random(SEED)
    some = {
        name: [item.fields["question"] for item in chances.sample(items, min(50, len(items)))]
        for name in names
        for items in [items_of(name, data)]
    }
    return {
        name: [question for other in names if other != name for question in some[other]]
        for name in names
    }


def plant(name: str, others: Sequence[str], data: Path) -> Iterator[Planted]:
    """Plant the test items of a benchmark in every way, and look for them."""
    benchmark = scanner(name).benchmarks[0]
    items = items_of(name, data)
    chances = random.Random(SEED)
    test = [item for item in items if benchmark.card.role_of(item.split) == "test"]
    material = Material(_pages(data), items, others)
    able, lengths = _testable(benchmark), _lengths(benchmark)
    for way in ways():
        chosen = _sample(test, chances) if way.sampled else test
        documents = [(item, way.make(item, material, chances)) for item in chosen]
        made = [(item, document) for item, document in documents if document is not None]
        if made:
            yield Planted(name, way, _outcomes(name, made, able[way.said], lengths))


@cache
def _pages(data: Path) -> list[str]:
    rows = read_rows(data / "corpora/background_text/c4_demo.jsonl")
    return [row["text"][:PAGE] for row in rows]


def _sample(items: Sequence[Item], chances: random.Random) -> list[Item]:
    """Choose items, as many of each subset if there are that many."""
    subsets: dict[str, list[Item]] = {}
    for item in items:
        subsets.setdefault(subset_of(item.item), []).append(item)
    each = max(1, SAMPLE // len(subsets))
    return [item for of in subsets.values() for item in chances.sample(of, min(each, len(of)))]


def _testable(benchmark: Benchmark) -> Mapping[Said, set[str]]:
    """Return the names of the items that can be found, by what is planted of them."""
    table = item_table([benchmark.pack])
    question = table.word_bits[:, QUESTION] + table.number_bits[:, QUESTION]
    shingle = (table.ends - table.starts)[:, QUESTION] >= SHINGLE
    enough = (question >= QUESTION_BITS) & shingle | benchmark.puzzles
    named = benchmark.pack.items
    return {
        "all fields": {name for name, yes in zip(named, benchmark.testable, strict=True) if yes},
        "question alone": {name for name, yes in zip(named, enough, strict=True) if yes},
    }


def _lengths(benchmark: Benchmark) -> dict[str, int]:
    """Return how many tokens the question of each item has."""
    table = item_table([benchmark.pack])
    lengths = (table.ends - table.starts)[:, QUESTION]
    return dict(zip(benchmark.pack.items, lengths.tolist(), strict=True))


def _outcomes(
    benchmark: str,
    made: Sequence[tuple[Item, Document]],
    able: set[str],
    lengths: Mapping[str, int],
) -> list[Outcome]:
    rows = _scan(benchmark, [document for _, document in made])
    outcomes = []
    for row, (item, _) in enumerate(made):
        found = rows.get(row, [])
        own = [each for each in found if item.item in names(each)]
        others = [each for each in found if item.item not in names(each)]
        best = own[0] if own else None
        outcomes.append(Outcome(item, lengths[item.item], item.item in able, best, others))
    return outcomes


def _scan(benchmark: str, documents: Sequence[Document]) -> Mapping[int, list[Finding]]:
    rows = ({"text": each} if isinstance(each, str) else each for each in documents)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return by_row(scanner(benchmark).scan([path]).iter_findings())

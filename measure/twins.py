"""Twins: items of the same text, inside a benchmark and across benchmarks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pages import table
from rows_found import every_benchmark, scanner

from leakcheck.detection.catalogue import Benchmark
from leakcheck.index.item_table import CHOICES, QUESTION, ItemTable, item_table

__all__ = ["twins_tables"]

_Codes = tuple[int, ...]
_Text = tuple[_Codes, int, _Codes]
"""Tokens of a question, the hash of its symbols, and those of its choices in any order."""


class _Texts(NamedTuple):
    benchmark: str
    test: frozenset[str]
    words: dict[str, tuple[_Codes, _Codes]]
    """Item to its question's tokens and its choices."""
    wholes: dict[str, _Text]
    """The same with symbols."""


def twins_tables() -> str:
    """Lay out how many items have a twin, in their benchmark and in others."""
    texts = [_texts(benchmark) for benchmark in map(_load, every_benchmark())]
    return f"{_inside(texts)}\n\n{_across(texts)}"


def _load(name: str) -> Benchmark:
    return next(each for each in scanner("all").benchmarks if each.card.name == name)


def _texts(benchmark: Benchmark) -> _Texts:
    items = item_table([benchmark.pack])
    roles = {split.name: split.role for split in benchmark.card.splits}
    named = list(zip(benchmark.pack.items, benchmark.pack.splits, strict=True))
    wholes = {
        name: (
            _values(items, place, QUESTION),
            int(benchmark.pack.symbols[place]),
            tuple(sorted(_values(items, place, CHOICES))),
        )
        for place, (name, _) in enumerate(named)
    }
    words = {name: (question, choices) for name, (question, _, choices) in wholes.items()}
    test = frozenset(name for name, split in named if roles[split] == "test")
    return _Texts(benchmark.card.name, test, words, wholes)


def _values(items: ItemTable, place: int, field: int) -> _Codes:
    start, end = items.starts[place, field], items.ends[place, field]
    return tuple(items.codes[start:end].tolist())


def _inside(texts: Iterable[_Texts]) -> str:
    rows = []
    for each in texts:
        words, wholes = Counter(each.words.values()), Counter(each.wholes.values())
        same_words = sum(words[each.words[name]] > 1 for name in each.test)
        twins = [name for name in each.test if wholes[each.wholes[name]] > 1]
        others = {whole for name, whole in each.wholes.items() if name not in each.test}
        shared = sum(each.wholes[name] in others for name in twins)
        if same_words:
            rows.append([each.benchmark, len(each.test), same_words, len(twins), shared])
    head = ["benchmark", "test items", "same words", "same symbols, too", "one of another role"]
    return table(head, rows, "lrrrr")


def _across(texts: Iterable[_Texts]) -> str:
    benchmarks_of: defaultdict[_Codes, set[str]] = defaultdict(set)
    every = list(texts)
    for each in every:
        for question, _, _ in each.wholes.values():
            benchmarks_of[question].add(each.benchmark)
    pairs: Counter[tuple[str, str]] = Counter()
    for each in every:
        for name in each.test:
            for other in benchmarks_of[each.wholes[name][0]] - {each.benchmark}:
                pairs[each.benchmark, other] += 1
    rows = [[first, second, number] for (first, second), number in sorted(pairs.items())]
    return table(["test items of", "with the question of an item of", "items"], rows, "llr")

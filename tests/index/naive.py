"""Shingles and gates once more, as dictionaries of tuples, as the docstrings describe them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from leakcheck.index.shingles import PAIR_DISTANCE, RARE_BITS
from leakcheck.index.sieve import FEWEST_SHINGLES, MOST_ITEMS

Code = tuple[int, float, bool]
Items = Sequence[Mapping[str, Sequence[Code]]]
Shingle = tuple[int, ...]


def naive_shingles(item: Mapping[str, Sequence[Code]]) -> list[Shingle]:
    """Return the triples of an item, and its pairs, the lower code first."""
    shingles: list[Shingle] = []
    for field in ("question", "choices"):
        tokens = item.get(field, ())
        for at, (code, bits, _) in enumerate(tokens):
            if at + 2 < len(tokens):
                shingles.append((code, tokens[at + 1][0], tokens[at + 2][0]))
            for other, other_bits, _ in tokens[at + 1 : at + 1 + PAIR_DISTANCE]:
                if min(bits, other_bits) >= RARE_BITS + 1 and code != other:
                    shingles.append((min(code, other), max(code, other)))
    return shingles


def naive_gate(items: Items) -> dict[Shingle, set[int]]:
    """Return which items of one benchmark each shingle leads to."""
    owners: dict[Shingle, set[int]] = defaultdict(set)
    for number, item in enumerate(items):
        for each in naive_shingles(item):
            owners[each].add(number)
    kept: dict[Shingle, set[int]] = defaultdict(set)
    for number, item in enumerate(items):
        shingles = naive_shingles(item)
        limit = MOST_ITEMS
        while True:
            passing = [each for each in shingles if len(owners[each]) <= limit]
            if len(passing) >= min(FEWEST_SHINGLES, len(shingles)):
                break
            limit *= 2
        for each in passing:
            kept[each].add(number)
    return kept


def value_of(shingle: Shingle) -> int:
    """Return a shingle as the sieve has it."""
    if len(shingle) == 2:
        return 1 << 48 | shingle[0] << 16 | shingle[1]
    return shingle[0] << 32 | shingle[1] << 16 | shingle[2]

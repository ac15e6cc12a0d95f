"""Searching by characters: substrings of the items' texts, which packs do not keep.

A substring is looked for by its first 16 characters, as if characters were tokens, and then whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import Field
from leakcheck.corpus import PassageBatch
from leakcheck.detection.catalogue import Benchmark
from leakcheck.presets.grams import gram_table
from leakcheck.presets.reading import Place
from leakcheck.presets.record import CharacterRule, Preset
from leakcheck.presets.runs import find_runs
from leakcheck.presets.scored import Scored
from leakcheck.presets.sequences import ItemSequences

__all__ = ["CharacterSearch", "FoundNeedles", "Texts"]

ANCHOR = 16

Texts = Mapping[tuple[str, str], Mapping[Field, str]]
"""The fields of items by benchmark and item."""


class FoundNeedles(NamedTuple):
    """The needles of a batch: their numbers, and where each was found."""

    needles: list[int]
    places: list[Place]


class CharacterSearch:
    """One preset that looks at characters."""

    def __init__(self, benchmarks: Sequence[Benchmark], preset: Preset, texts: Texts) -> None:
        """Take the needles from the texts of the items of benchmarks."""
        assert isinstance(preset.rule, CharacterRule)
        self._preset, self._rule = preset, preset.rule
        names = [(each.card.name, item) for each in benchmarks for item in each.pack.items]
        needles = [
            (number, needle)
            for number, name in enumerate(names)
            for needle in self._rule.needles("/".join(name), texts.get(name, {}))
            if len(needle) >= ANCHOR
        ]
        self._owners = [number for number, _ in needles]
        self._needles = [needle for _, needle in needles]
        codes, starts = _characters(self._needles)
        self._items = ItemSequences(
            np.array([0, len(needles)]), np.stack([starts[:-1], starts[1:]], axis=1), codes
        )
        anchors = np.minimum(starts[:-1] + ANCHOR, starts[1:])
        self._table = gram_table(self._items, starts[:-1], anchors, ANCHOR)
        self._scores = np.zeros(len(names))
        self._places: dict[int, Place] = {}

    def find(self, batch: PassageBatch) -> FoundNeedles:
        """Find the needles in a batch; several threads may do so at once."""
        firsts = np.flatnonzero(np.diff(batch.rows, prepend=-1)).tolist()
        passages = batch.texts.to_pylist()
        ends = [*firsts[1:], len(passages)]
        texts = [
            self._rule.normalise("\n".join(passages[first:end]))
            for first, end in zip(firsts, ends, strict=True)
        ]
        codes, documents = _characters(texts)
        runs = find_runs(codes, documents, self._items, self._table)
        whole = runs.lengths == np.diff(self._items.bounds)[runs.items, 0]
        found = FoundNeedles(runs.items[whole].tolist(), [])
        for needle, document in zip(found.needles, runs.documents[whole].tolist(), strict=True):
            passage = firsts[document]
            found.places.append(self._place(batch, passage, self._needles[needle]))
        return found

    @staticmethod
    def _place(batch: PassageBatch, passage: int, needle: str) -> Place:
        """Name the document; where in it is lost with the characters that were left out."""
        return Place(batch.file.name, int(batch.rows[passage]), "", 0, 0, needle)

    def add(self, found: FoundNeedles) -> None:
        """Take in what was found in a batch."""
        for needle, place in zip(*found, strict=True):
            item = self._owners[needle]
            self._scores[item] = 1.0
            self._places.setdefault(item, place)

    @property
    def touched(self) -> int:
        """How many items were found so far."""
        return len(self._places)

    def scored(self) -> dict[str, Scored]:
        """Return what the preset makes of all items, by its name."""
        undecided = np.ones(len(self._scores), np.bool_)
        undecided[self._owners] = False
        return {self._preset.name: Scored(self._scores, undecided, self._places)}


def _characters(
    texts: Sequence[str],
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.int64]]:
    """Return texts as units of UTF-16, one after the other, and where each starts."""
    encoded = [text.encode("utf-16-le", "surrogatepass") for text in texts]
    starts = np.array([0, *accumulate(len(each) // 2 for each in encoded)], np.int64)
    return np.frombuffer(b"".join(encoded), np.uint16), starts

"""What a preset is: a published criterion, as data and one pure function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import Field
from leakcheck.presets.parts import Part
from leakcheck.presets.seen import SeenPart, Sight, Sights

__all__ = [
    "CharacterRule",
    "CorpusRule",
    "DocumentRule",
    "Grade",
    "ParagraphRule",
    "Preset",
    "SkipRule",
]


class CorpusRule(NamedTuple):
    """A criterion on what all documents together have of an item."""

    measure: Callable[[SeenPart], float]
    """The score of one part of an item; the item has that of its best part."""


class DocumentRule(NamedTuple):
    """A criterion on what one document has of an item; the best document decides."""

    measure: Callable[[Sight], float]
    ceiling: Callable[[Sights], npt.NDArray[np.float64]]
    """The most that `measure` can give, for many pairs of document and item at once: what can
    neither reach the threshold nor better an earlier document is not measured."""
    weighs: tuple[tuple[int, Part], ...] = ()
    """The n-grams that it weighs by how rare they are among the items: n, and the part they are
    in. Every n once; that of the preset's own `gram` is for `ceiling`."""


class ParagraphRule(NamedTuple):
    """A criterion on paragraphs of documents: the share of one's n-grams that any item has.

    The items of a split are taken together. All items with an n-gram in a document have the share
    of its best paragraph. N-grams of nothing but numbers count for nothing.
    """

    separator: bytes
    """What parts the paragraphs of a text."""


class CharacterRule(NamedTuple):
    """A criterion on the characters of texts: an item is flagged if a document holds a needle."""

    normalise: Callable[[str], str]
    """What is done to the text of a document."""
    needles: Callable[[str, Mapping[Field, str]], list[str]]
    """The substrings of an item that are looked for, normalised, from its name and its fields."""


class SkipRule(NamedTuple):
    """How a run may skip tokens that differ."""

    exact: int
    """So many tokens, the first ones, must be alike ..."""
    longer_than: int
    """... and the run must have more tokens than this, up to its last that is alike ..."""
    budget: int
    """... so many places excepted."""


class Grade(NamedTuple):
    """A class that a paper puts items into; classes may overlap."""

    name: str
    least: float
    """The least score of the class."""
    below: float
    """All scores of the class are less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One published criterion."""

    name: str
    title: str
    """Whose criterion it is, for tables."""
    criterion: str
    """When an item is flagged, in one line."""
    source: str
    """Where it is published."""
    deviations: tuple[str, ...]
    """Where this differs from what is published, and what is not known of it."""
    parts: tuple[Part, ...]
    """The parts of an item that it looks at, each for itself."""
    gram: int
    """Tokens of the shortest run that it takes notice of."""
    rule: CorpusRule | DocumentRule | ParagraphRule | CharacterRule
    threshold: float
    """Items with this score or more are flagged ..."""
    strict: bool = False
    """... or, if so, with more than this."""
    least_tokens: int | None = None
    """Items with fewer tokens cannot be decided; by default `gram` ..."""
    counted: Part | None = None
    """... counted in this part of theirs; by default in the longest of `parts`."""
    skips: SkipRule | None = None
    whole_from: int | None = None
    """Parts of fewer tokens than `gram`, but not than this, are looked for as a whole."""
    numbers_alike: bool = False
    """Whether every number is read as the same one."""
    left_out: tuple[str, ...] = ()
    """Words that are no tokens, in the items and in the documents."""
    grades: tuple[Grade, ...] = ()

    def flags(self, score: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Tell which scores flag their items."""
        return score > self.threshold if self.strict else score >= self.threshold

    @property
    def shortest_item(self) -> int:
        """Tokens that an item must have to be decided at all."""
        return self.gram if self.least_tokens is None else self.least_tokens

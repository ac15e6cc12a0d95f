"""Findings: one passage of a corpus matched to one item of a benchmark."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec
import pyarrow as pa

from leakcheck.benchmark.card import Field, Role
from leakcheck.detection.standing import COUNTED, Standing, standing_of

__all__ = ["FINDING_SCHEMA", "KINDS", "Basis", "Change", "Finding", "Kind"]

Kind = Literal["verbatim", "near", "rewritten", "variant"]
"""How a passage holds an item; `kinds` has the numeric definitions."""
Basis = Literal["text", "fingerprints"]
"""What a finding was decided from; fingerprints where an index has no text to look at again."""
KINDS: tuple[Kind, ...] = get_args(Kind)
Change = Literal[
    "numbers",
    "names",
    "reordered",
    "reworded",
    "translated",
    "answer",
    "extended",
    "shortened",
]
"""How a passage differs from its item; `differences` and `surroundings` have the definitions."""


class Finding(msgspec.Struct, frozen=True):
    """One passage matched to one item."""

    bench: str
    split: str
    """The publisher's name of the split."""
    role: Role
    item: str
    """As `test/3`: split, subset if there are any, and the row in the publisher's order."""
    kind: Kind
    score: float
    """The share of the question's evidence that the passage has, from 0 to 1."""
    bits: float
    """The evidence of all fields together, what is missing and what is extra taken off."""
    e_value: float
    """How many matches as good a corpus of this size would give by chance."""
    p_value: float
    """The share of items that match other text of their benchmark as well as that."""
    fields: list[Field]
    """The fields that the document has; the question is always one of them."""
    path: str
    row: int
    """The 0-based record of the file."""
    source: str
    """The place in the record, as `messages[1].content`; empty if the record is the text."""
    start: int
    """Character offset of the passage in the text at `source`; in a finding from fingerprints the
    number of its first token in the document."""
    end: int
    also: list[str]
    """Items of the same text: `test/3`, or `math:test/3` where they are of another benchmark."""
    shared: bool
    """Whether an item of the same tokens and symbols is in a split of another role."""
    excerpt: str
    """The passage, shortened to 400 characters; empty in a finding from fingerprints."""
    basis: Basis = "text"
    fingerprint: str = ""
    """16 hexadecimal digits of benchmark, item and the passage's tokens: the same text has the same
    wherever it stands."""
    changes: list[Change] = []
    """How the passage differs from the question; in a finding from fingerprints what these tell."""
    matched: list[int] = []
    """Where the excerpt has words of the question, in characters: start, end, start, end, ..."""
    accepted: str = ""
    """Why the finding is not counted: `baseline`, `allow: ` and the reason, or `chance`. Empty
    if it is."""

    @property
    def standing(self) -> Standing:
        """What it counts as if nobody accepts it."""
        return standing_of(self.role, self.kind, self.shared)

    @property
    def is_counted(self) -> bool:
        """Whether it counts for the verdict, as leakage or as overlap."""
        return not self.accepted and self.standing in COUNTED


FINDING_SCHEMA = pa.schema(
    [
        ("bench", pa.string()),
        ("split", pa.string()),
        ("role", pa.string()),
        ("item", pa.string()),
        ("kind", pa.string()),
        ("score", pa.float64()),
        ("bits", pa.float64()),
        ("e_value", pa.float64()),
        ("p_value", pa.float64()),
        ("fields", pa.list_(pa.string())),
        ("path", pa.string()),
        ("row", pa.int64()),
        ("source", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("also", pa.list_(pa.string())),
        ("shared", pa.bool_()),
        ("excerpt", pa.string()),
        ("basis", pa.string()),
        ("fingerprint", pa.string()),
        ("changes", pa.list_(pa.string())),
        ("matched", pa.list_(pa.int32())),
        ("accepted", pa.string()),
    ]
)
"""The columns of `Report.findings`, those of `Finding`."""

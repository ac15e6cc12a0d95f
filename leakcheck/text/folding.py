"""The folding table: what every Unicode code point counts as, and what it is folded to.

Folding is NFKD after case folding, a code point at a time, with decimal digits of all scripts
folded to ASCII ones and traditional Chinese characters to simplified ones. Japanese text has
characters of both kinds and is folded alike. Decomposed text needs no look at its neighbours, so
composed and decomposed spellings of a word are the same token. The table is a file and not Python's
`unicodedata`: tokens must be the same under every Python, or packs built under one would not match
under another.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel

__all__ = [
    "CLASS_SHIFT",
    "DIGIT",
    "FOLDED",
    "IGNORABLE",
    "LETTER",
    "MARK",
    "SEPARATOR",
    "UNSPACED",
    "FoldingTable",
    "build_folding_table",
    "entry_of",
    "expansion_of",
    "fold_class",
    "fold_code_point",
    "load_folding_table",
]

SEPARATOR, LETTER, DIGIT, MARK, UNSPACED, IGNORABLE = range(6)

_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # ideographic iteration mark and zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),  # Han, extension A
    (0x4E00, 0x9FFF),  # Han
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x323AF),  # Han, extensions B to H
)
_TABLE_SIZE = 0x32400  # no letters above: private use, tags and variation selectors
CLASS_SHIFT = np.uint32(24)
"""An entry has its class above so many bits ..."""
FOLDED = np.uint32(0xFFFFFF)
"""... and in these what the code point is folded to."""
_EXPANDS = 7  # in place of a class: the low bits are an offset into `expansions`


class FoldingTable(NamedTuple):
    """Code points to classes and folded code points.

    An entry holds a class in its upper 8 bits and a folded code point in its lower 24. Where the
    upper bits are 7, the lower ones are an offset into `expansions`, which holds a count there and
    then as many entries of the first kind.
    """

    entries: npt.NDArray[np.uint32]
    """Shape (0x32400,), indexed by code point."""
    expansions: npt.NDArray[np.uint32]


def fold_code_point(character: str, simplified: Mapping[str, str] = MappingProxyType({})) -> str:
    """Fold one character to NFKD of its case folding, with ASCII digits and simplified characters.

    `simplified` has the traditional Chinese characters with their simplified ones.

    >>> fold_code_point("É") == "e\\N{COMBINING ACUTE ACCENT}", fold_code_point("\\uff13")
    (True, '3')
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(simplified.get(char, str(unicodedata.decimal(char, char))) for char in folded)


def build_folding_table(simplified: Mapping[str, str]) -> FoldingTable:
    """Build the table from this Python's Unicode database; see `measure/folding/` for its use."""
    entries = np.zeros(_TABLE_SIZE, np.uint32)
    expansions: list[int] = []
    for code_point in range(_TABLE_SIZE):
        if 0xD800 <= code_point < 0xE000:  # surrogates
            continue
        packed = [_pack(char) for char in fold_code_point(chr(code_point), simplified)]
        if len(packed) == 1:
            entries[code_point] = packed[0]
        else:
            entries[code_point] = _EXPANDS << int(CLASS_SHIFT) | len(expansions)
            expansions += [len(packed), *packed]
    return FoldingTable(entries, np.array(expansions, np.uint32))


def _pack(char: str) -> int:
    return _class_of(char) << int(CLASS_SHIFT) | ord(char)


def _class_of(char: str) -> int:
    category = unicodedata.category(char)
    if category[0] == "M":
        return MARK
    if category == "Nd":
        return DIGIT
    if category[0] in "LN":
        code_point = ord(char)
        unspaced = any(low <= code_point <= high for low, high in _UNSPACED_RANGES)
        return UNSPACED if unspaced else LETTER
    # Zero-width joiners, soft hyphens and their like stand inside words.
    return IGNORABLE if category == "Cf" else SEPARATOR


def fold_class(folded: str) -> int:
    """Return the class of a character that is folded already."""
    return int(load_folding_table().entries[ord(folded)] >> CLASS_SHIFT)


@cache
def load_folding_table() -> FoldingTable:
    """Load the table that ships with leakcheck."""
    with (
        as_file(files("leakcheck.text") / "folding.npz") as path,
        np.load(path) as arrays,
    ):
        return FoldingTable(arrays["entries"], arrays["expansions"])


@kernel
def entry_of(code_point: int, entries: npt.NDArray[np.uint32]) -> np.uint32:
    """Return the entry of a code point; an unassigned one separates, as U+0000 does."""
    return np.uint32(entries[code_point if code_point < len(entries) else 0])


@inlined
def expansion_of(entry: np.uint32, expansions: npt.NDArray[np.uint32]) -> tuple[int, int]:
    """Return the place before what a code point is folded to, or -1, and the length of that."""
    if entry >> CLASS_SHIFT != _EXPANDS:
        return int64(-1), int64(1)
    place = int64(entry & FOLDED)
    return place, int64(expansions[place])

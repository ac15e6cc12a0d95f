"""A token and the folding of its characters, slow and plain.

They know Unicode by the stored folding table alone, so that they say the same under every Python.
"""

from __future__ import annotations

from typing import NamedTuple

from leakcheck.text.folding import MARK, SEPARATOR, UNSPACED, load_folding_table

EXPANDS = 7


class Token(NamedTuple):
    """A folded token and the characters it was made of."""

    text: str
    number: bool
    start: int
    end: int

    @property
    def hash(self) -> int:
        state = 0xCBF29CE484222325
        for value in self.hashed():
            state = (state ^ value) * 0x100000001B3 % 2**64
        flags = self.number << 31 | (folded(self.text[0])[0][0] == UNSPACED) << 30
        return (state * 0x9E3779B97F4A7C15 % 2**64) >> 34 | flags

    def hashed(self) -> list[int]:
        """Return code points, with one sum of squares for marks in a row, in whatever order."""
        values, after_mark = [], False
        for char in self.text:
            is_mark = folded(char)[0][0] == MARK
            if is_mark and after_mark:
                values[-1] += ord(char) ** 2
            else:
                values.append(ord(char) ** 2 if is_mark else ord(char))
            after_mark = is_mark
        return values


def folded(char: str) -> list[tuple[int, str]]:
    """Return (class, character) of all that one character is folded to."""
    entries, expansions = load_folding_table()
    if ord(char) >= len(entries):
        return [(SEPARATOR, " ")]
    packed = [int(entries[ord(char)])]
    if packed[0] >> 24 == EXPANDS:
        first = (packed[0] & 0xFFFFFF) + 1
        packed = expansions[first : first + expansions[first - 1]].tolist()
    return [(each >> 24, chr(each & 0xFFFFFF)) for each in packed]

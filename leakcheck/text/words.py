"""Plain words and numbers of ASCII, found 64 bytes at once.

What the processor has to guess costs more here than what it has to do. Where words start and end is
read from bits, one for each of 64 bytes. Words that are found are written down with their place
only: `word_hashes` does the rest. Anything that may be more than a plain word is left to `tokens`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64
from leakcheck.text.camel_case import find_camel_case, write_parts
from leakcheck.text.dressing_names import MAY_BEGIN
from leakcheck.text.word_hashes import UNHASHED
from leakcheck.vectors import between, trailing_zeros

__all__ = ["READ_AHEAD_BYTES", "find_words"]

READ_AHEAD_BYTES = 72
"""So much of the data is looked at behind a place: 64 bytes, and eight from the last of them."""

_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_NONE, _ONE = np.uint64(0), np.uint64(1)
_LAST = np.uint64(1 << 63)
_LAST_THREE = np.uint64(0b111 << 61)
_BACKSLASH, _AMPERSAND, _LESS = ord("\\"), ord("&"), ord("<")
_COMMA, _POINT = ord(","), ord(".")
_SEVEN_BITS = np.uint64(0x7F)


@inlined
def find_words(
    data: npt.NDArray[np.uint8],
    at: int,
    end: int,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> tuple[int, int]:
    """Write the places of words until something stands there that may be more than a plain word.

    Return the offset of that, or an offset from which on no block can be read, and the new number
    of tokens. `at` is not inside of a word, and neither is what is returned.
    """
    while at < end and at + READ_AHEAD_BYTES <= len(data):
        inside = _ALL if end - at >= 64 else (_ONE << np.uint64(end - at)) - _ONE
        capitals = between(data, at, 65, 90) & inside
        small = between(data, at, 97, 122) & inside
        digits = between(data, at, 48, 57) & inside
        halts, joins = _halts(data, at, digits)
        halts &= inside
        points = between(data, at, _POINT, _POINT) & inside
        digits |= points & digits << _ONE & (digits >> _ONE | _LAST)
        halt = halts & (_NONE - halts)  # the first
        before = halt - _ONE
        letters = capitals | small
        behind_letters, behind_digits = letters << _ONE, digits << _ONE
        firsts = (letters & ~behind_letters) | (digits & ~behind_digits)
        afters = (behind_letters & ~letters) | (behind_digits & ~digits)
        afters &= before | (halt & ~joins)
        turns = capitals & (small << _ONE)
        in_camel_case = find_camel_case(turns, capitals, small) if turns else _NONE
        while afters:
            start, after = at + int64(trailing_zeros(firsts)), at + int64(trailing_zeros(afters))
            if in_camel_case & firsts & (_NONE - firsts):
                count = write_parts(data, start, after, hashes, starts, ends, count)
            row = np.uint64(count)
            starts[row] = start
            ends[row] = after
            hashes[row] = UNHASHED
            count += 1
            firsts &= firsts - _ONE
            afters &= afters - _ONE
        firsts &= before
        if firsts:  # a word that goes on behind the block or is left to others
            at += int64(trailing_zeros(firsts))
            if halt or firsts & _ONE:
                break
        elif halt:
            at += int64(trailing_zeros(halt))
            break
        else:
            at = min(at + 64, end)
    return at, count


@inlined
def _halts(data: npt.NDArray[np.uint8], at: int, digits: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Return what cannot be read here, of 64 bytes, and what of it may belong to what is before."""
    joins = between(data, at, 128, 255)
    commas = between(data, at, _COMMA, _COMMA) & (digits << _ONE)
    if commas:
        joins |= commas & _thousands(digits)
    halts = joins
    marks = between(data, at, _BACKSLASH, _BACKSLASH) | between(data, at, _AMPERSAND, _AMPERSAND)
    marks |= between(data, at, _LESS, _LESS)
    while marks:
        place = at + int64(trailing_zeros(marks))
        mark = marks & (_NONE - marks)
        marks ^= mark
        first, second = np.uint64(data[place + 1]), np.uint64(data[place + 2])
        kinds = MAY_BEGIN[(first & _SEVEN_BITS) << np.uint64(7) | second & _SEVEN_BITS]
        is_one = np.uint64(kinds >> (data[place] >> np.uint8(4) & np.uint8(3)) & np.uint8(1))
        halts |= mark * is_one
        joins |= mark * (is_one & np.uint64((data[place] == _AMPERSAND) | (first == 117)))
    return halts, joins


@inlined
def _thousands(digits: np.uint64) -> np.uint64:
    """Return where a comma could part a number: three digits behind, and not a fourth.

    Of what is behind the block anything is thought.
    """
    three = digits >> _ONE & digits >> np.uint64(2) & digits >> np.uint64(3)
    return three & ~(digits >> np.uint64(4)) | _LAST_THREE

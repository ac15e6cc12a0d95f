"""Entities of HTML: `&eacute;`, `&#233;`, and those escaped once more."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.text.ascii import hexadecimal
from leakcheck.text.dressing_names import find_name

__all__ = ["read_entity"]

_MISSING = int64(-1)
_SPACE = 32
_AMPERSAND, _SEMICOLON, _HASH = ord("&"), ord(";"), ord("#")


@kernel
def read_entity(
    data: npt.NDArray[np.uint8],
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Read the entity that an ampersand at `at` begins, or the one escaped by `&amp;`."""
    following = at + 1
    code_point = int64(_AMPERSAND)
    while code_point == _AMPERSAND:
        if following < end and data[following] == _HASH:
            found, stop = _number_of(data, following + 1, end)
        else:
            found, stop = find_name(data, int64(_AMPERSAND), following, end, names, values)
        if found < 0 or stop >= end or data[stop] != _SEMICOLON:
            break
        code_point, following = found, stop + 1
    return code_point, following


@kernel
def _number_of(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Read the digits of a numeric entity; return -1 if they are none, or too many."""
    base = int64(10)
    if at < end and data[at] | 32 == ord("x"):
        base = int64(16)
        at += 1
    value = int64(0)
    start = at
    while at < end and at - start < 8:
        digit = hexadecimal(data[at])
        if digit < 0 or digit >= base:
            break
        value = value * base + digit
        at += 1
    if at == start or value > 0x10FFFF:
        return _MISSING, at
    return (_SPACE if 0xD800 <= value < 0xE000 else value), at

"""Numbers: their digits, with decimals and without thousands separators."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.text.ascii import is_digit
from leakcheck.text.dressing import next_character
from leakcheck.text.folding import CLASS_SHIFT, DIGIT, FOLDED, entry_of
from leakcheck.text.hashing import SEED, mix
from leakcheck.text.token_tables import TokenTables

__all__ = ["read_foreign_number", "read_number"]

_NONE = int64(-1)
_COMMA, _POINT = ord(","), ord(".")
_POINTS = (_POINT, 0xFF0E, 0x066B)  # full-width, Arabic
_COMMAS = (_COMMA, 0xFF0C, 0x066C)


@kernel
def read_number(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, np.uint64]:
    """Read a number from its first digit; return the offset after it and its hash state."""
    state = mix(SEED, np.uint64(data[at]))
    at += 1
    grouped = True  # thousands separators only before any decimal point
    while at < end:
        byte = data[at]
        if is_digit(byte):
            state = mix(state, np.uint64(byte))
            at += 1
        elif byte == _POINT and at + 1 < end and is_digit(data[at + 1]):
            state = mix(state, np.uint64(byte))
            at += 1
            grouped = False
        elif (
            byte == _COMMA
            and grouped
            and at + 3 < end
            and is_digit(data[at + 1])
            and is_digit(data[at + 2])
            and is_digit(data[at + 3])
            and not (at + 4 < end and is_digit(data[at + 4]))
        ):
            at += 1
        else:
            break
    return at, state


@kernel
def read_foreign_number(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> tuple[int, np.uint64]:
    """Read a number from its first digit; return the offset after it and its hash state."""
    state = SEED
    grouped = True
    digit, after = _foreign_digit(data, begin, at, end, tables)
    while digit >= 0:
        state = mix(state, np.uint64(digit))
        at = after
        digit, after = _foreign_digit(data, begin, at, end, tables)
        if digit < 0 and at < end:
            code_point, behind = next_character(data, begin, at, end, tables.names, tables.values)
            if code_point in _POINTS:
                grouped = False
                digit, after = _foreign_digit(data, begin, behind, end, tables)
                state = mix(state, np.uint64(_POINT)) if digit >= 0 else state
            elif grouped and code_point in _COMMAS and _is_group(data, begin, behind, end, tables):
                digit, after = _foreign_digit(data, begin, behind, end, tables)
    return at, state


@kernel
def _foreign_digit(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> tuple[int, int]:
    """Return a digit of a script that is not ASCII as one that is, or -1, and the offset after."""
    if at >= end:
        return _NONE, at
    code_point, following = next_character(data, begin, at, end, tables.names, tables.values)
    entry = entry_of(code_point, tables.entries)
    is_foreign = code_point >= 128 and entry >> CLASS_SHIFT == DIGIT
    return (int64(entry & FOLDED) if is_foreign else _NONE), following


@kernel
def _is_group(
    data: npt.NDArray[np.uint8], begin: int, at: int, end: int, tables: TokenTables
) -> bool:
    """Tell if three digits stand at `at`, and not a fourth."""
    for _ in range(3):
        digit, at = _foreign_digit(data, begin, at, end, tables)
        if digit < 0:
            return False
    digit, _ = _foreign_digit(data, begin, at, end, tables)
    return digit < 0

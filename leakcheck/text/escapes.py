"""Escapes of JSON for single characters: `\\u00e9`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.text.ascii import hexadecimal

__all__ = ["unicode_escape"]

_MISSING = int64(-1)
_SPACE = 32
_BACKSLASH = ord("\\")


@kernel
def unicode_escape(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Read one or, for a surrogate pair, two escapes; the code point is -1 where there is none."""
    unit = _code_unit(data, at, end)
    if 0xD800 <= unit < 0xDC00:
        low = _code_unit(data, at + 6, end)
        if 0xDC00 <= low < 0xE000:
            return 0x10000 + ((unit & 0x3FF) << 10 | low & 0x3FF), at + 12
    if 0xD800 <= unit < 0xE000:
        return _SPACE, at + 6
    return unit, at + 6


@kernel
def _code_unit(data: npt.NDArray[np.uint8], at: int, end: int) -> int:
    """Return the four hexadecimal digits of an escape at `at`, or -1."""
    if at + 6 > end or data[at] != _BACKSLASH or data[at + 1] != ord("u"):
        return _MISSING
    unit = int64(0)
    for place in range(at + 2, at + 6):
        digit = hexadecimal(data[place])
        if digit < 0:
            return _MISSING
        unit = unit << 4 | digit
    return unit

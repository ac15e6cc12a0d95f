"""Characters of UTF-8: from the bytes of one to its code point."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel

__all__ = ["decode", "three_bytes", "two_bytes"]


@kernel
def decode(data: npt.NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """Decode the code point at `at` of valid UTF-8; return it and the offset of the next."""
    lead = int64(data[at])
    if lead < 0x80:
        return lead, at + 1
    if lead < 0xE0 and at + 1 < end:
        return (lead & 0x1F) << 6 | int64(data[at + 1]) & 0x3F, at + 2
    if lead < 0xF0 and at + 2 < end:
        middle = (int64(data[at + 1]) & 0x3F) << 6
        return (lead & 0x0F) << 12 | middle | int64(data[at + 2]) & 0x3F, at + 3
    if at + 3 < end:
        upper = (int64(data[at + 1]) & 0x3F) << 12 | (int64(data[at + 2]) & 0x3F) << 6
        return (lead & 0x07) << 18 | upper | int64(data[at + 3]) & 0x3F, at + 4
    return 0, end


@inlined
def two_bytes(data: npt.NDArray[np.uint8], at: int) -> int:
    """Decode a character of two bytes."""
    return int64(data[at] & 0x1F) << 6 | int64(data[at + 1] & 0x3F)


@inlined
def three_bytes(data: npt.NDArray[np.uint8], at: int) -> np.uint32:
    """Decode a character of three bytes."""
    upper = np.uint32(data[at] & 0x0F) << np.uint32(12)
    middle = np.uint32(data[at + 1] & 0x3F) << np.uint32(6)
    return upper | middle | np.uint32(data[at + 2] & 0x3F)

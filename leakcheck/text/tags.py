"""Tags of HTML that only format, and their attributes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.text.ascii import is_letter
from leakcheck.text.dressing_names import find_name

__all__ = ["LONGEST_TAG", "after_tag"]

LONGEST_TAG = 300
"""A tag with its attributes has at most so many bytes after its name."""

_MISSING = int64(-1)
_SPACE = 32
_LESS, _GREATER = ord("<"), ord(">")
_SLASH, _EQUALS, _COLON, _HYPHEN = (ord(mark) for mark in "/=:-")
_GREATER_ENTITY = np.frombuffer(b"&gt;", np.uint8)
_GREATER_ESCAPE = np.frombuffer(b"\\u003e", np.uint8)


@kernel
def after_tag(
    data: npt.NDArray[np.uint8],
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> int:
    """Return the offset after a formatting tag whose `<` stands before `at`, or -1."""
    if at < end and data[at] == _SLASH:
        at += 1
    found, at = find_name(data, int64(_LESS), at, end, names, values)
    if found < 0:
        return _MISSING
    end = min(end, at + LONGEST_TAG)
    name_end = at
    while at < end and data[at] == _SPACE:
        at += 1
    if at > name_end and at < end and is_letter(data[at]):
        return _after_attributes(data, at, end)
    if at < end and data[at] == _SLASH:
        at += 1
    return _after_greater(data, at, end)


@kernel
def _after_attributes(data: npt.NDArray[np.uint8], at: int, end: int) -> int:
    """Return the offset after a tag whose first attribute stands at `at`, or -1."""
    while at < end and (is_letter(data[at]) or data[at] == _HYPHEN or data[at] == _COLON):
        at += 1
    if at >= end or data[at] != _EQUALS:
        return _MISSING
    while at < end and data[at] != _LESS:
        after = _after_greater(data, at, end)
        if after >= 0:
            return after
        at += 1
    return _MISSING


@kernel
def _after_greater(data: npt.NDArray[np.uint8], at: int, end: int) -> int:
    """Return the offset after a `>` at `at`, which may be escaped, or -1."""
    if at < end and data[at] == _GREATER:
        return at + 1
    if _starts_with(data, at, end, _GREATER_ENTITY):
        return at + len(_GREATER_ENTITY)
    if _starts_with(data, at, end, _GREATER_ESCAPE):
        return at + len(_GREATER_ESCAPE)
    return _MISSING


@kernel
def _starts_with(
    data: npt.NDArray[np.uint8], at: int, end: int, prefix: npt.NDArray[np.uint8]
) -> bool:
    if at + len(prefix) > end:
        return False
    for place in range(len(prefix)):  # noqa: SIM110  numba knows no all()
        if data[at + place] != prefix[place]:
            return False
    return True

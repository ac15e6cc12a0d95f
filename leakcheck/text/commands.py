"""What stands behind a backslash: LaTeX commands, white space of JSON, and paths."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import int64, kernel
from leakcheck.text.ascii import is_digit, is_letter
from leakcheck.text.dressing_names import find_name

__all__ = ["after_command"]

_LONGEST_PATH = 200
_BACKSLASH, _STAR, _HYPHEN, _POINT, _UNDERSCORE, _COLON = (ord(mark) for mark in "\\*-._:")
_BEGIN_BRACE, _END_BRACE = ord("{"), ord("}")


@kernel
def after_command(
    data: npt.NDArray[np.uint8],
    begin: int,
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> int:
    """Return the offset after the dressing of what a backslash at `at` begins."""
    if at + 1 >= end or not is_letter(data[at + 1]):
        return at + 1
    letters, stop = find_name(data, int64(_BACKSLASH), at + 1, end, names, values)
    if letters >= 0:
        if stop - at - 1 == letters:
            return _after_environment(data, at, stop, end)
        return at + 1 + letters
    first = data[at + 1]
    if first != ord("n") and first != ord("t") and first != ord("r"):
        return at + 1
    small = at + 2 < end and 97 <= data[at + 2] <= 122
    return at + 1 if small and _is_in_path(data, begin, at) else at + 2


@kernel
def _after_environment(data: npt.NDArray[np.uint8], at: int, stop: int, end: int) -> int:
    """Return the offset after the `{name}` at `stop` if the command at `at` begins or ends one."""
    begins = stop - at == 6 and data[at + 1] == ord("b") and data[at + 2] == ord("e")
    ends = stop - at == 4 and data[at + 1] == ord("e") and data[at + 2] == ord("n")
    if not (begins or ends) or stop >= end or data[stop] != _BEGIN_BRACE:
        return stop
    close = stop + 1
    while close < end and (is_letter(data[close]) or data[close] == _STAR):
        close += 1
    return close + 1 if close < end and data[close] == _END_BRACE else stop


@kernel
def _is_in_path(data: npt.NDArray[np.uint8], begin: int, at: int) -> bool:
    """Tell if a path with the letter of a drive leads to the backslash at `at`.

    `Q:` and `A:` begin questions and answers.
    """
    begin = max(begin, at - _LONGEST_PATH)
    place = at - 1
    while place >= begin:
        byte = data[place]
        if byte == _COLON:
            drive = data[place - 1] | 32 if place > begin else 0
            alone = place - 1 <= begin or not is_letter(data[place - 2])
            return bool(is_letter(drive) and drive != 97 and drive != 113 and alone)
        named = is_letter(byte) or is_digit(byte) or byte == _BACKSLASH
        if not named and byte != _POINT and byte != _UNDERSCORE and byte != _HYPHEN:
            return False
        place -= 1
    return False

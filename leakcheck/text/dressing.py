"""Dressing: marks that change how a text is written down and not what it says.

Each piece of it is read as one character: a letter where it stands for one (`&eacute;`,
`\\u00e9`), a space where it does not.

- JSON escapes: `\\n`, `\\t`, `\\r` and `\\uXXXX`. `\\nu` and `\\theta` are LaTeX, `C:\\new` a path.
- LaTeX: a command that only lays out or that stands for a sign, which tokens leave out too
  (`\\frac`, `\\left`, `\\text`, `\\cdot`), as well as `\\begin{...}` and `\\end{...}`. Other
  commands keep their name: `\\sqrt`.
- HTML: entities, and tags that only format (`<br>`, `<p class="x">`), escaped ones too.

What is not known to be dressing is none: `AT&T;`, `a<b`, `\\bword\\b`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.text.ascii import is_digit, is_letter
from leakcheck.text.commands import after_command
from leakcheck.text.entities import read_entity
from leakcheck.text.escapes import unicode_escape
from leakcheck.text.tags import after_tag
from leakcheck.text.utf8 import decode

__all__ = ["BEGINS", "LETTERS", "may_be_dressing", "may_be_letter", "next_character", "undress"]

_MISSING = int64(-1)
_SPACE = 32
_TO_FULL_WIDTH = 0xFEE0
_BACKSLASH, _AMPERSAND, _LESS = (ord(mark) for mark in "\\&<")

LETTERS = 2
BEGINS = np.zeros(256, np.uint8)
"""What may begin with a byte: 1 for dressing, 2 if it may stand for a letter. One look into a table
is faster than comparisons, which the processor has to guess one by one."""
BEGINS[128:] = LETTERS
BEGINS[[ord(mark) for mark in "\\&<"]] = LETTERS, LETTERS, 1


@inlined
def may_be_dressing(byte: int) -> bool:
    """Tell if a piece of dressing could begin with this byte."""
    return byte in (_BACKSLASH, _AMPERSAND, _LESS)


@inlined
def may_be_letter(data: npt.NDArray[np.uint8], at: int, end: int) -> bool:
    """Tell if an entity or an escape at `at` could stand for a letter."""
    byte = data[at]
    return bool(
        byte == _AMPERSAND or (byte == _BACKSLASH and at + 1 < end and data[at + 1] == ord("u"))
    )


@kernel
def next_character(
    data: npt.NDArray[np.uint8],
    begin: int,
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Read a character or a piece of dressing; return its code point and the offset after it."""
    byte = data[at]
    if byte >= 128:
        return decode(data, at, end)
    if may_be_dressing(byte):
        return undress(data, begin, at, end, names, values)
    return int64(byte), at + 1


@kernel
def undress(
    data: npt.NDArray[np.uint8],
    begin: int,
    at: int,
    end: int,
    names: npt.NDArray[np.uint64],
    values: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Read the dressing that a backslash, an ampersand or a `<` at `at` may begin.

    `begin` is the start of the text. Return the code point that it stands for, letters and digits
    of ASCII as full-width ones and all else of ASCII as a space, and the offset after it.
    """
    code_point, following = int64(_LESS), at + 1
    if data[at] == _BACKSLASH:
        if may_be_letter(data, at, end):
            code_point, following = unicode_escape(data, at, end)
        else:
            code_point = _MISSING
        if code_point < 0:
            return _SPACE, after_command(data, begin, at, end, names, values)
    elif data[at] == _AMPERSAND:
        code_point, following = read_entity(data, at, end, names, values)
    if code_point == _LESS:
        after = after_tag(data, following, end, names, values)
        return _SPACE, (after if after >= 0 else following)
    if code_point >= 128:
        return code_point, following
    if is_letter(code_point) or is_digit(code_point):
        return code_point + _TO_FULL_WIDTH, following
    return _SPACE, following

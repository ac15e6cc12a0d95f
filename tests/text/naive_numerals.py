"""Numbers once more, by a regular expression."""

from __future__ import annotations

import re

from leakcheck.text.folding import DIGIT

from .naive_token import Token, folded

ASCII_NUMBER = re.compile(r"[0-9]+(,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)*", re.ASCII)
POINTS, COMMAS = ".．٫", ",，٬"


def ascii_number(text: str, at: int) -> Token | None:
    match = ASCII_NUMBER.match(text, at)
    return Token(match[0].replace(",", ""), True, at, match.end()) if match else None


def is_foreign_digit(text: str, at: int) -> bool:
    """Tell if a digit of another script stands there, one that is folded to a single one."""
    return (
        at < len(text)
        and not text[at].isascii()
        and [char_class for char_class, _ in folded(text[at])] == [DIGIT]
    )


def foreign_number(text: str, start: int) -> Token | None:
    """Read digits of other scripts as an ASCII number with signs of their own."""
    as_ascii = ""
    for at in range(start, len(text)):
        if is_foreign_digit(text, at):
            as_ascii += folded(text[at])[0][1]
        elif text[at] in POINTS + COMMAS and as_ascii:
            as_ascii += "." if text[at] in POINTS else ","
        else:
            break
    match = ASCII_NUMBER.match(as_ascii)
    return Token(match[0].replace(",", ""), True, start, start + match.end()) if match else None

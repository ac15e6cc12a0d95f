"""The tokeniser once more, slow and plain, as its docstring describes it.

It knows Unicode by the stored folding table alone, so that it says the same under every Python.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from leakcheck.text.folding import (
    DIGIT,
    IGNORABLE,
    LETTER,
    MARK,
    SEPARATOR,
    UNSPACED,
    load_folding_table,
)
from leakcheck.text.number_words import NUMBER_WORDS

from .naive_dressing import undressed

ASCII_NUMBER = re.compile(r"[0-9]+(,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)*", re.ASCII)
EXPANDS = 7
POINTS, COMMAS = ".．٫", ",，٬"


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


def naive_tokens(text: str) -> list[Token]:
    """Split a text into tokens; starts and ends count characters."""
    chars = undressed(text)
    tokens = bare_tokens("".join(char for char, _, _ in chars))
    return [
        token._replace(start=chars[token.start].start, end=chars[token.end - 1].end)
        for token in tokens
    ]


def bare_tokens(text: str) -> list[Token]:
    """Split a text without dressing."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        number = ascii_number(text, at) or foreign_number(text, at)
        if number:
            tokens.append(number)
            at = number.end
            continue
        end = at + 1
        while end < len(text) and text[end] not in "0123456789" and not is_foreign_digit(text, end):
            end += 1
        tokens += stretch_tokens(text, at, end)
        at = end
    return tokens


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


@dataclass
class Reading:
    """A token that is being read, and those that were."""

    text: str
    tokens: list[Token]
    kind: int = SEPARATOR
    made_of: str = ""
    start: int = 0
    end: int = 0
    end_of_word: int = 0
    """With the ignorable characters behind it."""

    def finish(self) -> None:
        if self.kind == LETTER and self.text[self.start : self.end_of_word].isascii():
            self.tokens += english_tokens(self.text, self.start, self.end)
        elif self.kind != SEPARATOR:
            self.tokens.append(Token(self.made_of, self.kind == DIGIT, self.start, self.end))
        self.kind = SEPARATOR

    def take(self, at: int, char_class: int, char: str) -> None:
        goes_on = char_class == MARK or (char_class == self.kind and char_class != UNSPACED)
        if char_class == IGNORABLE:
            self.end_of_word = at + 1
        elif self.kind != SEPARATOR and goes_on:
            self.made_of, self.end, self.end_of_word = self.made_of + char, at + 1, at + 1
        else:
            self.finish()
            if char_class in (LETTER, DIGIT, UNSPACED):
                self.kind, self.made_of, self.start = char_class, char, at
                self.end = self.end_of_word = at + 1


def stretch_tokens(text: str, start: int, end: int) -> list[Token]:
    """Split a stretch without numbers but for those that a character is folded to."""
    reading = Reading(text, [])
    for at in range(start, end):
        if text[at].isascii() and reading.kind == DIGIT:
            reading.finish()  # digits of other scripts stand apart from all ASCII
        for char_class, char in folded(text[at]):
            reading.take(at, char_class, char)
    reading.finish()
    return reading.tokens


def english_tokens(text: str, start: int, end: int) -> list[Token]:
    """Read a word of ASCII letters: its parts if it is in camel case, then the whole."""
    word = text[start:end]
    tokens = []
    parts = list(re.finditer("[A-Z]?[a-z]*", word))[:-1]
    if len(parts) > 1 and all(map(is_camel_part, (part[0] for part in parts))):
        tokens = [
            Token(part[0].lower(), False, start + part.start(), start + part.end())
            for part in parts
        ]
    whole = word.lower()
    if len(whole) >= 4 and whole[-1] == "s" and whole[-2] not in "sui":
        whole = whole[:-1]
    digits = NUMBER_WORDS.get(whole)
    return [*tokens, Token(digits or whole, digits is not None, start, end)]


def is_camel_part(part: str) -> bool:
    """A capital has two small letters behind it; the part before all capitals has two letters."""
    return len(part) >= (2 if part.islower() else 3)

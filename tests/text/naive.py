"""The tokeniser once more, slow and plain, as its docstring describes it.

It knows Unicode by the stored folding table alone, so that it says the same under every Python.
"""

from __future__ import annotations

import re
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

ASCII_NUMBER = re.compile(r"[0-9]+(,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)*", re.ASCII)
EXPANDS = 7


class Token(NamedTuple):
    """A folded token and the characters it was made of."""

    text: str
    number: bool
    start: int
    end: int

    @property
    def hash(self) -> int:
        state = 0xCBF29CE484222325
        for char in self.text:
            state = (state ^ ord(char)) * 0x100000001B3 % 2**64
        return (state * 0x9E3779B97F4A7C15 % 2**64) >> 33 | self.number << 31


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
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        number = ASCII_NUMBER.match(text, at)
        if number:
            tokens.append(ascii_number(number))
            at = tokens[-1].end
            continue
        end = end_of_stretch(text, at)
        tokens += stretch_tokens(text, at, end)
        at = end
    return tokens


def ascii_number(match: re.Match[str]) -> Token:
    return Token(match[0].replace(",", ""), True, match.start(), match.end())


def end_of_stretch(text: str, start: int) -> int:
    """Return where the next ASCII number starts."""
    match = re.compile("[0-9]").search(text, start)
    return match.start() if match else len(text)


def stretch_tokens(text: str, start: int, end: int) -> list[Token]:
    """Split a stretch without ASCII digits."""
    tokens: list[Token] = []
    kind, made_of, first, last = SEPARATOR, "", start, start
    word_end = start  # with the ignorable characters behind the word

    def finish() -> None:
        nonlocal kind
        if kind == LETTER and text[first:word_end].isascii():
            tokens.extend(english_tokens(text, first, last))
        elif kind != SEPARATOR:
            tokens.append(Token(made_of, kind == DIGIT, first, last))
        kind = SEPARATOR

    for at in range(start, end):
        if text[at].isascii() and kind == DIGIT:
            finish()  # digits of other scripts stand apart from all ASCII
        for char_class, char in folded(text[at]):
            if char_class == IGNORABLE:
                word_end = at + 1
                continue
            if char_class == MARK:
                made_of, last = made_of + char, at + 1
            elif char_class == kind != UNSPACED and kind != SEPARATOR:
                made_of, last = made_of + char, at + 1
            else:
                finish()
                if char_class in (LETTER, DIGIT, UNSPACED):
                    kind, made_of, first, last = char_class, char, at, at + 1
            word_end = at + 1 if kind != SEPARATOR else word_end
    finish()
    return tokens


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

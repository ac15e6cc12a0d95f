"""The tokeniser once more, slow and plain, as its docstring describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leakcheck.text.folding import DIGIT, IGNORABLE, LETTER, MARK, SEPARATOR, UNSPACED
from leakcheck.text.number_words import NUMBER_WORDS

from .naive_dressing import undressed
from .naive_numerals import ascii_number, foreign_number, is_foreign_digit
from .naive_token import Token, folded


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

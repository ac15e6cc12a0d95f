"""Dressing once more, by regular expressions: what each piece of a text is read as."""

from __future__ import annotations

import re
from typing import NamedTuple

from leakcheck.text.dressing_names import COMMANDS, ENTITIES, TAGS
from leakcheck.text.tags import LONGEST_TAG

SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
COMMAND = re.compile(r"\\([A-Za-z]+)")
ENVIRONMENT = re.compile(r"\\(begin|end)\{[A-Za-z*]*\}")
WHITE_SPACE = re.compile(r"\\[ntr]")
PATH = re.compile(r"(?:^|[^A-Za-z])(?![aqAQ])[A-Za-z]:[A-Za-z0-9\\._-]*\Z")
SMALL_LETTER = re.compile("[a-z]")
GREATER = r"(?:>|&gt;|\\u003e)"
TAG = re.compile(rf"/?({'|'.join(sorted(TAGS, key=len, reverse=True))})(?![A-Za-z0-9])")
TAG_END = re.compile(rf" */?{GREATER}")
ATTRIBUTES = re.compile(rf" +[A-Za-z][A-Za-z:-]*=[^<]*?{GREATER}")


class Char(NamedTuple):
    """A character and the place of what it was read from."""

    char: str
    start: int
    end: int


def undressed(text: str) -> list[Char]:
    """Read every piece of dressing as one character, and all else as it is."""
    chars = []
    at = 0
    while at < len(text):
        char, end = piece(text, at) or (text[at], at + 1)
        chars.append(Char(char, at, end))
        at = end
    return chars


def piece(text: str, at: int) -> tuple[str, int] | None:
    if text[at] == "\\":
        return backslash(text, at)
    if text[at] == "&":
        return ampersand(text, at)
    if text[at] == "<":
        return " ", after_tag(text, at + 1)
    return None


def character(code_point: int) -> str:
    """A letter or digit of ASCII becomes a full-width one, which no ASCII word goes on with."""
    char = chr(code_point)
    if not char.isascii():
        return " " if 0xD800 <= code_point < 0xE000 else char
    return chr(code_point + 0xFEE0) if char.isalnum() else " "


def backslash(text: str, at: int) -> tuple[str, int]:
    if pair := SURROGATES.match(text, at):
        high, low = (int(half, 16) for half in pair.groups())
        return chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF)), pair.end()
    if escape := UNICODE.match(text, at):
        code_point = int(escape[1], 16)
        end = escape.end()
        return (" ", after_tag(text, end)) if code_point == 60 else (character(code_point), end)
    if environment := ENVIRONMENT.match(text, at):
        return " ", environment.end()
    command = COMMAND.match(text, at)
    if command and command[1] in COMMANDS:
        return " ", at + 1 + COMMANDS[command[1]]
    if WHITE_SPACE.match(text, at):
        in_path = SMALL_LETTER.match(text, at + 2) and PATH.search(text[:at])
        return " ", at + (1 if in_path else 2)
    return " ", at + 1


def entity(text: str, at: int) -> tuple[int, int] | None:
    """Read `name;` or `#123;` at `at`."""
    match = re.compile(r"(#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z0-9]+);", re.ASCII).match(text, at)
    if not match:
        return None
    name = match[1]
    if name[0] != "#":
        return (ENTITIES[name], match.end()) if name in ENTITIES else None
    value = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if value > 0x10FFFF:
        return None
    return (32 if 0xD800 <= value < 0xE000 else value), match.end()


def ampersand(text: str, at: int) -> tuple[str, int]:
    code_point, end = 38, at + 1
    while code_point == 38 and (found := entity(text, end)):
        code_point, end = found
    return (" ", after_tag(text, end)) if code_point == 60 else (character(code_point), end)


def after_tag(text: str, at: int) -> int:
    """Return where a formatting tag ends whose `<` stands before `at`, or `at`."""
    tag = TAG.match(text, at)
    if not tag:
        return at
    limit = tag.end() + LONGEST_TAG
    end = ATTRIBUTES.match(text, tag.end(), limit) or TAG_END.match(text, tag.end(), limit)
    return end.end() if end else at

"""Whole texts: what tells an item apart whose words do not.

A puzzle of brackets or truth values has the same few words as a hundred others. Such an item is
known by all of its characters, before its first word and after its last one too, without spaces,
dressing and the punctuation of sentences.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from leakcheck.text.symbols import bare_text
from leakcheck.text.tokens import tokenise

__all__ = ["WholeText", "stands_whole", "whole_text"]

_PUNCTUATION = ".,;:!?\"'"
"""At the end of a text it tells nothing."""

_FARTHEST = 4
"""So many characters of a text are looked at for each one wanted: the others are dressing."""


class WholeText(NamedTuple):
    """A text by its characters."""

    hash: int
    """Of 64 bits; 0 for a text without a token."""
    lead: int
    """Characters before the first token, spaces and dressing left out."""
    trail: int
    """Characters after the last token."""
    marks: int
    """How many of all its characters are neither letters nor digits."""


def whole_text(text: str) -> WholeText:
    """Describe a text by its characters.

    >>> whole_text("Close these: [ (").trail
    3
    >>> whole_text("Close these: [ (").hash == whole_text("close these: [(").hash
    True
    """
    start, end = _token_range(text)
    if end == 0:
        return WholeText(0, 0, 0, 0)
    lead = bare_text(text[:start]).lstrip(_PUNCTUATION)
    trail = bare_text(text[end:]).rstrip(_PUNCTUATION)
    body = bare_text(text[start:end])
    marks = sum(not char.isalnum() for char in lead + body + trail)
    return WholeText(_hash(lead + body + trail), len(lead), len(trail), marks)


def stands_whole(whole: WholeText, before: str, passage: str, after: str) -> bool:
    """Tell whether a text stands in another one character by character.

    Args:
        whole: the text that is looked for.
        before: what stands before its first token, or the end of that.
        passage: from its first token to its last.
        after: what stands after its last token, or the beginning of that.
    """
    near = _FARTHEST * whole.lead + 16
    lead = bare_text(before[-near:])[-whole.lead :] if whole.lead else ""
    near = _FARTHEST * whole.trail + 16
    trail = bare_text(after[:near])[: whole.trail]
    return _hash(lead + bare_text(passage) + trail) == whole.hash


def _token_range(text: str) -> tuple[int, int]:
    """Return the characters where the first token starts and the last one ends."""
    tokens = tokenise(text)
    if not len(tokens.hashes):
        return 0, 0
    data = text.encode("utf-8", "replace")
    before, inside = data[: tokens.starts[0]], data[tokens.starts[0] : tokens.ends[-1]]
    start = len(before.decode())
    return start, start + len(inside.decode())


def _hash(bare: str) -> int:
    return int.from_bytes(hashlib.blake2b(bare.encode(), digest_size=8).digest())

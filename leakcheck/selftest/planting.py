"""Planting: from a document of the corpus and a text to a document that holds it."""

from __future__ import annotations

import re
from typing import NamedTuple

from leakcheck.selftest.changes import Place

__all__ = ["Host", "planted"]


class Host(NamedTuple):
    """A document of the corpus."""

    passages: tuple[tuple[str, str], ...]
    """The place of each text in its record, and the text."""


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def planted(text: str, host: Host, place: Place) -> Host:
    r"""Put a text into the longest passage of a document.

    It has a blank line before and behind it, but for `paragraph`, where it goes on behind a
    sentence in the same line.

    >>> planted("ITEM", Host((("text", "One. Two."),)), "middle")
    Host(passages=(('text', 'One.\n\nITEM\n\nTwo.'),))
    >>> planted("ITEM", Host((("text", "One. Two."),)), "paragraph")
    Host(passages=(('text', 'One. ITEM Two.'),))
    """
    if place == "alone":
        return Host((("", text),))
    longest = max(range(len(host.passages)), key=lambda n: len(host.passages[n][1]))
    source, page = host.passages[longest]
    passage = source, _placed(text, page, place)
    return Host((*host.passages[:longest], passage, *host.passages[longest + 1 :]))


def _placed(text: str, page: str, place: Place) -> str:
    cut = _middle(page)
    before, after = page[:cut].rstrip(), page[cut:].lstrip()
    if place == "start":
        before, after = "", page
    elif place == "end":
        before, after = page, ""
    elif place == "paragraph":
        return " ".join(filter(None, (before, text, after)))
    return "\n\n".join(filter(None, (before, text, after)))


def _middle(page: str) -> int:
    """Return where a sentence ends behind the middle, or else a word, or else the middle."""
    half = len(page) // 2
    end = _SENTENCE_END.search(page, half) or _SENTENCE_END.search(page)
    if end is not None and end.end() < len(page):
        return end.end()
    space = page.find(" ", half)
    return half if space < 0 else space

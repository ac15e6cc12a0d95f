r"""Cutting passages out of the strings of a JSON record, all else left as it was written.

Nothing is decoded and encoded again: order, spacing, numbers and escapes stay. A string is found by
its place, as `messages[1].content`, the way the reader names places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from leakcheck.cleaning.plan import Cuts, Span
from leakcheck.cleaning.uncuttable import Uncuttable
from leakcheck.corpus.shapes import passages_of

__all__ = ["cut_json", "strings_of"]

_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"\s*")
_STRING = re.compile(r'"(?:[^"\\]+|\\.)*"', re.DOTALL)
_OTHER = re.compile(r"[^\s,\]}]+")
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
"""A character of a string as it is written, a pair of surrogates being one."""


def cut_json(text: str, cuts: Cuts, text_field: str | None) -> str:
    r"""Cut spans of characters out of the strings at some places of a record.

    >>> cut_json('{"n": 1.50, "text": "caf\\u00e9 and more"}', {"text": [(4, 13)]}, None)
    '{"n": 1.50, "text": "caf\\u00e9"}'

    Raises:
        Uncuttable: a place is not there, or twice.
    """
    tokens = _tokens_at(text, set(cuts), text_field)
    spans = sorted((tokens[place], cuts[place]) for place in cuts)
    pieces, position = [], 0
    for (start, end), cut in spans:
        pieces += [text[position : start + 1], _without(text[start + 1 : end - 1], cut)]
        position = end - 1
    return "".join((*pieces, text[position:]))


def _tokens_at(text: str, places: set[str], text_field: str | None) -> Mapping[str, Span]:
    """Find the one string that stands at each place, and see that the reader reads that."""
    try:
        record = _DECODER.decode(text)
        read = list(passages_of(record, text_field))
        strings = list(strings_of(text))
    except (ValueError, RecursionError) as error:
        raise Uncuttable("the record is not read as JSON") from error
    found: dict[str, Span] = {}
    for place in places:
        tokens = [span for at, span in strings if at == place]
        texts = [value for source, value in read if source == place]
        if len(tokens) != 1 or len(texts) != 1:
            raise Uncuttable(f"{len(tokens)} strings stand at {place!r}")
        found[place] = tokens[0]
    return found


def strings_of(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the place of every string value of a JSON text, and where its quotes are.

    >>> list(strings_of('{"a": ["x", {"b": "y"}]}'))
    [('a[0]', (7, 10)), ('a[1].b', (18, 21))]

    Raises:
        ValueError: the text is not JSON.
    """
    found: list[tuple[str, Span]] = []
    end = _walk(text, _skip(text, 0), "", found)
    if _skip(text, end) != len(text):
        raise ValueError("there is more behind the value")
    yield from found


def _walk(text: str, start: int, place: str, found: list[tuple[str, Span]]) -> int:
    """Note the strings in the value at `start`; give its end."""
    opening = text[start : start + 1]
    if opening == "{":
        return _walk_object(text, start, place, found)
    if opening == "[":
        return _walk_array(text, start, place, found)
    end = _end(_STRING if opening == '"' else _OTHER, text, start)
    if opening == '"':
        found.append((place, (start, end)))
    return end


def _walk_object(text: str, start: int, place: str, found: list[tuple[str, Span]]) -> int:
    prefix = f"{place}." if place else ""
    position = _skip(text, start + 1)
    while text[position : position + 1] != "}":
        key_end = _end(_STRING, text, position)
        key = _DECODER.decode(text[position:key_end])
        colon = _skip(text, key_end)
        position = _skip(text, _walk(text, _skip(text, colon + 1), prefix + key, found))
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
    return position + 1


def _walk_array(text: str, start: int, place: str, found: list[tuple[str, Span]]) -> int:
    position, number = _skip(text, start + 1), 0
    while text[position : position + 1] != "]":
        position = _skip(text, _walk(text, position, f"{place}[{number}]", found))
        number += 1
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
    return position + 1


def _skip(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    if not found:
        raise ValueError(f"no value at {start}")
    return found.end()


def _without(written: str, cut: Sequence[Span]) -> str:
    """Cut characters out of a string as it is written between its quotes."""
    starts = [found.start() for found in _CHARACTER.finditer(written)]
    if cut and cut[-1][1] > len(starts):
        raise Uncuttable("a passage ends behind its text")
    starts.append(len(written))
    pieces, position = [], 0
    for start, end in cut:
        pieces.append(written[position : starts[start]])
        position = starts[end]
    return "".join((*pieces, written[position:]))

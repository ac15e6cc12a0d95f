"""A JSON array of any size, element by element, in constant memory.

The elements of most arrays open alike, as `{"instruction":`, and these characters stand nowhere
inside a string, where quotes are escaped. So the window is cut before its last opening and all in
front of it decoded at once. Should the opening stand inside an element too, the cut may leave
unbalanced JSON: that cannot be taken for a right cut, since decoding fails, and the window is
decoded element by element instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec

from leakcheck.corpus.blocks import UnreadRecord
from leakcheck.corpus.encoding import shown

__all__ = ["array_elements"]

_DECODER = msgspec.json.Decoder()
_LENIENT = json.JSONDecoder(strict=False)
_BETWEEN = re.compile(r"[\s,]*")
_ARRAY_END = re.compile(r"[\s\]]*\Z")
_OPENING = re.compile(r'\{\s*"(?:[^"\\]|\\.)*"\s*:')
_NEXT_ELEMENT = {
    "{": re.compile(r"\}\s*,\s*(?=\{)"),
    "[": re.compile(r"\]\s*,\s*(?=\[)"),
    '"': re.compile(r'"\s*,\s*(?=")'),
}
_NEXT_OF_ANY_KIND = re.compile(r",\s*(?=[\[{\"])")
_CUT_SHORT_CHARACTERS = 16  # an end inside `false` or `\u00e9` is noticed where those begin


def array_elements(blocks: Iterator[str]) -> Iterator[list[object]]:
    """Decode the elements of an array given as text in blocks, cut anywhere.

    Yields the elements of about one block at a time; UnreadRecord stands for a broken one.

    >>> list(array_elements(iter(['[{"a": 1}, {"a": 2}, {"a"', ': 3}, {"a": 4}]'])))
    [[{'a': 1}, {'a': 2}], [{'a': 3}, {'a': 4}]]
    """
    window = _Window(next(blocks, "").lstrip().removeprefix("["))
    final = False
    while not final:
        following = next(blocks, None)
        final = following is None
        elements = window.decode_at_once()
        elements += window.decode_singly(final=final)
        if elements:
            yield elements
        window.text += _read_on(following or "", blocks, len(window.text))


def _read_on(first: str, blocks: Iterator[str], characters: int) -> str:
    """Read on from a block until the window has doubled, as one element may be that large."""
    pieces, missing = [first], characters - len(first)
    while missing > 0 and (block := next(blocks, "")):
        pieces.append(block)
        missing -= len(block)
    return "".join(pieces)


class _Window:
    """The stretch of the array that is being decoded, from the start of an element on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._opening = ""
        self._problem = ""
        """What is wrong with the element the window begins in, while its end is sought."""
        self._next_element = _NEXT_OF_ANY_KIND
        self._lost_bytes = 0

    def decode_at_once(self) -> list[object]:
        """Decode the elements in front of the last opening; none if that is no clean cut."""
        if self._problem:
            return []
        self.text = self.text[_end_of(_BETWEEN, self.text, 0) :]
        if not self._opening and (found := _OPENING.match(self.text)):
            self._opening = found.group()
        cut = self.text.rfind(self._opening) if self._opening else 0
        if cut <= 0:
            return []
        try:
            whole = self.text[:cut].rstrip().removesuffix(",")
            elements: list[object] = _DECODER.decode(f"[{whole}]")
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
            return []
        self.text = self.text[cut:]
        return elements

    def decode_singly(self, *, final: bool) -> list[object]:
        """Decode one element after the other, up to one the window holds in part only.

        `final` tells that no text follows the window.
        """
        elements: list[object] = []
        position = self._after_broken(0, 0, elements) if self._problem else 0
        while not self._problem:
            position = _end_of(_BETWEEN, self.text, position)
            if _ARRAY_END.match(self.text, position):
                break
            try:
                element, end = _LENIENT.raw_decode(self.text, position)
            except (ValueError, RecursionError) as error:
                if not final and _is_cut_short(self.text, error):
                    break
                position = self._after_error(error, position, elements)
                continue
            near_end = end > len(self.text) - _CUT_SHORT_CHARACTERS
            if near_end and not final and isinstance(element, int | float):
                break  # a number may go on
            elements.append(element)
            position = end
        self.text = self.text[position:]
        if final:
            elements += self._rest()
        return elements

    def _after_error(
        self, error: ValueError | RecursionError, start: int, elements: list[object]
    ) -> int:
        """Note what is wrong with the element at `start`; give where the next one starts."""
        head = self.text[start : start + 160]
        message = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        self._problem = f"not JSON: {message}; the element begins {shown(head)}"
        self._next_element = _NEXT_ELEMENT.get(head[0], _NEXT_OF_ANY_KIND)
        found_at = error.pos if isinstance(error, json.JSONDecodeError) else start
        return self._after_broken(start, max(found_at, start + 1), elements)

    def _after_broken(self, start: int, search_from: int, elements: list[object]) -> int:
        """Find the element after the broken one at `start`, or drop what the window holds of it."""
        end = self.text.find(self._opening, search_from) if self._opening else -1
        if end < 0 and (found := self._next_element.search(self.text, max(search_from - 1, 0))):
            end = found.end()
        if end < 0:
            # An opening, or what parts two elements, may be cut in two at the window's end.
            in_opening = len(self.text) - len(self._opening) + 1
            end = max(start, min(in_opening, _start_of_parting(self.text)))
            self._lost_bytes += _utf8_bytes(self.text[start:end])
            return end
        size_bytes = self._lost_bytes + _utf8_bytes(self.text[start:end])
        elements.append(UnreadRecord(self._problem, size_bytes))
        self._problem, self._lost_bytes = "", 0
        return end

    def _rest(self) -> list[object]:
        """Tell what is wrong with the array's end, if anything."""
        if self._problem:
            return [UnreadRecord(self._problem, self._lost_bytes + _utf8_bytes(self.text))]
        closed = "]" in self.text
        return [] if closed else [UnreadRecord("the file ends before its array is closed", 0)]


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _start_of_parting(text: str) -> int:
    """Return where the end of an element begins that may go on behind a text.

    >>> _start_of_parting("[1, 2 ] ,  "), _start_of_parting("[1, 2")
    (6, 5)
    """
    element = text.rstrip().removesuffix(",").rstrip()
    return len(element) - 1 if element.endswith(("}", "]", '"')) else len(element)


def _is_cut_short(text: str, error: ValueError | RecursionError) -> bool:
    """Tell whether an element is no more than unfinished at the end of the text."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    end = len(text.rstrip()) - _CUT_SHORT_CHARACTERS
    return error.pos >= end or error.msg.startswith("Unterminated string")


def _utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))

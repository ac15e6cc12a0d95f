"""Both sides of a finding: what the item's question and the passage have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from leakcheck.text.tokens import Tokens

__all__ = ["Sides", "sides_of"]

Spans = list[int]
"""Characters: start, end, start, end, ..."""


class Sides(NamedTuple):
    """Where to mark what, in characters."""

    shared: Spans
    """Words of the question that the passage has."""
    own_numbers: Spans
    """Numbers of the question that the passage lacks."""
    other_numbers: Spans
    """Numbers of the passage that the question lacks."""


def sides_of(question: str, passage: str) -> Sides:
    """Compare the tokens of a question with those of a passage, wherever they stand.

    >>> sides_of("Nora ties eleven knots.", "Nora ties 11 knots on 3 ropes.")
    Sides(shared=[0, 22], own_numbers=[], other_numbers=[22, 23])
    """
    from leakcheck.text.tokens import tokenise

    own, other = tokenise(question), tokenise(passage)
    hashes, others = set(own.hashes.tolist()), set(other.hashes.tolist())
    return Sides(
        _spans(question, own, hashes & others),
        _spans(question, own, _numbers(hashes - others)),
        _spans(passage, other, _numbers(others - hashes)),
    )


def _numbers(hashes: set[int]) -> set[int]:
    """Return those of some tokens that are numbers."""
    import numpy as np

    from leakcheck.text.tokens import is_number

    return {each for each in hashes if is_number(np.uint32(each))}


def _spans(text: str, tokens: Tokens, wanted: set[int]) -> Spans:
    """Return the characters of the tokens that are wanted, neighbours joined."""
    if not wanted:
        return []
    spans: Spans = []  # in bytes
    follows = False
    for token, start, end in zip(*(column.tolist() for column in tokens), strict=True):
        is_wanted = token in wanted
        if is_wanted and spans and (follows or start < spans[-1]):
            # The parts of `camelCase` are tokens beside the whole, so these may overlap.
            spans[-1] = max(spans[-1], end)
        elif is_wanted:
            spans += (start, end)
        follows = is_wanted
    return spans if text.isascii() else _characters(text, spans)


def _characters(text: str, byte_offsets: list[int]) -> list[int]:
    """Count the characters before each of some bytes of a text.

    >>> _characters("naïve kite", [0, 6, 7, 11])
    [0, 5, 6, 10]
    """
    import numpy as np

    data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
    before = np.append(np.cumsum((data & 0xC0) != 0x80) - 1, len(text))
    return before[byte_offsets].tolist()  # type: ignore[no-any-return]

"""Both sides of a finding: what the item's question and the passage have in common."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from leakcheck.text.spans import Span

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
    from leakcheck.text.spans import placed_tokens

    own, other = placed_tokens(question), placed_tokens(passage)
    hashes, others = set(own[0].tolist()), set(other[0].tolist())
    return Sides(
        _spans(*own, hashes & others),
        _spans(*own, _numbers(hashes - others)),
        _spans(*other, _numbers(others - hashes)),
    )


def _numbers(hashes: set[int]) -> set[int]:
    """Return those of some tokens that are numbers."""
    import numpy as np

    from leakcheck.text.tokens import is_number

    return {each for each in hashes if is_number(np.uint32(each))}


def _spans(hashes: npt.NDArray[np.uint32], spans: list[Span], wanted: set[int]) -> Spans:
    """Return where the tokens stand that are wanted, neighbours joined."""
    from leakcheck.text.spans import joined_spans

    tokens = zip(hashes.tolist(), spans, strict=True)
    return list(chain.from_iterable(joined_spans((each in wanted, *span) for each, span in tokens)))

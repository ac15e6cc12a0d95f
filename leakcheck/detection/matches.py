"""Raw matches: the rows the kernel writes, before anyone asks whose item a passage is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["RawMatches", "first_rows", "new_matches", "with_more_room"]


class RawMatches(NamedTuple):
    """Matches in columns, of shape (matches,) or (matches, fields), in the order of documents."""

    items: npt.NDArray[np.int32]
    documents: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    """Byte offsets of the question's window into the text of the batch."""
    ends: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float32]
    """All fields together, in bits."""
    field_scores: npt.NDArray[np.float32]
    """Each field; 0 where it is not beside the question."""
    contained: npt.NDArray[np.float32]
    """Each field: the share of its bits that its window has, from 0 to 1."""


def new_matches(room: int, fields: int) -> RawMatches:
    """Allocate columns for `room` matches."""
    return RawMatches(
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.float32),
        np.zeros((room, fields), np.float32),
        np.zeros((room, fields), np.float32),
    )


def first_rows(matches: RawMatches, count: int) -> RawMatches:
    """Return the first `count` rows."""
    return RawMatches(
        matches.items[:count],
        matches.documents[:count],
        matches.starts[:count],
        matches.ends[:count],
        matches.scores[:count],
        matches.field_scores[:count],
        matches.contained[:count],
    )


def with_more_room(matches: RawMatches, count: int) -> RawMatches:
    """Return a copy twice as long, the first `count` rows the same."""
    longer = new_matches(2 * len(matches.items), matches.contained.shape[1])
    longer.items[:count] = matches.items[:count]
    longer.documents[:count] = matches.documents[:count]
    longer.starts[:count] = matches.starts[:count]
    longer.ends[:count] = matches.ends[:count]
    longer.scores[:count] = matches.scores[:count]
    longer.field_scores[:count] = matches.field_scores[:count]
    longer.contained[:count] = matches.contained[:count]
    return longer

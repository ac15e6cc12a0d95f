"""Attribution: whose item a passage is, when it matches several.

Matches of one benchmark that lie over each other compete for the passage. The best score wins, over
all splits; what it overlaps is dropped, for a token serves one finding. Of scores that are nearly
the same, a verbatim one wins; of items whose tokens are the passage's own, or differ from it in
numbers alone, the one of the same symbols; where symbols leave a tie between roles, it is `shared`.
Puzzles, whose words are those of a hundred others, are compared by all of their characters, and are
none if these differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.detection.alignment import VERBATIM_ORDER, Alignment, align, tokens_between
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.matches import RawMatches
from leakcheck.detection.other_numbers import has_symbols
from leakcheck.index.item_table import QUESTION
from leakcheck.text.tokens import Tokens
from leakcheck.text.whole import stands_whole

__all__ = ["DocumentMatches", "Owner", "attribute"]

TIE_BITS = 0.5
"""Scores closer than this are a tie, ..."""
TIE_SHARE = 0.01
"""... or than this share of them: twins whose choices stand in another order."""
NEARLY = 0.9
"""A match with this share of the best score wins if its tokens are in order, the best one's not."""
WHOLLY = 0.75
"""... or with this share, if all of it is there: a longer sibling weighs more."""
ALL_OF_IT = 0.995
SMALL_OVERLAP = 0.2
"""Two matches may share this part of the shorter one and still both stand."""
MARGIN_BYTES = 2000
"""How far around a passage the symbols of an item may reach."""
NUMBER_BYTES = 120
"""How far around a passage there may be other numbers than its item's, which are no part of it."""
ECHO_SHARE = 0.5
"""A second match of an item in a document with less than this share of the best is an echo."""


class DocumentMatches(NamedTuple):
    """The raw matches of one document."""

    matches: RawMatches
    """Of the whole batch."""
    rows: list[int]
    """Those of the document."""
    data: memoryview
    """The batch's text as UTF-8."""
    borders: npt.NDArray[np.int64]
    """Where each passage of the document starts, and the last one ends, in bytes."""
    aligned: dict[int, Alignment]
    """Scratch: what rows were laid against so far."""
    tokens: list[Tokens]
    """Scratch: all tokens of the document, once they were needed."""


class Owner(NamedTuple):
    """The item a passage belongs to."""

    row: int
    """Of the raw matches."""
    passage: Alignment
    twins: list[int]
    """Other items of the same text: rows of the raw matches."""
    shared: bool
    """Whether a twin is in a split of another role."""


def attribute(document: DocumentMatches, catalogue: Catalogue) -> list[Owner]:
    """Attribute the passages of one document, benchmark by benchmark, in reading order."""
    matches = document.matches
    spans = {row: _span(document, row, catalogue) for row in document.rows}
    ordered = sorted(
        document.rows,
        key=lambda row: (  # the longest puzzle that stands there whole, then what scores best
            -_length_of_whole(document, row, spans[row], catalogue),
            -matches.scores[row],
            matches.items[row],
        ),
    )
    groups: list[list[int]] = []
    for row in ordered:
        bench = catalogue.benchmark_of(matches.items[row])
        for group in groups:
            if (
                catalogue.benchmark_of(matches.items[group[0]]) == bench
                and _overlap(spans[group[0]], spans[row]) > SMALL_OVERLAP
            ):
                group.append(row)
                break
        else:
            groups.append([row])
    owners = list(filter(None, (_owner(document, group, catalogue) for group in groups)))
    return sorted(_without_echoes(document, owners), key=lambda owner: owner.passage.start)


def _length_of_whole(
    document: DocumentMatches, row: int, span: tuple[int, int], catalogue: Catalogue
) -> int:
    """Return the bytes of a puzzle that stands there character by character, else 0."""
    if not catalogue.is_puzzle(int(document.matches.items[row])):
        return 0
    return span[1] - span[0] if _place_of_puzzle(document, row, catalogue) else 0


def _without_echoes(document: DocumentMatches, owners: Sequence[Owner]) -> list[Owner]:
    """Drop what repeats parts of an item that the document has better: an answer does that."""
    items, scores = document.matches.items, document.matches.scores
    best: dict[int, float] = {}
    for owner in owners:
        item, score = int(items[owner.row]), float(scores[owner.row])
        best[item] = max(best.get(item, 0.0), score)
    return [
        owner for owner in owners if scores[owner.row] >= ECHO_SHARE * best[int(items[owner.row])]
    ]


def _span(document: DocumentMatches, row: int, catalogue: Catalogue) -> tuple[int, int]:
    """Return where a match stands, in bytes.

    The window of a verbatim one may reach back into a neighbour that has some of its words.
    """
    matches = document.matches
    start, end = int(matches.starts[row]), int(matches.ends[row])
    if matches.contained[row, QUESTION] >= ALL_OF_IT:
        passage = _align(document, row, catalogue)
        if passage.order >= VERBATIM_ORDER:
            return passage.start, passage.end
    return start, end


def _overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Return the part of the shorter range of bytes that the other one covers."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared / max(1, min(first[1] - first[0], second[1] - second[0]))


def _owner(document: DocumentMatches, group: Sequence[int], catalogue: Catalogue) -> Owner | None:
    """Find the item that a passage belongs to; None if it has the words of a puzzle alone."""
    matches = document.matches
    rivals = [row for row in group if _is_rival(matches, row, group[0], catalogue)]
    passages = {row: _align(document, row, catalogue) for row in rivals}
    best = max(rivals, key=lambda row: (passages[row].order, len(_codes(document, row, catalogue))))
    if passages[best].order < VERBATIM_ORDER:
        best = rivals[0]
    if len(rivals) > 1 and not _is_exact(document, passages[best], best, catalogue):
        best = next(iter(_with_symbols(document, passages[best], rivals, catalogue)), best)
    codes = _codes(document, best, catalogue)
    tied = [
        row
        for row in rivals
        if _are_tied(matches.scores[best], matches.scores[row])
        and np.array_equal(_codes(document, row, catalogue), codes)
    ]
    if catalogue.is_puzzle(int(matches.items[best])):
        tied = _same_whole(document, passages[best], tied, catalogue)
    elif len(tied) > 1:
        tied = _same_symbols(document, passages[best], tied, catalogue)
    if not tied:
        return None
    role_of = {row: catalogue.role(int(matches.items[row])) for row in tied}
    tied.sort(key=lambda row: role_of[row] != "test")
    roles = set(role_of.values())
    shared = "test" in roles and len(roles) > 1
    return Owner(tied[0], passages[tied[0]], tied[1:], shared)


def _are_tied(first: float, second: float) -> bool:
    """Tell whether two scores are the same but for weights, which differ from item to item."""
    return abs(first - second) <= max(TIE_BITS, TIE_SHARE * first)


def _is_rival(matches: RawMatches, row: int, best: int, catalogue: Catalogue) -> bool:
    """Tell whether a match may be the true one, though another scores better."""
    share = matches.scores[row] / matches.scores[best]
    if share >= NEARLY or catalogue.is_puzzle(int(matches.items[row])):
        return True  # the few words of a puzzle are all there in a longer one, too
    return bool(share >= WHOLLY and matches.contained[row, QUESTION] >= ALL_OF_IT)


def _codes(document: DocumentMatches, row: int, catalogue: Catalogue) -> npt.NDArray[np.uint16]:
    return catalogue.question_codes(int(document.matches.items[row]))


def _align(document: DocumentMatches, row: int, catalogue: Catalogue) -> Alignment:
    known = document.aligned.get(row)
    if known is not None:
        return known
    matches = document.matches
    passage = None
    if catalogue.is_puzzle(int(matches.items[row])):
        passage = _place_of_puzzle(document, row, catalogue)
    document.aligned[row] = passage or align(
        _codes(document, row, catalogue),
        document.data,
        int(matches.starts[row]),
        int(matches.ends[row]),
        document.borders,
    )
    return document.aligned[row]


def _place_of_puzzle(document: DocumentMatches, row: int, catalogue: Catalogue) -> Alignment | None:
    """Find where a puzzle stands by all of its characters; others of its rule may stand around."""
    if not document.tokens:
        low, high = int(document.borders[0]), int(document.borders[-1])
        document.tokens.append(tokens_between(document.data, low, high, document.borders))
    hashes, starts, ends = document.tokens[0]
    codes = (hashes & np.uint32(0xFFFF)).astype(np.uint16)
    wanted = _codes(document, row, catalogue)
    if not 0 < len(wanted) <= len(codes):
        return None
    windows = np.lib.stride_tricks.sliding_window_view(codes, len(wanted))
    for first in np.flatnonzero((windows == wanted).all(axis=1)).tolist():
        last = first + len(wanted)
        there = slice(first, last)
        place = Alignment(
            1.0,
            int(starts[first]),
            int(ends[last - 1]),
            wanted,
            hashes[there] >= np.uint32(1 << 31),
            starts[there].astype(np.int64),
            ends[there].astype(np.int64),
        )
        if _same_whole(document, place, [row], catalogue):
            return place
    return None


def _same_symbols(
    document: DocumentMatches, passage: Alignment, tied: list[int], catalogue: Catalogue
) -> list[int]:
    """Keep the items whose symbols are the passage's too, if there are any.

    Where these leave several that differ before their first word or after their last, as brackets
    to be closed do, all characters decide.
    """
    same = _with_symbols(document, passage, tied, catalogue)
    return _same_whole(document, passage, same, catalogue) if len(same) > 1 else same or tied


def _is_exact(
    document: DocumentMatches, passage: Alignment, row: int, catalogue: Catalogue
) -> bool:
    return np.array_equal(_codes(document, row, catalogue), passage.codes)


def _with_symbols(
    document: DocumentMatches, passage: Alignment, rows: Sequence[int], catalogue: Catalogue
) -> list[int]:
    """Keep the items whose symbols a passage has, whatever its numbers are."""
    low = max(int(document.borders[0]), passage.start - NUMBER_BYTES)
    high = min(int(document.borders[-1]), passage.end + NUMBER_BYTES)
    around = tokens_between(document.data, low, high, document.borders)
    return [
        row
        for row in rows
        if has_symbols(
            catalogue.symbols(int(document.matches.items[row])),
            _codes(document, row, catalogue),
            (passage.start, passage.end),
            around,
            document.data,
        )
    ]


def _same_whole(
    document: DocumentMatches, passage: Alignment, tied: list[int], catalogue: Catalogue
) -> list[int]:
    """Keep the items that stand there by all of their characters, where that tells them apart."""
    items = document.matches.items
    wholes = {row: catalogue.whole(int(items[row])) for row in tied}
    if len(tied) > 1 and len({whole.hash for whole in wholes.values()}) == 1:
        return tied
    start, end = passage.start, passage.end
    before = _decoded(document, max(int(document.borders[0]), start - MARGIN_BYTES), start)
    after = _decoded(document, end, min(int(document.borders[-1]), end + MARGIN_BYTES))
    text = _decoded(document, start, end)
    return [row for row in tied if stands_whole(wholes[row], before, text, after)]


def _decoded(document: DocumentMatches, start: int, end: int) -> str:
    return bytes(document.data[start:end]).decode("utf-8", "ignore")

"""Candidates: items whose hits are close enough to each other, scored in the text around these."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.detection.clusters import Clusters, new_clusters
from leakcheck.detection.lookups import FLOOR_BITS, Lookups
from leakcheck.detection.matches import RawMatches
from leakcheck.detection.score import (
    FIELD_SHARE,
    TESTS_SHARE,
    WINDOW_RATIO,
    CodeBag,
    Document,
    FieldScore,
    all_bits,
    most_gain,
    new_bag,
    score_field,
)
from leakcheck.index.item_table import ANSWER, CHOICES, CONTEXT, QUESTION

__all__ = ["BESIDE_TOKENS", "Scratch", "close_clusters", "new_scratch", "score_candidate"]

BESIDE_TOKENS = 60
"""How far from the question another field may start or end, beside its own length."""

_FLOOR = np.float32(FLOOR_BITS)


class Scratch(NamedTuple):
    """What is written to while documents are looked at."""

    document: Document
    hits: Clusters
    bag: CodeBag
    last_seen: npt.NDArray[np.int32]
    """Shape (65536,): the last token of each code so far, counted over all documents."""


@allocating
def new_scratch(items: int, room: int) -> Scratch:
    """Allocate scratch for documents of up to `room` tokens together."""
    document = Document(
        np.empty(room, np.uint32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.zeros(room, np.bool_),
    )
    return Scratch(document, new_clusters(items), new_bag(room), np.full(1 << 16, -1, np.int32))


@kernel
def close_clusters(
    opened: int,
    token: int,
    first_token: int,
    after_token: int,
    before: int,
    lookups: Lookups,
    scratch: Scratch,
    matches: RawMatches,
    count: int,
) -> tuple[int, int]:
    """Score the clusters that no hit at or after `token` can join, and close them.

    Return how many stay open, and the new number of matches; the last row is scratch.

    Args:
        opened: how many clusters are open.
        token: all hits before it are known.
        first_token: the first one of the document.
        after_token: the one after its last.
        before: what `last_seen` counts for tokens of earlier documents.
        lookups: the items.
        scratch: is written to.
        matches: is written to.
        count: how many matches there are.
    """
    hits, last_seen = scratch.hits, scratch.last_seen
    hit_first, hit_last, hit_bits, hit_items = hits.first, hits.last, hits.bits, hits.items
    reach, needed = lookups.reach, lookups.candidate_bits
    starts, ends, codes = lookups.items.starts, lookups.items.ends, lookups.items.codes
    gains, needed_gains = lookups.gains, lookups.needed_gains
    still_open = int64(0)
    for place in range(opened):
        item = hit_items[place]
        if token - hit_last[item] <= reach[item]:
            hit_items[still_open] = item
            still_open += 1
            continue
        if hit_bits[item] >= needed[item] and count < len(matches.items):
            start, end = starts[item, QUESTION], ends[item, QUESTION]
            low = before + max(first_token, hit_first[item] - reach[item])
            if most_gain(codes[start:end], gains[start:end], last_seen, low) >= needed_gains[
                item
            ] and score_candidate(item, first_token, after_token, lookups, scratch, matches, count):
                count += 1
        hit_bits[item] = 0.0
    return still_open, count


@kernel
def score_candidate(
    item: int,
    first_token: int,
    after_token: int,
    lookups: Lookups,
    scratch: Scratch,
    matches: RawMatches,
    row: int,
) -> bool:
    """Score an item around its hits; write a row of `matches` if it is good enough.

    The document has the tokens from `first_token` up to `after_token`.
    """
    items, document, hits = lookups.items, scratch.document, scratch.hits
    reach = lookups.reach[item]
    low = max(first_token, hits.first[item] - reach)
    high = min(after_token, hits.last[item] + 1 + reach)
    question = score_field(
        document, low, high, items, item, int64(QUESTION), lookups.background, scratch.bag,
        lookups.least_bits[item],
    )  # fmt: skip
    if question.score == -np.inf:
        return False
    matches.field_scores[row] = 0.0
    matches.contained[row] = 0.0
    matches.field_scores[row, QUESTION] = question.score
    matches.contained[row, QUESTION] = question.matched / all_bits(items, item, QUESTION)
    score = question.score
    contained = matches.contained[row, QUESTION]
    held = contained >= FIELD_SHARE
    tested = lookups.tested[item] and contained >= TESTS_SHARE
    if held or tested or score >= lookups.floors[item]:
        beside = _score_other_fields(
            item, first_token, after_token, question, lookups, scratch, matches, row
        )
        score += beside if held else np.float32(0.0)
        if tested and matches.contained[row, CONTEXT] >= TESTS_SHARE:
            score += matches.field_scores[row, CONTEXT]
    matches.items[row] = item
    matches.starts[row] = document.starts[question.start]
    matches.ends[row] = document.ends[max(question.start, question.end - 1)]
    matches.scores[row] = score
    return bool(score >= lookups.floors[item] or (held and score >= _FLOOR))


@kernel
def _score_other_fields(
    item: int,
    first_token: int,
    after_token: int,
    question: FieldScore,
    lookups: Lookups,
    scratch: Scratch,
    matches: RawMatches,
    row: int,
) -> np.float32:
    """Score the fields beside the question, write them down, and return what they add."""
    items = lookups.items
    added = np.float32(0.0)
    for field in range(items.starts.shape[1]):
        length = items.ends[item, field] - items.starts[item, field]
        if field == QUESTION or length == 0:
            continue
        reach = int(WINDOW_RATIO * length) + BESIDE_TOKENS
        for side in range(2):
            low = question.end if side == 0 else max(first_token, question.start - reach)
            high = min(after_token, question.end + reach) if side == 0 else question.start
            beside = score_field(
                scratch.document, low, high, items, item, field, lookups.background, scratch.bag,
                np.float32(0.0),
            )  # fmt: skip
            if beside.score > matches.field_scores[row, field]:
                matches.field_scores[row, field] = beside.score
                matches.contained[row, field] = beside.matched / all_bits(items, item, field)
        if matches.contained[row, field] >= FIELD_SHARE and _adds(field, matches.contained[row]):
            added += matches.field_scores[row, field]
    return added


@inlined
def _adds(field: int, contained: npt.NDArray[np.float32]) -> bool:
    """Tell whether a field that stands beside its question raises the evidence.

    Context alone is never leakage, and adds nothing to a question; an answer that is one of the
    choices beside it says nothing new.
    """
    return field != CONTEXT and not (field == ANSWER and contained[CHOICES] >= FIELD_SHARE)

"""The kernel: from the bytes of many documents to raw matches, in compiled code.

Document by document: tokens, shingles, sieve; hits of one item close to each other make a
candidate; a candidate is scored, its question first and then its other fields beside the question.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.detection.matches import RawMatches, first_rows, new_matches, with_more_room
from leakcheck.detection.score import (
    FIELD_SHARE,
    MISSING_NUMBER,
    MISSING_WORD,
    TESTS_SHARE,
    WINDOW_RATIO,
    WINDOW_SLACK,
    CodeBag,
    Document,
    FieldScore,
    all_bits,
    code_of,
    most_gain,
    new_bag,
    score_field,
)
from leakcheck.index.item_table import ANSWER, CHOICES, CONTEXT, QUESTION, ItemTable, has_tests
from leakcheck.index.shingles import PAIR_DISTANCE, RARE_BITS, pair, triple
from leakcheck.index.sieve import Sieve, find_shingle, may_hold, posting_range
from leakcheck.text.background import Background, common_tokens, is_common, load_background
from leakcheck.text.tokens import TokenTables, is_unspaced, load_token_tables, tokenise_bytes

__all__ = [
    "BESIDE_TOKENS",
    "FLOOR_BITS",
    "SWEEP_TOKENS",
    "Clusters",
    "Lookups",
    "Scratch",
    "add_pairs",
    "add_triple",
    "find_matches",
    "make_lookups",
    "new_clusters",
    "new_scratch",
    "read_only",
    "score_candidate",
]

FLOOR_BITS = 40.0
"""Matches of a lower score are not kept, though they hold all of a question."""

CANDIDATE_BITS = np.float32(27.0)
CANDIDATE_SHARE = np.float32(0.5)
LEAST_SHARE = np.float32(0.1)
"""The hits of a candidate weigh 27 bits, or half of a short question, but a tenth of any."""

BESIDE_TOKENS = 60
"""How far from the question another field may start or end, beside its own length."""

SWEEP_TOKENS = 256
"""How often clusters are looked through for those that nothing can join any more."""

_FLOOR = np.float32(FLOOR_BITS)
_NEVER = int64(1 << 30)


class Lookups(NamedTuple):
    """All that the kernel looks up."""

    tokens: TokenTables
    background: Background
    common: npt.NDArray[np.uint64]
    """The set of tokens that are too common for pairs, in bits."""
    items: ItemTable
    sieve: Sieve
    reach: npt.NDArray[np.int32]
    """Shape (items,): how far from a hit the question, choices or tests of an item may go on."""
    candidate_bits: npt.NDArray[np.float32]
    """Shape (items,): what the hits of a candidate weigh at least."""
    gains: npt.NDArray[np.float32]
    """Shape (tokens,): what a window gains by having each token of the items."""
    needed_gains: npt.NDArray[np.float32]
    """Shape (items,): what a window must gain to reach the floor, or to hold the question."""
    floors: npt.NDArray[np.float32]
    """Shape (items,): matches of a lower score that do not hold the question are left out."""
    tested: npt.NDArray[np.bool_]
    """Shape (items,): whether the context of an item are the tests of its code."""


def make_lookups(items: ItemTable, sieve: Sieve, floors: npt.NDArray[np.float32]) -> Lookups:
    """Put together what the kernel looks up, for these items and the sieve over them.

    Matches that do not hold most of a question are left out below `floors`, shape (items,).
    """
    lengths = items.ends - items.starts
    tested = has_tests(items)
    counted = lengths[:, QUESTION] + lengths[:, CHOICES] + tested * lengths[:, CONTEXT]
    reach = WINDOW_RATIO * counted + WINDOW_SLACK
    question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
    needed = np.minimum(CANDIDATE_BITS, CANDIDATE_SHARE * question)
    # Of an item that is mostly template few shingles were left, and their tokens stand in three.
    kept = np.bincount(sieve.items, sieve.bits, len(question)).astype(np.float32) / 3
    missing = MISSING_WORD * items.word_bits + MISSING_NUMBER * items.number_bits
    whole_gains = np.minimum(floors, FIELD_SHARE * question) + missing[:, QUESTION]
    # Half of a question gains what its bits are and what they would cost if they were missing.
    half_gains = TESTS_SHARE * (1 + MISSING_WORD) * question
    needed_gains = np.where(tested, np.minimum(half_gains, whole_gains), whole_gains)
    lookups = Lookups(
        tokens=load_token_tables(),
        background=load_background(),
        common=common_tokens(float(RARE_BITS)),
        items=items,
        sieve=sieve,
        reach=reach.astype(np.int32),
        candidate_bits=np.maximum(needed, LEAST_SHARE * np.minimum(question, kept)).astype(
            np.float32
        ),
        gains=items.damped_bits * np.where(items.numbers, 1 + MISSING_NUMBER, 1 + MISSING_WORD),
        needed_gains=np.where(
            question > 0,  # without a question there is nothing to decide
            needed_gains,
            np.inf,
        ).astype(np.float32),
        floors=floors,
        tested=tested,
    )
    # As they are where they are shared with other processes: the kernel is compiled once more for
    # arrays that can be written to.
    return read_only(lookups)


Arrays = TypeVar("Arrays")


def read_only(arrays: Arrays) -> Arrays:
    """Return a tuple of arrays, or of such tuples, that cannot be written to."""
    if isinstance(arrays, np.ndarray):
        return cast(Arrays, _read_only(arrays))
    made: Any = type(arrays)
    return cast(Arrays, made(*map(read_only, cast("tuple[Any, ...]", arrays))))


class Clusters(NamedTuple):
    """Scratch: for each item, the cluster of hits that is open."""

    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float32]
    """Weight of the cluster's shingles, tokens they share counted once; 0 if none is open."""
    items: npt.NDArray[np.int32]
    """The items with an open cluster."""


class Scratch(NamedTuple):
    """What the kernel writes to while it looks at documents."""

    document: Document
    hits: Clusters
    bag: CodeBag
    last_seen: npt.NDArray[np.int32]
    """Shape (65536,): the last token of each code so far, counted over all documents."""
    rare: npt.NDArray[np.int32]
    """Shape (room,): the places of the document's rare tokens so far."""


@kernel
def new_scratch(items: int, room: int) -> Scratch:
    """Allocate scratch for documents of up to `room` tokens."""
    document = Document(
        np.empty(room, np.uint32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.zeros(room, np.bool_),
    )
    return Scratch(
        document,
        new_clusters(items),
        new_bag(),
        np.full(1 << 16, -1, np.int32),
        np.empty(room, np.int32),
    )


@kernel
def new_clusters(items: int) -> Clusters:
    """Allocate scratch for the clusters of `items` items, none of them open."""
    return Clusters(
        np.empty(items, np.int32),
        np.empty(items, np.int32),
        np.zeros(items, np.float32),
        np.empty(items, np.int32),
    )


def find_matches(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
    lookups: Lookups,
) -> RawMatches:
    """Find all items in all documents.

    Args:
        data: UTF-8 text of all passages, shape (bytes,).
        passage_offsets: where each passage starts in `data`, shape (passages + 1,).
        document_passages: the first passage of each document, shape (documents + 1,).
        lookups: the items and what is known of tokens.
    """
    # The compiler tells arrays that may be written to from others: one form of each is enough.
    data = _read_only(data)
    passage_offsets = _read_only(passage_offsets)
    document_passages = _read_only(document_passages)
    longest = int(np.diff(passage_offsets[document_passages]).max(initial=0))
    scratch = new_scratch(len(lookups.reach), 2 * longest + 16)
    matches = new_matches(1024, lookups.items.starts.shape[1])
    documents = count = 0
    while True:
        documents, count = _match_documents(
            data, passage_offsets, document_passages, lookups, scratch, matches, documents, count
        )
        if documents == len(document_passages) - 1:
            return first_rows(matches, count)
        matches = with_more_room(matches, count)


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view


@kernel
def _match_documents(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
    lookups: Lookups,
    scratch: Scratch,
    matches: RawMatches,
    documents: int,
    count: int,
) -> tuple[int, int]:
    """Match documents until all are done or `matches` is full.

    `documents` of them are done already and have `count` matches; return both anew.
    """
    # The compiler counts references whenever a tuple of arrays goes from one variable or function
    # to another, so none is assigned in these loops, and what they call is inlined.
    document, hits, sieve = scratch.document, scratch.hits, lookups.sieve
    hashes, last_seen, rare = document.hashes, scratch.last_seen, scratch.rare
    common, before_document = lookups.common, int64(0)
    for number in range(documents, len(document_passages) - 1):
        first_passage, last_passage = document_passages[number], document_passages[number + 1]
        tokens = _tokenise_document(
            data, passage_offsets[first_passage : last_passage + 1], lookups.tokens, document
        )
        before = count
        opened = int64(0)
        rares = 0
        first_code = second_code = np.uint16(0)
        for token in range(tokens):
            code = code_of(hashes[token])
            last_seen[code] = before_document + token
            if opened and token % SWEEP_TOKENS == 0:  # soon, lest `last_seen` tell of later text
                opened, count = _close_clusters(
                    opened, token, tokens, before_document, lookups, scratch, matches, count
                )
            if token >= 2:
                value = triple(first_code, second_code, code)
                opened = add_triple(value, token, sieve, hits, opened)
            first_code, second_code = second_code, code
            # A character alone is never rare; saying so here spares their pairs.
            if not (is_common(common, hashes[token]) or is_unspaced(hashes[token])):
                opened = add_pairs(code, token, hashes, rare, rares, sieve, hits, opened)
                rare[rares] = token
                rares += 1
        if opened:
            opened, count = _close_clusters(
                opened, _NEVER, tokens, before_document, lookups, scratch, matches, count
            )
        before_document += tokens
        if count == len(matches.items):
            return number, before
        for row in range(before, count):
            matches.documents[row] = number
    return len(document_passages) - 1, count


@inlined
def add_triple(value: np.uint64, token: int, sieve: Sieve, hits: Clusters, opened: int) -> int:
    """Add three tokens in a row to the clusters of the items that have them."""
    if may_hold(sieve.bitmap, value):
        slot = find_shingle(sieve.shingles, value)
        if slot >= 0:
            start, end = posting_range(sieve.postings[slot])
            for posting in range(start, end):
                item, weight = sieve.items[posting], sieve.bits[posting]
                if hits.bits[item] == 0:
                    hits.items[opened] = item
                    opened += 1
                    hits.first[item] = token - 2
                    hits.bits[item] = weight
                else:
                    new_tokens = min(3, token - hits.last[item])
                    hits.bits[item] += weight * np.float32(new_tokens / 3)
                hits.last[item] = token
    return opened


@inlined
def add_pairs(
    code: np.uint16,
    token: int,
    hashes: npt.NDArray[np.uint32],
    rare: npt.NDArray[np.int32],
    rares: int,
    sieve: Sieve,
    hits: Clusters,
    opened: int,
) -> int:
    """Add a rare token, with each one shortly before it, to the clusters of their items."""
    # The inner loop is written twice: handing `hits` on once more halves the kernel's speed.
    place = rares - 1
    while place >= 0 and token - rare[place] <= PAIR_DISTANCE:
        value = pair(code_of(hashes[rare[place]]), code)
        if may_hold(sieve.bitmap, value):
            slot = find_shingle(sieve.shingles, value)
            if slot >= 0:
                start, end = posting_range(sieve.postings[slot])
                for posting in range(start, end):
                    item, weight = sieve.items[posting], sieve.bits[posting]
                    if hits.bits[item] == 0:
                        hits.items[opened] = item
                        opened += 1
                        hits.first[item] = rare[place]
                        hits.bits[item] = weight
                    elif hits.last[item] < token:  # the other one was counted before
                        hits.bits[item] += weight * np.float32(0.5)
                    hits.last[item] = token
        place -= 1
    return opened


@inlined
def _tokenise_document(
    data: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    tables: TokenTables,
    document: Document,
) -> int:
    """Fill `document` with the tokens of its passages; return their number."""
    tokens = int64(0)
    for passage in range(len(offsets) - 1):
        before = tokens
        tokens = tokenise_bytes(
            data,
            offsets[passage],
            offsets[passage + 1],
            tables,
            document.hashes,
            document.starts,
            document.ends,
            tokens,
        )
        document.breaks[before:tokens] = False
        if tokens > before:
            document.breaks[before] = True
    return tokens


@kernel
def _close_clusters(
    opened: int,
    token: int,
    tokens: int,
    before_document: int,
    lookups: Lookups,
    scratch: Scratch,
    matches: RawMatches,
    count: int,
) -> tuple[int, int]:
    """Score the clusters that no hit at or after `token` can join, and close them.

    Return how many stay open, and the new number of matches; the last row is scratch.
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
            low = before_document + max(0, hit_first[item] - reach[item])
            if most_gain(codes[start:end], gains[start:end], last_seen, low) >= needed_gains[
                item
            ] and score_candidate(item, tokens, lookups, scratch, matches, count):
                count += 1
        hit_bits[item] = 0.0
    return still_open, count


@kernel
def score_candidate(
    item: int,
    tokens: int,
    lookups: Lookups,
    scratch: Scratch,
    matches: RawMatches,
    row: int,
) -> bool:
    """Score an item around its hits; write a row of `matches` if it is good enough."""
    items, document, hits = lookups.items, scratch.document, scratch.hits
    reach = lookups.reach[item]
    low, high = max(0, hits.first[item] - reach), min(tokens, hits.last[item] + 1 + reach)
    question = score_field(
        document, low, high, items, item, QUESTION, lookups.background, scratch.bag
    )
    matches.field_scores[row] = 0.0
    matches.contained[row] = 0.0
    matches.field_scores[row, QUESTION] = question.score
    matches.contained[row, QUESTION] = question.matched / all_bits(items, item, QUESTION)
    score = question.score
    contained = matches.contained[row, QUESTION]
    held = contained >= FIELD_SHARE
    tested = lookups.tested[item] and contained >= TESTS_SHARE
    if held or tested or score >= lookups.floors[item]:
        beside = _score_other_fields(item, tokens, question, lookups, scratch, matches, row)
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
    tokens: int,
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
            low = question.end if side == 0 else max(0, question.start - reach)
            high = min(tokens, question.end + reach) if side == 0 else question.start
            beside = score_field(
                scratch.document, low, high, items, item, field, lookups.background, scratch.bag
            )
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

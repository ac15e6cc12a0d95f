"""The kernel: from the bytes of many documents to raw matches, in compiled code.

Documents are taken some together, so that short ones are worth the loops over them, and so few that
their tokens stay in the cache: they are tokenised, and their shingles looked up in the sieve. Then,
document by document: items that it cannot hold are screened out; hits of one of the others close to
each other make a candidate; a candidate is scored, its question first and then its other fields
beside the question.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel, read_only
from leakcheck.detection.candidates import Scratch, new_scratch
from leakcheck.detection.following import follow
from leakcheck.detection.hits import Hits, find_pairs, find_triples, new_hits
from leakcheck.detection.lookups import Lookups
from leakcheck.detection.matches import RawMatches, first_rows, new_matches, with_more_room
from leakcheck.detection.score import Document
from leakcheck.detection.sifting import Sifting, new_sifting, sift
from leakcheck.text.tokens import TokenTables, tokenise_bytes

__all__ = ["find_matches"]

TOGETHER_BYTES = 1 << 16
"""Documents are taken together up to this size, or one that is larger."""


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
    data, borders = read_only(data), read_only(passage_offsets[document_passages])
    passage_offsets, document_passages = read_only(passage_offsets), read_only(document_passages)
    most = TOGETHER_BYTES + int(np.diff(borders).max(initial=0))
    scratch = new_scratch(len(lookups.reach), 2 * most + 16)
    longest = int(np.diff(lookups.screen.bag_starts).max(initial=0))
    sifting = new_sifting(len(lookups.reach), longest, 2 * most + 16)
    matches = new_matches(1024, lookups.items.starts.shape[1])
    starts = np.empty(len(borders), np.int64)
    triples, pairs = new_hits(2 * most + 16), new_hits(1 << 12)
    documents = count = 0
    while True:
        documents, count, is_full = _match_documents(
            data, passage_offsets, document_passages, borders,
            lookups, scratch, sifting, starts, triples, pairs, matches, documents, count,
        )  # fmt: skip
        if documents == len(document_passages) - 1:
            return first_rows(matches, count)
        scratch.last_seen.fill(-1)  # lest it tell of documents that are counted anew
        if is_full:
            matches = with_more_room(matches, count)
        else:
            pairs = new_hits(4 * len(pairs.tokens))


@kernel
def _match_documents(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
    borders: npt.NDArray[np.int64],
    lookups: Lookups,
    scratch: Scratch,
    sifting: Sifting,
    starts: npt.NDArray[np.int64],
    triples: Hits,
    pairs: Hits,
    matches: RawMatches,
    documents: int,
    count: int,
) -> tuple[int, int, bool]:
    """Match documents until all are done or `matches` or `pairs` have too little room.

    `documents` of them are done already and have `count` matches; return both anew, and whether it
    is the matches that need room.
    """
    document, sieve, screen = scratch.document, lookups.sieve, lookups.screen
    hashes, pairable, places = document.hashes, lookups.pairable, sifting.places
    before = int64(0)
    first_document = int64(documents)
    while first_document < len(borders) - 1:
        last_document = _taken_together(borders, first_document)
        tokens = _tokenise_documents(
            data, passage_offsets, document_passages, first_document, last_document,
            lookups.tokens, document, starts,
        )  # fmt: skip
        found_triples = find_triples(hashes, tokens, sieve, screen.postings, triples)
        found_pairs = find_pairs(hashes, tokens, pairable, sieve, screen.postings, places, pairs)
        if found_pairs < 0:
            return first_document, count, False
        triple = pair = int64(0)
        for number in range(first_document, last_document):
            first_token = starts[number - first_document]
            after_token = starts[number - first_document + 1]
            after_triple = _hits_until(triples.tokens, found_triples, triple, after_token)
            after_pair = _hits_until(pairs.tokens, found_pairs, pair, after_token)
            if triple == after_triple and pair == after_pair:
                continue
            stamp = np.int32(number + 1)
            if sift(
                hashes, first_token, after_token, triples, triple, after_triple,
                pairs, pair, after_pair, screen, lookups.reach, sifting, stamp,
            ):  # fmt: skip
                matched = follow(
                    first_token, after_token, before, triples, triple, after_triple,
                    pairs, pair, after_pair, sifting, stamp, lookups, scratch, matches, count,
                )  # fmt: skip
                if matched == len(matches.items):
                    return number, count, True
                matches.documents[count:matched] = number
                count = matched
            triple, pair = after_triple, after_pair
        before += tokens
        first_document = last_document
    return len(borders) - 1, count, False


@inlined
def _taken_together(borders: npt.NDArray[np.int64], first: int) -> int:
    """Return the document after the last of those that are taken together."""
    last = first + 1
    while last < len(borders) - 1 and borders[last + 1] - borders[first] <= TOGETHER_BYTES:
        last += 1
    return last


@kernel
def _tokenise_documents(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
    first_document: int,
    last_document: int,
    tables: TokenTables,
    document: Document,
    starts: npt.NDArray[np.int64],
) -> int:
    """Fill `document` with the tokens of documents, and `starts` with the first of each.

    Return the number of tokens, which `starts` ends with.
    """
    hashes, token_starts, ends, breaks = (
        document.hashes, document.starts, document.ends, document.breaks
    )  # fmt: skip
    tokens = int64(0)
    for number in range(first_document, last_document):
        starts[number - first_document] = tokens
        for passage in range(document_passages[number], document_passages[number + 1]):
            before = tokens
            tokens = tokenise_bytes(
                data, passage_offsets[passage], passage_offsets[passage + 1], tables,
                hashes, token_starts, ends, tokens,
            )  # fmt: skip
            breaks[before:tokens] = False
            if tokens > before:
                breaks[before] = True
    starts[last_document - first_document] = tokens
    return tokens


@inlined
def _hits_until(hits: npt.NDArray[np.int32], found: int, place: int, token: int) -> int:
    """Return the place of the first hit from `token` on."""
    while place < found and hits[place] < token:
        place += 1
    return place

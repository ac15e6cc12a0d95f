"""Following: from the hits of one document to candidates, in the order of its tokens.

Only hits of items that passed the screen are followed. What is known of the tokens so far is noted
when clusters are looked through, and not at every token: most documents need it never.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.detection.candidates import Scratch, close_clusters
from leakcheck.detection.clusters import SWEEP_TOKENS, join_pair, join_triple
from leakcheck.detection.hits import Hits
from leakcheck.detection.lookups import Lookups
from leakcheck.detection.matches import RawMatches
from leakcheck.detection.screen import posting_item
from leakcheck.detection.sifting import Sifting, is_stamped
from leakcheck.index.sieve import posting_range

__all__ = ["follow"]

_NEVER = int64(1 << 30)


@kernel
def follow(  # noqa: C901  one loop
    first_token: int,
    after_token: int,
    before: int,
    triples: Hits,
    triple: int,
    after_triple: int,
    pairs: Hits,
    pair: int,
    after_pair: int,
    sifting: Sifting,
    stamp: np.int32,
    lookups: Lookups,
    scratch: Scratch,
    matches: RawMatches,
    count: int,
) -> int:
    """Follow the clusters of the items that passed the screen through one document.

    Return the new number of matches.

    Args:
        first_token: of the document.
        after_token: the token after its last.
        before: tokens of the documents before those that are looked at together.
        triples: of the documents that are looked at together.
        triple: the first of this document.
        after_triple: the one after its last.
        pairs: of the documents that are looked at together.
        pair: the first of this document.
        after_pair: the one after its last.
        sifting: in it the items that passed have `stamp`.
        stamp: of the document.
        lookups: the items.
        scratch: is written to.
        matches: is written to.
        count: how many matches there are.
    """
    hits, last_seen, hashes = scratch.hits, scratch.last_seen, scratch.document.hashes
    first, last, bits, items = hits.first, hits.last, hits.bits, hits.items
    screened, weights = lookups.screen.postings, lookups.sieve.bits
    triple_tokens, triple_others, triple_postings = triples.tokens, triples.others, triples.postings
    pair_tokens, pair_others, pair_postings = pairs.tokens, pairs.others, pairs.postings
    opened, noted, sweep = int64(0), int64(first_token), int64(first_token + SWEEP_TOKENS)
    while triple < after_triple or pair < after_pair or (opened and sweep < after_token):
        triple_token = int64(triple_tokens[triple]) if triple < after_triple else _NEVER
        pair_token = int64(pair_tokens[pair]) if pair < after_pair else _NEVER
        token = min(triple_token, pair_token, after_token - 1)
        while sweep <= token:  # soon, lest `last_seen` tell of later text
            if opened:
                noted = _note(hashes, last_seen, before, noted, sweep + 1)
                opened, count = close_clusters(
                    opened, sweep, first_token, after_token, before,
                    lookups, scratch, matches, count,
                )  # fmt: skip
            sweep += SWEEP_TOKENS
        if triple_token == pair_token == _NEVER:
            continue
        if triple_token <= pair_token:
            start, end = posting_range(triple_postings[triple])
            if triple_others[triple] >= first_token:
                for posting in range(start, end):
                    item = posting_item(screened[posting])
                    if is_stamped(item, sifting, stamp):
                        opened = join_triple(
                            item, weights[posting], token, first, last, bits, items, opened
                        )
            triple += 1
        else:
            start, end = posting_range(pair_postings[pair])
            other = pair_others[pair]
            if other >= first_token:
                for posting in range(start, end):
                    item = posting_item(screened[posting])
                    if is_stamped(item, sifting, stamp):
                        opened = join_pair(
                            item, weights[posting], other, token, first, last, bits, items, opened
                        )
            pair += 1
    if opened:
        _note(hashes, last_seen, before, noted, after_token)
        opened, count = close_clusters(
            opened, _NEVER, first_token, after_token, before, lookups, scratch, matches, count
        )
    return count


@inlined
def _note(
    hashes: npt.NDArray[np.uint32],
    last_seen: npt.NDArray[np.int32],
    before: int,
    noted: int,
    token: int,
) -> int:
    """Note the places of the tokens before `token` that are not noted yet; return `token`."""
    for place in range(noted, token):
        last_seen[hashes[place] & np.uint32(0xFFFF)] = before + place
    return token

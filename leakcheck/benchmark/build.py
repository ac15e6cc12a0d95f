"""Building a pack: from the items of a benchmark to their codes and weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import FIELDS, Card, Field
from leakcheck.benchmark.items import Item
from leakcheck.benchmark.pack import FieldTokens, Pack, PackHeader, Wholes
from leakcheck.text.background import MOST_BITS, background_bits, load_background, rates
from leakcheck.text.symbols import symbol_hash
from leakcheck.text.tokens import tokenise
from leakcheck.text.whole import whole_text

__all__ = ["build_pack", "token_bits"]

_MOST_COUNTED = 65_535


def build_pack(card: Card, items: Sequence[Item]) -> Pack:
    """Build the pack of a benchmark; every item is a family of its own as yet."""
    return Pack(
        header=PackHeader(card.name, [source.revision for source in card.sources]),
        items=tuple(item.item for item in items),
        splits=tuple(item.split for item in items),
        families=np.arange(len(items), dtype=np.int32),
        symbols=np.array([symbol_hash(item.fields["question"]) for item in items], np.uint64),
        wholes=_wholes([item.fields["question"] for item in items]),
        fields={field: _field_tokens(field, items) for field in FIELDS},
    )


def _wholes(questions: Sequence[str]) -> Wholes:
    described = [whole_text(question) for question in questions]
    counts = [
        np.array([min(each[column], _MOST_COUNTED) for each in described], np.uint16)
        for column in (1, 2, 3)
    ]
    return Wholes(np.array([each.hash for each in described], np.uint64), *counts)


def _field_tokens(field: Field, items: Sequence[Item]) -> FieldTokens:
    hashes = [tokenise(item.fields.get(field, "")).hashes for item in items]
    lengths = np.array([len(each) for each in hashes], np.int64)
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    tokens = np.concatenate([*hashes, np.empty(0, np.uint32)])
    bits = token_bits(tokens, np.repeat(np.arange(len(items)), lengths))
    return FieldTokens(
        offsets=offsets,
        codes=(tokens & np.uint32(0xFFFF)).astype(np.uint16),
        weights=FieldTokens.weights_of(bits, tokens >= np.uint32(1 << 31)),
    )


def token_bits(
    hashes: npt.NDArray[np.uint32], owners: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Weigh each token by how rare it is in ordinary text and in the *other* items.

    The probability of a token is the mean of its share in ordinary text and its share in the
    benchmark, the item itself left out: wording that all items have in common tells nothing. A
    character of an unspaced script carries a part of that, see `UNSPACED_RATE`.

    Args:
        hashes: shape (tokens,).
        owners: shape (tokens,): the item each token stands in.

    Returns:
        Bits, shape (tokens,), from 1 to 18.
    """
    rate = rates(hashes)
    alone = background_bits(load_background(), hashes).astype(np.float64) / rate
    background = np.where(alone < MOST_BITS - 1e-3, np.exp2(-alone), 0.0)
    _, token, count = np.unique(hashes, return_inverse=True, return_counts=True)
    pairs = token.astype(np.int64) * (1 + owners.max(initial=0)) + owners
    _, pair, own_count = np.unique(pairs, return_inverse=True, return_counts=True)
    elsewhere = (count[token] - own_count[pair]) / max(len(hashes), 1)
    probability = np.maximum((background + elsewhere) / 2, 2.0**-MOST_BITS)
    bits: npt.NDArray[np.float64] = np.clip(-np.log2(probability) * rate, 1.0, MOST_BITS)
    return bits

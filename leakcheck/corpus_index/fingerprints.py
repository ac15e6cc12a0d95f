"""Fingerprints: what an index keeps of the text of documents.

The scan's own shingles, triples and pairs of rare tokens, each mixed to a number of 49 bits. An
index of scale s keeps those in the lowest 1/s of the range (FracMinHash, Irber et al. 2022): the
same ones in every document, so that a share of an item's fingerprints stays an estimate of the
share of its shingles. MinHash signatures are made of all triples, whatever the scale.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.corpus.records import PassageBatch
from leakcheck.corpus_index.minhash import EMPTY, NUM_PERM, add_shingle, permutations, shingle_hash
from leakcheck.detection.score import code_of
from leakcheck.index.shingles import PAIR_DISTANCE, RARE_BITS, pair, triple
from leakcheck.text.background import common_tokens, is_common, load_background
from leakcheck.text.tokens import TokenTables, load_token_tables, tokenise_bytes

__all__ = [
    "FINGERPRINT_BITS",
    "FINGERPRINT_VERSION",
    "Fingerprints",
    "fingerprint",
    "fingerprint_batch",
    "fingerprint_limit",
    "fingerprints_of",
]

FINGERPRINT_BITS = 49
FINGERPRINT_VERSION = 1
"""Raised whenever a document would give other fingerprints, signatures or passages."""

LONG_TOKENS = 512
"""A document of more tokens has signatures of its passages too."""
LEAST_PASSAGE, MOST_PASSAGE = 128, 512
"""Tokens of a passage, but for the last one of a document."""

_MASK = np.uint64((1 << FINGERPRINT_BITS) - 1)
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_FIRST_SHIFT, _SECOND_SHIFT = np.uint64(25), np.uint64(24)
_CUT = np.uint64(127)
_SEED, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_PASSAGE_END = np.uint64(0x1FF)


class Fingerprints(NamedTuple):
    """What is kept of a batch of documents, numbered from 0."""

    hashes: npt.NDArray[np.uint64]
    """Shape (fingerprints,)."""
    documents: npt.NDArray[np.uint32]
    """Shape (fingerprints,)."""
    positions: npt.NDArray[np.uint32]
    """Shape (fingerprints,): the last token of each, counted from 0 in its document."""
    tokens: npt.NDArray[np.uint32]
    """Shape (documents,): how many tokens each document has."""
    contents: npt.NDArray[np.uint64]
    """Shape (documents,): a hash of each document's text."""
    signed_documents: npt.NDArray[np.uint32]
    """Shape (signatures,)."""
    signed_passages: npt.NDArray[np.uint32]
    """Shape (signatures,): 0 for the whole document, from 1 on for its passages."""
    signed_starts: npt.NDArray[np.uint32]
    """Shape (signatures,): the first token."""
    signed_tokens: npt.NDArray[np.uint32]
    """Shape (signatures,): how many tokens were signed."""
    signatures: npt.NDArray[np.uint32]
    """Shape (signatures, NUM_PERM)."""


@inlined
def fingerprint(shingle: np.uint64) -> np.uint64:
    """Mix a shingle: a bijection of its 49 bits, after which every range has a fair sample."""
    mixed = (shingle * _FIRST) & _MASK
    mixed ^= mixed >> _FIRST_SHIFT
    mixed = (mixed * _SECOND) & _MASK
    return mixed ^ (mixed >> _SECOND_SHIFT)


@kernel
def fingerprints_of(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return the fingerprints of shingles, shape (shingles,)."""
    mixed = np.empty(len(shingles), np.uint64)
    for place in range(len(shingles)):
        mixed[place] = fingerprint(shingles[place])
    return mixed


def fingerprint_limit(scale: int) -> int:
    """Return the number below which an index of this scale keeps fingerprints.

    >>> fingerprint_limit(4) * 4 == fingerprint_limit(1) == 2**49
    True
    """
    return (1 << FINGERPRINT_BITS) // scale


def fingerprint_batch(batch: PassageBatch, scale: int) -> Fingerprints:
    """Fingerprint the documents of a batch, in its order; documents without text are none."""
    _, offsets_buffer, data_buffer = batch.texts.buffers()
    first = batch.texts.offset
    offsets = np.frombuffer(offsets_buffer, np.int64)[first : first + len(batch.texts) + 1]
    data = np.frombuffer(data_buffer or b"", np.uint8)
    passages = np.concatenate((np.flatnonzero(np.diff(batch.rows, prepend=-1)), [len(batch.rows)]))
    return _fingerprint_documents(data, offsets, passages.astype(np.int64), scale)


def _fingerprint_documents(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
    scale: int,
) -> Fingerprints:
    documents = len(document_passages) - 1
    size = int(passage_offsets[-1] - passage_offsets[0])
    longest = int(np.diff(passage_offsets[document_passages]).max(initial=0))
    out = _room(size // (4 * scale) + 1024, documents, 2 * documents + 2 * size // LEAST_PASSAGE)
    scratch = _Scratch(
        np.empty(2 * longest + 16, np.uint32),
        np.empty(2 * longest + 16, np.int32),
        np.empty(2 * longest + 16, np.int32),
        np.empty(2 * longest + 16, np.int32),
    )
    limit = np.uint64(fingerprint_limit(scale))
    common = common_tokens(load_background(), float(RARE_BITS))
    done = count = signed = 0
    while True:
        done, count, signed = _fill(
            data, passage_offsets, document_passages, load_token_tables(), common, limit,
            permutations()[0], permutations()[1], scratch, out, done, count, signed,
        )  # fmt: skip
        if done == documents:
            return _trimmed(out, count, signed)
        out = _with_more_room(out, count)


class _Scratch(NamedTuple):
    """The tokens of one document, and the places of its rare ones."""

    hashes: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    rare: npt.NDArray[np.int32]


def _room(fingerprints: int, documents: int, signatures: int) -> Fingerprints:
    return Fingerprints(
        np.empty(fingerprints, np.uint64),
        np.empty(fingerprints, np.uint32),
        np.empty(fingerprints, np.uint32),
        np.zeros(documents, np.uint32),
        np.zeros(documents, np.uint64),
        np.zeros(signatures, np.uint32),
        np.zeros(signatures, np.uint32),
        np.zeros(signatures, np.uint32),
        np.zeros(signatures, np.uint32),
        np.empty((signatures, NUM_PERM), np.uint32),
    )


def _with_more_room(out: Fingerprints, count: int) -> Fingerprints:
    longer = _room(2 * len(out.hashes), 0, 0)
    for column, old in zip(longer[:3], out[:3], strict=True):
        column[:count] = old[:count]
    return Fingerprints(*longer[:3], *out[3:])


def _trimmed(out: Fingerprints, count: int, signed: int) -> Fingerprints:
    return Fingerprints(
        *(column[:count].copy() for column in out[:3]),
        *out[3:5],
        *(column[:signed].copy() for column in out[5:]),
    )


@kernel
def _fill(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
    tables: TokenTables,
    common: npt.NDArray[np.uint64],
    limit: np.uint64,
    multipliers: npt.NDArray[np.uint32],
    addends: npt.NDArray[np.uint32],
    scratch: _Scratch,
    out: Fingerprints,
    done: int,
    count: int,
    signed: int,
) -> tuple[int, int, int]:
    """Fingerprint documents until all are done or `out` is full.

    `done` of them are done, with `count` fingerprints and `signed` signatures; return all anew.
    """
    hashes, starts, ends, rare = scratch.hashes, scratch.starts, scratch.ends, scratch.rare
    out_hashes, out_documents, out_positions = out.hashes, out.documents, out.positions
    for document in range(done, len(document_passages) - 1):
        first, last = document_passages[document], document_passages[document + 1]
        tokens = int64(0)
        content = _SEED
        for passage in range(first, last):
            start, end = passage_offsets[passage], passage_offsets[passage + 1]
            tokens = tokenise_bytes(data, start, end, tables, hashes, starts, ends, tokens)
            for at in range(start, end):
                content = (content ^ np.uint64(data[at])) * _PRIME
            content = (content ^ _PASSAGE_END) * _PRIME
        before, rares = count, 0
        for token in range(tokens):
            code = code_of(hashes[token])
            if count + PAIR_DISTANCE + 2 > len(out_hashes):
                return document, before, signed
            if token >= 2:
                value = fingerprint(
                    triple(code_of(hashes[token - 2]), code_of(hashes[token - 1]), code)
                )
                if value < limit:
                    out_hashes[count] = value
                    out_positions[count] = token
                    count += 1
            if is_common(common, hashes[token]):
                continue
            place = rares - 1
            while place >= 0 and token - rare[place] <= PAIR_DISTANCE:
                value = fingerprint(pair(code_of(hashes[rare[place]]), code))
                if value < limit:
                    out_hashes[count] = value
                    out_positions[count] = token
                    count += 1
                place -= 1
            rare[rares] = token
            rares += 1
        for row in range(before, count):
            out_documents[row] = document
        out.tokens[document] = tokens
        out.contents[document] = content
        signed = _sign_document(hashes, tokens, document, multipliers, addends, out, signed)
    return len(document_passages) - 1, count, signed


@kernel
def _sign_document(
    hashes: npt.NDArray[np.uint32],
    tokens: int,
    document: int,
    multipliers: npt.NDArray[np.uint32],
    addends: npt.NDArray[np.uint32],
    out: Fingerprints,
    signed: int,
) -> int:
    """Sign a document and, if it is long, its passages; return the new number of signatures.

    Passages end where the text says so, and not after a number of tokens: what two documents share
    is cut at the same places in both.
    """
    if tokens < 3:  # no triple: there is nothing to sign
        return signed
    signatures = out.signatures
    whole = signed
    signatures[whole] = EMPTY
    out.signed_documents[whole], out.signed_passages[whole] = document, 0
    out.signed_starts[whole], out.signed_tokens[whole] = 0, tokens
    signed += 1
    number, start = int64(0), int64(0)
    while start < tokens and tokens - start >= 3:
        number += 1
        row = signed if tokens > LONG_TOKENS else whole
        signatures[row] = EMPTY
        end = start
        while end < tokens:
            end += 1
            if end < 3:
                continue
            value = fingerprint(
                triple(code_of(hashes[end - 3]), code_of(hashes[end - 2]), code_of(hashes[end - 1]))
            )
            add_shingle(shingle_hash(value), multipliers, addends, signatures[row])
            length = end - start
            if tokens > LONG_TOKENS and (
                length >= MOST_PASSAGE or (length >= LEAST_PASSAGE and value & _CUT == 0)
            ):
                break
        if tokens > LONG_TOKENS:
            for place in range(signatures.shape[1]):
                signatures[whole, place] = min(signatures[whole, place], signatures[row, place])
            out.signed_documents[row], out.signed_passages[row] = document, number
            out.signed_starts[row], out.signed_tokens[row] = start, end - start
            signed += 1
        start = end
    return signed

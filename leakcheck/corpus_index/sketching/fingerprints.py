"""Fingerprints: what an index keeps of the text of documents.

The scan's own shingles. Triples, three tokens in a row, are each mixed to a number of 48 bits, and
an index of scale s keeps those in the lowest 1/s of the range (FracMinHash, Irber et al. 2022): the
same ones in every document, so that a share of an item's fingerprints stays an estimate of the
share of its triples. Pairs of rare tokens would be three times as many as the rare tokens are, so
the rare tokens themselves are kept, all of them and in order, and paired when a question is asked.
MinHash signatures are made of all triples, whatever the scale.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating, inlined, int64, kernel
from leakcheck.corpus.records import PassageBatch
from leakcheck.corpus_index.sketching.contents import batch_columns, content_hashes
from leakcheck.corpus_index.sketching.minhash import (
    EMPTY,
    NUM_PERM,
    add_shingle,
    permutations,
    shingle_hash,
)
from leakcheck.detection.score import code_of
from leakcheck.index.shingles import RARE_BITS, triple
from leakcheck.text.background import common_tokens, is_common
from leakcheck.text.tokens import TokenTables, is_unspaced, load_token_tables, tokenise_bytes

__all__ = [
    "FINGERPRINT_BITS",
    "FINGERPRINT_VERSION",
    "Fingerprints",
    "fingerprint",
    "fingerprint_batch",
    "fingerprint_limit",
    "fingerprints_of",
]

FINGERPRINT_BITS = 48
FINGERPRINT_VERSION = 1
"""Raised whenever a document would give other fingerprints, signatures or passages."""

LONG_TOKENS = 512
"""A document of more tokens has signatures of its passages too."""
LEAST_PASSAGE, MOST_PASSAGE = 128, 512
"""Tokens of a passage, but for the last one of a document."""

_MASK = np.uint64((1 << FINGERPRINT_BITS) - 1)
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(24)
_CUT = np.uint64(127)


class Fingerprints(NamedTuple):
    """What is kept of a batch of documents, numbered from 0."""

    hashes: npt.NDArray[np.uint64]
    """Shape (fingerprints,)."""
    documents: npt.NDArray[np.uint32]
    """Shape (fingerprints,)."""
    positions: npt.NDArray[np.uint32]
    """Shape (fingerprints,): the last token of each, counted from 0 in its document."""
    rare_codes: npt.NDArray[np.uint16]
    """Shape (rare tokens,): in the order of the text."""
    rare_documents: npt.NDArray[np.uint32]
    rare_positions: npt.NDArray[np.uint32]
    """Shape (rare tokens,): the token, counted from 0 in its document."""
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
    """Mix a triple: a bijection of its 48 bits, after which every range has a fair sample."""
    mixed = (shingle * _FIRST) & _MASK
    mixed ^= mixed >> _SHIFT
    mixed = (mixed * _SECOND) & _MASK
    return mixed ^ (mixed >> _SHIFT)


@allocating
def fingerprints_of(shingles: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return the fingerprints of triples, shape (triples,)."""
    mixed = np.empty(len(shingles), np.uint64)
    for place in range(len(shingles)):
        mixed[place] = fingerprint(shingles[place])
    return mixed


def fingerprint_limit(scale: int) -> int:
    """Return the number below which an index of this scale keeps fingerprints.

    >>> fingerprint_limit(4) * 4 == fingerprint_limit(1) == 2**48
    True
    """
    return (1 << FINGERPRINT_BITS) // scale


def fingerprint_batch(batch: PassageBatch, scale: int) -> Fingerprints:
    """Fingerprint the documents of a batch, in its order; documents without text are none."""
    data, offsets, document_passages = batch_columns(batch)
    return _fingerprint_documents(data, offsets, document_passages, scale)


def _fingerprint_documents(
    data: npt.NDArray[np.uint8],
    passage_offsets: npt.NDArray[np.int64],
    document_passages: npt.NDArray[np.int64],
    scale: int,
) -> Fingerprints:
    documents = len(document_passages) - 1
    size = int(passage_offsets[-1] - passage_offsets[0])
    longest = int(np.diff(passage_offsets[document_passages]).max(initial=0))
    signatures = 2 * documents + 2 * size // LEAST_PASSAGE
    out = _room(size // (4 * scale) + 1024, size // 8 + 1024, documents, signatures)
    scratch = _Scratch(
        np.empty(2 * longest + 16, np.uint32),
        np.empty(2 * longest + 16, np.int32),
        np.empty(2 * longest + 16, np.int32),
    )
    limit = np.uint64(fingerprint_limit(scale))
    common = common_tokens(float(RARE_BITS))
    multipliers, addends = permutations()
    filled = _Filled(0, 0, 0, 0)
    while True:
        done = _fill(
            data,
            passage_offsets,
            document_passages,
            load_token_tables(),
            common,
            limit,
            multipliers,
            addends,
            scratch,
            out,
            *filled,
        )
        filled = _Filled(*done)
        if filled.documents == documents:
            contents = content_hashes(data, passage_offsets, document_passages)
            return _trimmed(out, filled)._replace(contents=contents)
        out = _with_more_room(out, filled)


class _Scratch(NamedTuple):
    """The tokens of one document."""

    hashes: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]


class _Filled(NamedTuple):
    """How many rows of each sort are written."""

    documents: int
    fingerprints: int
    rare_tokens: int
    signatures: int


def _room(fingerprints: int, rare_tokens: int, documents: int, signatures: int) -> Fingerprints:
    return Fingerprints(
        np.empty(fingerprints, np.uint64),
        np.empty(fingerprints, np.uint32),
        np.empty(fingerprints, np.uint32),
        np.empty(rare_tokens, np.uint16),
        np.empty(rare_tokens, np.uint32),
        np.empty(rare_tokens, np.uint32),
        np.zeros(documents, np.uint32),
        np.zeros(documents, np.uint64),
        np.zeros(signatures, np.uint32),
        np.zeros(signatures, np.uint32),
        np.zeros(signatures, np.uint32),
        np.zeros(signatures, np.uint32),
        np.empty((signatures, NUM_PERM), np.uint32),
    )


def _with_more_room(out: Fingerprints, filled: _Filled) -> Fingerprints:
    longer = _room(2 * len(out.hashes), 2 * len(out.rare_codes), 0, 0)
    kept, rare = filled.fingerprints, filled.rare_tokens
    longer.hashes[:kept] = out.hashes[:kept]
    longer.documents[:kept] = out.documents[:kept]
    longer.positions[:kept] = out.positions[:kept]
    longer.rare_codes[:rare] = out.rare_codes[:rare]
    longer.rare_documents[:rare] = out.rare_documents[:rare]
    longer.rare_positions[:rare] = out.rare_positions[:rare]
    return out._replace(
        hashes=longer.hashes,
        documents=longer.documents,
        positions=longer.positions,
        rare_codes=longer.rare_codes,
        rare_documents=longer.rare_documents,
        rare_positions=longer.rare_positions,
    )


def _trimmed(out: Fingerprints, filled: _Filled) -> Fingerprints:
    kept, rare, signed = filled.fingerprints, filled.rare_tokens, filled.signatures
    return out._replace(
        hashes=out.hashes[:kept].copy(),
        documents=out.documents[:kept].copy(),
        positions=out.positions[:kept].copy(),
        rare_codes=out.rare_codes[:rare].copy(),
        rare_documents=out.rare_documents[:rare].copy(),
        rare_positions=out.rare_positions[:rare].copy(),
        signed_documents=out.signed_documents[:signed].copy(),
        signed_passages=out.signed_passages[:signed].copy(),
        signed_starts=out.signed_starts[:signed].copy(),
        signed_tokens=out.signed_tokens[:signed].copy(),
        signatures=out.signatures[:signed].copy(),
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
    rares: int,
    signed: int,
) -> tuple[int, int, int, int]:
    """Fingerprint documents until all are done or `out` is full; see `_Filled` for the counts."""
    hashes, starts, ends = scratch.hashes, scratch.starts, scratch.ends
    out_hashes, out_documents, out_positions = out.hashes, out.documents, out.positions
    rare_codes, rare_positions = out.rare_codes, out.rare_positions
    for document in range(done, len(document_passages) - 1):
        first, last = document_passages[document], document_passages[document + 1]
        tokens = int64(0)
        for passage in range(first, last):
            start, end = passage_offsets[passage], passage_offsets[passage + 1]
            tokens = tokenise_bytes(data, start, end, tables, hashes, starts, ends, tokens)
        if rares + tokens > len(rare_codes) or count + tokens > len(out_hashes):
            return document, count, rares, signed
        before, rares_before = count, rares
        first_code = second_code = np.uint16(0)
        for token in range(tokens):
            code = code_of(hashes[token])
            if token >= 2:
                value = fingerprint(triple(first_code, second_code, code))
                if value < limit:
                    out_hashes[count] = value
                    out_positions[count] = token
                    count += 1
            first_code, second_code = second_code, code
            if not (is_common(common, hashes[token]) or is_unspaced(hashes[token])):
                rare_codes[rares] = code
                rare_positions[rares] = token
                rares += 1
        out_documents[before:count] = document
        out.rare_documents[rares_before:rares] = document
        out.tokens[document] = tokens
        signed = _sign_document(hashes, tokens, document, multipliers, addends, out, signed)
    return len(document_passages) - 1, count, rares, signed


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
            if (
                tokens > LONG_TOKENS
                and tokens - end >= 3
                and (  # the rest must have a triple
                    length >= MOST_PASSAGE or (length >= LEAST_PASSAGE and value & _CUT == 0)
                )
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

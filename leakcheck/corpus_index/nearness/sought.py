"""What is looked for in an index: signatures of benchmark items, or of any given texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.benchmark.card import FIELDS, Field
from leakcheck.compiled import kernel
from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, find_files, read_file
from leakcheck.corpus_index.nearness.signed import Place
from leakcheck.corpus_index.sketching.fingerprints import fingerprint, fingerprint_batch
from leakcheck.corpus_index.sketching.minhash import (
    EMPTY,
    NUM_PERM,
    add_shingle,
    permutations,
    shingle_hash,
)
from leakcheck.errors import InputError
from leakcheck.index.item_table import ItemTable
from leakcheck.index.shingles import triple

__all__ = ["LEAST_TRIPLES", "VARIANTS", "Sought", "sign_codes", "sought_items", "sought_texts"]

LEAST_TRIPLES = 8
"""A text of fewer is near to others by chance: `what is the capital of` is five."""

VARIANTS: tuple[tuple[Field, ...], ...] = (
    ("question", "choices"),
    ("question", "choices", "answer"),
    ("question", "choices", "code"),
)
"""What a document may be made of that holds an item: the fields, one after the other."""


class Sought(NamedTuple):
    """Signatures to look for, and the items or texts that they are of."""

    signatures: npt.NDArray[np.uint32]
    """Shape (signatures, NUM_PERM)."""
    owners: npt.NDArray[np.uint32]
    """Shape (signatures,): the item or text."""
    parts: npt.NDArray[np.uint32]
    """Shape (signatures,): of an item its place in VARIANTS, of a text the passage, or 0."""
    too_short: npt.NDArray[np.bool_]
    """Shape (items or texts,): which of them have no signature, for want of LEAST_TRIPLES."""


def sought_items(table: ItemTable) -> Sought:
    """Sign benchmark items, in each variant whose fields they have."""
    codes, owners, parts = [], [], []
    for item in range(len(table.starts)):
        for part, fields in enumerate(VARIANTS):
            pieces = [_field_codes(table, item, field) for field in fields]
            # The last field is what makes the variant; without it, it is another one.
            if len(pieces[-1]) or part == 0:
                joined = np.concatenate(pieces)
                if len(joined) - 2 >= LEAST_TRIPLES:
                    codes.append(joined)
                    owners.append(item)
                    parts.append(part)
    too_short = np.ones(len(table.starts), np.bool_)
    too_short[owners] = False
    return Sought(
        sign_codes(codes), np.array(owners, np.uint32), np.array(parts, np.uint32), too_short
    )


def _field_codes(table: ItemTable, item: int, field: Field) -> npt.NDArray[np.uint16]:
    number = FIELDS.index(field)
    return table.codes[table.starts[item, number] : table.ends[item, number]]


def sign_codes(texts: Sequence[npt.NDArray[np.uint16]]) -> npt.NDArray[np.uint32]:
    """Sign texts given as the codes of their tokens; shape (texts, NUM_PERM).

    The signature is the one that a document of the same tokens has in an index.
    """
    offsets = np.cumsum([0, *map(len, texts)])
    codes = np.concatenate([np.empty(0, np.uint16), *texts])
    signatures = np.full((len(texts), NUM_PERM), EMPTY, np.uint32)
    multipliers, addends = permutations()
    _sign_all(codes, offsets.astype(np.int64), multipliers, addends, signatures)
    return signatures


@kernel
def _sign_all(
    codes: npt.NDArray[np.uint16],
    offsets: npt.NDArray[np.int64],
    multipliers: npt.NDArray[np.uint32],
    addends: npt.NDArray[np.uint32],
    signatures: npt.NDArray[np.uint32],
) -> None:
    for text in range(len(offsets) - 1):
        for last in range(offsets[text] + 2, offsets[text + 1]):
            shingle = fingerprint(triple(codes[last - 2], codes[last - 1], codes[last]))
            add_shingle(shingle_hash(shingle), multipliers, addends, signatures[text])


def sought_texts(
    path: str, *, text_field: str | None = None, standard_input: BinaryIO | None = None
) -> tuple[Sought, list[Place], list[Skipped]]:
    """Sign the documents of files, and the passages of those that are long.

    Args:
        path: a file, folder or glob; `-` for standard input: JSON lines if it starts with `{`,
            else one text.
        text_field: take only this field of each record, as the index did.
        standard_input: read instead of the process's own.

    Returns:
        The signatures, where each text stands, and what could not be read.

    Raises:
        InputError: the path is not there, or there is no text in it.
    """
    found, skipped, places = [], [], []
    for read in _read(path, text_field, standard_input):
        if isinstance(read, Skipped):
            skipped.append(read)
        else:
            # Of the fingerprints only the least part is kept: they are not needed.
            found.append(fingerprint_batch(read, 1 << 40))
            places += [Place(read.file.name, row) for row in dict.fromkeys(read.rows.tolist())]
    if not places:
        reason = f": {skipped[0].reason}" if skipped else ""
        raise InputError(f"{path}: no text to look for{reason}")
    firsts = np.cumsum([0, *(len(each.tokens) for each in found)])
    owners = np.concatenate(
        [each.signed_documents + first for each, first in zip(found, firsts, strict=False)]
    ).astype(np.uint32)
    long_enough = np.concatenate([each.signed_tokens for each in found]) >= LEAST_TRIPLES + 2
    too_short = np.ones(len(places), np.bool_)
    too_short[owners[long_enough]] = False
    sought = Sought(
        np.concatenate([each.signatures for each in found])[long_enough],
        owners[long_enough],
        np.concatenate([each.signed_passages for each in found])[long_enough],
        too_short,
    )
    return sought, places, skipped


def _read(
    path: str, text_field: str | None, standard_input: BinaryIO | None
) -> Iterator[PassageBatch | Skipped]:
    if path == "-":
        yield from _read_standard_input(text_field, standard_input)
        return
    files, skipped = find_files([path])
    yield from skipped
    for file in files:
        yield from read_file(file, text_field=text_field)


def _read_standard_input(
    text_field: str | None, standard_input: BinaryIO | None
) -> Iterable[PassageBatch | Skipped]:
    import io
    import sys

    data = (standard_input or sys.stdin.buffer).read()
    file = CorpusFile(None, "-", 0)
    if data.lstrip().startswith(b"{"):
        return read_file(file, text_field=text_field, standard_input=io.BytesIO(data))
    if not data.strip():
        return []
    texts = pa.array([data.decode("utf-8", "replace")], pa.large_string())
    return [PassageBatch(file, texts, np.zeros(1, np.int64), ["text"], 1, len(data))]

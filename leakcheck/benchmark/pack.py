"""Packs: the fingerprints of one benchmark, in a Parquet file that holds no readable text.

One row an item, in the publisher's order. Of every field the file keeps its tokens in order: their
codes (16 bits each: many words share one, so that words cannot be read back, while three codes in
a row still have 48 bits), and a byte for each with its weight in half bits and, in the highest
bit, whether it is a number. This stops training on the file by accident, and search engines; it
is not secrecy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from leakcheck.benchmark.card import FIELDS, Field
from leakcheck.benchmark.durable import replace_file
from leakcheck.errors import PackError
from leakcheck.text.tokens import TOKENISER_VERSION

__all__ = [
    "PACK_FORMAT",
    "FieldTokens",
    "Pack",
    "PackHeader",
    "Seal",
    "Wholes",
    "read_pack",
    "write_pack",
]

PACK_FORMAT = 2
_METADATA_KEY = b"leakcheck.pack"
_HALF_BITS = np.uint8(0x7F)
_NUMBER = np.uint8(0x80)


class Seal(msgspec.Struct, frozen=True):
    """How a pack was sealed; see `leakcheck.benchmark.seal`."""

    nonce: bytes
    """Drawn anew for every pack, so that no two have the same stream."""
    check: bytes
    """Tells whether a key is the right one."""


class PackHeader(msgspec.Struct, frozen=True):
    """What a pack says of itself, in the metadata of its file."""

    name: str
    revisions: list[str]
    """The revision of each source the card named when the pack was built."""
    format: int = PACK_FORMAT
    tokeniser: int = TOKENISER_VERSION
    checksum: str = ""
    seal: Seal | None = None
    """Where the pack is one of a private benchmark."""


@dataclass(frozen=True, slots=True)
class FieldTokens:
    """One field of all items, as a sequence of tokens each."""

    offsets: npt.NDArray[np.int64]
    """Shape (items + 1,): item n has the tokens from offsets[n] up to offsets[n + 1]."""
    codes: npt.NDArray[np.uint16]
    """Shape (tokens,): the lower 16 bits of each token's hash."""
    weights: npt.NDArray[np.uint8]
    """Shape (tokens,): half bits in the lower seven bits, 128 added for a number."""

    @property
    def bits(self) -> npt.NDArray[np.float32]:
        """Shape (tokens,): the weight of each token in bits."""
        return (self.weights & _HALF_BITS).astype(np.float32) / np.float32(2)

    @property
    def numbers(self) -> npt.NDArray[np.bool_]:
        """Shape (tokens,): whether each token is a number."""
        return self.weights >= _NUMBER

    @staticmethod
    def weights_of(
        bits: npt.NDArray[np.float64], numbers: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.uint8]:
        """Return the stored form of weights in bits."""
        return np.round(2 * bits).astype(np.uint8) | np.where(numbers, _NUMBER, np.uint8(0))


class Wholes(NamedTuple):
    """The questions by all of their characters: `leakcheck.text.whole.WholeText` in columns."""

    hashes: npt.NDArray[np.uint64]
    """Shape (items,)."""
    leads: npt.NDArray[np.uint16]
    trails: npt.NDArray[np.uint16]
    marks: npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Pack:
    """The fingerprints of one benchmark."""

    header: PackHeader
    items: tuple[str, ...]
    """The names of the items, as `test/3`."""
    splits: tuple[str, ...]
    """The publisher's split of each item."""
    families: npt.NDArray[np.int32]
    """Shape (items,): items of one template have the same number."""
    symbols: npt.NDArray[np.uint64]
    """Shape (items,): a hash of the question with its symbols, which tokens leave out."""
    wholes: Wholes
    fields: Mapping[Field, FieldTokens]

    def checksum(self) -> str:
        """Hash the content, not the bytes of a file: writers of Parquet put their name into it."""
        digest = hashlib.blake2b(digest_size=16)
        for text in (self.items, self.splits):
            digest.update("\n".join(text).encode())
        for column in (self.families, self.symbols, *self.wholes):
            digest.update(column.tobytes())
        for field in FIELDS:
            tokens = self.fields[field]
            for values in (tokens.offsets, tokens.codes, tokens.weights):
                digest.update(values.tobytes())
        return digest.hexdigest()


def write_pack(pack: Pack, path: Path) -> None:
    """Write a pack; the file at `path` is replaced when the new one is complete."""
    header = msgspec.structs.replace(pack.header, checksum=pack.checksum())
    columns: dict[str, pa.Array] = {
        "item": pa.array(pack.items),
        "split": pa.array(pack.splits).dictionary_encode(),
        "family": pa.array(pack.families),
        "symbols": pa.array(pack.symbols),
        **{f"whole_{name}": pa.array(column) for name, column in pack.wholes._asdict().items()},
    }
    for field in FIELDS:
        tokens = pack.fields[field]
        columns[f"{field}_codes"] = _binary(2 * tokens.offsets, tokens.codes)
        columns[f"{field}_weights"] = _binary(tokens.offsets, tokens.weights)
    table = pa.table(columns).replace_schema_metadata({_METADATA_KEY: msgspec.json.encode(header)})
    with replace_file(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", compression_level=19)


def _binary(
    offsets: npt.NDArray[np.int64], values: npt.NDArray[np.uint16] | npt.NDArray[np.uint8]
) -> pa.Array:
    return pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(values)]
    )


def read_pack(path: Path) -> Pack:
    """Read a pack.

    Raises:
        PackError: there is no such file, it is no pack, it has another format or was made for
            another tokeniser, or its content is not what its checksum says.
    """
    try:
        with pq.ParquetFile(path) as file:  # read_table() would import a second reader
            table = file.read()
        metadata = table.schema.metadata or {}
        header = msgspec.json.decode(metadata[_METADATA_KEY], type=PackHeader)
    except FileNotFoundError as error:
        raise PackError(
            f"{path}: there is no such pack; make it with `leakcheck bench build`"
        ) from error
    except (OSError, pa.ArrowException, KeyError, msgspec.DecodeError) as error:
        raise PackError(f"{path}: not a pack, or a damaged one ({error}); {_REBUILD}") from error
    _check_versions(header, path)
    pack = _from_table(header, table, path)
    if pack.checksum() != header.checksum:
        raise PackError(f"{path}: the content does not fit its checksum; {_REBUILD}")
    return pack


_REBUILD = "build it again with `leakcheck bench build`, or reinstall leakcheck"


def _check_versions(header: PackHeader, path: Path) -> None:
    for what, found, expected in (
        ("pack format", header.format, PACK_FORMAT),
        ("tokeniser", header.tokeniser, TOKENISER_VERSION),
    ):
        if found != expected:
            raise PackError(
                f"{path}: made with {what} {found}, this leakcheck needs {expected}; {_REBUILD}"
            )


def _from_table(header: PackHeader, table: pa.Table, path: Path) -> Pack:
    try:
        return Pack(
            header=header,
            items=tuple(table["item"].to_pylist()),
            splits=tuple(table["split"].to_numpy().tolist()),  # to_pylist() goes one by one
            families=table["family"].to_numpy(),
            symbols=table["symbols"].to_numpy(),
            wholes=Wholes(*(table[f"whole_{name}"].to_numpy() for name in Wholes._fields)),
            fields={field: _field_tokens(table, field) for field in FIELDS},
        )
    except (KeyError, ValueError, pa.ArrowException) as error:
        raise PackError(f"{path}: a column is missing or damaged ({error}); {_REBUILD}") from error


def _field_tokens(table: pa.Table, field: Field) -> FieldTokens:
    offsets, weights = _from_binary(table[f"{field}_weights"])
    _, codes = _from_binary(table[f"{field}_codes"])
    return FieldTokens(offsets, codes.view(np.uint16), weights)


def _from_binary(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    if column.type != pa.large_binary():  # the cast of what is one already is slow to load
        column = column.cast(pa.large_binary())
    array = column.combine_chunks()
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, np.int64, len(array) + 1, 8 * array.offset)
    if data is None:
        return ends, np.empty(0, np.uint8)
    return ends - ends[0], np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]

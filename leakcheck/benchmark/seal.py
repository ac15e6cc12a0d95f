"""Sealing: the pack of a private benchmark, of use to those who have its key.

What a sealed pack holds of the text (codes, weights, hashes of symbols) is combined with a stream
of bytes that only the key gives (SHAKE-256 over the key stretched by scrypt, and a nonce). It is
undone when the pack is loaded, and nothing after that knows of keys.

Without the key the file tells the names of the items, how long their fields are, which of them are
alike, and what chance scores on them. With the key it is a pack as any other: whoever has both can
ask it whether a text is an item. So send the key by another way than the pack.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import FIELDS
from leakcheck.benchmark.pack import FieldTokens, Pack, Seal, read_pack
from leakcheck.errors import PackError

__all__ = ["open_pack", "seal"]

Number = TypeVar("Number", np.uint8, np.uint16, np.uint64)

_NONCE_BYTES = 16
_STRETCHING = 2**14
"""Of scrypt: 16 MiB and some hundredths of a second for each guess at a key."""


def seal(pack: Pack, key: bytes) -> Pack:
    """Seal a pack with a key, for `write_pack`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    stretched = _stretched(key, nonce)
    header = msgspec.structs.replace(pack.header, seal=Seal(nonce, _check_value(stretched)))
    return _combined(replace(pack, header=header), stretched)


def open_pack(path: Path, keys: Sequence[bytes] = ()) -> Pack:
    """Read a pack, and undo its seal if it has one.

    Args:
        path: of the pack.
        keys: one of them must be the one it was sealed with.

    Raises:
        PackError: the pack cannot be read, or is sealed and none of the keys fits.
    """
    pack = read_pack(path)
    if pack.header.seal is None:
        return pack
    for key in keys:
        stretched = _stretched(key, pack.header.seal.nonce)
        if secrets.compare_digest(_check_value(stretched), pack.header.seal.check):
            return _combined(pack, stretched)
    what = "no key given fits" if keys else "name the file of its key with --key"
    raise PackError(f"{path}: sealed; {what}, or set LEAKCHECK_KEY")


def _stretched(key: bytes, nonce: bytes) -> bytes:
    return hashlib.scrypt(key, salt=nonce, n=_STRETCHING, r=8, p=1, dklen=32)


def _check_value(stretched: bytes) -> bytes:
    return hashlib.blake2b(b"check", key=stretched, digest_size=8).digest()


def _combined(pack: Pack, stretched: bytes) -> Pack:
    """Combine a pack with the stream of a key; done twice it is undone."""
    return replace(
        pack,
        symbols=_with_stream(pack.symbols, stretched, "symbols"),
        wholes=pack.wholes._replace(hashes=_with_stream(pack.wholes.hashes, stretched, "wholes")),
        fields={
            field: FieldTokens(
                tokens.offsets,
                _with_stream(tokens.codes, stretched, f"{field} codes"),
                _with_stream(tokens.weights, stretched, f"{field} weights"),
            )
            for field in FIELDS
            for tokens in [pack.fields[field]]
        },
    )


def _with_stream(values: npt.NDArray[Number], stretched: bytes, column: str) -> npt.NDArray[Number]:
    stream = hashlib.shake_256(stretched + column.encode()).digest(values.nbytes)
    return values ^ np.frombuffer(stream, values.dtype)

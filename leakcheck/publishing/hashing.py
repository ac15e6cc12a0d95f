"""Hashes of files, as `sha256sum` prints them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

__all__ = ["sha256_of"]

CHUNK_BYTES = 1024 * 1024


def sha256_of(path: Path, on_bytes: Callable[[int], None] = lambda _: None) -> str:
    """Hash a file without holding it in memory.

    Args:
        path: of the file.
        on_bytes: called with how many bytes were read, after each piece.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            digest.update(piece)
            on_bytes(len(piece))
    return digest.hexdigest()

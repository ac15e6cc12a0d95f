"""Opening a corpus file, on disk or in a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from leakcheck.corpus.records import CorpusFile
from leakcheck.corpus.storage.failures import StorageError
from leakcheck.corpus.storage.kinds import store_at
from leakcheck.corpus.storage.ranged import RangedFile
from leakcheck.corpus.storage.stores import Store, Version
from leakcheck.corpus.storage.uris import location_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["open_bytes", "open_columns"]

_NANOSECONDS = 1_000_000_000


def open_bytes(file: CorpusFile, end_byte: int | None = None) -> BinaryIO:
    """Open a corpus file that is not standard input, to read its bytes and to seek in it.

    One in a store is opened by the first read, asked for in large ranges, and again where that
    fails. Used in a `with`, it raises ChangedError at its end if the object is another one by then;
    so do its reads.

    Args:
        file: what to open.
        end_byte: about how far it is read; nothing is asked for ahead beyond.

    Raises:
        OSError: it cannot be opened. Reads raise it too; of a store the text says what to do.
    """
    if file.uri is None:
        return _on_disk(file)
    store, key = _placed(file.uri)
    return cast(
        BinaryIO,
        RangedFile(
            lambda: store.open(key),
            store.advice,
            _listed(file),
            is_pinned=store.is_pinned,
            end_byte=end_byte,
        ),
    )


@contextmanager
def open_columns(file: CorpusFile) -> Iterator[BinaryIO | pa.NativeFile]:
    """Open a corpus file for Arrow, which then asks for the ranges that it needs.

    Raises as `open_bytes` does.
    """
    if file.uri is None:
        with _on_disk(file) as plain:
            yield plain
        return
    with cast(RangedFile, open_bytes(file)) as ranged:
        yield ranged.source


def _on_disk(file: CorpusFile) -> BinaryIO:
    assert file.path is not None  # standard input is open already
    return file.path.open("rb")


def _placed(uri: str) -> tuple[Store, str]:
    try:
        location = location_of(uri)
    except ValueError as error:
        raise StorageError(str(error)) from error
    return store_at(location), location.key


def _listed(file: CorpusFile) -> Version:
    modified = file.modified_ns
    return Version(file.size_bytes, None if modified is None else modified // _NANOSECONDS)

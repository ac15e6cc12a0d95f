"""What all kinds of store have in common, for those that list them and those that read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from leakcheck.corpus.storage.failures import Advice

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.fs import FileInfo, FileSystem

__all__ = ["ArrowStore", "Entry", "Opened", "Store", "Version"]


class Entry(NamedTuple):
    """An object, or a folder that objects are in."""

    key: str
    is_folder: bool
    size_bytes: int
    modified_ns: int | None
    """When it was last written to, in nanoseconds since 1970; None where a store does not tell."""


class Version(NamedTuple):
    """What tells an object from another one that took its place."""

    size_bytes: int
    modified_seconds: int | None = None
    """Since 1970: stores list fractions that they do not tell of one object."""
    tag: str = ""
    """Of its content, as the store gives it; empty if it is not known."""

    def may_be(self, other: Version) -> bool:
        """Tell whether all that is known of both is the same.

        >>> Version(7, tag="a").may_be(Version(7)), Version(7, tag="a").may_be(Version(7, tag="b"))
        (True, False)
        """
        mine, theirs = self.modified_seconds, other.modified_seconds
        # Listings round in ways of their own.
        same_time = mine is None or theirs is None or abs(mine - theirs) <= 1
        same_tag = not (self.tag and other.tag) or self.tag == other.tag
        return self.size_bytes == other.size_bytes and same_time and same_tag


class Opened(NamedTuple):
    """An object, open for reading."""

    source: pa.NativeFile
    version: Version


class Store(Protocol):
    """A bucket, or a repository of the model hub."""

    is_pinned: bool
    """Whether what was opened once stays the same, whatever is written in its place."""
    pinned_root: str
    """Its name, and of a repository the revision that it stands for today."""

    def look(self, key: str) -> Entry | None:
        """Return what is at a key, or nothing."""

    def entries(self, folder: str, *, deep: bool) -> Iterator[Entry]:
        """Yield what is in a folder, if `deep` at any depth; nothing if there is no folder."""

    def open(self, key: str) -> Opened:
        """Open an object."""

    def advice(self, error: Exception) -> Advice:
        """Tell what an error means."""


class ArrowStore:
    """A store that Arrow has a file system for; a kind of store adds what its errors mean.

    Every method lets the errors of Arrow and of what is below it through.
    """

    is_pinned = False
    hides_missing = True
    """Whether Arrow is told to take what is not there for empty, a bucket included."""

    def __init__(self, files: FileSystem, root: str) -> None:
        self.files = files
        self.pinned_root = root

    def look(self, key: str) -> Entry | None:
        """Return what is at a key, or nothing."""
        from pyarrow.fs import FileType

        (found,) = self.files.get_file_info([self._path(key)])
        return None if found.type == FileType.NotFound else self._entry(found)

    def entries(self, folder: str, *, deep: bool) -> Iterator[Entry]:
        """Yield what is in a folder, if `deep` at any depth; nothing if there is no folder."""
        from pyarrow.fs import FileSelector

        selector = FileSelector(
            self._path(folder), allow_not_found=self.hides_missing, recursive=deep
        )
        try:
            found = self.files.get_file_info(selector)
        except FileNotFoundError:
            return
        yield from map(self._entry, found)

    def open(self, key: str) -> Opened:
        """Open an object."""
        source = self.files.open_input_file(self._path(key))
        told = {
            name.lower(): value.decode("utf-8", "replace")
            for name, value in (source.metadata() or {}).items()
        }
        written = told.get("last-modified") or told.get("updated", "")
        version = Version(source.size(), _seconds(written), told.get("etag", ""))
        return Opened(source, version)

    def _path(self, key: str) -> str:
        return f"{self.pinned_root}/{key}" if key else self.pinned_root

    def _entry(self, found: FileInfo) -> Entry:
        from pyarrow.fs import FileType

        key = found.path.removeprefix(self.pinned_root).strip("/")
        if found.type != FileType.File:
            return Entry(key, True, 0, None)
        return Entry(key, False, found.size or 0, found.mtime_ns)


def _seconds(written: str) -> int | None:
    """Return a time in whole seconds; None if it is in no form that Arrow gives.

    >>> _seconds("2026-11-22T17:52:07.5Z"), _seconds("")
    (1795369927, None)
    """
    try:
        return int(datetime.fromisoformat(written).timestamp())
    except ValueError:
        return None

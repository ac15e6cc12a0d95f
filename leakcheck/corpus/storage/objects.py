"""Objects of a store: naming what uris lead to, by the rules for paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from glob import has_magic

from leakcheck.corpus.records import CorpusFile, Skipped
from leakcheck.corpus.storage.failures import GONE, StorageError, first_line
from leakcheck.corpus.storage.found import INDEX_SUFFIX
from leakcheck.corpus.storage.kinds import store_at
from leakcheck.corpus.storage.stores import Entry, Store
from leakcheck.corpus.storage.uris import Location, location_of
from leakcheck.errors import InputError

__all__ = ["Objects"]


class Objects:
    """What a uri leads to; what was listed is remembered, so that nothing is asked for twice.

    Every method raises InputError if the store cannot be asked, or the uri is none.
    """

    def __init__(self, uri: str) -> None:
        try:
            self._named = location_of(uri)
        except ValueError as error:
            raise InputError(str(error)) from error
        self._entries: dict[str, Entry | None] = {}
        with _told(self._named.uri, None):
            self._store: Store = store_at(self._named)

    def written_out(self, path: str) -> str:
        """Return what of a uri names one place: all, or of a pattern the folder it starts from."""
        location = self._location(path)
        if not self.is_pattern(path):
            return location.uri
        return location.below(_plain_part(location.key)).uri

    def is_pattern(self, path: str) -> bool:
        """Tell whether a uri is a pattern, and not the name of something that is there."""
        return has_magic(self._location(path).key) and self._look(path) is None

    def is_folder(self, path: str) -> bool:
        """Tell whether objects are below a name."""
        entry = self._look(path)
        return entry is not None and entry.is_folder

    def is_there(self, path: str) -> bool:
        """Tell whether anything is there."""
        return self._look(path) is not None

    def shown(self, path: str) -> str:
        """Return the name of an object that was named."""
        return self._location(path).uri

    def matching(self, pattern: str) -> Iterator[str]:
        """Name the objects that a pattern leads to, and those in the folders it leads to."""
        key = self._location(pattern).key
        plain = _plain_part(key)
        rest = key.removeprefix(plain).lstrip("/").split("/")
        listed = self._listed(plain, deep=len(rest) > 1 or rest == ["**"])
        matches = {
            each
            for entry in listed
            for each in _with_folders(entry.key.removeprefix(plain).lstrip("/"))
            if _fits(each.split("/"), rest) and not _is_in_index(each)
        }
        entries = {entry.key: entry for entry in listed}
        for match in sorted(matches):
            whole = f"{plain}/{match}".lstrip("/")
            if whole not in entries or entries[whole].is_folder:
                yield from self.below(self._uri(whole))
            else:
                yield self._uri(whole)

    def below(self, folder: str) -> Iterator[str]:
        """Name all objects below a folder, hidden ones left out."""
        key = self._location(folder).key
        files = [
            entry.key.removeprefix(key).lstrip("/")
            for entry in self._listed(key, deep=True)
            if not entry.is_folder
        ]
        for below in sorted(files, key=_as_walked):
            if not (_is_hidden(below) or _is_in_index(below)):
                yield self._uri(f"{key}/{below}".lstrip("/"))

    def place(self, name: str) -> str:
        """Give what is the same for all names of one object: the uri that it is opened by."""
        return self._location(name)._replace(root=self._store.pinned_root).uri

    def examined(self, name: str) -> CorpusFile | Skipped:
        """Look at an object without reading it."""
        entry = self._look(name)
        if entry is None or entry.is_folder:
            return Skipped(name, None, GONE, 1)
        return CorpusFile(None, name, entry.size_bytes, entry.modified_ns, uri=self.place(name))

    def _location(self, path: str) -> Location:
        return self._named if path == self._named.uri else location_of(path)

    def _uri(self, key: str) -> str:
        return self._named.below(key).uri

    def _look(self, path: str) -> Entry | None:
        key = self._location(path).key
        if key not in self._entries:
            with _told(path, self._store):
                entry = self._store.look(key)
                if entry is None and not has_magic(key):
                    # Of a bucket that is not there only a listing says so.
                    list(self._store.entries(key, deep=False))
                self._entries[key] = entry
        return self._entries[key]

    def _listed(self, folder: str, *, deep: bool) -> list[Entry]:
        with _told(self._uri(folder), self._store):
            entries = list(self._store.entries(folder, deep=deep))
        self._entries.update((entry.key, entry) for entry in entries)
        return entries


@contextmanager
def _told(uri: str, store: Store | None) -> Iterator[None]:
    """Turn what a store's library raises into what to do about it."""
    try:
        yield
    except StorageError as error:
        raise InputError(f"{uri}: {error}") from error
    except Exception as error:  # every library has errors of its own
        told = first_line(error) if store is None else store.advice(error).text
        raise InputError(f"{uri}: {told}") from error


def _plain_part(key: str) -> str:
    """Return the folder that a pattern starts from.

    >>> _plain_part("corpus/raw/*/a.jsonl")
    'corpus/raw'
    """
    parts = key.split("/")
    return "/".join(parts[: next(number for number, part in enumerate(parts) if has_magic(part))])


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a pattern leads to a key, by the rules for paths.

    What is hidden is only found by a part of a pattern that begins with a dot itself.

    >>> _fits(["x", "y", "ab.md"], ["**", "a*.md"]), _fits(["x", "b.md"], ["*.md"])
    (True, False)
    """
    if not pattern or not parts:
        return not parts and all(part == "**" for part in pattern)
    if pattern[0] == "**":
        if _fits(parts, pattern[1:]):
            return True
        return not _is_hidden(parts[0]) and _fits(parts[1:], pattern)
    if _is_hidden(parts[0]) and not pattern[0].startswith("."):
        return False
    return fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _with_folders(key: str) -> Iterable[str]:
    parts = key.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _as_walked(key: str) -> list[tuple[bool, str]]:
    """Sort keys as a walk through folders does: what is in a folder, then the folders in it."""
    parts = key.split("/")
    return [(number < len(parts) - 1, part) for number, part in enumerate(parts)]


def _is_hidden(key: str) -> bool:
    return any(part.startswith(".") for part in key.split("/"))


def _is_in_index(key: str) -> bool:
    return any(part.endswith(INDEX_SUFFIX) for part in key.split("/"))

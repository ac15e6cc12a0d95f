"""From the paths and uris a user names to the files of the corpus, once each, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from leakcheck.corpus.compression import COMPRESSION_SUFFIXES
from leakcheck.corpus.excludes import NOTHING_EXCLUDED, Excludes
from leakcheck.corpus.formats import READERS, reader_of
from leakcheck.corpus.records import NOT_A_FORMAT, CorpusFile, Skipped
from leakcheck.corpus.storage.found import INDEX_SUFFIX, Places
from leakcheck.corpus.storage.local import OnDisk
from leakcheck.corpus.storage.objects import Objects
from leakcheck.corpus.storage.uris import has_scheme
from leakcheck.errors import InputError

__all__ = ["find_files"]

_STANDARD_INPUT = "-"
_FORMATS = f"{', '.join(READERS)}, each also with {', '.join(COMPRESSION_SUFFIXES)} behind it"


def find_files(
    paths: Sequence[str | os.PathLike[str]], excludes: Excludes = NOTHING_EXCLUDED
) -> tuple[list[CorpusFile], list[Skipped]]:
    """Find the files of a corpus, and what lies among them that cannot be read.

    A path is a file, a folder (searched to its depths, but for indexes and what is hidden), a glob
    with `*` or `**`, the uri of one of these in an object store (`s3://bucket/corpus`), or `-` for
    JSON lines on standard input. A file that two paths reach is taken once, under the name that
    came first. A file of an unknown format is skipped when it was found, and an error when it was
    named. What `excludes` leaves out is not even looked at; if that is all, nothing is found.

    Raises InputError if a path leads nowhere, or to nothing that can be read, or if an object store
    cannot be asked.
    """
    found: dict[str, CorpusFile | Skipped] = {}
    for path in [os.fspath(each) for each in paths]:
        if path == _STANDARD_INPUT:
            found.setdefault(path, CorpusFile(None, path, 0))
            continue
        places: Places = Objects(path) if has_scheme(path) else OnDisk()
        named = places.written_out(path)
        for name in _names(path, places, excludes):
            if excludes.leave_out(name, named):
                continue
            if (place := places.place(name)) not in found:
                found[place] = _examined(name, places)
    files = [item for item in found.values() if isinstance(item, CorpusFile)]
    return files, [item for item in found.values() if isinstance(item, Skipped)]


def _names(path: str, places: Places, excludes: Excludes) -> Iterator[str]:
    """Name the files a path leads to."""
    if places.is_folder(path):
        if PurePath(path).suffix == INDEX_SUFFIX:
            raise InputError(f"{path}: an index, not a corpus; name the files it was made of.")
        yield from _readable_among(path, places.below(path))
    elif places.is_there(path):
        if reader_of(path) is None and not excludes.leave_out(path, path):
            raise InputError(f"{path}: {NOT_A_FORMAT}. It reads {_FORMATS}.")
        yield places.shown(path)
    elif places.is_pattern(path):
        yield from _readable_among(path, places.matching(path))
    else:
        raise InputError(f"{path}: no such file or folder. Check the path and its spelling.")


def _readable_among(path: str, names: Iterator[str]) -> list[str]:
    """Give the names back if a reader is there for one of them at least."""
    listed = list(names)
    if not listed:
        raise InputError(f"{path}: no file found. Name a file, a folder or a pattern with files.")
    if not any(map(reader_of, listed)):
        raise InputError(f"{path}: no file of a format leakcheck reads. It reads {_FORMATS}.")
    return listed


def _examined(name: str, places: Places) -> CorpusFile | Skipped:
    """Look at a file without reading it."""
    if reader_of(name) is None:
        # A name that is not UTF-8 is shown with its bytes escaped, or no report could hold it.
        shown = os.fsencode(name).decode("utf-8", "backslashreplace")
        return Skipped(shown, None, NOT_A_FORMAT, 0)
    return places.examined(name)

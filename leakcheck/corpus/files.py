"""From the paths a user names to the files of the corpus, each once and in a fixed order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from glob import has_magic, iglob
from pathlib import Path

from leakcheck.corpus.compression import COMPRESSION_SUFFIXES
from leakcheck.corpus.excludes import NOTHING_EXCLUDED, Excludes
from leakcheck.corpus.formats import READERS, reader_of
from leakcheck.corpus.records import LFS_POINTER, NOT_A_FORMAT, CorpusFile, Skipped
from leakcheck.errors import InputError

__all__ = ["find_files"]

_STANDARD_INPUT = "-"
_FORMATS = f"{', '.join(READERS)}, each also with {', '.join(COMPRESSION_SUFFIXES)} behind it"
_LFS_START = b"version https://git-lfs.github.com/spec/v1"
_LFS_POINTER_BYTES = 1024
_INDEX_SUFFIX = ".lki"
"""Of the folder of an index: made of a corpus, it is none."""
_OF_A_RUN = (("run.json", "findings.parquet"), ("parts/lock",))
"""What is in the folder of a run, or of one that is not finished; it holds what was found."""


def find_files(
    paths: Sequence[str | os.PathLike[str]], excludes: Excludes = NOTHING_EXCLUDED
) -> tuple[list[CorpusFile], list[Skipped]]:
    """Find the files of a corpus, and what lies among them that cannot be read.

    A path is a file, a folder (searched to its depths, but for indexes, runs and what is hidden), a
    glob with `*` or `**`, or `-` for JSON lines on standard input. A file that two paths reach is
    taken once, under the name that came first. A file of an unknown format is skipped when it was
    found, and an error when it was named. What `excludes` leaves out is not even looked at; if
    that is all, nothing is found.

    Raises InputError if a path leads nowhere, or to nothing that can be read.
    """
    found: dict[str, CorpusFile | Skipped] = {}
    for path in paths:
        named = _written_out(os.fspath(path))
        for name in _names(os.fspath(path), excludes):
            if excludes.leave_out(name, named):
                continue
            if (place := _place(name)) not in found:
                found[place] = _examined(name)
    files = [item for item in found.values() if isinstance(item, CorpusFile)]
    return files, [item for item in found.values() if isinstance(item, Skipped)]


def _written_out(path: str) -> str:
    """Return what of a path names one place: all of it, or of a pattern the folder it starts from.

    >>> _written_out("corpus/raw/*.jsonl")
    'corpus/raw'
    """
    if Path(path).exists() or not has_magic(path):
        return path
    parts = path.split("/")
    plain = next(number for number, part in enumerate(parts) if has_magic(part))
    return "/".join(parts[:plain])


def _names(path: str, excludes: Excludes) -> Iterator[str]:
    """Name the files a path leads to."""
    if path == _STANDARD_INPUT:
        yield path
    elif Path(path).is_dir():
        if _is_index(path):
            raise InputError(f"{path}: an index, not a corpus; name the files it was made of.")
        yield from _readable_among(path, _below(path))
    elif Path(path).exists():
        if reader_of(path) is None and not excludes.leave_out(path, path):
            raise InputError(f"{path}: {NOT_A_FORMAT}. It reads {_FORMATS}.")
        yield Path(path).as_posix()
    elif has_magic(path):
        yield from _readable_among(path, _matching(path))
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


def _matching(pattern: str) -> Iterator[str]:
    is_run = cache(_is_run)
    for match in sorted(iglob(pattern, recursive=True)):  # noqa: PTH207 (Path takes no absolute one)
        folders = (Path(match), *Path(match).parents)
        if any(_is_index(each) or is_run(each) for each in folders):
            continue
        if Path(match).is_dir():
            yield from _below(match)
        else:
            yield Path(match).as_posix()


def _below(folder: str) -> Iterator[str]:
    """Name all files in a folder and the folders in it, hidden ones left out."""
    seen: set[str] = set()
    for parent, folders, files in os.walk(folder, onerror=_refuse, followlinks=True):
        seen.add(os.path.realpath(parent))
        # os.walk goes where this list says; a link back to a folder seen would never end.
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not _is_index(name)
            and not _is_run(Path(parent, name))
            and os.path.realpath(Path(parent, name)) not in seen
        )
        yield from (
            Path(parent, name).as_posix() for name in sorted(files) if not name.startswith(".")
        )


def _is_index(folder: str | Path) -> bool:
    return Path(folder).suffix == _INDEX_SUFFIX


def _is_run(folder: Path) -> bool:
    return any(all((folder / name).is_file() for name in names) for names in _OF_A_RUN)


def _refuse(error: OSError) -> None:
    raise InputError(
        f"{error.filename}: the folder cannot be listed ({error.strerror}). "
        "Make it readable, or name the folders beside it one by one."
    ) from error


def _place(name: str) -> str:
    """Give what is the same for all names of one file."""
    return name if name == _STANDARD_INPUT else os.path.realpath(name)


def _examined(name: str) -> CorpusFile | Skipped:
    """Look at a file without reading it."""
    if name == _STANDARD_INPUT:
        return CorpusFile(None, name, 0)
    path = Path(name)
    # A name that is not UTF-8 is shown with its bytes escaped, or no report could hold it.
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    if reader_of(name) is None:
        return Skipped(name, None, NOT_A_FORMAT, 0)
    try:
        size_bytes, modified_ns = path.stat().st_size, path.stat().st_mtime_ns
        if not path.is_file():
            return Skipped(name, None, "not a regular file", 1)
        if size_bytes <= _LFS_POINTER_BYTES:
            start = path.read_bytes()
            if start.startswith(_LFS_START):
                return _lfs_pointer(name, start)
    except OSError as error:
        return Skipped(name, None, f"cannot be opened: {error.strerror}", 1)
    return CorpusFile(path, name, size_bytes, modified_ns)


def _lfs_pointer(name: str, pointer: bytes) -> Skipped:
    size = re.search(rb"^size (\d+)$", pointer, re.MULTILINE)
    return Skipped(name, None, LFS_POINTER, int(size[1]) if size else len(pointer))

"""Files on disk: naming what paths lead to, and looking at each without reading it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from glob import has_magic, iglob
from pathlib import Path

from leakcheck.corpus.records import LFS_POINTER, CorpusFile, Skipped
from leakcheck.corpus.storage.found import INDEX_SUFFIX
from leakcheck.errors import InputError

__all__ = ["OnDisk"]

_LFS_START = b"version https://git-lfs.github.com/spec/v1"
_LFS_POINTER_BYTES = 1024


class OnDisk:
    """What a path leads to."""

    def written_out(self, path: str) -> str:
        """Return what of a path names one place: all, or of a pattern the folder it starts from.

        >>> OnDisk().written_out("corpus/raw/*.jsonl")
        'corpus/raw'
        """
        if not self.is_pattern(path):
            return path
        parts = path.split("/")
        plain = next(number for number, part in enumerate(parts) if has_magic(part))
        return "/".join(parts[:plain])

    def is_pattern(self, path: str) -> bool:
        """Tell whether a path is a pattern, and not the name of something that is there."""
        return not Path(path).exists() and has_magic(path)

    def is_folder(self, path: str) -> bool:
        """Tell whether a folder is there."""
        return Path(path).is_dir()

    def is_there(self, path: str) -> bool:
        """Tell whether anything is there."""
        return Path(path).exists()

    def shown(self, path: str) -> str:
        """Return the name of a file that was named."""
        return Path(path).as_posix()

    def matching(self, pattern: str) -> Iterator[str]:
        """Name the files that a pattern leads to, and those in the folders it leads to."""
        for match in sorted(iglob(pattern, recursive=True)):  # noqa: PTH207 (Path takes no absolute one)
            if _is_index(match) or any(map(_is_index, Path(match).parents)):
                continue
            if Path(match).is_dir():
                yield from self.below(match)
            else:
                yield Path(match).as_posix()

    def below(self, folder: str) -> Iterator[str]:
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
                and os.path.realpath(Path(parent, name)) not in seen
            )
            yield from (
                Path(parent, name).as_posix() for name in sorted(files) if not name.startswith(".")
            )

    def place(self, name: str) -> str:
        """Give what is the same for all names of one file."""
        return os.path.realpath(name)

    def examined(self, name: str) -> CorpusFile | Skipped:
        """Look at a file without reading it."""
        path, shown = Path(name), _as_text(name)
        try:
            size_bytes, modified_ns = path.stat().st_size, path.stat().st_mtime_ns
            if not path.is_file():
                return Skipped(shown, None, "not a regular file", 1)
            if size_bytes <= _LFS_POINTER_BYTES:
                start = path.read_bytes()
                if start.startswith(_LFS_START):
                    return _lfs_pointer(shown, start)
        except OSError as error:
            return Skipped(shown, None, f"cannot be opened: {error.strerror}", 1)
        return CorpusFile(path, shown, size_bytes, modified_ns)


def _as_text(name: str) -> str:
    """Escape the bytes of a name that is not UTF-8, or no report could hold it."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_index(folder: str | Path) -> bool:
    return Path(folder).suffix == INDEX_SUFFIX


def _refuse(error: OSError) -> None:
    raise InputError(
        f"{error.filename}: the folder cannot be listed ({error.strerror}). "
        "Make it readable, or name the folders beside it one by one."
    ) from error


def _lfs_pointer(name: str, pointer: bytes) -> Skipped:
    size = re.search(rb"^size (\d+)$", pointer, re.MULTILINE)
    return Skipped(name, None, LFS_POINTER, int(size[1]) if size else len(pointer))

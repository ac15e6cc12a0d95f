"""The folder a copy goes to: there in the end with all of it, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from leakcheck.cleaning.layout import input_folders
from leakcheck.errors import UsageError

__all__ = ["new_folder", "refuse_folder"]


def refuse_folder(folder: Path, paths: Sequence[str]) -> None:
    """See that a folder is new or empty, and that nothing that is read is above it.

    Raises:
        UsageError: it is not so.
    """
    place = Path(os.path.realpath(folder))
    for given in input_folders(paths):
        real = Path(os.path.realpath(given))
        if place == real:
            raise UsageError(f"{folder}: is what is to be cleaned; name a new folder beside it")
        if real in place.parents:
            raise UsageError(f"{folder}: is inside {given}, which is read; name a folder beside it")
    if place.exists() and not place.is_dir():
        raise UsageError(f"{folder}: is a file; name a new folder")
    if place.is_dir() and any(place.iterdir()):
        raise UsageError(f"{folder}: is there and not empty; name a new or an empty folder")


@contextmanager
def new_folder(folder: Path, needed_bytes: int) -> Iterator[Path]:
    """Give a hidden folder beside `folder` to write to, and put it in its place at the end.

    If the block raises, nothing of it is left.

    Raises:
        UsageError: there is no room for so many bytes, or something cannot be written.
    """
    place = Path(os.path.realpath(folder))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _see_that_there_is_room(folder, place.parent, needed_bytes)
        temporary = Path(mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        yield temporary
        temporary.chmod(0o777 & ~_umask())
        if place.is_dir():
            place.rmdir()
        temporary.rename(place)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise UsageError(
            f"{folder}: cannot be written: {error.strerror or error}{where}"
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _see_that_there_is_room(folder: Path, parent: Path, needed_bytes: int) -> None:
    free = shutil.disk_usage(parent).free
    if free < needed_bytes:
        raise UsageError(
            f"{folder}: needs about {needed_bytes:,} bytes, and {free:,} are free there"
        )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

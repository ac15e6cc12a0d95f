"""Tables that take long to build, kept in files that are mapped into memory.

What a scan looks up depends on its benchmarks alone, and a hook looks for the same ones at every
commit. A file has one line of JSON that says where which array is, then the arrays. Several
processes that map it share its pages, and none can write to them.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_type_hints

import msgspec
import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.durable import replace_file

__all__ = ["MOST_BYTES", "kept", "read_tables", "write_tables"]

MOST_BYTES = 256 * 1024 * 1024
"""All that is kept together; of what has more than that alone nothing is."""

_SUFFIX = ".tables"
_ALIGNMENT = 64

Tables = TypeVar("Tables", bound=tuple[Any, ...])
"""A NamedTuple of arrays and of other such tuples."""


class _Place(NamedTuple):
    """Where an array is in its file."""

    dtype: str
    shape: list[int]
    offset: int
    """Bytes after the line that says so, rounded up."""


def kept(path: Path, kind: type[Tables], build: Callable[[], Tables]) -> Tables:
    """Return the tables that are kept in a file, or build and keep them.

    Tables that were used lately stay; others in that folder go once there is no room for all. A
    folder that cannot be written to stays as it is.

    Args:
        path: whose name tells all that the tables depend on.
        kind: the type of the tables.
        build: called where there are none.
    """
    path = path.with_name(path.name + _SUFFIX)
    with suppress(OSError, ValueError, msgspec.MsgspecError):
        tables = read_tables(path, kind)
        os.utime(path)
        return tables
    tables = build()
    size = sum(array.nbytes for array in _arrays_of(tables))
    if size <= MOST_BYTES:
        with suppress(OSError):
            _make_room(path.parent, MOST_BYTES - size)
            write_tables(tables, path)
    return tables


def write_tables(tables: tuple[Any, ...], path: Path) -> None:
    """Write tables to a file, whole or not at all."""
    places, end = [], 0
    arrays = [np.ascontiguousarray(array) for array in _arrays_of(tables)]
    for array in arrays:
        places.append(_Place(array.dtype.str, list(array.shape), end))
        end = _aligned(end + array.nbytes)
    header = msgspec.json.encode(places) + b"\n"
    with replace_file(path) as temporary, temporary.open("wb") as file:
        file.write(header)
        for place, array in zip(places, arrays, strict=True):
            file.seek(_aligned(len(header)) + place.offset)
            file.write(array.data)
        file.truncate(_aligned(len(header)) + end)


def read_tables(path: Path, kind: type[Tables]) -> Tables:
    """Map the tables of a file.

    Raises:
        OSError: there is no such file.
        ValueError: it holds less than it says, or other tables.
        MsgspecError: it does not say what it holds.
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    header = mapped.readline()
    places = msgspec.json.decode(header, type=list[_Place])
    start = _aligned(len(header))
    arrays = (
        np.frombuffer(mapped, place.dtype, int(np.prod(place.shape)), start + place.offset).reshape(
            place.shape
        )
        for place in places
    )
    tables = _filled(kind, arrays)
    if next(arrays, None) is not None:
        raise ValueError(f"{path}: holds other tables")
    return tables


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT


def _arrays_of(tables: tuple[Any, ...]) -> Iterator[npt.NDArray[Any]]:
    for each in tables:
        if isinstance(each, tuple):
            yield from _arrays_of(each)
        else:
            yield each


def _filled(kind: type[Tables], arrays: Iterator[npt.NDArray[Any]]) -> Tables:
    """Make tables of a kind from their arrays, in the order of `_arrays_of`."""
    fields: list[Any] = []
    for hint in get_type_hints(kind).values():
        if isinstance(hint, type) and issubclass(hint, tuple):
            fields.append(_filled(hint, arrays))
        elif (array := next(arrays, None)) is not None:
            fields.append(array)
        else:
            raise ValueError("holds fewer tables")
    return kind(*fields)


def _make_room(folder: Path, room_bytes: int) -> None:
    """Remove the tables that were not used for longest, until the others fit."""
    found = [(path.stat(), path) for path in folder.glob(f"*{_SUFFIX}")]
    for stat, path in sorted(found, key=lambda each: each[0].st_mtime_ns, reverse=True):
        room_bytes -= stat.st_size
        if room_bytes < 0:
            path.unlink(missing_ok=True)

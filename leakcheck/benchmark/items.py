"""Items: from the publisher's files to the fields of every row of every split."""

from __future__ import annotations

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from leakcheck.benchmark.card import Card, Field, Split
from leakcheck.benchmark.formats import FORMATS, Row
from leakcheck.benchmark.values import fields_of
from leakcheck.errors import BenchmarkFilesError

__all__ = ["Item", "open_rows", "read_items"]


class Item(NamedTuple):
    """One row of a split, with the text of its fields."""

    item: str
    """The name, as `test/anatomy/3`."""
    split: str
    fields: dict[Field, str]


def read_items(card: Card, folders: Path | Sequence[Path]) -> list[Item]:
    """Read all items of all splits of a card from the publisher's files.

    Args:
        card: of the benchmark.
        folders: where to look for the files of each split; the first that has them is read.

    Raises:
        BenchmarkFilesError: a file is missing or unreadable, a field is not in it, or a split
            has another number of items than the card says.
    """
    folders = [folders] if isinstance(folders, Path) else folders
    items: list[Item] = []
    for split in card.splits:
        of_split = list(_items_of_split(card, split, folders))
        if split.items is not None and len(of_split) != split.items:
            raise BenchmarkFilesError(
                f"{split.files}: split {split.name!r} of {card.name} has {len(of_split)} items, "
                f"the card says {split.items}; is it another revision?"
            )
        items += of_split
    return items


def _items_of_split(card: Card, split: Split, folders: Sequence[Path]) -> Iterator[Item]:
    layout = card.layout_of(split)
    # A subset may go on in a further file, and its items count on.
    numbers: defaultdict[str, int] = defaultdict(int)
    for subset, path in _files(split, folders):
        for place, row in enumerate(open_rows(path, layout.rows)):
            where = f"{path}: record {place}"
            try:
                fields = fields_of(row.record, layout)
            except KeyError as error:
                missing = f"{where}: no field {error.args[0]!r}; does the card fit?"
                raise BenchmarkFilesError(missing) from error
            except ValueError as error:
                raise BenchmarkFilesError(f"{where}: {error}; does the card fit?") from error
            own = row.subset or subset
            name = card.item_id.format(split=split.name, subset=own, n=numbers[own])
            numbers[own] += 1
            yield Item(name, split.name, fields)


def _files(split: Split, folders: Sequence[Path]) -> list[tuple[str, Path]]:
    """Find the files of a split, each with the name of its subset, sorted by it."""
    before, _, after = split.files.partition("{subset}")
    pattern = split.files.replace("{subset}", "*")
    for folder in folders:
        found = [path for path in folder.glob(pattern) if path.is_file()]
        if not found:
            continue
        if "{subset}" not in split.files:
            return [("", path) for path in sorted(found)]
        return sorted(
            (path.relative_to(folder).as_posix()[len(before) : -len(after) or None], path)
            for path in found
        )
    where = " nor ".join(str(folder / split.files) for folder in folders)
    raise BenchmarkFilesError(f"{where}: no such file; name the folder of the publisher's files")


def open_rows(path: Path, rows: str) -> Iterator[Row]:
    """Yield the rows of a file of any of the formats.

    Raises:
        BenchmarkFilesError: the file is of no known format, or unreadable.
    """
    kind = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if kind not in FORMATS:
        raise BenchmarkFilesError(f"{path}: a benchmark is read from {', '.join(sorted(FORMATS))}")
    try:
        with _opened(path) as file:
            yield from FORMATS[kind](file, rows)
    except (OSError, EOFError, zlib.error) as error:
        raise BenchmarkFilesError(f"{path}: cannot be read: {error}") from error
    except ValueError as error:
        raise BenchmarkFilesError(f"{path}: cannot be parsed: {error}") from error


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix == ".gz" else path.open("rb")

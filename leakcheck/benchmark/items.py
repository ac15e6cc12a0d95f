"""Items: from the publisher's files to the fields of every row of every split."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from leakcheck.benchmark.card import Card, Field, Split
from leakcheck.errors import BenchmarkFilesError

__all__ = ["Item", "read_items"]

Record = Mapping[str, Any] | Sequence[Any]


class Item(NamedTuple):
    """One row of a split, with the text of its fields."""

    item: str
    """The name, as `test/anatomy/3`."""
    split: str
    fields: dict[Field, str]


def read_items(card: Card, folder: Path) -> list[Item]:
    """Read all items of all splits of a card from the publisher's files in `folder`.

    Raises:
        BenchmarkFilesError: a file is missing or unreadable, a field is not in it, or a split
            has another number of items than the card says.
    """
    items: list[Item] = []
    for split in card.splits:
        of_split = list(_items_of_split(card, split, folder))
        if len(of_split) != split.items:
            raise BenchmarkFilesError(
                f"{folder / split.files}: split {split.name!r} of {card.name} has "
                f"{len(of_split)} items, the card says {split.items}; is it another revision?"
            )
        items += of_split
    return items


def _items_of_split(card: Card, split: Split, folder: Path) -> Iterator[Item]:
    for subset, path in _files(split, folder):
        for n, record in enumerate(_records(path)):
            name = card.item_id.format(split=split.name, subset=subset, n=n)
            yield Item(name, split.name, _fields(card, record, f"{path}: record {n}"))


def _files(split: Split, folder: Path) -> list[tuple[str, Path]]:
    """Find the files of a split, each with the name of its subset, sorted by it."""
    before, _, after = split.files.partition("{subset}")
    if "{subset}" not in split.files:
        found = [("", folder / split.files)]
    else:
        found = [
            (str(path.relative_to(folder))[len(before) : -len(after) or None], path)
            for path in folder.glob(split.files.replace("{subset}", "*"))
        ]
    missing = [path for _, path in found if not path.is_file()]
    if missing or not found:
        where = missing[0] if missing else folder / split.files
        raise BenchmarkFilesError(f"{where}: no such file; --from must name the publisher's folder")
    return sorted(found)


def _records(path: Path) -> list[Record]:
    kind = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if kind not in _PARSERS:
        raise BenchmarkFilesError(f"{path}: a benchmark is read from {', '.join(sorted(_PARSERS))}")
    try:
        data = path.read_bytes()
        text = gzip.decompress(data) if path.suffix == ".gz" else data
        return _PARSERS[kind](text.decode("utf-8"))
    except (OSError, EOFError, zlib.error) as error:
        raise BenchmarkFilesError(f"{path}: cannot be read: {error}") from error
    except ValueError as error:
        raise BenchmarkFilesError(f"{path}: cannot be parsed: {error}") from error


def _json_lines(text: str) -> list[Record]:
    # Not splitlines(): U+2028 and its like stand inside texts.
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def _csv_rows(text: str) -> list[Record]:
    return list(csv.reader(io.StringIO(text, newline="")))


_PARSERS: dict[str, Callable[[str], list[Record]]] = {".csv": _csv_rows, ".jsonl": _json_lines}


def _fields(card: Card, record: Record, where: str) -> dict[Field, str]:
    fields: dict[Field, str] = {}
    for field, keys in card.fields.items():
        text = "\n".join(_text(_value(record, key, where)) for key in keys)
        if field in card.drop:
            text = re.sub(card.drop[field], " ", text)
        fields[field] = text
    return fields


def _value(record: Record, key: str | int, where: str) -> object:
    try:
        return record[key]  # type: ignore[index]
    except (KeyError, IndexError, TypeError) as error:
        raise BenchmarkFilesError(f"{where}: no field {key!r}; does the card fit?") from error


def _text(value: object) -> str:
    return "\n".join(map(_text, value)) if isinstance(value, list) else str(value)

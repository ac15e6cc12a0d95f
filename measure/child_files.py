"""What the children that run a peer read and write; no package is needed for it.

A child is given a folder: `items.jsonl` has the benchmark, a row an item with `item`, `split`,
`question` and `answer`; `documents/KIND.jsonl` has a row a document with `text`. It writes
`found/KIND.json`: by document, the items that the peer names, none if it only flags documents; and
`seconds/KIND.json`: how long it looked, the benchmark indexed and the documents read.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

__all__ = ["documents_of", "items_of", "timed", "write_found", "write_rows"]


def items_of(folder: Path) -> list[dict[str, str]]:
    """Read the items of the benchmark."""
    return _read_rows(folder / "items.jsonl")


def documents_of(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each kind of documents, and their texts."""
    for path in sorted((folder / "documents").glob("*.jsonl")):
        yield path.stem, [row["text"] for row in _read_rows(path)]


@contextmanager
def timed(folder: Path, kind: str) -> Iterator[None]:
    """Write how long the peer looks at a kind of documents."""
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    path = folder / "seconds" / f"{kind}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(seconds), encoding="utf-8")


def write_found(folder: Path, kind: str, found: Mapping[int, Iterable[str]]) -> None:
    """Write which documents of a kind were flagged, with the items named."""
    path = folder / "found" / f"{kind}.json"
    path.parent.mkdir(exist_ok=True)
    named = {str(document): sorted(set(items)) for document, items in found.items()}
    path.write_text(json.dumps(named), encoding="utf-8")


def write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write JSON lines; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _read_rows(path: Path) -> list[dict[str, str]]:
    # Not splitlines(): U+2028 stands inside texts.
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]

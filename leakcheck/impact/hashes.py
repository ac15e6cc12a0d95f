"""The hash by which lm-evaluation-harness knows a document, from the publisher's files."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from leakcheck.benchmark.card import Card, Split
from leakcheck.benchmark.items import open_rows

__all__ = ["doc_hash", "hashes_of_items"]


def doc_hash(record: object) -> str:
    """Return the harness's hash of a row.

    It fits where the row has the same columns in the same order as in the harness's data set, and
    the task changes no row (`process_docs`).

    >>> doc_hash({"question": "Why?", "answer": "So."})[:8]
    'a71ed6bd'
    """
    text = json.dumps(record, indent=2, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hashes_of_items(card: Card, folders: Sequence[Path]) -> dict[str, list[str]]:
    """Return the test items of each hash; rows that are alike have the same.

    Args:
        card: of the benchmark.
        folders: of the publisher's files; where none has those of a split, it has no hashes.

    Raises:
        BenchmarkFilesError: a file is damaged.
    """
    items: dict[str, list[str]] = defaultdict(list)
    for split in card.splits:
        if split.role == "test":
            for item, record in _rows(card, split, folders):
                items[doc_hash(record)].append(item)
    return dict(items)


def _rows(card: Card, split: Split, folders: Sequence[Path]) -> Iterator[tuple[str, Any]]:
    """Yield name and row of the items of a split, counted as `leakcheck.benchmark.items` does."""
    numbers: defaultdict[str, int] = defaultdict(int)
    before, _, after = split.files.partition("{subset}")
    pattern = split.files.replace("{subset}", "*")
    for folder in folders:
        paths = sorted(path for path in folder.glob(pattern) if path.is_file())
        for path in paths:
            name = path.relative_to(folder).as_posix()
            subset = name[len(before) : -len(after) or None] if "{subset}" in split.files else ""
            for row in open_rows(path, card.layout_of(split).rows):
                own = row.subset or subset
                yield card.item_id.format(split=split.name, subset=own, n=numbers[own]), row.record
                numbers[own] += 1
        if paths:
            return

"""The texts of items, without which nothing can be planted: packs hold none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import NamedTuple

import msgspec

from leakcheck.benchmark.card import Card, card_names, shipped_data
from leakcheck.benchmark.guess import DATA_SUFFIXES
from leakcheck.benchmark.items import Item, read_items
from leakcheck.choosing import choose
from leakcheck.detection.catalogue import Benchmark
from leakcheck.errors import BenchmarkFilesError, UsageError

__all__ = ["WithTexts", "benchmarks_with_texts"]

_OURS = "leakcheck"
"""The repository of the benchmarks that came with their texts."""


class WithTexts(NamedTuple):
    """A benchmark, and those of its items whose text is at hand."""

    benchmark: Benchmark
    items: list[Item]


def benchmarks_with_texts(
    names: Sequence[str],
    folder: Path | None,
    *,
    question_field: str | None = None,
    keys: Sequence[bytes] = (),
    on_note: Callable[[str], None] = lambda _: None,
) -> list[WithTexts]:
    """Load benchmarks with the texts of their items.

    Args:
        names: of benchmarks, groups, cards or data files.
        folder: of the publisher's files, or of folders with the benchmarks' names that hold them.
        question_field: of a data file, in place of a guess.
        keys: of sealed packs.
        on_note: called with what is left out.

    Raises:
        UsageError: there is no such benchmark, or a text is needed and no folder was named.
        BenchmarkFilesError: the folder has the files of none of them.
    """
    with_texts: dict[str, WithTexts] = {}
    problems: list[str] = []
    for name in names:
        for benchmark in choose([name], question_field=question_field, keys=keys, on_note=on_note):
            card, folders = _where(name, benchmark.card, folder)
            items: list[Item] = []
            for split in _splits(card):
                try:
                    items += read_items(split, folders)
                except BenchmarkFilesError as error:
                    problems.append(f"left out of the self-test: {error}")
            if items:
                with_texts.setdefault(card.name, WithTexts(benchmark, _known(items, benchmark)))
    if not with_texts:
        raise BenchmarkFilesError("; ".join(problems) or "there are no items to plant")
    for problem in problems:
        on_note(problem)
    return list(with_texts.values())


def _where(name: str, card: Card, folder: Path | None) -> tuple[Card, list[Path]]:
    """Return the card by which the texts are read, and where they may be.

    Raises:
        UsageError: nobody said where.
    """
    path = Path(name)
    if name not in card_names() and name.endswith(DATA_SUFFIXES):
        split = msgspec.structs.replace(card.splits[0], files=escape(path.name))
        return msgspec.structs.replace(card, splits=[split]), [path.parent]
    folders = [folder / card.name, folder] if folder else []
    if path.suffix == ".toml":
        folders.append(path.parent)
    folders += [
        shipped_data("examples") / Path(source.path).name
        for source in card.sources
        if source.repository == _OURS
    ]
    if not folders:
        raise UsageError(
            f"the pack of {card.name} holds no text to plant: name the folder of the publisher's "
            "files with --item-texts DIR, or give a data file as --bench my_eval.jsonl"
        )
    return card, folders


def _splits(card: Card) -> Iterator[Card]:
    """Yield a card for each split, so that one is read where another is missing."""
    for split in card.splits:
        yield msgspec.structs.replace(card, splits=[split])


def _known(items: Sequence[Item], benchmark: Benchmark) -> list[Item]:
    """Return the items that the pack has too; it may be of other files."""
    known = set(benchmark.pack.items)
    return [item for item in items if item.item in known and item.fields.get("question")]

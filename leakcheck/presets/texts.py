"""The texts of all items, from the publisher's files, for what packs cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from leakcheck.benchmark.card import Card
from leakcheck.benchmark.items import Item, read_items
from leakcheck.detection.catalogue import Benchmark
from leakcheck.errors import BenchmarkFilesError, UsageError
from leakcheck.presets.by_characters import Texts
from leakcheck.presets.record import CharacterRule, Preset

__all__ = ["texts_for"]


def texts_for(
    presets: Sequence[Preset], benchmarks: Sequence[Benchmark], folder: Path | None
) -> Texts:
    """Read the texts of all items of benchmarks, if a preset needs them.

    Args:
        presets: of which perhaps none looks at characters; then nothing is read.
        benchmarks: whose items are read.
        folder: of the publisher's files, or of folders with the benchmarks' names that hold them.

    Raises:
        UsageError: a preset needs texts, and no folder is given.
        BenchmarkFilesError: the folder has the files of no split of a benchmark.
    """
    needing = [preset.name for preset in presets if isinstance(preset.rule, CharacterRule)]
    if not needing:
        return {}
    if folder is None:
        raise UsageError(
            f"the preset {needing[0]} decides by characters, which packs do not keep: name the "
            "folder of the publisher's files with --item-texts DIR"
        )
    return {
        (benchmark.card.name, item.item): item.fields
        for benchmark in benchmarks
        for item in _items_of(benchmark.card, [folder / benchmark.card.name, folder])
    }


def _items_of(card: Card, folders: list[Path]) -> list[Item]:
    """Read the splits whose files are there; items of the others cannot be decided."""
    items: list[Item] = []
    problems: list[BenchmarkFilesError] = []
    for split in card.splits:
        try:
            items += read_items(msgspec.structs.replace(card, splits=[split]), folders)
        except BenchmarkFilesError as error:
            problems.append(error)
    if not items and problems:
        raise problems[0]
    return items

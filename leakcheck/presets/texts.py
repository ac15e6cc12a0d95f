"""The texts of all items, from the publisher's files, for what packs cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leakcheck.benchmark.items import read_items
from leakcheck.detection.catalogue import Benchmark
from leakcheck.errors import UsageError
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
        BenchmarkFilesError: the folder has not the files of a benchmark.
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
        for item in read_items(benchmark.card, [folder / benchmark.card.name, folder])
    }

"""The benchmarks of a run, loaded again to know documents by their text and by their hash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from leakcheck.choosing import choose
from leakcheck.detection.catalogue import Benchmark
from leakcheck.errors import BenchmarkFilesError, LeakcheckError
from leakcheck.impact.gathering import NOTHING_KNOWN
from leakcheck.impact.hashes import hashes_of_items
from leakcheck.impact.texts import Look, look_with
from leakcheck.verdict.records import Report

__all__ = ["benchmarks_of_run", "hashes_of_run", "look_of_run"]


def benchmarks_of_run(
    report: Report, keys: Sequence[bytes], on_note: Callable[[str], None]
) -> list[Benchmark]:
    """Load the benchmarks that a run asked for, as far as their packs are still the same.

    Args:
        report: of the run.
        keys: of sealed packs.
        on_note: called with what cannot be had, and what follows.
    """
    used = {pack.name: pack.checksum for pack in report.settings.packs}
    loaded: list[Benchmark] = []
    for name in report.settings.bench:
        try:
            loaded += choose([name], question_field=report.settings.question_field, keys=keys)
        except LeakcheckError as error:
            on_note(f"documents cannot be known by their text: {error}")
    same: dict[str, Benchmark] = {}
    for benchmark in loaded:
        own = benchmark.card.name
        if own in used and used[own] != benchmark.pack.header.checksum:
            on_note(f"the pack of {own} is another than the run's: its texts are not looked at")
        elif own in used:
            same.setdefault(own, benchmark)
    return list(same.values())


def look_of_run(benchmarks: Sequence[Benchmark], items: Mapping[str, Collection[str]]) -> Look:
    """Return what finds items by text; without any benchmark it finds none."""
    return look_with(benchmarks, items) if benchmarks else NOTHING_KNOWN


def hashes_of_run(
    benchmarks: Sequence[Benchmark], folder: Path | None
) -> dict[str, dict[str, list[str]]]:
    """Return the items of each hash, by benchmark, from the publisher's files.

    Args:
        benchmarks: of the run.
        folder: of the files, or of folders with the benchmarks' names; None for no hashes.

    Raises:
        BenchmarkFilesError: the folder has the files of no benchmark.
    """
    if folder is None:
        return {}
    hashes = {
        each.card.name: hashes_of_items(each.card, [folder / each.card.name, folder])
        for each in benchmarks
    }
    if not any(hashes.values()):
        names = ", ".join(hashes) or "the run"
        raise BenchmarkFilesError(f"{folder}: has no test file of {names}; see --item-texts")
    return hashes

"""The report of one preset: what a scan gives, decided by a published criterion."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.choosing import choose
from leakcheck.corpus.excludes import NOTHING_EXCLUDED, Excludes
from leakcheck.detection.catalogue import Benchmark
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.presets import preset_of
from leakcheck.presets.looking import Looked, look_for_presets
from leakcheck.presets.record import Preset
from leakcheck.presets.scored import Scored
from leakcheck.presets.sequences import is_test
from leakcheck.presets.texts import texts_for
from leakcheck.scanning.files import Where
from leakcheck.scanning.looked import Progress
from leakcheck.scanning.reporting import canaries_by_file
from leakcheck.text.tokens import TOKENISER_VERSION
from leakcheck.verdict.records import (
    FLAGGED_SCHEMA,
    ITEM_SCHEMA,
    BenchmarkReport,
    PackReport,
    Report,
    SettingsReport,
    SplitReport,
    Verdict,
)
from leakcheck.version import __version__

__all__ = ["FLAGGED", "scan_with_preset"]

FLAGGED = "flagged"
"""The kind of an item in `Report.items` that a preset flags."""
MOST_UNDECIDED = MOST_UNREAD = 0.05
"""Shares of the test items, and of the corpus's bytes, above which `clean` cannot be said."""


def scan_with_preset(
    paths: Iterable[str | os.PathLike[str]],
    bench: str | Sequence[str],
    preset: str,
    *,
    text_field: str | None = None,
    excludes: Excludes = NOTHING_EXCLUDED,
    diff_base: str | None = None,
    question_field: str | None = None,
    keys: Sequence[bytes] = (),
    threads: int | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_note: Callable[[str], None] = lambda _: None,
    standard_input: BinaryIO | None = None,
    item_texts: Path | None = None,
) -> Report:
    """Scan a corpus for the items of benchmarks, and decide by a published criterion.

    The arguments are those of `leakcheck.scan`, but that an index cannot be asked: it has not the
    order of tokens. `item_texts` is the folder of the publisher's files, for presets that decide
    by characters.

    Raises:
        UsageError: there is no such preset, or no such benchmark, or the preset needs texts.
        InputError: a path is not there, or nothing could be read at all.
        PackError: the pack of a benchmark cannot be used.

    >>> report = scan_with_preset(["examples/corpus/pairs.tsv"], "demo", "palm")
    >>> report.settings.preset, report.benchmarks[0].splits["train"].matched > 0
    ('palm', True)
    """
    chosen = preset_of(preset)
    names = [bench] if isinstance(bench, str) else list(bench)
    benchmarks = choose(names, question_field=question_field, keys=keys, on_note=on_note)
    named = [os.fspath(path) for path in paths]
    looked = look_for_presets(
        Where(named, text_field, excludes, diff_base, standard_input),
        benchmarks,
        [chosen],
        threads=threads or os.cpu_count() or 1,
        on_progress=on_progress,
        on_note=on_note,
        texts=texts_for([chosen], benchmarks, item_texts),
    )
    return Report(
        version=__version__,
        settings=SettingsReport(
            paths=named,
            text_field=text_field,
            tokeniser=TOKENISER_VERSION,
            packs=[
                PackReport(each.card.name, each.pack.header.revisions, each.pack.header.checksum)
                for each in benchmarks
            ],
            bench=names,
            question_field=question_field,
            excludes=list(excludes.patterns),
            diff_base=diff_base,
            preset=chosen.name,
        ),
        corpus=looked.corpus,
        benchmarks=tuple(
            _judged(benchmark, chosen, looked, first)
            for benchmark, first in zip(benchmarks, looked.firsts, strict=False)
        ),
        findings=FINDING_SCHEMA.empty_table(),
        canaries=canaries_by_file(looked.canaries),
        files=looked.files,
        items=_items(benchmarks, chosen, looked),
        flagged=_flagged(benchmarks, chosen, looked),
    )


def _judged(benchmark: Benchmark, preset: Preset, looked: Looked, first: int) -> BenchmarkReport:
    scored = looked.scored[preset.name]
    own = slice(int(first), int(first) + len(benchmark.pack.items))
    splits = np.array(benchmark.pack.splits)
    flagged = Counter(splits[preset.flags(scored.scores[own])].tolist())
    undecided = Counter(splits[scored.undecided[own]].tolist())
    reports = {
        split.name: _split_report(
            split.role, split.items or 0, flagged[split.name], undecided[split.name]
        )
        for split in benchmark.card.splits
    }
    test = [each for each in reports.values() if each.role == "test"]
    items, matched = sum(each.items for each in test), sum(each.matched for each in test)
    verdict, reason = _verdict(list(reports.values()), preset, looked)
    return BenchmarkReport(
        name=benchmark.card.name,
        verdict=verdict,
        in_distribution=benchmark.card.in_distribution,
        max_inflation_points=round(100 * matched / max(1, items), 2),
        reason=reason,
        p_value=1.0,
        splits=reports,
    )


def _split_report(role: str, items: int, flagged: int, undecided: int) -> SplitReport:
    return SplitReport(
        role=role,  # type: ignore[arg-type]
        items=items,
        matched=flagged,
        expected_by_chance=0.0,
        verbatim=0,
        near=0,
        rewritten=0,
        variant=0,
        low_entropy=0,
        with_answer=0,
        shared=0,
        untestable=undecided,
    )


def _verdict(splits: Sequence[SplitReport], preset: Preset, looked: Looked) -> tuple[Verdict, str]:
    """Say what a criterion comes to that was published without a verdict: one item is enough."""
    test = [split for split in splits if split.role == "test"]
    items = sum(split.items for split in test)
    flagged = sum(split.matched for split in test)
    undecided = sum(split.untestable for split in test)
    unread = looked.corpus.unread_bytes / max(1, looked.corpus.bytes)
    by = f"by the preset {preset.name} ({preset.criterion})"
    if flagged:
        return "leaked", f"{flagged:,} of {items:,} test items are flagged {by}"
    if unread > MOST_UNREAD:
        return "inconclusive", f"{unread:.0%} of the corpus could not be read"
    if undecided > MOST_UNDECIDED * items:
        return "inconclusive", f"{undecided:,} of {items:,} test items cannot be decided {by}"
    if any(split.matched for split in splits):
        return "in_distribution", f"no test item, but items of other splits are flagged {by}"
    return "clean", f"no item is flagged {by}"


def _rows(
    benchmarks: Sequence[Benchmark], looked: Looked
) -> Iterable[tuple[Benchmark, int, npt.NDArray[np.int64]]]:
    """Yield each benchmark with its first item and the numbers of all."""
    for benchmark, first in zip(benchmarks, looked.firsts, strict=False):
        yield benchmark, first, np.arange(first, first + len(benchmark.pack.items))


def _items(benchmarks: Sequence[Benchmark], preset: Preset, looked: Looked) -> pa.Table:
    scored: Scored = looked.scored[preset.name]
    tables = [ITEM_SCHEMA.empty_table()]
    for benchmark, first, numbers in _rows(benchmarks, looked):
        numbers = numbers[is_test(benchmark)]
        flagged = preset.flags(scored.scores[numbers]).tolist()
        columns = {
            "bench": [benchmark.card.name] * len(numbers),
            "split": [benchmark.pack.splits[number] for number in (numbers - first).tolist()],
            "item": [benchmark.pack.items[number] for number in (numbers - first).tolist()],
            "kind": [FLAGGED if each else "" for each in flagged],
            "shared": [False] * len(numbers),
            "accepted": [""] * len(numbers),
            "testable": ~scored.undecided[numbers],
        }
        tables.append(pa.table(columns, ITEM_SCHEMA))
    return pa.concat_tables(tables)


def _flagged(benchmarks: Sequence[Benchmark], preset: Preset, looked: Looked) -> pa.Table:
    scored = looked.scored[preset.name]
    rows = []
    for benchmark, first, numbers in _rows(benchmarks, looked):
        for number in numbers[preset.flags(scored.scores[numbers])].tolist():
            split = benchmark.pack.splits[number - first]
            rows.append(
                {
                    "bench": benchmark.card.name,
                    "split": split,
                    "role": benchmark.card.role_of(split),
                    "item": benchmark.pack.items[number - first],
                    "score": float(scored.scores[number]),
                    **scored.places[number]._asdict(),
                }
            )
    return pa.Table.from_pylist(rows, FLAGGED_SCHEMA)

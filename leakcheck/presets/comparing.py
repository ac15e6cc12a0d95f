"""Many criteria on one corpus: what each flags, and where they disagree."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.card import Role
from leakcheck.corpus_index.stored.place import is_index
from leakcheck.detection.catalogue import Benchmark
from leakcheck.errors import UsageError
from leakcheck.presets import NEED_TEXTS, PRESETS, preset_of
from leakcheck.presets.looking import Looked, look_for_presets
from leakcheck.presets.record import Preset
from leakcheck.presets.sequences import is_test
from leakcheck.presets.texts import texts_for
from leakcheck.scanning import Scanner
from leakcheck.scanning.files import Where
from leakcheck.scanning.looked import Progress
from leakcheck.verdict.records import CorpusReport, Report
from leakcheck.version import __version__

__all__ = [
    "OWN",
    "BenchmarkComparison",
    "Comparison",
    "CriterionReport",
    "Disagreement",
    "SplitSize",
    "compare_presets",
]

OWN = "leakcheck"
"""The name of leakcheck's own decision among the presets."""
MOST_EXAMPLES = 3


class SplitSize(msgspec.Struct, frozen=True):
    """A split of a benchmark."""

    name: str
    role: Role
    items: int


class CriterionReport(msgspec.Struct, frozen=True):
    """What one criterion says of the items of a benchmark."""

    name: str
    """Of the preset, or `leakcheck`."""
    title: str
    criterion: str
    source: str
    deviations: list[str]
    flagged: dict[str, int]
    """Items by split."""
    undecided: dict[str, int]
    """Items by split that are too short for it."""
    grades: dict[str, int]
    """Test items by class, where the criterion has classes."""
    both: int
    """Test items that leakcheck has matched too."""
    alone: int
    """Test items that leakcheck has not matched."""
    missed: int
    """Test items that leakcheck has matched and this has not."""


class Disagreement(msgspec.Struct, frozen=True):
    """Test items that the same criteria flag, and the others do not."""

    flagged_by: list[str]
    items: int
    examples: list[str]
    """The first of them."""


class BenchmarkComparison(msgspec.Struct, frozen=True):
    """What all criteria say of one benchmark."""

    name: str
    verdict: str
    """Leakcheck's own."""
    splits: list[SplitSize]
    criteria: list[CriterionReport]
    """Leakcheck's own first."""
    disagreements: list[Disagreement]
    """By the number of test items, the most first."""
    agreed: int
    """Test items that all criteria flag, or none that can decide them does."""


class Comparison(msgspec.Struct, frozen=True):
    """The result of comparing criteria on a corpus."""

    version: str
    paths: list[str]
    corpus: CorpusReport
    benchmarks: list[BenchmarkComparison]


def compare_presets(
    paths: Iterable[str | os.PathLike[str]],
    bench: str | Sequence[str],
    *,
    presets: Sequence[str] = (),
    text_field: str | None = None,
    question_field: str | None = None,
    keys: Sequence[bytes] = (),
    threads: int | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_note: Callable[[str], None] = lambda _: None,
    item_texts: Path | None = None,
) -> Comparison:
    """Decide the items of benchmarks by many published criteria, and by leakcheck's own.

    The corpus is read twice: for leakcheck's own decision, and for all presets together.

    Args:
        paths: as those of `leakcheck.scan`, which the arguments not named here are like; but no
            index and no standard input.
        bench: the benchmarks.
        presets: their names; by default all that can be had: those that decide by characters need
            `item_texts`.
        text_field: as in a scan.
        question_field: as in a scan.
        keys: as in a scan.
        threads: as in a scan.
        on_progress: as in a scan; the second reading begins anew.
        on_note: as in a scan.
        item_texts: the folder of the publisher's files.

    Raises:
        UsageError: a preset or benchmark is not known, or the corpus cannot be read twice.
        InputError: a path is not there, or nothing could be read at all.
        PackError: the pack of a benchmark cannot be used.

    >>> comparison = compare_presets(["examples/corpus/pairs.tsv"], "demo", presets=["palm"])
    >>> [each.name for each in comparison.benchmarks[0].criteria]
    ['leakcheck', 'palm']
    """
    named = [os.fspath(path) for path in paths]
    if "-" in named:
        raise UsageError("compare-presets reads the corpus twice, and standard input only once")
    for path in filter(is_index, named):
        raise UsageError(f"{path}: an index has not the order of tokens; name the files themselves")
    chosen = [preset_of(name) for name in dict.fromkeys(presets or _available(item_texts))]
    scanner = Scanner(bench, question_field=question_field, keys=keys, on_note=on_note)
    threads = threads or os.cpu_count() or 1
    texts = texts_for(chosen, scanner.benchmarks, item_texts)
    report = scanner.scan(named, text_field=text_field, threads=threads, on_progress=on_progress)
    looked = look_for_presets(
        Where(named, text_field),
        scanner.benchmarks,
        chosen,
        threads=threads,
        on_progress=on_progress,
        texts=texts,
    )
    return Comparison(
        version=__version__,
        paths=named,
        corpus=looked.corpus,
        benchmarks=[
            _compared(benchmark, chosen, looked, report, first)
            for benchmark, first in zip(scanner.benchmarks, looked.firsts, strict=False)
        ],
    )


def _available(item_texts: Path | None) -> list[str]:
    return [name for name in PRESETS if item_texts is not None or name not in NEED_TEXTS]


Flags = npt.NDArray[np.bool_]


def _compared(
    benchmark: Benchmark, presets: Sequence[Preset], looked: Looked, report: Report, first: int
) -> BenchmarkComparison:
    card, count = benchmark.card, len(benchmark.pack.items)
    own = slice(first, first + count)
    flags = {OWN: _matched(benchmark, report)}
    undecided = {OWN: ~benchmark.testable}
    grades: dict[str, dict[str, int]] = {}
    test = is_test(benchmark)
    for preset in presets:
        scored = looked.scored[preset.name]
        flags[preset.name] = preset.flags(scored.scores[own])
        undecided[preset.name] = scored.undecided[own]
        counted = scored.scores[own][test & ~scored.undecided[own]]
        grades[preset.name] = {
            grade.name: int(((counted >= grade.least) & (counted < grade.below)).sum())
            for grade in preset.grades
        }
    told = {preset.name: preset for preset in presets}
    disagreements, agreed = _disagreements(benchmark, flags, undecided, test)
    return BenchmarkComparison(
        name=card.name,
        verdict=next(each.verdict for each in report.benchmarks if each.name == card.name),
        splits=[SplitSize(each.name, each.role, each.items or 0) for each in card.splits],
        criteria=[
            _criterion(
                benchmark, name, told.get(name), flags, undecided[name], test, grades.get(name, {})
            )
            for name in flags
        ],
        disagreements=disagreements,
        agreed=agreed,
    )


def _matched(benchmark: Benchmark, report: Report) -> Flags:
    """Tell which items leakcheck counts as matched, as its verdict does."""
    matched: set[str] = set()
    for finding in report.iter_findings():
        if finding.bench != benchmark.card.name or finding.kind == "variant" or finding.accepted:
            continue
        for item in (finding.item, *finding.also):
            if not (finding.shared and _role(benchmark, item) == "test"):
                matched.add(item)
    return np.array([item in matched for item in benchmark.pack.items], np.bool_)


def _role(benchmark: Benchmark, item: str) -> str:
    roles = {split.name: split.role for split in benchmark.card.splits}
    return roles.get(item.partition("/")[0], "")


def _criterion(
    benchmark: Benchmark,
    name: str,
    preset: Preset | None,
    flags: Mapping[str, Flags],
    undecided: Flags,
    test: Flags,
    grades: dict[str, int],
) -> CriterionReport:
    splits = np.array(benchmark.pack.splits)
    flagged, own = flags[name], flags[OWN]
    return CriterionReport(
        name=name,
        title=preset.title if preset else OWN,
        criterion=preset.criterion if preset else "evidence in bits, kinds, splits told apart",
        source=preset.source if preset else "docs/design.md",
        deviations=list(preset.deviations) if preset else [],
        flagged=dict(Counter(splits[flagged].tolist())),
        undecided=dict(Counter(splits[undecided].tolist())),
        grades=grades,
        both=int((flagged & own & test).sum()),
        alone=int((flagged & ~own & test).sum()),
        missed=int((~flagged & own & test).sum()),
    )


def _disagreements(
    benchmark: Benchmark,
    flags: Mapping[str, Flags],
    undecided: Mapping[str, Flags],
    test: Flags,
) -> tuple[list[Disagreement], int]:
    """Group test items by the criteria that flag them; those that all agree on are counted only.

    A criterion that cannot decide an item, and does not flag it, has no say in whether all agree.
    """
    names = list(flags)
    flagged = np.stack([flags[name] for name in names])
    silent = np.stack([undecided[name] for name in names]) & ~flagged
    agreed = test & ((flagged | silent).all(axis=0) | ~flagged.any(axis=0))
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place in np.flatnonzero(test & ~agreed).tolist():
        by = tuple(name for name, own in zip(names, flagged[:, place], strict=True) if own)
        groups[by].append(benchmark.pack.items[place])
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    found = [Disagreement(list(by), len(items), items[:MOST_EXAMPLES]) for by, items in ordered]
    return found, int(agreed.sum())

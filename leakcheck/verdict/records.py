"""What a scan says in the end: counts and a verdict for each benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec
import pyarrow as pa

from leakcheck.benchmark.card import Difficulty, Role
from leakcheck.detection.finding import Finding

__all__ = [
    "BenchmarkReport",
    "CanaryReport",
    "CorpusReport",
    "IndexReport",
    "PackReport",
    "Report",
    "SettingsReport",
    "SkippedReport",
    "SplitReport",
    "Verdict",
]

Verdict = Literal["leaked", "in_distribution", "clean", "inconclusive"]


class SplitReport(msgspec.Struct, frozen=True):
    """The counts of one split; all but `expected_by_chance` count distinct items."""

    role: Role
    items: int
    matched: int
    """Items of kinds verbatim, near and rewritten."""
    expected_by_chance: float
    """How many matched items text without any leak would give, in a corpus of this size."""
    verbatim: int
    """An item counts under the best kind it was found in, in the order of these fields."""
    near: int
    rewritten: int
    variant: int
    """Items found with other numbers only; not matched."""
    low_entropy: int
    """Matched items with an E-value of 1 or more: chance gives one as good in a corpus of its size.
    They count jointly only, and so do puzzles, which are known by their characters alone."""
    with_answer: int
    """Matched items found with their answer."""
    shared: int
    """Items found that are in a split of another role too; not matched in a test split."""
    untestable: int
    """Items with too little evidence to be found at all."""


class BenchmarkReport(msgspec.Struct, frozen=True):
    """What is said of one benchmark."""

    name: str
    verdict: Verdict
    in_distribution: Difficulty
    max_inflation_points: float
    """100 * matched test items / test items: what a model that knows them can gain at most."""
    reason: str
    """The verdict in a sentence."""
    p_value: float
    """The probability that chance alone gives as many test items as were found."""
    splits: dict[str, SplitReport]


class SkippedReport(msgspec.Struct, frozen=True):
    """A file or record that could not be read, or not in full."""

    path: str
    row: int | None
    reason: str


class IndexReport(msgspec.Struct, frozen=True):
    """The index that answered in place of the corpus."""

    path: str
    scale: int
    """One in so many of the corpus's fingerprints is in it."""
    candidates: int
    """Documents in which its fingerprints point to an item."""
    from_fingerprints: int
    """Those of them whose text could not be read again: decided from fingerprints alone."""


class CorpusReport(msgspec.Struct, frozen=True):
    """What was read."""

    files: int
    documents: int
    bytes: int
    """Bytes on disk."""
    unread_bytes: int
    skipped: list[SkippedReport]
    index: IndexReport | None = None
    """Where an index was asked and not the corpus itself."""


class CanaryReport(msgspec.Struct, frozen=True):
    """A file with the canary string of a benchmark in it; no finding, and not in any count."""

    bench: str
    canary: str
    path: str
    row: int
    """The first record with it."""
    source: str
    """Where in the record."""
    passages: int
    """How many passages of the file hold it."""


class PackReport(msgspec.Struct, frozen=True):
    """A pack that was used."""

    name: str
    revisions: list[str]
    checksum: str


class SettingsReport(msgspec.Struct, frozen=True):
    """All that the findings depend on, beside the corpus."""

    paths: list[str]
    text_field: str | None
    tokeniser: int
    packs: list[PackReport]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a scan."""

    version: str
    """Of leakcheck."""
    settings: SettingsReport
    corpus: CorpusReport
    benchmarks: tuple[BenchmarkReport, ...]
    findings: pa.Table
    """One row a finding, with the columns of `leakcheck.Finding`, in the order of the corpus."""
    canaries: tuple[CanaryReport, ...] = ()
    """The files that hold a canary string, in the order of the corpus."""

    def iter_findings(self) -> list[Finding]:
        """Return the findings as records."""
        return [msgspec.convert(row, Finding) for row in self.findings.to_pylist()]

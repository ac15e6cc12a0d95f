"""What a scan says in the end: counts and a verdict for each benchmark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import msgspec
import pyarrow as pa

from leakcheck.benchmark.card import Difficulty, Role
from leakcheck.detection.finding import Finding

__all__ = [
    "FLAGGED_SCHEMA",
    "ITEM_SCHEMA",
    "BenchmarkReport",
    "CanaryReport",
    "CorpusReport",
    "FileReport",
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
    """How many matched items text without any leak would give, in a corpus of this size; at most
    `SettingsReport.max_expected` verbatim ones and as many others."""
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
    expected_verbatim: float = 0.0
    """The part of `expected_by_chance` that is verbatim; the rest is near or rewritten, which have
    one tail between them."""
    chance_at_most: bool = False
    """Whether most of `expected_by_chance` is a bound: nothing like it was seen without a leak."""


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
    accepted: int = 0
    """Findings that a baseline or an allow entry sets aside; no other field counts them, but ..."""
    verdict_with_accepted: Verdict | None = None
    """... this one: what the verdict would be with them; None where there are none."""
    by_chance: int = 0
    """Findings that count for nothing at all: a corpus of this size gives more than
    `SettingsReport.max_expected` as good."""


class FileReport(msgspec.Struct, frozen=True):
    """A file that was read."""

    path: str
    size_bytes: int
    """On disk."""
    documents: int
    modified_ns: int | None
    """When it was last written to, in nanoseconds since 1970; None where that is not known."""


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
    bench: list[str] = []
    """The benchmarks as they were asked for: names, groups, paths of cards or data files."""
    question_field: str | None = None
    """Of a data file taken for a benchmark."""
    excludes: list[str] = []
    """Patterns of files and folders that were left out."""
    diff_base: str | None = None
    """The commit since which rows were added, where only these were read."""
    preset: str = ""
    """The published criterion that decided, of `leakcheck.presets`; empty if leakcheck's own did.
    A report by a preset has no findings: what was flagged is in `Report.flagged`. Its counts are
    `matched` alone, and nothing in it is known of chance."""
    max_expected: float | None = None
    """Findings of which chance gives more than so many as good were not counted."""


ITEM_SCHEMA = pa.schema(
    [
        ("bench", pa.string()),
        ("split", pa.string()),
        ("item", pa.string()),
        ("kind", pa.string()),  # the best it was found in; empty if it was not
        ("shared", pa.bool_()),  # found, and in a split of another role too: not counted
        ("accepted", pa.string()),  # found, but set aside by this everywhere: not counted
        ("testable", pa.bool_()),  # whether a verbatim copy would be found
    ]
)
"""The columns of `Report.items`."""


FLAGGED_SCHEMA = pa.schema(
    [
        ("bench", pa.string()),
        ("split", pa.string()),
        ("role", pa.string()),
        ("item", pa.string()),
        ("score", pa.float64()),  # what the preset compares with its threshold
        ("path", pa.string()),  # of the passage that has most of the item
        ("row", pa.int64()),
        ("source", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("excerpt", pa.string()),
    ]
)
"""The columns of `Report.flagged`."""


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
    files: tuple[FileReport, ...] = ()
    """The files of the corpus, in its order; what could not be read at all is in `skipped`."""
    items: pa.Table = field(default_factory=ITEM_SCHEMA.empty_table)
    """One row a test item, found or not, in the order of the benchmark: which are leaked, which
    clean."""
    stale: tuple[str, ...] = ()
    """Entries of the baseline and of the allow-list that fit no finding."""
    flagged: pa.Table = field(default_factory=FLAGGED_SCHEMA.empty_table)
    """In a report by a preset, one row an item that it flags; else empty."""

    def iter_findings(self) -> list[Finding]:
        """Return the findings as records."""
        return [msgspec.convert(row, Finding) for row in self.findings.to_pylist()]

"""Corpora free of benchmarks: what is found in them is read by eye, one finding at a time."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pages import Demand, table
from rows_found import every_benchmark, scanner

from leakcheck import Finding
from leakcheck.detection.finding import KINDS

__all__ = [
    "BY_WORDS",
    "FREE",
    "OTHERS",
    "TRUE",
    "Scanned",
    "clean_demands",
    "list_findings",
    "rates",
    "reading_of",
    "readings",
    "scan_corpora",
    "totals",
    "trap_reading",
]

FREE = (
    "corpora/alpaca",
    "corpora/codealpaca",
    "corpora/gpteacher",
    "corpora/dolly_3k_alpagasus",
    "corpora/alpaca_zh_carbonz0",
    "corpora/alpaca_zh_hikariming",
    "corpora/alpaca_gpt4_demo",
    "corpora/huatuo_zh",
    "corpora/belle",
    "corpora/gorilla_apibench",
    "corpora/instructionwild",
    "corpora/lima",
    "corpora/dromedary",
    "corpora/fastchat_dummy",
    "corpora/self_instruct",
    "corpora/background_text",
)
"""Corpora that were not made from benchmarks."""
NOT_FREE = {
    ("corpora/codealpaca", "mbpp"),
    ("corpora/instructionwild", "gsm8k"),
    ("corpora/lima", "gsm8k"),
    ("corpora/lima", "mmlu"),
}
"""But these are known to hold an item or two."""
OTHERS = ("corpora/flan_cot/aqua_train.tsv", "corpora/flan_cot/creak_train.tsv")
"""Corpora of other benchmarks, which have something in common with some of ours."""

PER_DOCUMENTS = 5000
MOST = 1
READINGS = Path(__file__).with_name("readings.toml")
TRUE = "true"
"""What a reading begins with if somebody did copy the item, or its source."""
BY_WORDS = "true by its words"
"""... or if the words and the answer are the item's, but anybody may ask that."""
NOT_READ = "not read yet"


class Scanned(NamedTuple):
    """A corpus, and what all benchmarks found in it."""

    corpus: str
    documents: int
    findings: list[Finding]
    readings: list[str]
    """Of each finding."""
    leaked: list[str]
    """The benchmarks that are said to have leaked into it."""

    def false(self, benchmark: str) -> int:
        """Count the findings of a benchmark that are not read as true copies."""
        return sum(
            finding.bench == benchmark and not reading.startswith(TRUE)
            for finding, reading in zip(self.findings, self.readings, strict=True)
        )

    @property
    def allowed(self) -> int:
        """How many false findings of a benchmark a corpus of this size may have."""
        return max(MOST, MOST * self.documents // PER_DOCUMENTS)


def scan_corpora(corpora: Sequence[str], data: Path) -> list[Scanned]:
    """Scan those of the corpora that are there, for all benchmarks."""
    scanned = []
    for corpus in corpora:
        if (data / corpus).exists():
            report = scanner("all").scan([data / corpus])
            findings = report.iter_findings()
            readings = [reading_of(finding, data) for finding in findings]
            leaked = [each.name for each in report.benchmarks if each.verdict == "leaked"]
            scanned.append(Scanned(corpus, report.corpus.documents, findings, readings, leaked))
    return scanned


@cache
def readings() -> dict[str, str]:
    return tomllib.loads(READINGS.read_text(encoding="utf-8"))


def reading_of(finding: Finding, data: Path) -> str:
    """Return what somebody who read both texts said of a finding."""
    path = Path(finding.path).relative_to(data).as_posix()
    key = f"{path}:{finding.row}:{finding.bench}:{finding.item}"
    return readings().get(key, NOT_READ)


def trap_reading(corpus: str, benchmark: str, item: str) -> str:
    """Return what somebody said of an item in a corpus, wherever in it."""
    return readings().get(f"{corpus}:{benchmark}:{item}", NOT_READ)


def clean_demands(scanned: Sequence[Scanned]) -> list[Demand]:
    """Hold the false findings of each benchmark in each corpus against what is allowed."""
    return [*(_false_findings(name, scanned) for name in every_benchmark()), _verdicts(scanned)]


def _false_findings(benchmark: str, scanned: Sequence[Scanned]) -> Demand:
    free = [each for each in scanned if (each.corpus, benchmark) not in NOT_FREE]
    counts = {each.corpus: each.false(benchmark) for each in free}
    over = [each.corpus for each in free if counts[each.corpus] > each.allowed]
    documents = sum(each.documents for each in free)
    most = max(free, key=lambda each: counts[each.corpus])
    total = sum(counts.values())
    worst = f"; most in {most.corpus}: {counts[most.corpus]} in {most.documents:,}" if total else ""
    above = f"; above it: {', '.join(over)}" if over else ""
    return Demand(
        f"the {len(free)} corpora free of {benchmark}",
        f"false findings: in each at most {MOST} in {PER_DOCUMENTS:,} documents",
        f"{total} in {documents:,} together{worst}{above}",
        not over,
    )


def _verdicts(scanned: Sequence[Scanned]) -> Demand:
    """Hold the verdicts against what stands in the corpora."""
    wrong = [
        f"{name} in {each.corpus}"
        for each in scanned
        for name in each.leaked
        if (each.corpus, name) not in NOT_FREE
    ]
    return Demand(
        f"the {len(scanned)} corpora, all benchmarks",
        "no benchmark `leaked` into a corpus that is free of it",
        f"{len(wrong)}" + (f": {', '.join(wrong)}" if wrong else ""),
        not wrong,
    )


def rates(scanned: Sequence[Scanned]) -> str:
    """Lay out documents, findings, those read as false by benchmark, and verdicts."""
    return table(
        ["corpus", "documents", "findings", "true", "by words", "false, by benchmark", "`leaked`"],
        [
            [
                each.corpus,
                f"{each.documents:,}",
                len(each.findings),
                sum(reading.startswith(TRUE) for reading in each.readings),
                sum(reading.startswith(BY_WORDS) for reading in each.readings),
                _counted(_others(each)),
                ", ".join(each.leaked),
            ]
            for each in scanned
        ],
        "lrrrrll",
    )


def _others(scanned: Scanned) -> Iterable[str]:
    pairs = zip(scanned.findings, scanned.readings, strict=True)
    return (finding.bench for finding, reading in pairs if not reading.startswith(TRUE))


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(names).items()))


def totals(scanned: Sequence[Scanned]) -> str:
    """Lay out the findings of each benchmark by kind, over all corpora."""
    found = [finding for each in scanned for finding in each.findings]
    counts = Counter((finding.bench, finding.kind) for finding in found)
    documents = sum(each.documents for each in scanned)
    rows = []
    for name in every_benchmark():
        false = sum(each.false(name) for each in scanned)
        if any(counts[name, kind] for kind in KINDS):
            rate = PER_DOCUMENTS * false / documents
            rows.append([name, *(counts[name, kind] for kind in KINDS), false, f"{rate:.2f}"])
    head = ["benchmark", *KINDS, "not read as true", f"in {PER_DOCUMENTS:,} documents"]
    return table(head, rows, "lrrrrrr")


def list_findings(scanned: Sequence[Scanned], data: Path) -> str:
    """Lay out every finding, with what somebody who read it said of it."""
    rows = [
        [
            f"{finding.bench} {finding.item}",
            finding.kind,
            f"{finding.bits:.0f}",
            ", ".join(finding.fields),
            Path(finding.path).relative_to(data).as_posix(),
            finding.row,
            reading,
        ]
        for each in scanned
        for finding, reading in zip(each.findings, each.readings, strict=True)
    ]
    head = ["item", "kind", "bits", "fields", "file", "row", "read by eye"]
    return table(head, rows, "llrllr")

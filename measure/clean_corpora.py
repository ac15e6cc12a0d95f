"""Ordinary corpora: what is found in them is to be read by eye, one finding at a time."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pages import Demand, table
from rows_found import FIVE, scanner

from leakcheck import Finding

__all__ = ["CLEAN", "OTHERS", "Scanned", "clean_demands", "list_findings", "rates", "scan_corpora"]

CLEAN = (
    "corpora/alpaca",
    "corpora/codealpaca/code_alpaca_20k.json.gz",
    "corpora/dolly_3k_alpagasus",
    "corpora/gpteacher",
    "corpora/background_text",
)
"""Corpora that hold next to nothing of the five benchmarks."""

OTHERS = {
    "corpora/codealpaca/code_alpaca_2k.json": FIVE,
    "corpora/codealpaca/new_codealpaca.json": FIVE,
    "corpora/flan_cot/aqua_train.tsv": ("gsm8k", "math"),
    "corpora/flan_cot/creak_train.tsv": ("gsm8k", "math"),
    "corpora/flan_cot/ecqa_train.tsv": ("gsm8k", "math"),
    "corpora/flan_cot/qasc_train.tsv": ("gsm8k", "math"),
    "corpora/flan_cot/sensemaking_train.tsv": ("gsm8k", "math"),
    "corpora/flan_cot/strategyqa_train.tsv": ("gsm8k", "math"),
    "corpora/alpaca_zh_carbonz0": FIVE,
    "corpora/alpaca_zh_hikariming": FIVE,
    "corpora/huatuo_zh": FIVE,
    "corpora/belle": FIVE,
    "benchmarks/gsm1k_public50": ("gsm8k",),
}
"""More of them, and the benchmarks each is scanned for."""

MOST_PER_5000 = 1.0
READINGS = Path(__file__).with_name("readings.toml")


class Scanned(NamedTuple):
    """A corpus, what was looked for, and what was found."""

    corpus: str
    benchmarks: tuple[str, ...]
    documents: int
    findings: list[Finding]

    def rate(self, benchmark: str) -> float:
        """Return the findings of a benchmark in every 5,000 documents."""
        found = sum(finding.bench == benchmark for finding in self.findings)
        return 5000 * found / self.documents


def scan_corpora(corpora: dict[str, tuple[str, ...]], data: Path) -> list[Scanned]:
    """Scan those of the corpora that are there."""
    scanned = []
    for corpus, benchmarks in corpora.items():
        if (data / corpus).exists():
            report = scanner(*benchmarks).scan([data / corpus])
            documents, findings = report.corpus.documents, report.iter_findings()
            scanned.append(Scanned(corpus, benchmarks, documents, findings))
    return scanned


def clean_demands(scanned: Sequence[Scanned]) -> list[Demand]:
    """Hold the findings of each benchmark, over all clean corpora, against what is allowed."""
    documents = sum(each.documents for each in scanned)
    every = [finding for each in scanned for finding in each.findings]
    together = Scanned("", FIVE, documents, every)
    counts = Counter(finding.bench for finding in every)
    return [
        Demand(
            f"the {len(scanned)} clean corpora together, {benchmark}",
            f"findings in 5,000 documents: at most {MOST_PER_5000:g}",
            f"{together.rate(benchmark):.2f} ({counts[benchmark]} in {documents:,})",
            together.rate(benchmark) <= MOST_PER_5000,
        )
        for benchmark in FIVE
    ]


def rates(scanned: Sequence[Scanned]) -> str:
    """Lay out documents, findings, and findings in 5,000 documents, by corpus and benchmark."""
    return table(
        ["corpus", "documents", "findings", *FIVE],
        [
            [
                each.corpus,
                f"{each.documents:,}",
                len(each.findings),
                *(f"{each.rate(b):.2f}" if b in each.benchmarks else "" for b in FIVE),
            ]
            for each in scanned
        ],
        "lrr" + "r" * len(FIVE),
    )


def list_findings(scanned: Sequence[Scanned], data: Path) -> str:
    """Lay out every finding, with what somebody who read it said of it."""
    readings = tomllib.loads(READINGS.read_text(encoding="utf-8"))
    rows = []
    for finding in (finding for each in scanned for finding in each.findings):
        path = Path(finding.path).relative_to(data).as_posix()
        reading = readings.get(f"{path}:{finding.row}:{finding.bench}:{finding.item}", "not yet")
        item = f"{finding.bench} {finding.item}"
        rows.append([item, finding.kind, f"{finding.bits:.0f}", path, finding.row, reading])
    return table(["item", "kind", "bits", "file", "row", "read by eye"], rows, "llrlr")

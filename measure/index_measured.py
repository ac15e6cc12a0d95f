"""All that `index.py` measures of a corpus, put together for its page."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from index_agreement import Agreement, Found, compare, read_findings
from index_corpus import Corpus, build_larger
from index_runs import (
    SCALES,
    Builds,
    Query,
    TableSize,
    ask,
    ask_often,
    away,
    build_all,
    build_one,
    index_path,
    scan_directly,
    table_sizes,
)
from minhash import MinHashRate, measure_minhash
from rows_found import FIVE

__all__ = ["ASKED", "Case", "Large", "Measured", "measure", "measure_large"]

ASKED = ("gsm8k", "mmlu")
"""The benchmarks whose answers are timed."""


class Case(NamedTuple):
    """An index of one scale, asked with its corpus there or not."""

    scale: int
    reachable: bool

    @property
    def name(self) -> str:
        """How tables call it."""
        return f"scale {self.scale}, corpus {'reachable' if self.reachable else 'not reachable'}"


CASES = (*(Case(scale, reachable=True) for scale in SCALES), Case(SCALES[0], reachable=False))
"""At scale 1 every document with a hit is a candidate: without its text that takes many minutes."""


class Measured(NamedTuple):
    """Everything about one corpus."""

    corpus: Corpus
    direct: list[Found]
    builds: Builds
    tables: dict[int, dict[str, TableSize]]
    """By scale."""
    queries: dict[tuple[Case, str], Query]
    """By case and benchmark, where the corpus is reachable."""
    agreements: dict[Case, Agreement]
    """For the five benchmarks together."""
    minhash: list[MinHashRate]
    """The kernel first."""


class Large(NamedTuple):
    """The memory with a large index, at scale 1 and with all cores."""

    text_megabytes: float
    index_megabytes: float
    seconds: float
    build_peak_mb: float
    query_peak_mb: dict[str, float]


def measure(corpus: Corpus, folder: Path, repeats: int) -> Measured:
    """Measure the corpus that lies in a folder; the indexes are made beside it."""
    root = folder / "corpus"
    builds = build_all(root, folder, ASKED[0], repeats)
    scan_directly(root, FIVE, folder / "direct.jsonl")
    direct = read_findings(folder / "direct.jsonl", root)
    queries: dict[tuple[Case, str], Query] = {}
    agreements: dict[Case, Agreement] = {}
    for case in CASES:
        index, output = index_path(folder, case.scale), folder / "indexed.jsonl"
        with nullcontext() if case.reachable else away(root):
            for benchmark in ASKED if case.reachable else ():  # the others take minutes
                queries[case, benchmark] = ask_often(index, benchmark, output, repeats)
            ask(index, FIVE, output)
        agreements[case] = compare(direct, read_findings(output, root))
    tables = {scale: table_sizes(index_path(folder, scale)) for scale in SCALES}
    return Measured(corpus, direct, builds, tables, queries, agreements, measure_minhash())


def measure_large(corpus: Corpus, folder: Path, times: int) -> Large:
    """Build an index at scale 1 of the corpus some times over, and ask it; nothing of it stays."""
    larger, index = build_larger(folder, times), folder / "large.lki"
    seconds, peak_mb = build_one(larger, index, 1, os.cpu_count() or 1)
    peaks = {name: ask(index, [name], folder / "indexed.jsonl") for name in ASKED}
    size = sum(each.bytes for each in table_sizes(index).values())
    for made in (larger, index):
        shutil.rmtree(made)
    return Large(corpus.text_megabytes * times, size / 1e6, seconds, peak_mb, peaks)

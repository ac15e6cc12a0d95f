"""The page of `index.py`."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from statistics import median

from index_agreement import Agreement, Found, plants_found
from index_corpus import Corpus
from index_demands import NGRAM_TABLES, SIGNATURE_TABLES, demands, of_tables
from index_measured import Large, Measured
from index_runs import SCALES
from pages import Demand, demand_table, made_by, share, spread, table
from rows_found import FIVE

from leakcheck.detection.finding import KINDS

__all__ = ["page"]

NAMED = 40
"""Findings that are listed of those that differ."""

INTRODUCTION = """\
# Indexes of a corpus, measured

How to read this page: the first table has what is demanded of an index; a line that says **short**
fell short. The tables below it show the detail. No text of a benchmark or of a corpus is on this
page, only names and counts.

- *Text* is what leakcheck reads as text, in UTF-8: without the names of fields, quotes and
  compression. Rates and shares refer to it.
- *Direct scan* is a scan of the corpus itself. For the rates it and the building of an index have
  one thread and one core each, for one benchmark, in turn, round after round; packs and kernels are
  loaded before the clock starts.
- *The n-gram tables* are all that a scan for benchmarks reads in place of the text.
- *Not reachable*: the corpus was renamed, so that only the index was left.
- Where there are several runs, the median stands with the least and the greatest in brackets.
"""

CORPUS = """\
## The corpus

Instruction data, file by file as it was published and over and over until there was enough, and
documentation and source code of the machine in documents of 1,000 to 20,000 characters, paragraphs
seen before left out. Repetitions have the same text in files of their own. Of eight files of the
second sort one is Parquet, one JSON lines in Zstandard, six plain JSON lines; the instruction data
is JSON, JSON lines, tab-separated and plain text, in part in gzip. Planted are test items word for
word (the question, or all fields but the context), and items of gsm8k and math rewritten, reordered
and changed by others; as documents of their own, or in the middle of a page of the machine's texts.
Where it is not known which item was changed, any finding of the benchmark in that document counts.
"""

AGREEMENT = """\
## Findings

All five benchmarks in one scan. A finding of the direct scan is *found again* if its item, or one
of the same text, is found in the same record; *same kind* if it is called the same as well. *Extra*
are items that the direct scan does not find in that record. *Different* counts the findings that
only one of the two has, compared by item, kind, record and place to the character.
"""


def page(command: str, measured: Measured, large: Large | None) -> tuple[list[Demand], str]:
    """Put the page together, and return what was demanded of it too."""
    held = demands(measured, large)
    parts = [
        INTRODUCTION,
        made_by(command, FIVE),
        _machine(),
        "## Demands",
        demand_table(held),
        CORPUS,
        _corpus_table(measured.corpus),
        plants_found(measured.corpus.planted, measured.direct),
        "## Building",
        _building_table(measured),
        "## Size",
        _size_table(measured),
        "## Scans through the index",
        _query_table(measured),
        AGREEMENT,
        _agreement_table(measured),
        _basis_table(measured),
        "### Findings again, by benchmark",
        _by_benchmark(measured),
        *(_listed(case.name, agreement) for case, agreement in measured.agreements.items()),
        "## MinHash signatures",
        _minhash_table(measured),
        *([] if large is None else ["## A large index", _large_table(large)]),
    ]
    return held, "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _machine() -> str:
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.*)", info)
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("duckdb", "numba", "numpy", "pyarrow")
    )
    return (
        f"Machine: {model[1] if model else platform.machine()}, {os.cpu_count()} cores. "
        f"Python {platform.python_version()} with {versions}."
    )


def _corpus_table(corpus: Corpus) -> str:
    rest = corpus.text_bytes - corpus.instruction_bytes
    return table(
        ["", "MB of text", "times begun"],
        [
            [
                "instruction data",
                f"{corpus.instruction_bytes / 1e6:.1f}",
                corpus.instruction_rounds,
            ],
            ["documentation and source code", f"{rest / 1e6:.1f}", corpus.text_rounds],
            [
                f"both: {corpus.files} files, {corpus.documents:,} documents, "
                f"{len(corpus.planted):,} planted, {corpus.stored_bytes / 1e6:.1f} MB on disk",
                f"{corpus.text_megabytes:.1f}",
                "",
            ],
        ],
        "lrr",
    )


def _building_table(measured: Measured) -> str:
    builds, size = measured.builds, measured.corpus.text_megabytes
    direct = median(builds.direct)
    rows = [["direct scan, gsm8k", *_timed(builds.direct, size), "", ""]]
    for scale, seconds in builds.seconds.items():
        ratio, peak = f"{direct / median(seconds):.2f}", f"{builds.peak_mb[scale]:.0f}"
        rows.append([f"build, scale {scale}", *_timed(seconds, size), ratio, peak])
    head = ["one thread", "seconds", "MB/s", "of the direct scan's rate", "peak memory, MB"]
    return table(head, rows, "lrrrr")


def _timed(seconds: list[float], size: float) -> list[str]:
    return [spread(seconds), spread([size / each for each in seconds])]


def _size_table(measured: Measured) -> str:
    text_bytes = measured.corpus.text_bytes
    rows = []
    for scale in SCALES:
        tables = measured.tables[scale]
        sizes = {f"`{name}`": size for name, size in sorted(tables.items())}
        sizes["n-gram tables together"] = of_tables(tables, NGRAM_TABLES)
        sizes["MinHash tables together"] = of_tables(tables, SIGNATURE_TABLES)
        for name, size in sizes.items():
            each = f"{size.bytes / size.rows:.2f}" if size.rows else ""
            megabytes, part = size.bytes / 1e6, size.bytes / text_bytes
            rows.append([scale, name, f"{size.rows:,}", f"{megabytes:.1f}", each, f"{part:.3f}"])
    return table(["scale", "table", "rows", "MB", "bytes a row", "of the text"], rows, "rlrrrr")


def _query_table(measured: Measured) -> str:
    return table(
        ["whole process, all cores", "benchmark", "seconds", "peak memory, MB"],
        [
            [case.name, benchmark, spread(query.seconds, 2), f"{query.peak_mb:.0f}"]
            for (case, benchmark), query in measured.queries.items()
        ],
        "llrr",
    )


def _agreement_table(measured: Measured) -> str:
    rows: list[list[object]] = []
    for case, agreement in measured.agreements.items():
        for kind in KINDS:
            direct, same = agreement.direct[kind], agreement.same_kind[kind]
            rows.append(
                [case.name, kind, share(agreement.again[kind], direct), share(same, direct)]
            )
    return table(["", "kind in the direct scan", "found again", "same kind"], rows, "llrr")


def _basis_table(measured: Measured) -> str:
    return table(
        ["", "decided from text", "decided from fingerprints", "missing", "extra", "different"],
        [
            [
                case.name,
                agreement.basis["text"],
                agreement.basis["fingerprints"],
                len(agreement.missing),
                len(agreement.extra),
                agreement.different,
            ]
            for case, agreement in measured.agreements.items()
        ],
        "lrrrrr",
    )


def _by_benchmark(measured: Measured) -> str:
    rows: list[list[object]] = []
    for bench in FIVE:
        for kind in KINDS:
            direct = [each for each in measured.direct if (each.bench, each.kind) == (bench, kind)]
            if direct:
                found = [
                    share(len(direct) - _count(agreement.missing, bench, kind), len(direct))
                    for agreement in measured.agreements.values()
                ]
                rows.append([bench, kind, *found])
    head = ["benchmark", "kind in the direct scan", *(case.name for case in measured.agreements)]
    return table(head, rows, "ll" + "r" * len(measured.agreements))


def _count(findings: list[Found], bench: str, kind: str) -> int:
    return sum((each.bench, each.kind) == (bench, kind) for each in findings)


def _listed(name: str, agreement: Agreement) -> str:
    """Name the first of the findings that only one of the two has; nothing if there is none."""
    rows = [
        [what, each.bench, each.item, each.kind, each.path, each.row]
        for what, findings in (("missing", agreement.missing), ("extra", agreement.extra))
        for each in findings[:NAMED]
    ]
    if not rows:
        return ""
    shown = f"the first {NAMED} of each" if len(rows) >= NAMED else "all"
    head = ["", "benchmark", "item", "kind", "file", "row"]
    return f"### Only one of the two: {name} ({shown})\n\n{table(head, rows, 'lllllr')}"


def _minhash_table(measured: Measured) -> str:
    return table(
        ["one core", "signatures a second", "times slower than the kernel"],
        [
            [rate.name, f"{rate.documents_per_second:,.0f}", f"{rate.times_slower:.1f}"]
            for rate in measured.minhash
        ],
        "lrr",
    )


def _large_table(large: Large) -> str:
    return table(
        ["scale 1, all cores", ""],
        [
            ["text", f"{large.text_megabytes:,.0f} MB"],
            ["index", f"{large.index_megabytes:,.0f} MB"],
            ["building", f"{large.seconds:.0f} s"],
            ["peak memory of building", f"{large.build_peak_mb:,.0f} MB"],
            *(
                [f"peak memory of a scan for {name}", f"{peak:,.0f} MB"]
                for name, peak in large.query_peak_mb.items()
            ),
        ],
        "lr",
    )

"""What is demanded of indexes, held against what was measured."""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import median

from index_agreement import Agreement
from index_measured import Case, Large, Measured
from index_runs import SCALES, TableSize
from pages import Demand, percent, share, spread

from leakcheck.detection.finding import Kind

__all__ = ["NGRAM_TABLES", "SIGNATURE_TABLES", "demands", "of_tables"]

NGRAM_TABLES = ("ngrams", "rare_tokens")
"""All that a scan for benchmarks reads in place of the text."""
SIGNATURE_TABLES = ("signatures",)

LEAST_TEXT_MEGABYTES = 500
LEAST_OF_DIRECT_RATE = 0.3
MOST_OF_TEXT = 0.4
MOST_A_SIGNATURE = 520
MOST_SECONDS = {"gsm8k": 3.0, "mmlu": 10.0}
LEAST_FOUND: dict[Kind, float] = {"verbatim": 0.995, "near": 0.97, "rewritten": 0.85}
LEAST_OVER_DATASKETCH = {"datasketch, update": 20.0, "datasketch, update_batch": 3.0}
MOST_MEGABYTES = 2_000


def demands(measured: Measured, large: Large | None) -> list[Demand]:
    """Hold everything that has a demand against it."""
    return [
        _corpus(measured),
        _rate(measured),
        *_sizes(measured),
        *_answers(measured),
        *_findings(measured),
        *_signatures(measured),
        *([] if large is None else _memory(large)),
    ]


def _corpus(measured: Measured) -> Demand:
    size = measured.corpus.text_megabytes
    return Demand(
        "text of the corpus",
        f"at least {LEAST_TEXT_MEGABYTES} MB",
        f"{size:.0f} MB",
        size >= LEAST_TEXT_MEGABYTES,
    )


def _rate(measured: Measured) -> Demand:
    size, scale = measured.corpus.text_megabytes, SCALES[0]
    direct, built = median(measured.builds.direct), median(measured.builds.seconds[scale])
    return Demand(
        f"building at scale {scale}, one thread",
        f"at least {LEAST_OF_DIRECT_RATE:g} times the rate of the direct scan",
        f"{direct / built:.2f} times: {size / built:.1f} MB/s against {size / direct:.1f} MB/s",
        direct / built >= LEAST_OF_DIRECT_RATE,
    )


def of_tables(tables: dict[str, TableSize], names: tuple[str, ...]) -> TableSize:
    """Return the size of some tables together."""
    sizes = [tables[name] for name in names if name in tables]
    return TableSize(sum(size.rows for size in sizes), sum(size.bytes for size in sizes))


def _sizes(measured: Measured) -> Iterator[Demand]:
    tables, text_bytes = measured.tables[SCALES[0]], measured.corpus.text_bytes
    ngrams, signatures = (of_tables(tables, names) for names in (NGRAM_TABLES, SIGNATURE_TABLES))
    yield Demand(
        f"n-gram tables at scale {SCALES[0]} ({', '.join(n for n in NGRAM_TABLES if n in tables)})",
        f"at most {MOST_OF_TEXT:g} of the text",
        f"{ngrams.bytes / text_bytes:.3f}: {ngrams.bytes / 1e6:.1f} MB",
        ngrams.bytes <= MOST_OF_TEXT * text_bytes,
    )
    each = signatures.bytes / max(1, signatures.rows)
    yield Demand(
        "MinHash tables",
        f"at most {MOST_A_SIGNATURE} bytes a signature",
        f"{each:.1f} bytes: {signatures.bytes / 1e6:.1f} MB for {signatures.rows:,}",
        each <= MOST_A_SIGNATURE,
    )


def _answers(measured: Measured) -> Iterator[Demand]:
    for (case, benchmark), query in measured.queries.items():
        most = MOST_SECONDS[benchmark]
        yield Demand(
            f"`leakcheck scan corpus.lki --bench {benchmark}`, {case.name}, whole process, "
            f"{os.cpu_count()} cores",
            f"under {most:g} s",
            f"{spread(query.seconds, 2)} s",
            median(query.seconds) < most,
        )


def _findings(measured: Measured) -> Iterator[Demand]:
    all_of_them = measured.agreements[Case(1, reachable=True)]
    yield Demand(
        "findings at scale 1, corpus reachable",
        "the same as those of the direct scan, place and kind included",
        f"{all_of_them.different} different, of {all_of_them.direct.total()}",
        all_of_them.identical,
    )
    yield from _shares(measured.agreements[Case(4, reachable=True)])


def _shares(agreement: Agreement) -> Iterator[Demand]:
    for kind, least in LEAST_FOUND.items():
        again, direct = agreement.again[kind], agreement.direct[kind]
        yield Demand(
            f"{kind} findings of the direct scan found again at scale 4, corpus reachable",
            f"at least {percent(least)}",
            share(again, direct),
            again >= least * direct,
        )


def _signatures(measured: Measured) -> Iterator[Demand]:
    for rate in measured.minhash:
        if rate.name in LEAST_OVER_DATASKETCH:
            least = LEAST_OVER_DATASKETCH[rate.name]
            yield Demand(
                f"MinHash signatures, equal value for value, beside {rate.name}",
                f"at least {least:g} times as fast",
                f"{rate.times_slower:.1f} times",
                rate.times_slower >= least,
            )


def _memory(large: Large) -> Iterator[Demand]:
    index = f"an index of {large.index_megabytes:,.0f} MB"
    for what, peak in (
        ("building", large.build_peak_mb),
        *((f"scan for {name} through", peak) for name, peak in large.query_peak_mb.items()),
    ):
        yield Demand(
            f"peak memory of {what} {index}",
            f"under {MOST_MEGABYTES:,} MB, with an index larger than that",
            f"{peak:,.0f} MB",
            peak < MOST_MEGABYTES < large.index_megabytes,
        )

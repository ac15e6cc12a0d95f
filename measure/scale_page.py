"""What docs/scale.md has on costs: what was measured, and what follows if it goes on like that."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from pages import table
from scale_model import Measured, Model

from leakcheck.version import __version__

__all__ = ["Started", "page"]

CORPORA_GB = {"1 GB": 1, "1 TB": 1_000, "15 TB": 15_000, "100 TB": 100_000}
BENCHMARKS = (1, 10, 200)
CORES = (2, 64, 1024)
NODE_CORES = 64

MEASURED = """\
Made by `python measure/scale.py --output docs/scale.md` with leakcheck {leakcheck} and numba
{numba} on {date}. Machine: {machine}, {cores} cores, Python {python}.

### Measured

{megabytes:.0f} MB of JSON lines, documentation of a Debian machine in documents of 1,000 to
20,000 characters, scanned {repeats} times in one thread of a process that has loaded its
benchmarks: parsing, matching and scoring. Seconds are of a core (user and system time), so that
other work on the machine counts little; the rate is that of the best run. *Sent* is what a Ray
cluster sends to each node. The peak is that of the process, loading included.

200 benchmarks could not be had. In their place all were loaded 4 and 8 times over: as many items,
each found by as much text as before. What differs from 200 others is that their shingles would
not be the same ones, so that there would be more of them to keep; memory is rather
underestimated."""

STARTED = """\
A whole command with one short document to scan: start, loading, report. The median of three, with
the least and the greatest in brackets."""

EXTRAPOLATED = """\
### Extrapolated

Nothing below was measured. Over the number of items it goes by the straight lines between the
measurements above, benchmarks taken to have {items:,.0f} items each, as all have in the mean, or
as few as were measured; over the size of a corpus it goes up from {megabytes:.0f} MB in
proportion.

What is assumed: uncompressed JSON lines like the text above; a core is one of the machine above,
and stores and networks keep up; a core-hour costs {core_hour:g} and a gigabyte read from a store
{gigabyte:g} of some currency (options of the command; set your own). Compressed files are fewer
gigabytes to read and about as many core-hours. Hours are those of cores that are all busy."""

MEMORY = """\
Memory and network of a cluster, by the same lines. A node has what it was sent once, and
{own:,.0f} MB for each of its workers (as measured with gsm8k: code, a batch that is read, one
that is looked through). The corpus is read once, by the workers, and does not pass through the
machine that asks. Findings come back, about a kilobyte each: {findings:,.0f} for a gigabyte of
this text with all."""


class Started(NamedTuple):
    """How long a command takes that has nothing to do."""

    engine: str
    benchmarks: str
    seconds: list[float]


def page(model: Model, started: Sequence[Started], core_hour: float, gigabyte: float) -> str:
    """Put the text and the tables together."""
    every = next(each for each in model.measured if each.chosen == "all")
    each_benchmark = every.items / every.benchmarks
    parts = [
        MEASURED.format(
            leakcheck=__version__,
            numba=version("numba"),
            date=f"{datetime.now(UTC):%Y-%m-%d}",
            machine=_processor(),
            cores=os.cpu_count(),
            python=platform.python_version(),
            megabytes=every.corpus_mb,
            repeats=len(every.seconds),
        ),
        _measured_table(model.measured),
        STARTED,
        _started_table(started),
        EXTRAPOLATED.format(
            items=each_benchmark,
            megabytes=every.corpus_mb,
            core_hour=core_hour,
            gigabyte=gigabyte,
        ),
        _cost_table(model, each_benchmark, core_hour, gigabyte),
        MEMORY.format(own=model.own_mb, findings=1000 * every.findings / every.corpus_mb),
        _memory_table(model, each_benchmark),
    ]
    return "\n\n".join(parts) + "\n"


def _processor() -> str:
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found[1] if found else platform.machine()


def _measured_table(measured: Sequence[Measured]) -> str:
    head = [
        "benchmarks",
        "are",
        "items",
        "MB/s a core",
        "core-seconds a GB",
        "core-seconds to load",
    ]
    return table(
        [*head, "sent, MB", "peak, MB"],
        [
            [
                each.chosen,
                each.benchmarks,
                f"{each.items:,}",
                f"{1000 / each.core_seconds_each_gb:.1f}",
                _spread([1000 * seconds / each.corpus_mb for seconds in each.seconds]),
                f"{each.load_seconds:.1f}",
                f"{each.sent_mb:,.0f}",
                f"{each.peak_mb:,.0f}",
            ]
            for each in measured
        ],
        "lrrrrrrr",
    )


def _started_table(started: Sequence[Started]) -> str:
    return table(
        ["engine", "benchmarks", "seconds"],
        [[each.engine, each.benchmarks, _spread(each.seconds)] for each in started],
        "llr",
    )


def _cost_table(model: Model, each_benchmark: float, core_hour: float, gigabyte: float) -> str:
    head = ["corpus", "benchmarks", "core-hours", "money, work", "money, reading"]
    return table(
        [*head, *(f"hours, {cores:,} cores" for cores in CORES)],
        _cost_rows(model, each_benchmark, core_hour, gigabyte),
        "lrrrr" + "r" * len(CORES),
    )


def _cost_rows(
    model: Model, each_benchmark: float, core_hour: float, gigabyte: float
) -> Iterator[list[str]]:
    for corpus, gigabytes in CORPORA_GB.items():
        for benchmarks in BENCHMARKS:
            each_gb = model.at(lambda each: each.core_seconds_each_gb, benchmarks * each_benchmark)
            hours = gigabytes * each_gb / 3600
            yield [
                corpus,
                str(benchmarks),
                _number(hours),
                _number(hours * core_hour),
                _number(gigabytes * gigabyte),
                *(_number(hours / cores) for cores in CORES),
            ]


def _memory_table(model: Model, each_benchmark: float) -> str:
    head = ["benchmarks", "sent to each node, GB", f"a node of {NODE_CORES} workers, GB"]
    rows = []
    for benchmarks in BENCHMARKS:
        items = benchmarks * each_benchmark
        sent_gb = model.at(lambda each: each.sent_mb, items) / 1000
        node_gb = sent_gb + NODE_CORES * model.own_mb / 1000
        loading_gb = model.at(lambda each: each.load_peak_mb, items) / 1000
        seconds = model.at(lambda each: each.load_seconds, items)
        rows.append([benchmarks, *map(_number, (sent_gb, node_gb, loading_gb, seconds))])
    return table(
        [*head, "the machine that asks, while it loads, GB", "seconds it loads"], rows, "rrrrr"
    )


def _number(number: float) -> str:
    """Write a number that is an estimate: two digits that count.

    >>> _number(1234.0), _number(12.34), _number(0.01234)
    ('1,200', '12', '0.012')
    """
    rounded = float(f"{number:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:g}"


def _spread(numbers: Sequence[float]) -> str:
    return f"{median(numbers):.1f} ({min(numbers):.1f}-{max(numbers):.1f})"

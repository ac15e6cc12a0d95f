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
cluster sends to each node. The peak is that of the process, loading included."""

STARTED = """\
A whole command with one short document to scan: start, loading, report. The median of three, with
the least and the greatest in brackets."""

EXTRAPOLATED = """\
### Extrapolated

Nothing below was measured. Straight lines over the number of items were laid through the table
above (by least squares of the shares they are off):

{lines}

and benchmarks are taken to have {items:,.0f} items each, as those measured have in the mean.
Beyond {most:,} items nothing was measured; the lines rise more steeply than the measurements do
there, so that 200 benchmarks are rather over- than underestimated.

What is assumed: uncompressed JSON lines like the text above; a core is one of the machine above,
and stores and networks keep up; a core-hour costs {core_hour:g} and a gigabyte read from a store
{gigabyte:g} of some currency (options of the command; set your own). Compressed files are fewer
gigabytes to read and about as many core-hours. Hours are those of {cores} cores, all busy."""

MEMORY = """\
Memory and network of a cluster, by the same lines. A node of {node_cores} cores has what it was
sent once, and for each worker {own:,.0f} MB at most of its own (measured with the fewest items:
code, a batch that is read, one that is looked through). The corpus itself is read once, from the
store, by whoever works on it; it never passes through the machine that asks. Findings come back:
{findings:,.0f} for a gigabyte of this text with the most benchmarks, of about a kilobyte each."""


class Started(NamedTuple):
    """How long a command takes that has nothing to do."""

    engine: str
    benchmarks: str
    seconds: list[float]


def page(
    measured: Sequence[Measured],
    started: Sequence[Started],
    model: Model,
    core_hour: float,
    gigabyte: float,
) -> str:
    """Put the text and the tables together."""
    most = max(measured, key=lambda each: each.items)
    each_benchmark = most.items / most.benchmarks
    parts = [
        MEASURED.format(
            leakcheck=__version__,
            numba=version("numba"),
            date=f"{datetime.now(UTC):%Y-%m-%d}",
            machine=_processor(),
            cores=os.cpu_count(),
            python=platform.python_version(),
            megabytes=most.corpus_mb,
            repeats=len(most.seconds),
        ),
        _measured_table(measured),
        STARTED,
        _started_table(started),
        EXTRAPOLATED.format(
            lines=_lines(model),
            items=each_benchmark,
            most=most.items,
            core_hour=core_hour,
            gigabyte=gigabyte,
            cores=", ".join(f"{cores:,}" for cores in CORES),
        ),
        _cost_table(model, each_benchmark, core_hour, gigabyte),
        MEMORY.format(
            node_cores=NODE_CORES,
            own=model.own_mb,
            findings=1000 * most.findings / most.corpus_mb,
        ),
        _memory_table(model, each_benchmark),
    ]
    return "\n\n".join(parts) + "\n"


def _processor() -> str:
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found[1] if found else platform.machine()


def _measured_table(measured: Sequence[Measured]) -> str:
    head = ["benchmarks", "items", "MB/s a core", "core-seconds a GB", "core-seconds to load"]
    return table(
        [*head, "sent, MB", "peak, MB"],
        [
            [
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
        "rrrrrrr",
    )


def _started_table(started: Sequence[Started]) -> str:
    return table(
        ["engine", "benchmarks", "seconds"],
        [[each.engine, each.benchmarks, _spread(each.seconds)] for each in started],
        "llr",
    )


def _lines(model: Model) -> str:
    return "\n".join(
        f"- {what}: {line.base:.2f} + {1000 * line.each_item:.3f} for 1,000 items; "
        f"the measurements are off by {100 * line.most_off:.0f} % at most;"
        for what, line in (
            ("core-seconds a gigabyte", model.core_seconds_each_gb),
            ("core-seconds to load", model.load_seconds),
            ("megabytes of memory to load", model.load_peak_mb),
            ("megabytes sent to a node", model.sent_mb),
        )
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
            seconds = gigabytes * model.core_seconds_each_gb.at(benchmarks * each_benchmark)
            hours = seconds / 3600
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
        sent_gb = model.sent_mb.at(items) / 1000
        node_gb = sent_gb + NODE_CORES * model.own_mb / 1000
        loading_gb = model.load_peak_mb.at(items) / 1000
        seconds = model.load_seconds.at(items)
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

"""Measures how fast leakcheck is and how much memory it takes, beside decon and mere parsing.

    python measure/speed.py DATA --decon PYTHON --output docs/speed.md

DATA is the folder `measure/accuracy.py` takes. PYTHON is a Python 3.12 that has decontaminate (the
packaged decon) and orjson; leakcheck must be importable in the Python that runs this. Web text and
code are taken from the files of the machine, a Debian one. The exit code is 1 if a demand fell
short. Leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

from contestants import (
    Contestant,
    Timing,
    contestants,
    leakcheck_command,
    run,
    spread,
    whole,
)
from pages import Demand, demand_table, made_by, table, write_page
from rows_found import FIVE
from speed_corpora import MADE_OF, Corpus, build_corpora, build_planted, join, unzip_alpaca

MOST_OVER_LOADING = 2.5
MOST_FIRST_RUN = 15.0
MOST_MEMORY = 1.15
LEAST_OVER_DECON = {"alpaca": 5.0, "web": 10.0, "code": 10.0}

Results = dict[tuple[str, str], list[Timing]]
"""The runs of a contestant, by its label, on a corpus."""

INTRODUCTION = """\
# Speed

How to read this page: the first table has what is demanded of leakcheck. The tables below it have
the medians of all runs, with the least and the greatest in brackets. In each round every contestant
has one run on every corpus, so that a slow minute of the machine falls on all of them.

- *The work itself* is the time of the scan with the benchmarks loaded: leakcheck's scan in a
  process that has loaded its packs and kernels, and what decon prints as its detection time, which
  leaves out building its index. *Whole process* is from the start of the command to its end.
- Rates are megabytes of JSON lines a second, and documents a second.
- Parsing alone reads each line and throws it away: no program in Python that reads JSON lines one
  by one can be faster.
- decon runs as it ships; its benchmarks are the same items as leakcheck's, one row each, with the
  right choice, the solution or the program as the answer.
"""


def main() -> None:
    """Measure, write the page, and leave with 1 if a demand fell short."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument("--decon", required=True, metavar="PYTHON", help="Python with decon")
    parser.add_argument("--repeats", type=int, default=5, help="rounds (default: 5)")
    parser.add_argument(
        "--megabytes", type=int, default=64, help="of web text and of code (default: 64)"
    )
    parser.add_argument("--output", type=Path, help="write the page to this file too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demands, text = measure(Path(folder), arguments)
    write_page(text, arguments.output)
    raise SystemExit(int(not all(demand.passed for demand in demands)))


def measure(folder: Path, arguments: argparse.Namespace) -> tuple[list[Demand], str]:
    """Measure everything and put the page together."""
    data, repeats = arguments.data, arguments.repeats
    every = contestants(folder, data, arguments.decon)
    corpora = build_corpora(folder, data, arguments.megabytes)
    checked = check_finds(every, build_planted(folder, data))
    load, warm, cold = time_commands(unzip_alpaca(folder, data), folder, repeats)
    results = race(every, corpora, repeats)
    small, large = memory(corpora[1], folder)
    demands = [
        *command_demands(load, warm, cold),
        *(decon_demand(corpus, results) for corpus in corpora),
        memory_demand(small, large),
    ]
    command = "python measure/speed.py DATA --decon PYTHON --output docs/speed.md"
    parts = [
        INTRODUCTION,
        made_by(f"{command} --repeats {repeats}", FIVE),
        machine(arguments.decon),
        "## Demands",
        demand_table(demands),
        "## The corpora",
        table(
            ["corpus", "documents", "MB", "made of"],
            [[c.name, f"{c.documents:,}", f"{c.megabytes:.1f}", MADE_OF[c.name]] for c in corpora],
            "lrr",
        ),
        checked,
        *(f"## {corpus.name}\n\n{rates(corpus, every, results)}" for corpus in corpora),
    ]
    return demands, "\n\n".join(part.strip("\n") for part in parts) + "\n"


def machine(python_of_decon: str) -> str:
    """Name the processor and the versions that matter."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"model name\s*: (.*)", info)
    _, theirs = run(
        [
            python_of_decon,
            "-c",
            "import platform, importlib.metadata as m; "
            "print(platform.python_version(), *map(m.version, ('decontaminate', 'orjson')))",
        ]
    )
    python, decon, orjson = theirs.split()
    ours = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "pyarrow", "msgspec"))
    return (
        f"Machine: {model[1] if model else platform.machine()}, {os.cpu_count()} cores. "
        f"leakcheck on Python {platform.python_version()} with {ours}; decon is decontaminate "
        f"{decon} on Python {python}, beside orjson {orjson}."
    )


def check_finds(every: Sequence[Contestant], planted: Corpus) -> str:
    """Say how many documents with a planted item each contestant finds: a fair race needs it."""
    found = {
        each.name: each.time(planted.folder).found
        for each in every
        if (each.benchmarks, each.threads) == ("gsm8k", 1)
    }
    said = " and ".join(f"{name} {number}" for name, number in found.items())
    return (
        f"Both look for something: of {planted.documents} web pages with a test item of gsm8k in "
        f"the middle, question and answer word for word, {said} are found."
    )


def time_commands(
    alpaca: Path, folder: Path, repeats: int
) -> tuple[list[float], list[float], list[float]]:
    """Time loading a corpus, scanning it, and scanning it with nothing compiled yet."""
    program = f"import numba, pyarrow, json; json.load(open({str(alpaca)!r}))"
    scan = leakcheck_command(alpaca, "gsm8k")
    load, warm, cold = [], [], []
    whole(scan)
    for repeat in range(repeats):
        fresh = folder / f"kernels-{repeat}"
        fresh.mkdir()
        load.append(whole([sys.executable, "-c", program]))
        warm.append(whole(scan))
        cold.append(whole(scan, {**os.environ, "NUMBA_CACHE_DIR": str(fresh)}))
    return load, warm, cold


def race(every: Sequence[Contestant], corpora: Sequence[Corpus], repeats: int) -> Results:
    """Run every contestant on every corpus, round after round."""
    results: Results = defaultdict(list)
    for repeat in range(repeats):
        for corpus in corpora:
            print(f"round {repeat + 1} of {repeats}: {corpus.name}", file=sys.stderr)
            for each in every:
                results[label(each), corpus.name].append(each.time(corpus.folder))
    return results


def label(contestant: Contestant) -> str:
    """Name a contestant with what it looks for and its threads.

    >>> label(Contestant("decon", "gsm8k", 2, lambda _: Timing(0, 0)))
    'decon, gsm8k, 2 threads'
    """
    threads = f"{contestant.threads} thread{'s' * (contestant.threads > 1)}"
    return ", ".join(filter(None, (contestant.name, contestant.benchmarks, threads)))


def rates(corpus: Corpus, every: Sequence[Contestant], results: Results) -> str:
    """Lay out the rates of all contestants on one corpus."""
    rows = []
    for name in map(label, every):
        timings = results[name, corpus.name]
        work = [timing.seconds for timing in timings]
        process = [timing.whole for timing in timings]
        rows.append(
            [
                name,
                spread([corpus.megabytes / seconds for seconds in work]),
                spread([corpus.documents / seconds for seconds in work], 0),
                spread(work, 2),
                spread(process, 2),
                spread([corpus.megabytes / seconds for seconds in process]),
            ]
        )
    head = ["", "MB/s", "documents/s", "seconds", "whole process, seconds", "whole process, MB/s"]
    return table(head, rows, "lrrrrr")


def command_demands(
    load: Sequence[float], warm: Sequence[float], cold: Sequence[float]
) -> list[Demand]:
    """Hold the whole command against loading the corpus, and the first run against the next."""
    ratio = median(warm) / median(load)
    more = median(cold) - median(warm)
    return [
        Demand(
            "`leakcheck scan alpaca_data.json --bench gsm8k`, whole process",
            f"at most {MOST_OVER_LOADING:g} times importing numba and pyarrow and json.load of it",
            f"{ratio:.2f} times: {spread(warm, 2)} s against {spread(load, 2)} s",
            ratio <= MOST_OVER_LOADING,
        ),
        Demand(
            "the same, first run after installation",
            f"at most {MOST_FIRST_RUN:g} s more",
            f"{more:.1f} s more: {spread(cold)} s",
            more <= MOST_FIRST_RUN,
        ),
    ]


def decon_demand(corpus: Corpus, results: Results) -> Demand:
    """Hold one thread of leakcheck against one of decon."""
    ours, theirs = (
        median(timing.seconds for timing in results[f"{name}, gsm8k, 1 thread", corpus.name])
        for name in ("leakcheck", "decon")
    )
    least = LEAST_OVER_DECON[corpus.name]
    return Demand(
        f"{corpus.name}, gsm8k, one thread, the work itself",
        f"at least {least:g} times decon's rate",
        f"{theirs / ours:.1f} times: {corpus.megabytes / ours:.1f} MB/s against "
        f"{corpus.megabytes / theirs:.1f} MB/s",
        theirs / ours >= least,
    )


def memory(corpus: Corpus, folder: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return size and peak memory, in MB, of a scan of a file and of one four times as large."""
    measured = []
    for times in (1, 4):
        path = join(corpus, folder / "joined.jsonl", times)
        size = path.stat().st_size / 1e6
        child = str(Path(__file__).with_name("child_leakcheck.py"))
        _, output = run([sys.executable, child, str(path), "gsm8k", str(os.cpu_count() or 1)])
        measured.append((size, float(re.findall(r'"peak_mb": ([\d.]+)', output)[0])))
    return measured[0], measured[1]


def memory_demand(small: tuple[float, float], large: tuple[float, float]) -> Demand:
    """Hold the memory for a large file against that for a small one."""
    growth = large[1] / small[1]
    return Demand(
        "peak memory of a scan, web text in one file, gsm8k, all cores",
        f"at most {MOST_MEMORY - 1:.0%} more for four times the corpus",
        f"{growth - 1:+.1%}: {small[1]:.0f} MB for {small[0]:.0f} MB, "
        f"{large[1]:.0f} MB for {large[0]:.0f} MB",
        growth <= MOST_MEMORY,
    )


if __name__ == "__main__":
    main()

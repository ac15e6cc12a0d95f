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
import tempfile
from importlib.metadata import version
from pathlib import Path

from commands import command_demands, memory_demand
from contestants import contestants, run
from pages import Demand, demand_table, made_by, table, write_page
from race import check_finds, decon_demand, race, rates
from rows_found import FIVE
from speed_corpora import MADE_OF, build_corpora, build_planted, unzip_alpaca

INTRODUCTION = """\
# Speed

How to read this page: the first table has what is demanded of leakcheck. The tables below it have
the medians of all runs, with the least and the greatest in brackets. In each round every contestant
has one run on every corpus, so that a slow minute of the machine falls on all of them.

- *The work itself* is the time of the scan with the benchmarks loaded: leakcheck's scan in a
  process that has loaded its packs and kernels, and what decon prints as its detection time, which
  leaves out building its index. Both have as many cores as threads. *Whole process* is from the
  start of the command to its end; there leakcheck reads on a core beside those of its threads.
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
    data, repeats, megabytes = arguments.data, arguments.repeats, arguments.megabytes
    every = contestants(folder, data, arguments.decon)
    corpora = build_corpora(folder, data, megabytes)
    checked = check_finds(every, build_planted(folder, data))
    of_command = command_demands(unzip_alpaca(folder, data), folder, repeats)
    results = race(every, corpora, repeats)
    of_race = [decon_demand(corpus, results) for corpus in corpora]
    demands = [*of_command, *of_race, memory_demand(corpora[1], folder)]
    command = "python measure/speed.py DATA --decon PYTHON --output docs/speed.md"
    parts = [
        INTRODUCTION,
        made_by(f"{command} --repeats {repeats} --megabytes {megabytes}", FIVE),
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


if __name__ == "__main__":
    main()

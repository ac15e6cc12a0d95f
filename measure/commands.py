"""The command as a user runs it: against loading a corpus, its first run, before a commit."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from loaded import leakcheck_command
from pages import Demand, spread
from processes import run, whole
from speed_corpora import first_records, unzip_alpaca

__all__ = ["command_demands", "commit_demands"]

MOST_OVER_LOADING = 2.5
MOST_FIRST_RUN = 15.0
MOST_OVER_IMPORTS = 2.0
STAGED = 1_000
"""Records of the commit."""
LOOKED_FOR = ("gsm8k", "gsm8k,math")
"""What the hook is told to look for; the second is the example of docs/gate.md."""

_IMPORTS = [sys.executable, "-c", "import pyarrow, numba"]
_HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
_ENTRY = re.compile(r"^- id: leakcheck\n(?:  .*\n)*?  entry: leakcheck (.*)\n", re.MULTILINE)


def command_demands(folder: Path, data: Path, rounds: int) -> list[Demand]:
    """Hold the whole command against loading the corpus, and the first run against the next."""
    load, warm, cold = _time_commands(unzip_alpaca(folder, data), folder, rounds)
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


def _time_commands(
    alpaca: Path, folder: Path, rounds: int
) -> tuple[list[float], list[float], list[float]]:
    """Time loading a corpus, scanning it, and scanning it with nothing compiled yet."""
    program = f"import numba, pyarrow, json; json.load(open({str(alpaca)!r}))"
    scan = leakcheck_command(alpaca, "gsm8k")
    load, warm, cold = [], [], []
    whole(scan)
    for number in range(rounds):
        fresh = folder / f"kernels-{number}"
        fresh.mkdir()
        load.append(whole([sys.executable, "-c", program]))
        warm.append(whole(scan))
        caches = {"NUMBA_CACHE_DIR": str(fresh), "XDG_CACHE_HOME": str(fresh)}
        cold.append(whole(scan, {**os.environ, **caches}))
    return load, warm, cold


def commit_demands(folder: Path, data: Path, rounds: int) -> list[Demand]:
    """Hold what the hook does before a commit against importing what it needs."""
    repository = folder / "repository"
    staged = _stage(repository, data)
    return [_commit_demand(repository, staged, names, rounds) for names in LOOKED_FOR]


def _stage(repository: Path, data: Path) -> str:
    """Stage records in a new repository; return the name of their file."""
    file = repository / "data" / "train.jsonl"
    file.parent.mkdir(parents=True)
    file.write_bytes(first_records(data, STAGED))
    name = os.fspath(file.relative_to(repository))
    for command in (["git", "init", "--quiet"], ["git", "add", name]):
        run(command, folder=repository)
    return name


def _commit_demand(repository: Path, staged: str, benchmarks: str, rounds: int) -> Demand:
    # pre-commit appends the arguments of its configuration, then the names of the staged files.
    hook = [sys.executable, "-m", "leakcheck", *_entry(), "--bench", benchmarks, staged]
    imports, times = [], []
    run(hook, folder=repository)
    for _ in range(rounds):
        imports.append(run(_IMPORTS, folder=repository)[0])
        times.append(run(hook, folder=repository)[0])
    ratio = median(times) / median(imports)
    return Demand(
        f"the hook before a commit of {STAGED:,} records, {benchmarks}, whole process",
        f'at most {MOST_OVER_IMPORTS:g} times `python -c "import pyarrow, numba"`',
        f"{ratio:.2f} times: {spread(times, 2)} s against {spread(imports, 2)} s",
        ratio <= MOST_OVER_IMPORTS,
    )


def _entry() -> Sequence[str]:
    """Return the arguments of the hook, from the file that pre-commit reads."""
    found = _ENTRY.search(_HOOKS.read_text("utf-8"))
    if found is None:
        raise SystemExit(f"{_HOOKS}: no entry of the hook leakcheck")
    return found[1].split()

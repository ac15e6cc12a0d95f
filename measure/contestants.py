"""What is timed: leakcheck, decon, and parsing alone, each run in a process of its own."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import msgspec
from rows_found import FIVE, items_of

from leakcheck.benchmark.items import Item

__all__ = ["Contestant", "Timing", "contestants", "leakcheck_command", "run", "spread", "whole"]

_HERE = Path(__file__).parent
_DECON_TIME = re.compile(r"Detection time\s+([\d.]+)\s*(\S+)")
_DECON_FOUND = re.compile(r"Contaminated documents\s+([\d,]+)")
_SECONDS = {"s": 1.0, "ms": 1e-3, "μs": 1e-6, "µs": 1e-6, "m": 60.0}


class Timing(NamedTuple):
    """One run."""

    seconds: float
    """What the work itself took, everything loaded."""
    whole: float
    """What the process took, from start to end."""
    found: int = 0
    """Documents with a finding."""
    peak_mb: float = 0.0


class Contestant(NamedTuple):
    """A program that goes over a corpus."""

    name: str
    benchmarks: str
    threads: int
    time: Callable[[Path], Timing]


def contestants(folder: Path, data: Path, python_of_decon: str) -> list[Contestant]:
    """Return all contestants; the benchmarks for decon are written below `folder`."""
    every: list[Contestant] = []
    for benchmarks in (("gsm8k",), FIVE):
        label = benchmarks[0] if len(benchmarks) == 1 else "five"
        evals = _write_evals(folder / f"evals-{label}", benchmarks, data)
        for threads in (1, 2):
            every += [
                Contestant("leakcheck", label, threads, _leakcheck(",".join(benchmarks), threads)),
                Contestant("decon", label, threads, _decon(python_of_decon, evals, threads)),
            ]
    parsers = {"orjson": python_of_decon, "msgspec": sys.executable}
    for library, python in parsers.items():
        every.append(Contestant(f"parse only, {library}", "", 1, _parse(python, library)))
    return every


def leakcheck_command(path: Path, benchmarks: str, threads: int | None = None) -> list[str]:
    """Return the command that scans a path, as a user types it."""
    command = [sys.executable, "-m", "leakcheck", "scan", str(path), "--bench", benchmarks]
    return [
        *command,
        *("--quiet", "--fail-on", "never"),
        *(() if threads is None else ("--threads", str(threads))),
    ]


def whole(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Return the seconds that a command takes."""
    return run(command, environment)[0]


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[float, str]:
    """Run a command and return its seconds and its output; it must not fail."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    return seconds, done.stdout.decode("utf-8")


def spread(numbers: Sequence[float], digits: int = 1) -> str:
    """Write a median with the least and the greatest.

    >>> spread([3.0, 1.0, 2.0])
    '2.0 (1.0-3.0)'
    """
    middle, least, greatest = median(numbers), min(numbers), max(numbers)
    return f"{middle:,.{digits}f} ({least:,.{digits}f}-{greatest:,.{digits}f})"


def _leakcheck(benchmarks: str, threads: int) -> Callable[[Path], Timing]:
    def timed(folder: Path) -> Timing:
        child = str(_HERE / "child_leakcheck.py")
        _, output = run([sys.executable, child, str(folder), benchmarks, str(threads)])
        said = json.loads(output)
        seconds = whole(leakcheck_command(folder, benchmarks, threads))
        return Timing(said["seconds"], seconds, said["found"], said["peak_mb"])

    return timed


def _decon(python: str, evals: Path, threads: int) -> Callable[[Path], Timing]:
    def timed(folder: Path) -> Timing:
        child = str(_HERE / "child_decon.py")
        with tempfile.TemporaryDirectory() as reports:
            command = [python, child, str(folder), str(evals), reports, str(threads)]
            seconds, output = run(command)
        spent, found = _DECON_TIME.search(output), _DECON_FOUND.search(output)
        if spent is None:
            raise SystemExit(f"decon said nothing of its time:\n{output}")
        detection = float(spent[1]) * _SECONDS[spent[2]]
        return Timing(detection, seconds, int(found[1].replace(",", "")) if found else 0)

    return timed


def _parse(python: str, library: str) -> Callable[[Path], Timing]:
    def timed(folder: Path) -> Timing:
        seconds, output = run([python, str(_HERE / "child_parse.py"), str(folder), library])
        return Timing(json.loads(output)["seconds"], seconds)

    return timed


def _write_evals(folder: Path, benchmarks: Sequence[str], data: Path) -> Path:
    """Write benchmarks as decon reads them, one row an item."""
    folder.mkdir()
    for benchmark in benchmarks:
        rows = _eval_rows(benchmark, items_of(benchmark, data))
        path = folder / f"{benchmark}.jsonl"
        path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    return folder


def _eval_rows(benchmark: str, items: Sequence[Item]) -> Iterator[dict[str, object]]:
    for number, item in enumerate(items):
        question, answer = item.fields["question"], _answer(item)
        yield {
            "eval_key": benchmark,
            "eval_instance_index": number,
            "split": item.split,
            "doc_id": number,
            "question": question,
            "answer": answer,
            "fingerprint": hashlib.sha256((question + answer).encode()).hexdigest()[:16],
        }


def _answer(item: Item) -> str:
    """Return what decon takes for the answer: the right choice, the solution, or the program."""
    answer = item.fields.get("answer") or item.fields.get("code", "")
    choices = item.fields.get("choices", "").split("\n")
    if len(choices) == 4 and answer in tuple("ABCD"):
        return choices["ABCD".index(answer)]
    return answer

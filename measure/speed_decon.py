"""decon in the race: it indexes its benchmarks in every run, and says itself how long it looked."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from contestants import ONE, SETS, TWO, Contestant, Timing
from decon_items import write_decon_items
from processes import first_cores, run
from speed_corpora import Input

__all__ = ["DECON", "decon_contestants", "decon_finds"]

DECON = "decon"

_CHILD = str(Path(__file__).with_name("child_decon.py"))
_TIME = re.compile(r"Detection time\s+([\d.]+)\s*(\S+)")
_FOUND = re.compile(r"Contaminated documents\s+([\d,]+)")
_SECONDS = {"s": 1.0, "ms": 1e-3, "μs": 1e-6, "µs": 1e-6, "m": 60.0}


def decon_contestants(
    python: str, parts: Sequence[Input], folder: Path, data: Path
) -> Iterator[Contestant]:
    """Yield decon with gsm8k on all corpora; with two threads, and with five, on web and code.

    Args:
        python: that of its environment.
        parts: the corpora it is given, web and code first.
        folder: where its benchmarks are written.
        data: the folder with the publishers' files.
    """
    gsm8k, five = (
        write_decon_items(folder / name, SETS[name].split(","), data) for name in ("gsm8k", "five")
    )
    yield Contestant(DECON, "gsm8k", ONE, _detecting(python, gsm8k, 1, parts))
    yield Contestant(DECON, "gsm8k", TWO, _detecting(python, gsm8k, 2, parts[:2]))
    yield Contestant(DECON, "five", ONE, _detecting(python, five, 1, parts[:2]))


def decon_finds(python: str, planted: Input, folder: Path, data: Path) -> int:
    """Return the documents in which it finds something of gsm8k."""
    items = write_decon_items(folder / "gsm8k", ["gsm8k"], data)
    return _detect(python, items, 1, planted)[2]


def _detecting(
    python: str, items: Path, threads: int, inputs: Sequence[Input]
) -> Callable[[], Iterator[tuple[Input, Timing]]]:
    def go() -> Iterator[tuple[Input, Timing]]:
        for each in inputs:
            seconds, whole_seconds, _ = _detect(python, items, threads, each)
            loading_seconds = whole_seconds - seconds
            yield each, Timing(seconds, loading_seconds, each.megabytes, each.documents)

    return go


def _detect(python: str, items: Path, threads: int, given: Input) -> tuple[float, float, int]:
    """Return the seconds of its detection and of the whole, and the documents it flags."""
    with tempfile.TemporaryDirectory() as reports:
        command = [python, _CHILD, os.fspath(given.folder), os.fspath(items), reports, str(threads)]
        whole_seconds, output = run(command, cores=first_cores(threads))
    spent, found = _TIME.search(output), _FOUND.search(output)
    if spent is None:
        raise SystemExit(f"decon said nothing of its time:\n{output}")
    flagged = int(found[1].replace(",", "")) if found else 0
    return float(spent[1]) * _SECONDS[spent[2]], whole_seconds, flagged

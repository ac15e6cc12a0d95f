"""A process of leakcheck that has loaded its benchmarks and scans what it is told to."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from processes import Answering, Cores, first_cores

__all__ = ["Loaded", "Scan", "leakcheck_command"]

_CHILD = str(Path(__file__).with_name("child_leakcheck.py"))


class Scan(NamedTuple):
    """A scan with everything loaded."""

    seconds: float
    documents: int
    found: int
    """Distinct documents with a finding."""


class Loaded(Answering):
    """leakcheck with some benchmarks, on as many cores as threads unless told which."""

    def __init__(self, benchmarks: str, threads: int, cores: Cores = ()) -> None:
        command = [sys.executable, _CHILD, benchmarks, str(threads)]
        super().__init__(command, cores=cores or first_cores(threads))

    def begin(self, paths: Iterable[Path]) -> None:
        """Begin to scan."""
        self.ask([str(path) for path in paths])

    def end(self) -> Scan:
        """Wait for the end of the scan that was begun."""
        return Scan(**self.answer())

    def scan(self, paths: Iterable[Path]) -> Scan:
        """Scan some paths as one corpus."""
        self.begin(paths)
        return self.end()


def leakcheck_command(path: Path, benchmarks: str, threads: int | None = None) -> list[str]:
    """Return the command that scans a path, as a user types it."""
    command = [sys.executable, "-m", "leakcheck", "scan", str(path), "--bench", benchmarks]
    return [
        *command,
        *("--quiet", "--fail-on", "never"),
        *(() if threads is None else ("--threads", str(threads))),
    ]

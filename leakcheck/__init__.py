"""leakcheck tells the people who make training data whether a benchmark score will mean anything.

    >>> import leakcheck
    >>> report = leakcheck.scan(["examples/corpus/"], bench="demo")
    >>> report.benchmarks[0].verdict
    'leaked'

The flow, room by room: `corpus` reads files into passages; `text` makes tokens of them;
`benchmark` holds cards and packs; `index` lays the packs out as a sieve; `detection` finds items
and attributes them; `calibration` measures what chance does; `choosing` loads what a user names;
`verdict` counts and judges; `run` keeps what a scan gave; `scanning` does all of it in a row;
`cleaning` and `impact` act on it; `report` renders; `cli` is the command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakcheck.errors import (
    BenchmarkFilesError,
    CardError,
    CorpusIndexError,
    HubError,
    InputError,
    LeakcheckError,
    PackError,
    ResultsError,
    RunError,
    UsageError,
)
from leakcheck.version import __version__

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding
    from leakcheck.report.writing import write_report
    from leakcheck.run.store import read_run, write_run
    from leakcheck.scanning import Progress, Scanner, scan
    from leakcheck.verdict.records import BenchmarkReport, Report, SplitReport

__all__ = [
    "BenchmarkFilesError",
    "BenchmarkReport",
    "CardError",
    "CorpusIndexError",
    "Finding",
    "HubError",
    "InputError",
    "LeakcheckError",
    "PackError",
    "Progress",
    "Report",
    "ResultsError",
    "RunError",
    "Scanner",
    "SplitReport",
    "UsageError",
    "__version__",
    "read_run",
    "scan",
    "write_report",
    "write_run",
]

_LAZY = {
    "BenchmarkReport": "leakcheck.verdict.records",
    "Finding": "leakcheck.detection.finding",
    "Progress": "leakcheck.scanning",
    "Report": "leakcheck.verdict.records",
    "Scanner": "leakcheck.scanning",
    "SplitReport": "leakcheck.verdict.records",
    "read_run": "leakcheck.run.store",
    "scan": "leakcheck.scanning",
    "write_report": "leakcheck.report.writing",
    "write_run": "leakcheck.run.store",
}


def __getattr__(name: str) -> object:
    # Importing the compiler and Arrow takes most of a second: not for `leakcheck --help`.
    if name in _LAZY:
        from importlib import import_module

        value: object = getattr(import_module(_LAZY[name]), name)
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

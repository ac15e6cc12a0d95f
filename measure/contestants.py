"""What is timed: a program with what it looks for, the corpora it is given, and how it is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from loaded import Loaded, leakcheck_command
from processes import first_cores, run
from rows_found import FIVE
from speed_corpora import Input

__all__ = [
    "EVERY",
    "GSM8K",
    "ONE",
    "SETS",
    "TWO",
    "TWO_PROCESSES",
    "WHOLE",
    "Contestant",
    "Timing",
    "commands",
    "key",
    "scans",
]

GSM8K, EVERY = "gsm8k", "all"
SETS = {GSM8K: GSM8K, "five": ",".join(FIVE), EVERY: "all"}
"""What is looked for, by the name it has on the page."""
ONE, TWO, TWO_PROCESSES = "1 thread", "2 threads", "2 processes"
WHOLE = "leakcheck scan, whole command"


class Timing(NamedTuple):
    """One run over one input."""

    seconds: float
    """What the work itself took, everything loaded."""
    loading_seconds: float
    """From the start of the process until the work could begin."""
    megabytes: float
    documents: int


class Contestant(NamedTuple):
    """A program that goes over corpora."""

    name: str
    benchmarks: str
    """One of SETS, or nothing."""
    runs_on: str
    go: Callable[[], Iterator[tuple[Input, Timing]]]
    """Goes over all its inputs once."""

    @property
    def label(self) -> str:
        """Its name with what it looks for and what it runs on."""
        return ", ".join(filter(None, (self.name, self.benchmarks, self.runs_on)))


def key(name: str, benchmarks: str, runs_on: str) -> str:
    """Return the label of the contestant that has these.

    >>> key("parse only, orjson", "", ONE)
    'parse only, orjson, 1 thread'
    """
    return Contestant(name, benchmarks, runs_on, lambda: iter(())).label


def scans(corpora: Sequence[Input], forms: Sequence[Input]) -> Iterator[Contestant]:
    """Yield leakcheck on one core, on two, and twice on one; gsm8k on other forms of text, too."""
    for name, benchmarks in SETS.items():
        inputs = [*corpora, *(forms if name == GSM8K else ())]
        for threads, runs_on in ((1, ONE), (2, TWO)):
            yield Contestant("leakcheck", name, runs_on, _scanning(benchmarks, threads, inputs))
        yield Contestant("leakcheck", name, TWO_PROCESSES, _scanning_twice(benchmarks, corpora))


def commands(corpus: Input) -> Iterator[Contestant]:
    """Yield the command as a user types it."""
    for name, benchmarks in SETS.items():
        for threads, runs_on in ((1, ONE), (2, TWO)):
            yield Contestant(WHOLE, name, runs_on, _commanding(benchmarks, threads, corpus))


def _scanning(
    benchmarks: str, threads: int, inputs: Sequence[Input]
) -> Callable[[], Iterator[tuple[Input, Timing]]]:
    def go() -> Iterator[tuple[Input, Timing]]:
        with Loaded(benchmarks, threads) as child:
            for each in inputs:
                scan = child.scan([each.folder])
                _check_read(each, scan.documents)
                yield each, _timing(each, scan.seconds, child.loading_seconds)

    return go


def _scanning_twice(
    benchmarks: str, inputs: Sequence[Input]
) -> Callable[[], Iterator[tuple[Input, Timing]]]:
    """Run a process on each of two cores, over a half of the files; the later one counts."""
    cores = first_cores(2)

    def go() -> Iterator[tuple[Input, Timing]]:
        with (
            Loaded(benchmarks, 1, cores[:1]) as one,
            Loaded(benchmarks, 1, cores[-1:]) as other,
        ):
            for each in inputs:
                one.begin(each.paths[::2])
                other.begin(each.paths[1::2])
                halves = one.end(), other.end()
                _check_read(each, sum(half.documents for half in halves))
                seconds = max(half.seconds for half in halves)
                yield each, _timing(each, seconds, one.loading_seconds)

    return go


def _commanding(
    benchmarks: str, threads: int, corpus: Input
) -> Callable[[], Iterator[tuple[Input, Timing]]]:
    command = leakcheck_command(corpus.folder, benchmarks, threads)

    def go() -> Iterator[tuple[Input, Timing]]:
        seconds, _ = run(command, cores=first_cores(threads))
        yield corpus, _timing(corpus, seconds, 0)

    return go


def _timing(given: Input, seconds: float, loading_seconds: float) -> Timing:
    return Timing(seconds, loading_seconds, given.megabytes, given.documents)


def _check_read(given: Input, documents: int) -> None:
    if documents != given.documents:
        raise SystemExit(f"{given.folder}: {documents} of {given.documents} documents were read")

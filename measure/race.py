"""The race: every contestant on every corpus, round after round."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from contestants import Contestant, Timing, spread
from pages import Demand, table
from speed_corpora import Corpus

__all__ = ["Results", "check_finds", "decon_demand", "race", "rates"]

LEAST_OVER_DECON = {"alpaca": 5.0, "web": 10.0, "code": 10.0}

Results = dict[tuple[str, str], list[Timing]]
"""The runs of a contestant, by its label, on a corpus."""


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

"""The race: every contestant over all its inputs, round after round."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from contestants import Contestant, Timing, key

__all__ = ["Results", "race"]


class Results:
    """The runs of all contestants, by label, corpus and form."""

    def __init__(self) -> None:
        self._timings: dict[tuple[str, str, str], list[Timing]] = defaultdict(list)

    def add(self, label: str, corpus: str, form: str, timing: Timing) -> None:
        """Add a run."""
        self._timings[label, corpus, form].append(timing)

    def timings(self, label: str, corpus: str, form: str = "plain") -> Sequence[Timing]:
        """Return the runs of a contestant over an input, round by round; none if it had none."""
        return self._timings.get((label, corpus, form), ())

    def rates(self, label: str, corpus: str, form: str = "plain") -> list[float]:
        """Return megabytes of text a second, round by round."""
        return [each.megabytes / each.seconds for each in self.timings(label, corpus, form)]

    def rate(self, name: str, benchmarks: str, runs_on: str, corpus: str) -> float:
        """Return the median of the rates over a plain corpus."""
        return median(self.rates(key(name, benchmarks, runs_on), corpus))


def race(every: Sequence[Contestant], rounds: int) -> Results:
    """Run every contestant once in every round, so that a slow minute falls on all of them.

    What each took is said on standard error.
    """
    results = Results()
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        for contestant in every:
            start = time.perf_counter()
            for given, timing in contestant.go():
                results.add(contestant.label, given.corpus, given.form, timing)
            seconds = time.perf_counter() - start
            print(f"  {seconds:6.1f} s  {contestant.label}", file=sys.stderr, flush=True)
    return results

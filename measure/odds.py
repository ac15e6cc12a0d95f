"""Fits the weights of `leakcheck/detection/odds.py`, and tries them on benchmarks left out.

    python measure/odds.py DATA

DATA is the folder that `measure/accuracy.py` takes. Prints two tables for `docs/design.md` and the
weights. No rewrite of others is used to fit: those in `groundtruth/` are for measuring alone.

Positives are items of every benchmark reworded by `rewording.py`, those at least a quarter of whose
order is gone; negatives are the best matches in the corpora that are free of benchmarks, counted
three times, and the items of other benchmarks. A candidate is any match of 45 bits or more.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from candidates import Candidates
from evidence import Gathered, gather
from fitting import Model, fit

from leakcheck.detection.odds import LEAST_ODDS, Evidence

CLEAN_COUNT = 3.0
MOST_ORDER = 0.65
"""What keeps more of its order is found by anything, and would drown what is hard."""
ORDER = Evidence._fields.index("order")

GROUPS = (
    ("gsm8k", "mgsm"),
    ("math", "math500", "agieval", "aqua_rat"),
    ("asdiv", "multiarith", "svamp"),
    ("mbpp", "humaneval", "ds1000"),
    ("mt_bench", "vicuna_bench"),
    ("tydiqa", "boolq", "strategyqa", "truthfulqa"),
    ("ceval", "cmmlu", "cmath"),
    ("mmlu", "arc_easy", "arc_challenge", "openbookqa", "commonsenseqa", "bbh"),
)
"""Benchmarks of one kind, which are left out together."""


def main() -> None:
    """Gather, fit, try, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    gathered = gather(parser.parse_args().data)
    print("| benchmarks | fitted on | rewrites told | clean documents called | others called |")
    print("|---|---|---:|---:|---:|")
    without = {group: _fitted(gathered, group) for group in GROUPS}
    for group, fitted in without.items():
        print(_row(", ".join(group), "the others", fitted, gathered, group))
    model = _fitted(gathered, ())
    print(_row("all", "all", model, gathered, gathered.names))
    print("\n| rewrites by others | fitted on | told |\n|---|---|---:|")
    for name, found in gathered.by_others.items():
        for title, tried in (("all but gsm8k, mgsm", without[GROUPS[0]]), ("all", model)):
            told = _told(tried, found, range(len(gathered.names)))
            print(f"| {name} | {title} | {told} of {found.of:,} |")
    print()
    for name, weight in zip(Evidence._fields, model.weights, strict=True):
        print(f"    {name}={weight:.2f},")
    print(f"BIAS = {model.bias:.2f}")


def _fitted(gathered: Gathered, left_out: Sequence[str]) -> Model:
    """Fit a model on all benchmarks but some."""
    out = [gathered.names.index(name) for name in left_out if name in gathered.names]
    rewrites, clean, others = gathered.rewrites, gathered.clean, gathered.others
    made = rewrites.evidence[
        ~np.isin(rewrites.benchmarks, out) & (rewrites.evidence[:, ORDER] < MOST_ORDER)
    ]
    usual = clean.evidence[~np.isin(clean.benchmarks, out)]
    alike = others.evidence[
        ~np.isin(others.benchmarks, out) & ~np.isin(gathered.other_sources, out)
    ]
    counts = np.repeat([1.0, CLEAN_COUNT, 1.0], [len(made), len(usual), len(alike)])
    labels = np.arange(len(counts)) < len(made)
    return fit(np.concatenate([made, usual, alike]), labels, counts)


def _row(title: str, fitted_on: str, model: Model, gathered: Gathered, names: Sequence[str]) -> str:
    """Lay out what a model says of some benchmarks."""
    chosen = [gathered.names.index(name) for name in names if name in gathered.names]
    told = _told(model, gathered.rewrites, chosen)
    called = _told(model, gathered.clean, chosen)
    alike = _told(model, gathered.others, chosen)
    candidates = int(np.isin(gathered.rewrites.benchmarks, chosen).sum())
    return (
        f"| {title} | {fitted_on} | {told} of {candidates:,} "
        f"| {called} of {gathered.clean.of:,} | {alike} of {gathered.others.of:,} |"
    )


def _told(model: Model, found: Candidates, benchmarks: Sequence[int]) -> int:
    """Count the candidates of some benchmarks that would be findings."""
    there = np.isin(found.benchmarks, benchmarks) & found.may_be
    return int((model.log_odds(found.evidence[there]) >= LEAST_ODDS).sum())


if __name__ == "__main__":
    main()

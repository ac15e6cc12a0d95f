"""How often the intervals of `scan --sample` hold the truth, for the table of docs/long-scans.md.

Passages are planted into the units of a made-up corpus, many samples of it are drawn as a scan
draws them, and it is counted how many of their 95 % intervals hold the number that was planted.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from leakcheck.corpus import CorpusFile
from leakcheck.scanning.sampling import Drawing, Sample
from leakcheck.verdict.estimating import estimated

__all__ = ["main"]

UNITS = 20_000
SAMPLES = 500
SHARES = (0.001, 0.01, 0.1)

Counts = npt.NDArray[np.int64]


def main() -> None:
    """Print the table."""
    print(
        "| passages planted | in all |", " | ".join(f"{100 * share:g} %" for share in SHARES), "|"
    )
    print("|---|" + "---|" * (1 + len(SHARES)))
    for name, in_units in _planted(np.random.default_rng(7)).items():
        held = [f"{100 * _held(in_units, share):.1f} %" for share in SHARES]
        print(f"| {name} | {in_units.sum():,} |", " | ".join(held), "|")


def _planted(dice: np.random.Generator) -> dict[str, Counts]:
    """Return passages by unit, from what is easy to what no sample can know."""

    def at_random(units: int, passages: int) -> Counts:
        return np.bincount(dice.choice(UNITS, units, replace=False), minlength=UNITS) * passages

    return {
        "none": np.zeros(UNITS, np.int64),
        "one in each of 40 units": at_random(40, 1),
        "one in each of 2,000 units": at_random(2000, 1),
        "20 in each of 2,000 units": at_random(2000, 20),
        "from none to 12 in every unit": dice.integers(0, 13, UNITS),
        "1 in 2,000 units, and 200 in each of 40": at_random(2000, 1) + at_random(40, 200),
        "1,000 in one unit": at_random(1, 1000),
    }


def _held(in_units: Counts, share: float) -> float:
    """Return the share of samples whose interval holds the truth."""
    corpus = CorpusFile(Path("web.jsonl"), "web.jsonl", UNITS * Sample(share).unit_bytes)
    held = 0
    for seed in range(SAMPLES):
        sample = Sample(share, seed)
        drawn = Drawing(sample, 0).stretches([corpus])
        units = [each.start_byte // sample.unit_bytes for each in drawn]
        counts = in_units[units]
        told = estimated(counts[counts > 0].tolist(), share)
        held += bool(told.low <= in_units.sum() <= told.high)
    return held / SAMPLES


if __name__ == "__main__":
    main()

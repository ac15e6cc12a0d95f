"""Holds what chance is predicted to give against what it gives, in corpora that are clean.

    python measure/chance.py DATA --output docs/chance.md

DATA is the folder `measure/accuracy.py` takes; of it the corpora of `chance_sample.CORPORA` are
read, five times. It takes about two minutes on two cores.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from chance_sample import (
    CORPORA,
    GROUPS,
    LOWERED,
    SAMPLED,
    Counted,
    Group,
    Interval,
    count_false,
    predict,
)
from pages import made_by, table, write_page
from rows_found import every_benchmark, scanner

from leakcheck.detection.deciding import ODDS_A_BIT
from leakcheck.verdict.chance import Chance

INTRODUCTION = """\
# Chance: what was predicted, and what was counted

How many findings does a corpus give that holds nothing of a benchmark? leakcheck says so beside
every count (`expected_by_chance`), and its verdict is a test against that number. Here it is
predicted in several ways, and held against a count in documents that took no part in it.

- *From the calibration*: what leakcheck says in a report, as `bench show` has it for each
  benchmark. When a pack is built, background text (documentation) is scanned with thresholds lower
  by {lowered} bits, and odds by {odds:.0f} in their logarithm. The items nearly found there grow
  rarer step by step, and that carries their number to the real threshold ([design.md](design.md),
  "Chance"). No corpus of this page has a part in it, but for one number: that 2,000 bytes of
  documentation count as a document was set after a first look at how many near findings these
  corpora have. Where nothing in the background is nearly a finding the prediction is a bound, *at
  most* so many (rule of three). There is none for variants, which the verdict does not count.
- *What a verdict takes*: no less than one in 25,000 documents at the threshold, whatever the
  calibration says; in the first table only.
- *From a sample*: {sampled:,} of the clean documents, drawn with a fixed seed, were scanned in the
  same way. The factor by which exceedances grow rarer from step to step is fitted (a benchmark's
  own is drawn to that of all). How much a benchmark is drawn to all others was set once more after
  a first look, which had one interval more that held, and wider ones.

*Counted* is what is false in the other {rest:,} documents. Copies that somebody made, after reading
both texts, are taken out; stock questions that anybody may ask are chance and stay in (`verbatim`
are little else), and so does what nobody has read. *Items* are distinct ones: look-alikes of one
item come in heaps, which no Poisson distribution has. A verdict counts items, and so does the
calibration; the sample predicts findings. Brackets are what 95 % of all counts should lie between:
of a Poisson distribution for the calibration, which takes its mean for certain; for the sample with
what it leaves uncertain. Where the count is outside they are in bold.
"""

SHARES = """\
## How often the intervals hold

*Above* counts more than the interval allows: chance gives more than was said, which would make
false verdicts if the verdict went by it. *Below* counts less: the verdict is slower to say `leaked`
than it need be.
"""

LIMITS = """\
## What this does not show

- The corpora are instruction data for the most part, in English and Chinese. A sample of the same
  corpora predicts the rest well because it is the same kind of text; of another kind it says less.
- The calibration knows documentation alone. In sum it gives what was counted, but text that is made
  of tasks asks some of them more often than documentation does: stock questions (tydiqa), small
  programs to write (mbpp), what anybody asks an assistant (vicuna_bench). So a verdict does not
  take chance for rarer than one in 25,000 documents; [design.md](design.md) has what verdicts
  without that would be.
- Documents of instruction data are short, 360 bytes in the mean here. A corpus of long documents
  may have more findings a document than is said.
- Where a benchmark has no exceedance in the sample, its interval stands on the others' alone.
"""


class Row(NamedTuple):
    """What was predicted and counted of one benchmark and group of kinds."""

    bench: str
    group: Group
    sampled: tuple[int, ...]
    from_sample: Interval
    from_calibration: Interval | None
    """Of items; None for variants, as the next."""
    at_most: bool
    """Whether that is a bound."""
    of_verdict: Interval | None
    """What a verdict takes for chance."""
    counted: int
    items: int


def main() -> None:
    """Scan, predict, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument("-o", "--output", type=Path, help="write the page to this file too")
    arguments = parser.parse_args()
    counted = count_false(arguments.data)
    write_page(page(counted, rows_of(counted)), arguments.output)


def rows_of(counted: Counted) -> list[Row]:
    """Put predictions beside counts."""
    rest, from_sample = counted.documents - SAMPLED, predict(counted)
    return [
        Row(
            benchmark.card.name,
            group,
            counted.sampled[key],
            from_sample[key],
            _of_calibration(chance, group),
            group != "variant" and chance.at_most(verbatim=group == "verbatim"),
            _of_verdict(chance, group),
            counted.rest[key],
            len(counted.rest_items[key]),
        )
        for group in GROUPS
        for benchmark in scanner("all").benchmarks
        for key, chance in [((benchmark.card.name, group), Chance(benchmark.calibration, rest))]
    ]


def _of_calibration(chance: Chance, group: Group) -> Interval | None:
    if group == "variant":
        return None
    return poisson_interval(chance.expected_in_all(verbatim=group == "verbatim"))


def _of_verdict(chance: Chance, group: Group) -> Interval | None:
    if group == "variant":
        return None
    verbatim = group == "verbatim"
    return poisson_interval(
        chance.cautious(chance.least_bits(verbatim=verbatim), verbatim=verbatim)
    )


def poisson_interval(mean: float) -> Interval:
    """Return what 95 % of the counts of a Poisson distribution lie between.

    >>> poisson_interval(6.0)
    Interval(mean=6.0, low=2, high=11)
    """
    below, count, low = 0.0, 0, None
    while True:
        below += math.exp(count * math.log(max(mean, 1e-300)) - mean - math.lgamma(count + 1))
        if low is None and below >= 0.025:
            low = count
        if below >= 0.975:
            return Interval(mean, low or 0, count)
        count += 1


def page(counted: Counted, rows: list[Row]) -> str:
    """Put the page together."""
    command = "python measure/chance.py DATA --output docs/chance.md"
    introduction = INTRODUCTION.format(
        sampled=SAMPLED,
        lowered=LOWERED[0],
        odds=ODDS_A_BIT * LOWERED[0],
        rest=counted.documents - SAMPLED,
    )
    parts = [introduction, made_by(command, every_benchmark()), SHARES, shares_table(rows)]
    for group in GROUPS:
        mine = [row for row in rows if row.group == group]
        parts += [f"## {group[:1].upper()}{group[1:]}", rows_table(mine)]
    corpora = ", ".join(f"`{name}`" for name in CORPORA)
    parts += [LIMITS, f"The corpora: {corpora}."]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def rows_table(rows: list[Row]) -> str:
    """Lay out the benchmarks of one group; those of which nothing was seen at all in one line."""
    told = [row for row in rows if any(row.sampled) or row.counted]
    quiet = [row for row in rows if row not in told]
    head = [
        "benchmark",
        f"exceedances of the sample, thresholds lower by {', '.join(map(str, LOWERED))}",
        "findings, from the sample",
        "counted",
        "items, from the calibration",
        "counted",
    ]
    cells = [
        [
            row.bench,
            ", ".join(map(str, row.sampled)),
            _shown(row.from_sample, row.counted),
            row.counted,
            ("at most " if row.at_most else "") + _shown(row.from_calibration, row.items),
            row.items,
        ]
        for row in told
    ]
    cells += [
        [
            f"{len(quiet)} more, together",
            "none",
            f"{sum(row.from_sample.mean for row in quiet):.1f}",
            0,
            _sum(quiet),
            0,
        ],
        [
            "all",
            "",
            f"{sum(row.from_sample.mean for row in rows):.1f}",
            sum(row.counted for row in rows),
            _sum(rows),
            sum(row.items for row in rows),
        ],
    ]
    named = f"\n\nThe {len(quiet)}: {', '.join(row.bench for row in quiet)}." if quiet else ""
    return table(head, cells, "lrrrrr") + named


def _shown(interval: Interval | None, counted: int) -> str:
    if interval is None:
        return ""
    text = f"{interval.mean:.1f} ({interval.low}-{interval.high})"
    return text if interval.low <= counted <= interval.high else f"**{text}**"


def _sum(rows: Iterable[Row]) -> str:
    means = [row.from_calibration.mean for row in rows if row.from_calibration is not None]
    return f"{sum(means):.1f}" if means else ""


def shares_table(rows: list[Row]) -> str:
    """Count how many intervals hold, over all benchmarks and where something was counted."""
    sources: Mapping[str, Callable[[Row], tuple[Interval | None, int]]] = {
        "the sample, findings": lambda row: (row.from_sample, row.counted),
        "the calibration, items": lambda row: (row.from_calibration, row.items),
        "what a verdict takes, items": lambda row: (row.of_verdict, row.items),
    }
    cells = []
    for source, told_of in sources.items():
        for group in GROUPS:
            told = [told_of(row) for row in rows if row.group == group]
            pairs = [(interval, count) for interval, count in told if interval is not None]
            if pairs:
                cells.append([source, group, *_holding(pairs)])
    head = [
        "predicted from",
        "kinds",
        "intervals",
        "hold",
        "above",
        "below",
        "predicted",
        "counted",
    ]
    return table(head, cells, "llrrrrrr")


def _holding(pairs: list[tuple[Interval, int]]) -> list[object]:
    above = sum(count > interval.high for interval, count in pairs)
    below = sum(count < interval.low for interval, count in pairs)
    return [
        len(pairs),
        len(pairs) - above - below,
        above,
        below,
        f"{sum(interval.mean for interval, _ in pairs):.1f}",
        sum(count for _, count in pairs),
    ]


if __name__ == "__main__":
    main()

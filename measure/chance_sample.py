"""What chance gives in clean corpora, at the thresholds and below them, and a fit of a sample."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from clean_corpora import BY_WORDS, FREE, OTHERS, TRUE, reading_of
from rows_found import scanner

from leakcheck import Finding
from leakcheck.corpus import NOTHING_EXCLUDED
from leakcheck.detection.catalogue import load_catalogue
from leakcheck.scanning.engines import local_engine
from leakcheck.scanning.files import Where, look_in_files

__all__ = [
    "CORPORA",
    "GROUPS",
    "LOWERED",
    "SAMPLED",
    "Counted",
    "Group",
    "Interval",
    "count_false",
    "predict",
]

SAMPLED = 10_000
SEED = 20_261_122
CORPORA = (*FREE, *OTHERS, "corpora/flan_cot/sensemaking_train.tsv")
NOT_CLEAN = {
    ("aqua_rat", "corpora/flan_cot/aqua_train.tsv"),
    ("agieval", "corpora/flan_cot/aqua_train.tsv"),
}
"""AQuA's train split is no clean text for what holds AQuA's test split."""

LOWERED = (40, 30, 20, 10, 0)
"""By how many bits the thresholds are lowered; exceedances grow rarer from step to step."""
POOLED_TRIALS = 20.0
"""The pooled decay counts as much as this many exceedances of a benchmark's own."""
PRIOR_EXCEEDANCES = 0.5
"""The mean of all benchmarks counts as this many exceedances of one."""
DRAWS = 20_000

Group = Literal["verbatim", "near, rewritten", "variant"]
GROUPS: tuple[Group, ...] = ("verbatim", "near, rewritten", "variant")
_GROUP_OF: dict[str, Group] = {
    "verbatim": "verbatim",
    "near": "near, rewritten",
    "rewritten": "near, rewritten",
    "variant": "variant",
}
Key = tuple[str, Group]


class Interval(NamedTuple):
    """A predicted count: its mean, and what 95 % of the counts lie between."""

    mean: float
    low: int
    high: int


class Counted(NamedTuple):
    """False findings in the sample, for each lowering of the thresholds, and in the rest."""

    documents: int
    """Of all corpora."""
    sampled: dict[Key, tuple[int, ...]]
    rest: Counter[Key]
    rest_items: dict[Key, set[str]]
    """Distinct items among those."""


def count_false(data: Path) -> Counted:
    """Scan the clean corpora at all lowerings, and part what is false at random documents."""
    files: dict[str, int] = {}
    found: dict[int, list[Finding]] = {}
    for lowered in LOWERED:
        files, found[lowered] = _scan(data, lowered)
    documents = [(path, row) for path, count in files.items() for row in range(count)]
    sample = set(Random(SEED).sample(documents, SAMPLED))
    true = {_place(finding) for finding in found[0] if _is_true(finding, data)}
    false = {
        lowered: [each for each in every if _place(each) not in true and _is_clean(each, data)]
        for lowered, every in found.items()
    }
    keys = [(each.card.name, group) for each in scanner("all").benchmarks for group in GROUPS]
    counts = {lowered: _in_sample(every, sample) for lowered, every in false.items()}
    rest = [finding for finding in false[0] if (finding.path, finding.row) not in sample]
    return Counted(
        len(documents),
        {key: tuple(counts[lowered][key] for lowered in LOWERED) for key in keys},
        Counter(map(_key, rest)),
        {key: {each.item for each in rest if _key(each) == key} for key in keys},
    )


def _scan(data: Path, lowered: int) -> tuple[dict[str, int], list[Finding]]:
    """Return the documents of each file, and what is found with thresholds lowered by some bits."""
    catalogue = load_catalogue(scanner("all").benchmarks, lowered)
    where = Where([str(data / name) for name in CORPORA], None, NOTHING_EXCLUDED, None, None)
    engine = local_engine(os.cpu_count() or 1)
    looked = look_in_files(where, catalogue, engine, lambda _: None, lambda _: None)
    return {file.path: file.documents for file in looked.files}, looked.findings


def _is_true(finding: Finding, data: Path) -> bool:
    """Tell whether somebody who read both says it is a copy; a stock question is none."""
    reading = reading_of(finding, data)
    return reading.startswith(TRUE) and not reading.startswith(BY_WORDS)


def _is_clean(finding: Finding, data: Path) -> bool:
    """Tell whether the text a finding is in is clean of its benchmark."""
    return (finding.bench, Path(finding.path).relative_to(data).as_posix()) not in NOT_CLEAN


def _in_sample(findings: Sequence[Finding], sample: Collection[tuple[str, int]]) -> Counter[Key]:
    return Counter(_key(each) for each in findings if (each.path, each.row) in sample)


def _key(finding: Finding) -> Key:
    return finding.bench, _GROUP_OF[finding.kind]


def _place(finding: Finding) -> tuple[str, int, str]:
    """Return what one copy is known by: with lower thresholds a twin may be named in its place."""
    return finding.path, finding.row, finding.bench


def predict(counted: Counted) -> dict[Key, Interval]:
    """Predict how many false findings the rest has from what the sample has below the thresholds.

    The exceedances of the lowest threshold grow rarer by a factor from step to step; that of a
    benchmark and group is drawn to the one of all benchmarks. Both the number of exceedances and
    the factor are drawn from what the sample leaves possible, and a count from each pair.
    """
    generator = np.random.default_rng(SEED)
    times = (counted.documents - SAMPLED) / SAMPLED
    predicted = {}
    for group in GROUPS:
        keys = [key for key in counted.sampled if key[1] == group]
        kept, lost = (sum(_steps(counted.sampled[key])[n] for key in keys) for n in (0, 1))
        share = kept / max(1, kept + lost)
        exceedances = sum(counted.sampled[key][0] for key in keys)
        mean = max(exceedances, PRIOR_EXCEEDANCES) / len(keys)
        for key in keys:
            predicted[key] = _interval(counted.sampled[key], mean, share, times, generator)
    return predicted


def _steps(counts: Sequence[int]) -> tuple[int, int]:
    """Return how many exceedances are left after a step, and how many are not, over all steps."""
    kept = sum(counts[1:])
    return kept, max(0, sum(counts[:-1]) - kept)


def _interval(
    counts: Sequence[int],
    mean: float,
    share: float,
    times: float,
    generator: np.random.Generator,
) -> Interval:
    """Predict one count.

    Args:
        counts: exceedances of each threshold, the lowest first.
        mean: of the first of them, over benchmarks.
        share: of exceedances left after a step, over benchmarks.
        times: how many times the sample the rest is.
        generator: for the draws.
    """
    kept, lost = _steps(counts)
    documents = 1 + PRIOR_EXCEEDANCES / mean  # in units of the sample
    rates = generator.gamma(counts[0] + PRIOR_EXCEEDANCES, 1 / documents, DRAWS)
    steps = generator.beta(
        kept + POOLED_TRIALS * share + 0.5, lost + POOLED_TRIALS * (1 - share) + 0.5, DRAWS
    )
    means: npt.NDArray[np.float64] = times * rates * steps ** (len(LOWERED) - 1)
    drawn = generator.poisson(means)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval(float(means.mean()), int(low), int(high))

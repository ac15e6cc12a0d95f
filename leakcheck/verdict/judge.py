"""Judging: from findings to counts and a verdict for each benchmark."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial

import msgspec

from leakcheck.benchmark.calibration import FALSE_RATE
from leakcheck.benchmark.card import Split
from leakcheck.detection.catalogue import Benchmark
from leakcheck.detection.finding import KINDS, Finding, Kind
from leakcheck.detection.standing import CHANCE
from leakcheck.verdict.chance import Chance
from leakcheck.verdict.records import BenchmarkReport, CorpusReport, SplitReport, Verdict
from leakcheck.verdict.verdict import (
    CERTAIN,
    DOUBTFUL,
    chance_of,
    poisson_tail,
)

__all__ = ["judge"]

MOST_UNTESTABLE = MOST_UNREAD = 0.05
"""Shares of the test items, and of the corpus's bytes, above which `clean` cannot be said."""


def judge(
    benchmark: Benchmark,
    findings: Sequence[Finding],
    corpus: CorpusReport,
    max_expected: float | None = None,
) -> BenchmarkReport:
    """Count the findings of one benchmark and reach its verdict.

    Findings that are accepted count for nothing, but for what the verdict would be with them; those
    that were taken for chance count for nothing at all.

    Args:
        benchmark: that was looked for.
        findings: of this benchmark, those not to be counted among them.
        corpus: that was read.
        max_expected: findings of which chance gives more as good were taken for chance.
    """
    known = [finding for finding in findings if finding.accepted != CHANCE]
    counted = [finding for finding in known if not finding.accepted]
    chance = Chance(benchmark.calibration, corpus.documents, max_expected)
    report = _judged(benchmark, counted, corpus, chance)
    report = msgspec.structs.replace(report, by_chance=len(findings) - len(known))
    if len(counted) == len(known):
        return report
    with_accepted = _judged(benchmark, known, corpus, chance).verdict
    reason = report.reason
    if with_accepted != report.verdict:
        reason = f"without what was accepted: {reason}"
    return msgspec.structs.replace(
        report,
        accepted=len(known) - len(counted),
        verdict_with_accepted=with_accepted,
        reason=reason,
    )


def _judged(
    benchmark: Benchmark, findings: Sequence[Finding], corpus: CorpusReport, chance: Chance
) -> BenchmarkReport:
    untestable = _untestable(benchmark)
    splits = {
        split.name: _split_report(
            split,
            benchmark,
            findings,
            chance,
            untestable.get(split.name, 0),
        )
        for split in benchmark.card.splits
    }
    test = [each for each in splits.values() if each.role == "test"]
    test_items = sum(each.items for each in test)
    matched = sum(each.matched for each in test)
    p_value = _p_value(benchmark, findings, chance, {"test"})
    other_p_value = _p_value(benchmark, findings, chance, {"train", "dev", "fewshot"})
    coverage = _coverage(sum(each.untestable for each in test) / max(1, test_items), corpus)
    verdict, reason = _verdict(matched, p_value, other_p_value, coverage)
    if verdict == "leaked" and matched <= sum(each.expected_by_chance for each in test):
        reason += f"; chance gives as many, but so well matched with probability {p_value:.1g} only"
    return BenchmarkReport(
        name=benchmark.card.name,
        verdict=verdict,
        in_distribution=benchmark.card.in_distribution,
        max_inflation_points=round(100 * matched / max(1, test_items), 2),
        reason=reason,
        p_value=p_value,
        splits=splits,
    )


def _untestable(benchmark: Benchmark) -> dict[str, int]:
    """Count the items of each split that cannot be found; a calibration may have done so."""
    summary = benchmark.calibration.summary
    if summary is not None:
        return {
            name: items - summary.testable.get(name, 0) for name, items in summary.items.items()
        }
    splits = zip(benchmark.pack.splits, benchmark.testable.tolist(), strict=True)
    return Counter(split for split, testable in splits if not testable)


def _verdict(
    matched: int, p_value: float, other_p_value: float, coverage: str
) -> tuple[Verdict, str]:
    if p_value < CERTAIN:
        return "leaked", "test items are in the corpus: the score is not credible"
    if p_value < DOUBTFUL:
        return "inconclusive", (
            f"as many test items as were matched come by chance with probability {p_value:.2g}: "
            "look at them"
        )
    if coverage:
        return "inconclusive", coverage
    by_chance = "; the test items matched are no more than chance may give" if matched else ""
    if other_p_value < CERTAIN:
        return "in_distribution", (
            "no test leakage; items of other splits are in the corpus: the score is credible and "
            f"must be declared as in-distribution{by_chance}"
        )
    return "clean", f"no test leakage and no in-distribution overlap{by_chance}"


def _coverage(untestable_share: float, corpus: CorpusReport) -> str:
    """Say what keeps a verdict from being clean, or nothing."""
    unread = corpus.unread_bytes / max(1, corpus.bytes)
    if unread > MOST_UNREAD:
        return f"{unread:.0%} of the corpus could not be read"
    if untestable_share > MOST_UNTESTABLE:
        return f"{untestable_share:.0%} of the test items have too little text to be found"
    return ""


def _p_value(
    benchmark: Benchmark, findings: Iterable[Finding], chance: Chance, roles: set[str]
) -> float:
    """Return the least probability, over kinds, that chance gives what was matched."""
    best: dict[Kind, dict[str, float]] = defaultdict(dict)
    puzzles, solved = benchmark.puzzle_names, set()
    for finding in findings:
        if finding.role not in roles or finding.kind == "variant" or finding.shared:
            continue
        if finding.item in puzzles:
            solved.add(finding.item)
            continue
        known = best[finding.kind].get(finding.item, 0.0)
        best[finding.kind][finding.item] = max(known, finding.bits)
    chances = [
        chance_of(
            list(bits.values()),
            partial(chance.cautious, verbatim=kind == "verbatim"),
            chance.least_bits(verbatim=kind == "verbatim"),
        )
        for kind, bits in best.items()
    ]
    if solved:  # one alone tells little: it takes as many as no text gives that is not made of them
        chances.append(poisson_tail(len(solved), FALSE_RATE * chance.documents))
    return min(1.0, max(1, len(chances)) * min(chances, default=1.0))


def _split_report(
    split: Split,
    benchmark: Benchmark,
    findings: Iterable[Finding],
    chance: Chance,
    untestable: int,
) -> SplitReport:
    kinds: dict[str, Kind] = {}
    answered: set[str] = set()
    by_chance: dict[str, float] = {}
    shared: set[str] = set()
    for finding in findings:
        for item in (finding.item, *finding.also):
            if item.partition("/")[0] != split.name:
                continue
            if finding.shared:
                shared.add(item)
                if split.role == "test":
                    continue
            by_chance[item] = min(by_chance.get(item, math.inf), finding.e_value)
            kinds[item] = min(kinds.get(item, finding.kind), finding.kind, key=KINDS.index)
            if "answer" in finding.fields:
                answered.add(item)
    found = list(kinds.values())
    matched = {item for item, kind in kinds.items() if kind != "variant"}
    items = split.items or 0  # a loaded benchmark has counted what its card left open
    share = items / max(1, benchmark.card.items)
    verbatim, other = (share * chance.expected_in_all(verbatim=each) for each in (True, False))
    bound = chance.at_most(verbatim=True) * verbatim + chance.at_most(verbatim=False) * other
    return SplitReport(
        role=split.role,
        items=items,
        matched=len(matched),
        expected_by_chance=round(verbatim + other, 6),
        expected_verbatim=round(verbatim, 6),
        chance_at_most=bound > (verbatim + other) / 2,
        verbatim=found.count("verbatim"),
        near=found.count("near"),
        rewritten=found.count("rewritten"),
        variant=found.count("variant"),
        low_entropy=sum(
            1 for item in matched if by_chance[item] >= 1.0 or item in benchmark.puzzle_names
        ),
        with_answer=len(matched & answered),
        shared=len(shared),
        untestable=untestable,
    )

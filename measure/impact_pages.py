"""Lays out what `impact.py` measures as a Markdown page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from impact_drawn import Drawn
from impact_exact import Coverage
from impact_matching import BY_NUMBER, DRAWS, KNOWING, OTHERWISE, Simulated
from impact_planted import Answered, Estimates, Planted
from impact_texts import (
    HEAD,
    ON_AGAIN,
    ON_ERRORS,
    ON_GAIN,
    ON_MATCHED,
    ON_MEANS,
    ON_OTHERWISE,
    ON_PLANTED,
)
from pages import share, table

from leakcheck.impact.intervals import Interval
from leakcheck.impact.matching import LEAST_ITEMS

__all__ = ["page"]


def page(
    made: str,
    exact: Sequence[Coverage],
    means: Sequence[Drawn],
    matched: Sequence[Simulated],
    planted: Planted,
) -> str:
    """Lay out everything that was measured; the texts around the tables say what it is."""
    by_number, knowing, otherwise = (
        [each for each in matched if each.setting in settings]
        for settings in (BY_NUMBER, KNOWING, OTHERWISE)
    )
    error = max(each.bias_error for each in matched)
    parts = [
        HEAD,
        f"{made}\n",
        "## In short\n",
        f"{_summary(exact, by_number + knowing, otherwise)}\n",
        _worst(matched),
        ON_GAIN,
        f"{_gain_table(exact)}\n",
        ON_MEANS,
        f"{_means_table(means)}\n",
        ON_MATCHED,
        ON_ERRORS.format(bias=100 * error, share=100 * (0.95 * 0.05 / DRAWS) ** 0.5),
        f"{_matched_table(by_number + knowing)}\n",
        ON_OTHERWISE,
        f"{_matched_table(otherwise)}\n",
        ON_PLANTED,
        f"```console\n{planted.text.strip()}\n```\n",
        ON_AGAIN,
        _planted_table(planted),
    ]
    return "\n".join(parts) + "\n"


def _summary(
    exact: Sequence[Coverage], by_kind: Sequence[Simulated], otherwise: Sequence[Simulated]
) -> str:
    enough = [each for each in exact if _least(each) >= LEAST_ITEMS]
    few = [each for each in exact if _least(each) < LEAST_ITEMS]
    easier = [each for each in by_kind if not each.setting.knew]
    rows: list[list[object]] = [
        [f"gain, leaked items as hard as others, {LEAST_ITEMS} leaked and clean or more"],
        ["gain, leaked items as hard as others, fewer leaked or clean"],
    ]
    for row, group in zip(rows, (enough, few), strict=True):
        row += [len(group), _range(100 * each.covered for each in group), "none", ""]
    alone = _range((100 * each.alone_bias for each in easier), _signed)
    rows.append(["leaked minus clean, leaked items easier", len(easier), "", alone, ""])
    for name, named in groupby(by_kind, key=lambda each: each.setting.name):
        rows.append(_matched_summary(f"matched, leaked items easier; others {name}", list(named)))
    rows.append(_matched_summary("matched, other leaks and other items", otherwise))
    head = ["estimate", "settings", "intervals with the truth, of 100", "bias, points", "relied on"]
    return table(head, rows, "lrrrr")


def _worst(matched: Sequence[Simulated]) -> str:
    """Name the worst of what leakcheck relies on, others that knew the leak left out."""
    relied_on = [
        each for each in matched if 2 * each.relied_on >= each.draws and not each.setting.knew
    ]
    least = min(relied_on, key=lambda each: each.covered / each.draws)
    most = max(relied_on, key=lambda each: abs(each.bias))
    return (
        "The worst of the matched comparison, where it is mostly relied on and no other model "
        "knew\nthe leak:\n\n"
        f"- {share(least.covered, least.draws)} of the intervals have the truth in them: others "
        f"{_named(least)}.\n"
        f"- The bias is {_signed(100 * most.bias)} points: others {_named(most)}.\n"
    )


def _named(simulated: Simulated) -> str:
    models = len(simulated.setting.skills)
    return f"{simulated.setting.name}, {models} model{'' if models == 1 else 's'}"


def _matched_summary(name: str, group: Sequence[Simulated]) -> list[object]:
    return [
        name,
        len(group),
        _range(100 * each.covered / each.draws for each in group),
        _range((100 * each.bias for each in group), _signed),
        f"{sum(each.relied_on for each in group):,} of {sum(each.draws for each in group):,}",
    ]


def _range(values: Iterable[float], form: Callable[[float], str] = "{:.1f}".format) -> str:
    every = sorted(values)
    low, high = form(every[0]), form(every[-1])
    return low if low == high else f"{low} to {high}"


def _signed(points: float) -> str:
    return f"{round(points, 1) + 0.0:+.1f}"  # added, so that there is no -0.0


def _least(coverage: Coverage) -> int:
    return min(coverage.case.leaked, coverage.case.items - coverage.case.leaked)


def _gain_table(exact: Sequence[Coverage]) -> str:
    head = ["items", "leaked"]
    rows: list[list[object]] = []
    for (items, leaked), group in groupby(exact, key=lambda each: each.case[:2]):
        own = list(group)
        head = ["items", "leaked", *(_case_name(each) for each in own)]
        cells = [f"{100 * each.covered:.1f}, {100 * each.width:.1f}" for each in own]
        rows.append([f"{items:,}", f"{leaked:,}", *cells])
    return table(head, rows, "r" * len(head))


def _case_name(coverage: Coverage) -> str:
    chance, raised = coverage.case.clean_chance, coverage.case.raised
    return f"clean {100 * chance:.0f}, {'raised' if raised else 'no gain'}"


def _means_table(means: Sequence[Drawn]) -> str:
    rows = [
        [
            f"{each.case.case.items:,}",
            f"{each.case.case.leaked:,}",
            each.case.kind,
            share(each.covered, each.draws),
            _signed(100 * each.bias),
            f"{100 * each.width:.1f}",
        ]
        for each in means
    ]
    head = ["items", "leaked", "score", "intervals with the truth", "bias", "width"]
    return table(head, rows, "rrlrrr")


def _matched_table(simulated: Sequence[Simulated]) -> str:
    rows = [
        [
            each.setting.name,
            len(each.setting.skills),
            _signed(100 * each.above),
            f"{each.relied_on} of {each.draws}",
            f"{100 * each.truth:.1f}",
            _signed(100 * each.alone_bias),
            _signed(100 * each.bias),
            share(each.covered, each.draws),
            f"{100 * each.width:.1f}",
        ]
        for each in simulated
    ]
    head = ["others", "models", "above", "relied on", "truth", "alone", "bias"]
    return table([*head, "intervals with the truth", "width"], rows, "lrrrrrrrr")


def _planted_table(planted: Planted) -> str:
    answered, estimates = planted.example
    truths: dict[str, tuple[Callable[[Answered], float], Callable[[Estimates], Interval]]] = {
        "gain, all minus clean": (lambda own: own.gain, lambda own: own.gain),
        "matched, leaked items": (lambda own: own.leaked_gain, lambda own: own.matched),
        "matched, all items": (lambda own: own.gain, lambda own: own.matched_gain),
    }
    rows = []
    for name, (truth, estimate) in truths.items():
        pairs = [(truth(one), estimate(other)) for one, other in planted.drawn]
        biases = [interval.estimate - own for own, interval in pairs]
        mean, low, high = (100 * each for each in estimate(estimates))
        rows.append(
            [
                name,
                f"{100 * truth(answered):.1f}",
                f"{mean:.1f} [{low:.1f}, {high:.1f}]",
                _signed(100 * sum(biases) / len(biases)),
                share(sum(each.low <= own <= each.high for own, each in pairs), len(pairs)),
            ]
        )
    clean = [other.clean - one.clean for one, other in planted.drawn]
    rows.append(
        [
            "score to report, clean items",
            f"{100 * answered.clean:.1f}",
            f"{100 * estimates.clean:.1f}",
            _signed(100 * sum(clean) / len(clean)),
            "",
        ]
    )
    head = ["estimate", "truth", "example", "bias, made up anew", "intervals with the truth"]
    return table(head, rows, "lrrrr")

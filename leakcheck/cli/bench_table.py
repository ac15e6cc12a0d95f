"""All benchmarks as a table, for `leakcheck bench list`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from leakcheck.report.console import rendered
from leakcheck.report.numbers import percent
from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.benchmark.calibration import Summary
    from leakcheck.benchmark.card import Card

__all__ = ["Listed", "bench_table"]

UNKNOWN = "?"
"""In place of a number that neither card nor pack has."""

REVISION_WIDTH = 7

MOST_LANGUAGES = 2
"""How many languages are named; of more, their number."""

COLUMNS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("NAME", {"no_wrap": True}),
    ("GROUPS", {"no_wrap": True}),
    ("LANGUAGE", {"min_width": 9}),
    ("ITEMS", {"no_wrap": True, "justify": "right"}),
    ("TEST-\nABLE", {"no_wrap": True, "justify": "right"}),
    ("NULL\n99.9%", {"no_wrap": True, "justify": "right"}),
    ("LICENCE", {"min_width": 10, "overflow": "fold"}),
    ("REVI-\nSION", {"min_width": REVISION_WIDTH, "overflow": "fold"}),
)


class Listed(NamedTuple):
    """What is listed of a benchmark."""

    card: Card
    has_pack: bool
    summary: Summary | None
    """Of its pack, if that was calibrated by a leakcheck that writes one."""


def bench_table(listed: Sequence[Listed], width: int) -> str:
    """Render what one must know of benchmarks to choose among them."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for heading, options in COLUMNS:
        table.add_column(heading, **options)
    for each in listed:
        table.add_row(*_row(each))
    return rendered([table], Sheet(width=width)) + FOOT


FOOT = """
testable: the test items that would be found if all their fields were copied; - without a pack
null 99.9%: the bits that other items score on an item, but for one item in a thousand
"""


def _row(listed: Listed) -> list[str]:
    card, summary = listed.card, listed.summary
    revisions = dict.fromkeys(source.revision[:REVISION_WIDTH] for source in card.sources)
    return [
        card.name,
        "\n".join(card.groups),
        _languages(card),
        "\n".join(_items_by_role(card, summary)),
        _testable(card, summary) if listed.has_pack else "-",
        f"{summary.null_bits:.0f}" if summary else "-",
        card.licence,
        "\n".join(revisions),
    ]


def _languages(card: Card) -> str:
    languages = card.language.split(", ")
    return f"{len(languages)} languages" if len(languages) > MOST_LANGUAGES else card.language


def _items_by_role(card: Card, summary: Summary | None) -> list[str]:
    roles: Counter[str] = Counter()
    unknown = set()
    for split in card.splits:
        items = split.items if summary is None else summary.items.get(split.name, split.items)
        roles[split.role] += items or 0
        if items is None:
            unknown.add(split.role)
    return [f"{role} {UNKNOWN if role in unknown else f'{roles[role]:,}'}" for role in roles]


def _testable(card: Card, summary: Summary | None) -> str:
    if summary is None:
        return UNKNOWN
    names = [split.name for split in card.splits if split.role == "test"]
    items = sum(summary.items.get(name, 0) for name in names)
    testable = sum(summary.testable.get(name, 0) for name in names)
    return percent(testable, items) if items else UNKNOWN

"""Cards and packs as text, for `leakcheck bench`."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Card
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["card_table", "card_text", "pack_text"]

LABEL_WIDTH = 17


def card_table(cards: Sequence[Card], width: int) -> str:
    """Render what one must know of benchmarks to choose among them."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("NAME", "ITEMS", "IN\nDISTRIBUTION", "LICENCE", "LANGUAGE", "TITLE"):
        table.add_column(heading, no_wrap=heading != "TITLE", overflow="fold")
    for card in cards:
        items = "\n".join(_items_by_role(card))
        table.add_row(
            card.name, items, card.in_distribution, card.licence, card.language, card.title
        )
    console = Console(file=io.StringIO(), width=width, color_system=None, emoji=False, markup=False)
    with console.capture() as capture:
        console.print(table)
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())


def _items_by_role(card: Card) -> list[str]:
    roles: Counter[str] = Counter()
    for split in card.splits:
        roles[split.role] += split.items or 0
    return [f"{role} {items:,}" for role, items in roles.items()]


def card_text(card: Card) -> str:
    """Render a card in full."""
    return _lines(
        [
            ("name", card.name),
            ("title", card.title),
            ("publisher", card.publisher),
            ("licence", card.licence),
            ("language", card.language),
            ("in distribution", f"{card.in_distribution}: {card.in_distribution_reason}"),
            *(("source", f"{s.repository} {s.path} at {s.revision}") for s in card.sources),
            *(
                ("split", f"{s.name} ({s.role}): {s.items:,} items in {s.files}")
                for s in card.splits
            ),
            *(
                ("field", f"{field}: {', '.join(map(str, keys))}")
                for field, keys in card.fields.items()
            ),
            *(("drop", f"{field}: {pattern}") for field, pattern in card.drop.items()),
            ("item id", card.item_id),
            *(("canary", text) for text in card.canary),
        ]
    )


def pack_text(benchmark: Benchmark) -> str:
    """Render what the pack of a benchmark can find, and from which evidence on."""
    import numpy as np

    from leakcheck.benchmark.calibration import VERBATIM_BITS

    able, thresholds = benchmark.testable, benchmark.calibration.thresholds
    untestable = len(able) - int(sum(able))
    least, middle, most = np.quantile(thresholds, [0.0, 0.5, 1.0])
    return _lines(
        [
            ("pack", f"checksum {benchmark.pack.header.checksum}"),
            ("untestable", f"{untestable:,} of {len(able):,} items: too little text"),
            ("verbatim from", f"{VERBATIM_BITS:.0f} bits of evidence"),
            ("other kinds from", f"{middle:.0f} bits, by item from {least:.0f} to {most:.0f}"),
            ("background", f"{benchmark.calibration.documents:,} documents measured"),
        ]
    )


def _lines(rows: Iterable[tuple[str, str]]) -> str:
    """Set rows in lines, a label that repeats only once."""
    lines, last = [], ""
    for label, text in rows:
        lines.append(f"{'' if label == last else label:<{LABEL_WIDTH}} {text}\n")
        last = label
    return "".join(lines)

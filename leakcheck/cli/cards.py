"""A card and its pack as text, for `leakcheck bench show`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.benchmark.calibration import Calibration, ChanceTail
    from leakcheck.benchmark.card import Card, Split
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["card_text", "no_pack_text", "pack_text"]

LABEL_WIDTH = 17

MOST_UNTESTABLE = 20
"""How many of the items that cannot be found are named."""

DOUBTED = 0.05
"""A fit is doubted where it gives as large a distance with less than this probability."""


def card_text(card: Card) -> str:
    """Render a card in full."""
    return _lines(
        [
            ("name", card.name),
            ("title", card.title),
            ("publisher", card.publisher),
            ("licence", card.licence),
            ("language", card.language),
            ("groups", ", ".join(card.groups)),
            ("in distribution", f"{card.in_distribution}: {card.in_distribution_reason}"),
            *(("note", note) for note in [card.note] if note),
            *(("canary", text) for text in card.canary),
            *(("source", f"{s.repository} {s.path} at {s.revision}") for s in card.sources),
            *(("split", _split_text(split)) for split in card.splits),
            *(
                ("model hub", f"{s.name}: {s.hub.repository} {s.hub.path} at {s.hub.revision}")
                for s in card.splits
                if s.hub
            ),
            *(("rows", card.rows) for _ in [card.rows] if card.rows),
            *(
                ("field", f"{field}: {', '.join(map(str, keys))}")
                for field, keys in card.fields.items()
            ),
            *(("take", f"{field}: {pattern}") for field, pattern in card.take.items()),
            *(("drop", f"{field}: {pattern}") for field, pattern in card.drop.items()),
            *(("labels", ", ".join(card.labels)) for _ in [card.labels] if card.labels),
            ("item id", card.item_id),
        ]
    )


def _split_text(split: Split) -> str:
    items = "items" if split.items is None else f"{split.items:,} items"
    return f"{split.name} ({split.role}): {items} in {split.files}"


def no_pack_text(reason: str) -> str:
    """Render that a benchmark has no pack."""
    return _lines([("pack", f"none: {reason}")])


def pack_text(benchmark: Benchmark, folder: Path) -> str:
    """Render what the pack of a benchmark can find, and from which evidence on."""
    import numpy as np

    from leakcheck.benchmark.calibration import VERBATIM_BITS

    able, thresholds = benchmark.testable, benchmark.calibration.thresholds
    untestable = [name for name, can in zip(benchmark.pack.items, able, strict=True) if not can]
    least, middle, most = np.quantile(thresholds, [0.0, 0.5, 1.0])
    header = benchmark.pack.header
    return _lines(
        [
            ("pack", f"{folder / header.name}.parquet{', sealed' if header.seal else ''}"),
            ("", f"checksum {header.checksum}"),
            ("untestable", f"{len(untestable):,} of {len(able):,} items: too little text"),
            *_named(untestable),
            ("verbatim from", f"{VERBATIM_BITS:.0f} bits of evidence"),
            ("other kinds from", f"{middle:.0f} bits, by item from {least:.0f} to {most:.0f}"),
            ("background", f"{benchmark.calibration.documents:,} documents measured"),
            *_chance(benchmark.calibration),
        ]
    )


def _chance(calibration: Calibration) -> Iterator[tuple[str, str]]:
    """Say how often chance gives a match, how fast that falls, and how well the tails fit."""
    for label, verbatim in (("chance, verbatim", True), ("chance, others", False)):
        tail = calibration.chance(verbatim=verbatim)
        most = " at most" if tail.at_most else ""
        yield (
            label,
            f"a finding of {tail.least_bits:.0f} bits in {1 / tail.rate(0):,.0f} documents{most}, "
            f"half as many with every {1 / tail.decay:.0f} bits more",
        )
        yield label, _fitted_on(tail)
        cautious = calibration.cautious_rate(tail.least_bits, verbatim)
        yield label, f"a verdict takes one in {1 / cautious:,.0f} for chance"


def _fitted_on(tail: ChanceTail) -> str:
    """Say what a tail was fitted on, and how well it fits."""
    if not tail.growth:
        return "not measured: what is promised of any benchmark"
    if tail.at_most:
        return "nothing in the background is nearly a finding"
    items = f"{tail.near:,} item{'s' if tail.near > 1 else ''} nearly found"
    on = f"fitted on {items} in the background, {tail.found:,} of them wholly"
    if tail.distance is None or tail.probability is None:
        return f"{on}: too few to say how well"
    fits = "may be" if tail.probability >= DOUBTED else "are not"
    return (
        f"{on}: they {fits} exponential (Kolmogorov-Smirnov {tail.distance:.2f}, "
        f"p {tail.probability:.2g})"
    )


def _named(items: list[str]) -> Iterator[tuple[str, str]]:
    for name in items[:MOST_UNTESTABLE]:
        yield "", name
    if len(items) > MOST_UNTESTABLE:
        yield "", f"and {len(items) - MOST_UNTESTABLE:,} more"


def _lines(rows: Iterable[tuple[str, str]]) -> str:
    """Set rows in lines, a label that repeats only once."""
    lines, last = [], ""
    for label, text in rows:
        lines.append(f"{'' if label == last else label:<{LABEL_WIDTH}} {text}\n")
        last = label
    return "".join(lines)

"""Proximity as text for people: quantiles, strips, and one sentence for each benchmark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from leakcheck.report.numbers import out_of
from leakcheck.report.pages.proximity_words import conclusion, name_of, notes_on, shortened
from leakcheck.report.strips import axis, axis_end, strip
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from leakcheck.benchmark.closeness import Closeness
    from leakcheck.corpus_index.closeness.proximity import Proximity

__all__ = ["render"]

SHOWN_PERCENTS = (10, 25, 50, 75, 90, 99)
MOST_WIDTH = 100

_NUMBERS_WIDTH = 6 * len(SHOWN_PERCENTS) + 7 + 8
_MARGIN = "  "


def render(proximities: Sequence[Proximity], width: int) -> str:
    """Render what was measured for a page of `width` columns, at least 60."""
    blocks = [_block(each, min(width, MOST_WIDTH)) for each in proximities]
    return "\n".join("".join(line.rstrip() + "\n" for line in block) for block in blocks)


def _block(proximity: Proximity, width: int) -> Iterator[str]:
    items = out_of(proximity.items, proximity.items + proximity.too_short, "test items")
    yield f"{printable(proximity.bench)}: the best similarity of {items}"
    yield ""
    if proximity.items:
        yield from _table(proximity, width)
        yield ""
        yield from _strips(proximity, width)
        yield ""
    said = [conclusion(proximity), *notes_on(proximity)]
    for sentence in filter(None, said):
        yield from wrap(sentence, width, break_on_hyphens=False)


def _table(proximity: Proximity, width: int) -> Iterator[str]:
    room = width - _NUMBERS_WIDTH
    heads = "".join(f"{percent} %".rjust(6) for percent in SHOWN_PERCENTS)
    yield " " * room + heads + "CLOSE".rjust(7) + "COPIES".rjust(8)
    for measured in proximity.measured:
        if measured.all is not None:
            yield f"in all {measured.all.tokens:,} tokens of"
            yield _row(name_of(measured), measured.all, None, room)
    samples = [each for each in proximity.measured if each.sample is not None]
    if samples:
        yield f"in samples of {proximity.sample_tokens:,} tokens of"
    for measured in samples:
        assert measured.sample is not None
        yield _row(name_of(measured), measured.sample, measured.close, room)


def _row(name: str, closeness: Closeness, close: float | None, room: int) -> str:
    label = _MARGIN + shortened(name, room - len(_MARGIN) - 1)
    quantiles = "".join(f"{closeness.quantile(each):6.3f}" for each in SHOWN_PERCENTS)
    share = "" if close is None else f"{100 * close:.0f} %"
    return f"{label:<{room}}{quantiles}{share:>7}{closeness.copied:>8,}"


def _strips(proximity: Proximity, width: int) -> Iterator[str]:
    """Draw the samples, or all of the corpus where there are none."""
    drawn = [(name_of(each), each.sample or each.all) for each in proximity.measured]
    shown = [(name, closeness) for name, closeness in drawn if closeness is not None]
    room = min(width // 3, 3 + max(len(name) for name, _ in shown))
    end = axis_end(max(closeness.quantile(99) for _, closeness in shown))
    for name, closeness in shown:
        label = shortened(name, room - len(_MARGIN) - 1)
        yield f"{_MARGIN + label:<{room}}" + strip(closeness.quantile, end, width - room)
    yield " " * room + axis(end, width - room)

"""What is said of proximity before people: names, the one sentence, and what could not be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from leakcheck.report.numbers import several
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from leakcheck.corpus_index.closeness.proximity import Measured, Proximity

__all__ = ["conclusion", "name_of", "notes_on", "shortened"]


def name_of(measured: Measured) -> str:
    """Name a text in a table or a legend."""
    match measured.text:
        case "corpus" | "beside":
            return printable(measured.name)
        case "train":
            return "its own train split"
        case "background":
            return "background text"
        case _:
            assert_never(measured.text)


def shortened(name: str, width: int) -> str:
    """Leave out the beginning of what is too long; the end of a path tells more.

    >>> shortened("corpora/2026/web.lki", 12)
    '…026/web.lki'
    """
    return name if len(name) <= width else "…" + name[len(name) - width + 1 :]


def conclusion(proximity: Proximity) -> str | None:
    """Say in one sentence how close the corpus is; nothing without background to measure by."""
    close = {each.text: each.close for each in proximity.measured if each.close is not None}
    if "corpus" not in close:
        return None
    name = name_of(proximity.measured[0])
    said = (
        f"{_percent(close['corpus'])} of the items are closer to {name} than 90 % of them are to "
        "as much background text"
    )
    if "train" not in close:
        return said + "."
    return f"{said}; {_percent(close['train'])} are that close to {proximity.bench}'s train split."


def notes_on(proximity: Proximity) -> Iterator[str]:
    """Yield what could not be told, and why."""
    if proximity.too_short:
        left_out = several(proximity.too_short, "test item")
        yield f"Left out: {left_out} too short to tell at scale {proximity.scale}."
    texts = {each.text for each in proximity.measured}
    if proximity.sample_tokens is None:
        yield "The corpus is too small to be compared: by chance alone, more text comes closer."
        return
    small = [name_of(each) for each in proximity.measured if each.sample is None]
    if small:
        yield f"Too small to be compared: {', '.join(small)}."
    if "train" not in texts:
        yield f"{proximity.bench} has no train split to compare with."
    if proximity.background_scales and proximity.scale not in proximity.background_scales:
        scales = " and ".join(map(str, proximity.background_scales))
        yield (
            f"Background text was measured at scales {scales}: an index of scale "
            f"{proximity.scale} cannot be compared with it."
        )
    elif "background" not in texts:
        yield (
            f"No background text was measured for {proximity.bench}: build it again with "
            "`leakcheck bench build --background`, or compare with another index by --beside."
        )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"

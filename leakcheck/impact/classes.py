"""What the run found of each test item, as one word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from leakcheck.detection.standing import CHANCE, COUNTED_KINDS, is_allowed

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["CLASSES", "LEAKED", "ItemClass", "class_of", "classes_of_items"]

ItemClass = Literal[
    "verbatim",
    "near",
    "rewritten",
    "flagged",
    "variant",
    "shared",
    "allowed",
    "untestable",
    "not_found",
]
CLASSES: tuple[ItemClass, ...] = get_args(ItemClass)
LEAKED: tuple[ItemClass, ...] = (*COUNTED_KINDS, "flagged")
"""Items of these classes are leaked, those of all others clean. In a run by a preset, the published
criterion flags items and knows of no kinds."""


def class_of(kind: str, shared: bool, accepted: str, testable: bool) -> ItemClass:
    """Name the class of an item from its row in `Report.items`.

    What an allow entry sets aside is not leaked; what a baseline knows of already still is. What
    the scan took for chance counts as not found.

    >>> class_of("near", False, "", True), class_of("near", False, "baseline", True)
    ('near', 'near')
    >>> class_of("near", False, "allow: of the same author", True), class_of("", False, "", False)
    ('allowed', 'untestable')
    """
    if kind and accepted != CHANCE:
        if is_allowed(accepted):
            return "allowed"
        if shared:
            return "shared"
        return next(each for each in CLASSES if each == kind)
    return "not_found" if testable else "untestable"


def classes_of_items(report: Report, bench: str) -> dict[str, ItemClass]:
    """Return the class of each test item of a benchmark, in the publisher's order."""
    import pyarrow.compute as pc

    rows = report.items.filter(pc.equal(report.items["bench"], bench)).to_pylist()
    return {
        row["item"]: class_of(row["kind"], row["shared"], row["accepted"], row["testable"])
        for row in rows
    }

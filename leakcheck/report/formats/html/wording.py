"""What kinds and changes of a passage are called beside its evidence, and what groups mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.report.formats.html.found import Group
    from leakcheck.verdict.records import Report

__all__ = ["GROUP_TITLES", "GROUP_WORDS", "headline"]

GROUP_TITLES: dict[Group, str] = {
    "leakage": "Test leakage",
    "overlap": "Overlap with other splits: in distribution, not leakage",
    "beside": "Not counted: variants and shared items",
    "accepted": "Set aside: accepted, or no better than chance",
}
"""The heading above the items of a group."""

GROUP_WORDS: dict[Group, str] = {
    "leakage": "Items of the test split that stand in the corpus.",
    "overlap": "Items of the train, dev or few-shot splits that stand in the corpus. They do not "
    "make the score less credible, but they must be declared.",
    "beside": "A variant is another problem, made from an item by changing its numbers. A shared "
    "item is in a split of another role too, so that nothing tells whether the test leaked.",
    "accepted": "A baseline or an allow entry with a reason covers every finding of these items. "
    "They count for nothing but the verdict with what was accepted. What is no better than chance "
    "counts for nothing at all: a corpus of this size gives more as good than --max-expected.",
}
"""What is in a group."""


def headline(report: Report) -> str:
    """Say in one line what the report comes to."""
    verdicts = [each.verdict for each in report.benchmarks]
    total = f"{len(verdicts):,} benchmark" + ("" if len(verdicts) == 1 else "s")
    if not verdicts:
        return "No benchmark was looked for"
    if leaked := verdicts.count("leaked"):
        return f"{leaked:,} of {total} leaked"
    if doubtful := verdicts.count("inconclusive"):
        return f"It cannot be told whether {doubtful:,} of {total} leaked"
    if overlapping := verdicts.count("in_distribution"):
        return f"No test leakage; {overlapping:,} of {total} in distribution"
    return f"No test leakage and no overlap in {total}"

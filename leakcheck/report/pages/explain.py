"""A finding explained: the passage beside its item, the evidence, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from leakcheck.report.console import labelled, rendered
from leakcheck.report.numbers import several
from leakcheck.report.pages.explain_texts import LABEL_WIDTH, passage_and_item
from leakcheck.report.pages.explain_words import (
    changes_told,
    counts_told,
    evidence_told,
    next_told,
    summed_up,
)
from leakcheck.report.places import place_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from leakcheck.detection.finding import Finding
    from leakcheck.run.surroundings import Surroundings
    from leakcheck.verdict.records import Report

__all__ = ["explain_page"]

MOST_EXPLAINED = 4
"""How many texts of one item are explained ..."""
MOST_PLACES = 20
"""... and how many of its places are named."""

Look = Callable[["Finding"], "Surroundings"]
"""Reads again what stands around a passage."""


def explain_page(report: Report, findings: list[Finding], look: Look, sheet: Sheet) -> str:
    """Explain findings of one item: each text once, then all of their places.

    Args:
        report: of the run that has them.
        findings: one at least.
        look: reads what stands around a passage.
        sheet: the page, and the item's own text where the user has it.
    """
    return rendered(_parts(report, findings, look, sheet), sheet)


def _parts(
    report: Report, findings: list[Finding], look: Look, sheet: Sheet
) -> Iterator[RenderableType]:
    texts = list({finding.fingerprint: finding for finding in reversed(findings)}.values())[::-1]
    for finding in texts[:MOST_EXPLAINED]:
        yield from _explained(report, finding, look(finding), sheet)
        yield ""
    if len(texts) > MOST_EXPLAINED:
        left = several(len(texts) - MOST_EXPLAINED, "more text")
        yield f"and {left} of {printable(findings[0].item)}: explain them by their fingerprints"
        yield ""
    yield from _places(_same_items(report, findings), texts[:MOST_EXPLAINED], sheet)


def _explained(
    report: Report, finding: Finding, around: Surroundings, sheet: Sheet
) -> Iterator[RenderableType]:
    from rich.text import Text

    from leakcheck.run.beside import changed_numbers

    question = sheet.item_texts.get((finding.bench, finding.item), {}).get("question")
    passage = around.passage or finding.excerpt
    whole = len(passage) == finding.end - finding.start
    numbers = changed_numbers(question, passage) if question and whole else None
    yield Text(summed_up(finding), "bold")
    yield ""
    yield from passage_and_item(finding, around, sheet)
    for label, sentences in (
        ("What changed", changes_told(finding, numbers)),
        ("Evidence", evidence_told(finding, report.corpus.documents)),
        ("Counted", counts_told(finding, report)),
        ("What to do", next_told(finding, report)),
    ):
        yield ""
        yield from labelled(label, sentences, LABEL_WIDTH, sheet.width)


def _same_items(report: Report, findings: list[Finding]) -> list[Finding]:
    """Return all findings of the items that some findings are of, in the order of the corpus."""
    import msgspec
    import pyarrow as pa
    import pyarrow.compute as pc

    from leakcheck.detection.finding import Finding as Record

    table = report.findings
    benches, items = ({getattr(each, of) for each in findings} for of in ("bench", "item"))
    same = pc.and_(
        pc.is_in(table["bench"], pa.array(sorted(benches))),
        pc.is_in(table["item"], pa.array(sorted(items))),
    )
    return [msgspec.convert(row, Record) for row in table.filter(same).to_pylist()]


def _places(
    findings: list[Finding], explained: list[Finding], sheet: Sheet
) -> Iterator[RenderableType]:
    from leakcheck.corpus import place_named

    files = len({place_named(finding.path).name for finding in findings})
    counted = f"{several(len(findings), 'place')} in {several(files, 'file')}"
    lines = [f"{counted}; the same text has the same fingerprint"]
    lines += [
        f"{finding.fingerprint}  {finding.kind:<9}  "
        + printable(place_of(finding.path, finding.row, finding.source))
        for finding in findings[:MOST_PLACES]
    ]
    if len(findings) > MOST_PLACES:
        lines.append(f"and {len(findings) - MOST_PLACES:,} more: leakcheck report -f jsonl")
    yield from labelled("Found in", lines, LABEL_WIDTH, sheet.width)

"""A passage of a corpus and the item it holds, with the words marked that both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from leakcheck.report.marked_text import CONTEXT, GAP, beside, marked_text, set_in_lines
from leakcheck.report.numbers import several
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from leakcheck.detection.finding import Finding
    from leakcheck.run.surroundings import Surroundings

__all__ = ["CONTEXT_CHARACTERS", "LABEL_WIDTH", "passage_and_item"]

LABEL_WIDTH = len("  What changed  ")
"""All that is said of a finding stands in line."""
BESIDE_WIDTH = 110
"""From so many columns on, passage and item stand beside each other."""
CONTEXT_CHARACTERS = 200
"""How much around a passage is worth showing."""
MOST_CHARACTERS = 3000
"""How much of a text is shown."""
LONGEST_WORD = 30
"""How much may be taken off the context to begin and end it with a whole word."""


def passage_and_item(
    finding: Finding, around: Surroundings, sheet: Sheet
) -> Iterator[RenderableType]:
    """Set the passage and its item beside each other, or one below the other."""
    room = sheet.width - LABEL_WIDTH
    has_item = (finding.bench, finding.item) in sheet.item_texts
    if has_item and sheet.width >= BESIDE_WIDTH:
        half = (room - GAP) // 2
        left = _passage_lines(finding, around, half, sheet)
        right = _item_lines(finding, around, half, sheet)
        yield from _under_label("Texts", beside(left, right, half))
        return
    yield from _under_label("Passage", _passage_lines(finding, around, room, sheet))
    yield ""
    yield from _under_label("Item", _item_lines(finding, around, room, sheet))


def _under_label(label: str, lines: list[Text]) -> Iterator[Text]:
    from rich.text import Text

    lead = f"  {label}".ljust(LABEL_WIDTH)
    for line in lines:
        yield Text.assemble((lead, "bold"), line)
        lead = " " * LABEL_WIDTH


def _passage_lines(finding: Finding, around: Surroundings, width: int, sheet: Sheet) -> list[Text]:
    """Set a passage between what stands before and behind it."""
    from rich.text import Text

    place = f"{finding.source or 'the text'}, characters {finding.start:,} to {finding.end:,}"
    if finding.basis == "fingerprints":
        place = f"{finding.source or 'the text'}, from token {finding.start:,} on"
    lines = set_in_lines(Text(printable(place), "italic"), width, underline=False)
    before, after = _folded(around.before), _folded(around.after)
    if before:
        if finding.start > len(around.before):
            before = f"... {before[before.find(' ', 0, LONGEST_WORD) + 1 :]}"
        lines += set_in_lines(Text(before, CONTEXT), width, underline=False)
    if finding.excerpt:
        lines += _quoted(_marked_passage(finding, around, sheet), width, sheet)
    if after:
        if len(around.after) == CONTEXT_CHARACTERS:
            end = after.rfind(" ", len(after) - LONGEST_WORD)
            after = f"{after[: end if end > 0 else None]} ..."
        lines += set_in_lines(Text(after, CONTEXT), width, underline=False)
    for note in _notes(finding, around, sheet):
        lines += set_in_lines(Text(f"({note})"), width, underline=False)
    return lines


def _marked_passage(finding: Finding, around: Surroundings, sheet: Sheet) -> Text:
    """Mark a passage: all of it where the item's text is at hand, or as much as the run knows."""
    from leakcheck.run.beside import shared_spans

    question = sheet.item_texts.get((finding.bench, finding.item), {}).get("question")
    if len(around.passage) > len(finding.excerpt) and question:
        return _beginning(around.passage, shared_spans(around.passage, question))
    spans = zip(finding.matched[::2], finding.matched[1::2], strict=True)
    return _beginning(around.passage or finding.excerpt, spans)


def _beginning(text: str, spans: Iterable[tuple[int, int]]) -> Text:
    """Mark a text, of which only the beginning is shown if it is very long."""
    marked = marked_text(text[:MOST_CHARACTERS], spans)
    more = len(text) - MOST_CHARACTERS
    return marked.append(f" ... ({several(more, 'character')} more)") if more > 0 else marked


def _notes(finding: Finding, around: Surroundings, sheet: Sheet) -> Iterator[str]:
    length, kept = finding.end - finding.start, len(finding.excerpt)
    if finding.basis == "text" and length > kept:
        if not around.passage:
            yield f"the passage has {several(length, 'character')}; the run keeps the first {kept}"
        elif (finding.bench, finding.item) not in sheet.item_texts:
            yield f"words are marked in the first {several(kept, 'character')}"
    if around.problem:
        yield f"not read again: {printable(around.problem)}"


def _folded(text: str) -> str:
    return printable(" ".join(text.split()))


def _quoted(text: Text, width: int, sheet: Sheet) -> list[Text]:
    from rich.text import Text

    lines = set_in_lines(text, width - 2, underline=not sheet.colour)
    return [Text.assemble("| ", line) for line in lines]


def _item_lines(finding: Finding, around: Surroundings, width: int, sheet: Sheet) -> list[Text]:
    """Set the fields of an item, its question marked as the passage is."""
    from rich.text import Text

    from leakcheck.run.beside import shared_spans

    fields = sheet.item_texts.get((finding.bench, finding.item))
    name = printable(f"{finding.bench} {finding.item}")
    if fields is None:
        told = f"{name}: its own text is shown with --item-texts DIR, the publisher's files"
        return set_in_lines(Text(told), width, underline=False)
    lines = []
    for field, text in fields.items():
        if text:
            passage = around.passage or finding.excerpt
            spans = shared_spans(text, passage) if field == "question" else []
            heading = Text.assemble((f"{name}, {field}", "italic"))
            lines += set_in_lines(heading, width, underline=False)
            lines += _quoted(_beginning(text, spans), width, sheet)
    return lines

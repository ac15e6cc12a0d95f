"""What became of the files of an audit record, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from leakcheck.report.console import labelled, rendered
from leakcheck.report.numbers import out_of, several
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import VERDICT_WORDS, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from leakcheck.publishing.records import AuditRecord
    from leakcheck.publishing.verify import Checked

__all__ = ["audit_page"]

LABEL_WIDTH = len("  Not checked  ")
MOST_NAMED = 50
"""How many things of one state are named."""


def audit_page(record: AuditRecord, checked: Sequence[Checked], sheet: Sheet) -> str:
    """Render what differs from a record, and what the record says."""
    return rendered(_parts(record, checked, sheet), sheet)


def _parts(
    record: AuditRecord, checked: Sequence[Checked], sheet: Sheet
) -> Iterator[RenderableType]:
    from rich.text import Text

    differ = [each for each in checked if each.differs]
    if differ:
        yield Text(f"NOT AS SCANNED: {several(len(differ), 'difference')}", "bold red")
    else:
        yield Text("AS SCANNED: no difference", "bold green")
    yield ""
    for label, lines in (
        ("Files", [_summed_up(record, checked)]),
        ("Changed", _named(checked, "changed")),
        ("Missing", _named(checked, "missing")),
        ("New", _named(checked, "new")),
        ("Not checked", _not_checked(record, checked)),
        ("Packs", _packs(record, checked)),
        ("Scanned", _scanned(record)),
        ("Not read", _unscanned(record)),
    ):
        if lines:
            yield from labelled(label, lines, LABEL_WIDTH, sheet.width)


def _summed_up(record: AuditRecord, checked: Sequence[Checked]) -> str:
    states = Counter(each.state for each in checked if each.what == "file")
    same = out_of(states["same"], len(record.files), "files")
    index = [each for each in checked if each.what == "index"]
    answered = f"; the index {printable(index[0].name)}: {index[0].state}" if index else ""
    return f"{same} the same by SHA-256{answered}"


def _named(checked: Sequence[Checked], state: str) -> list[str]:
    found = [each for each in checked if each.state == state and each.what != "pack"]
    lines = [
        printable(f"{each.name}: {each.told}" if each.told else each.name)
        for each in found[:MOST_NAMED]
    ]
    return [*lines, f"and {len(found) - MOST_NAMED:,} more"] if len(found) > MOST_NAMED else lines


def _not_checked(record: AuditRecord, checked: Sequence[Checked]) -> list[str]:
    count = sum(each.state == "not checked" for each in checked)
    return [f"{out_of(count, len(record.files), 'files')}: {record.unhashed}"] if count else []


def _packs(record: AuditRecord, checked: Sequence[Checked]) -> list[str]:
    packs = [each for each in checked if each.what == "pack"]
    same = sum(each.state == "same" for each in packs)
    lines = [f"{out_of(same, len(packs), 'packs')} the same as installed"]
    return lines + [
        printable(f"{each.name}: {each.told}") for each in packs if each.state != "same"
    ]


def _scanned(record: AuditRecord) -> list[str]:
    """Say what the record says of the corpus as it was."""
    by = f"by leakcheck {record.version}, {several(record.documents, 'document')}"
    verdicts = (
        printable(f"{each.name}: {VERDICT_WORDS[each.verdict]}") for each in record.benchmarks
    )
    return [by, *verdicts]


def _unscanned(record: AuditRecord) -> list[str]:
    if not record.unscanned:
        return []
    return [f"{several(len(record.unscanned), 'place')}, named in the record under `unscanned`"]

"""Looking through stretches of a corpus, one after the other: what every engine's workers do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

import msgspec

from leakcheck.corpus import PassageBatch, Skipped, Stretch, read_file
from leakcheck.detection.canary import CanaryPlace, canaries_of, find_canaries
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.scanning.sampling import Drawing
from leakcheck.threads import map_in_order

__all__ = ["Advance", "Looker", "StretchResult", "look_through"]


class StretchResult(msgspec.Struct, frozen=True):
    """What was read of a stretch, and what was found in it; rows are counted from its start."""

    rows: int
    """Records, those that could not be read among them."""
    documents: int
    bytes_read: int
    findings: list[Finding]
    canaries: list[CanaryPlace]
    skipped: list[Skipped]


class Advance(NamedTuple):
    """By how much a worker is further than it was."""

    bytes_read: int
    documents: int
    findings: int


@dataclass(frozen=True)
class Looker:
    """What is looked for, and how stretches are read."""

    catalogue: Catalogue
    text_field: str | None = None
    standard_input: BinaryIO | None = None
    """What `-` stands for, in place of the process's own."""
    drawing: Drawing | None = None
    """The sample, where only that is looked at."""


def look_through(
    looker: Looker,
    stretches: Iterable[Stretch],
    threads: int,
    on_advance: Callable[[Advance], None] = lambda _: None,
) -> Iterator[StretchResult]:
    """Look through stretches and yield the result of each, in their order."""
    canaries = canaries_of(looker.catalogue.benchmarks)

    def look(read: _Read) -> tuple[list[Finding], list[CanaryPlace]]:
        if not isinstance(read, PassageBatch):
            return [], []
        return find_in_batch(read, looker.catalogue), find_canaries(read, canaries)

    gathered = _Gathered()
    for read, (findings, places) in map_in_order(look, _reads(looker, stretches), threads):
        if read is None:
            yield gathered.result()
            gathered = _Gathered()
        elif isinstance(read, Skipped):
            gathered.skipped.append(read)
        else:
            gathered.add(read, findings, places)
            on_advance(Advance(read.bytes_read, read.documents, len(findings)))


_Read = PassageBatch | Skipped | None


def _reads(looker: Looker, stretches: Iterable[Stretch]) -> Iterator[_Read]:
    """Yield what is read of all stretches, and None at the end of each."""
    for stretch in stretches:
        reads = read_file(
            stretch.file,
            stretch=stretch,
            text_field=looker.text_field,
            standard_input=looker.standard_input,
        )
        drawing = looker.drawing
        if drawing is not None and drawing.is_by_record(stretch.file):
            reads = drawing.records(stretch.file, reads)
        yield from reads
        yield None


@dataclass(slots=True)
class _Gathered:
    """The result of a stretch while it is gathered."""

    rows: int = 0
    documents: int = 0
    bytes_read: int = 0
    findings: list[Finding] = field(default_factory=list)
    canaries: list[CanaryPlace] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def add(
        self, batch: PassageBatch, findings: list[Finding], canaries: list[CanaryPlace]
    ) -> None:
        self.rows = batch.end_row
        self.documents += batch.documents
        self.bytes_read += batch.bytes_read
        self.findings += findings
        self.canaries += canaries

    def result(self) -> StretchResult:
        return StretchResult(
            self.rows, self.documents, self.bytes_read, self.findings, self.canaries, self.skipped
        )

"""What looking into a corpus gives, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from leakcheck.corpus import Stretch
from leakcheck.detection.canary import CanaryPlace
from leakcheck.detection.finding import Finding
from leakcheck.scanning.sampling import Drawing
from leakcheck.verdict.records import CorpusReport, FileReport

__all__ = ["Looked", "Progress"]


class Progress(NamedTuple):
    """How far a scan has come."""

    bytes_read: int
    """Of the files on disk."""
    bytes_total: int
    """0 where it is not known: standard input, and what an index has to read again."""
    documents: int
    findings: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read, and what was found in it."""

    corpus: CorpusReport
    findings: list[Finding]
    """In the order of the corpus, their `e_value` still for a corpus of one document."""
    canaries: list[CanaryPlace] = field(default_factory=list)
    files: tuple[FileReport, ...] = ()
    found_in: list[Stretch] = field(default_factory=list)
    """The stretch of each finding."""
    drawing: Drawing | None = None
    """The sample that was looked at, if not all was."""

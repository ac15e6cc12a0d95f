"""What cleaning did, as the command tells it and the manifest notes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from leakcheck.cleaning.choice import Wanted
from leakcheck.cleaning.layout import Layout
from leakcheck.cleaning.plan import FilePlan
from leakcheck.detection.finding import Finding
from leakcheck.verdict.records import Report

__all__ = ["Checked", "Cleaned", "CleanedFile"]


class CleanedFile(NamedTuple):
    """A data file and what became of it."""

    path: Path
    """Below the folder of the copy."""
    documents: int
    """As they were scanned."""
    bytes_before: int
    bytes_after: int
    plan: FilePlan
    """What was taken out; of a file that was copied as it is, nothing."""

    @property
    def documents_left(self) -> int:
        """How many are in the copy."""
        return self.documents - len(self.plan.dropped)


class Checked(NamedTuple):
    """What scanning the copy gave."""

    documents: int
    """That are in the copy, each scanned as it is there."""
    rounds: int
    """How often more had to be taken out before nothing was left that was to go."""
    stay: int
    """Findings that are there still, as they should: overlap, and what is not counted."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning did."""

    folder: Path
    manifest: Path
    wanted: Wanted
    report: Report
    """Of the corpus as it was."""
    files: list[CleanedFile]
    layout: Layout
    checked: Checked

    @property
    def gone(self) -> list[Finding]:
        """All findings that were reasons, in the order of the corpus."""
        plans = [file.plan for file in self.files]
        return [finding for plan in plans for row in sorted(plan.why) for finding in plan.why[row]]

    @property
    def touched(self) -> list[CleanedFile]:
        """The files that are not as they were."""
        return [file for file in self.files if file.plan.rows]

    @property
    def documents_gone(self) -> int:
        """Records that went whole."""
        return sum(file.documents - file.documents_left for file in self.files)

    @property
    def documents_cut(self) -> int:
        """Records that stayed without some of their text."""
        return sum(len(file.plan.cuts) for file in self.files)

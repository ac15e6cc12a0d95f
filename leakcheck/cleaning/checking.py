"""The copy is scanned again: nothing that was to go may be left in it.

A record that went leaves nothing. Where only passages went, what is around them may match still:
the other half of an item, or its choices. That is cut out too, in the coordinates of the original,
and after the fourth time the whole record goes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from leakcheck.cleaning.choice import Wanted
from leakcheck.cleaning.cleaned import Checked, CleanedFile
from leakcheck.cleaning.plan import FilePlan, original_offset, original_row
from leakcheck.detection.finding import Finding
from leakcheck.detection.standing import is_kept
from leakcheck.errors import InputError, RunError
from leakcheck.verdict.records import Report

__all__ = ["Rescan", "check_copy"]

Rescan = Callable[[Sequence[str]], Report]
"""Scans files with the benchmarks and settings of the scan before."""

MOST_ROUNDS = 6
CUT_ROUNDS = 4
"""In the rounds after these, records go whole."""


class Copy(NamedTuple):
    """A copy that is being checked."""

    folder: Path
    files: Sequence[CleanedFile]
    rewrite: Callable[[Path, FilePlan], None]
    """Writes the file at a path below the folder again, from its original."""


def check_copy(copy: Copy, before: Report, wanted: Wanted, rescan: Rescan) -> Checked:
    """Scan a copy, take out what is left, and scan what was rewritten, until nothing is.

    Raises:
        InputError: something is left after all rounds, or more went than should have.
        RunError: the benchmarks are not those of the scan before.
    """
    kept = {each.fingerprint for each in before.iter_findings() if is_kept(each.accepted)}
    pending = list(copy.files)
    stay = {file.path: 0 for file in copy.files}
    for number in range(MOST_ROUNDS + 1):
        found = _scanned(copy.folder, pending, before, rescan)
        left: dict[Path, list[Finding]] = {}
        for path, findings in found.items():
            going = [f for f in findings if wanted.goes(f) and f.fingerprint not in kept]
            stay[path] = len(findings) - len(going)
            if going:
                left[path] = going
        if not left:
            documents = sum(file.documents_left for file in copy.files)
            return Checked(documents, number, sum(stay.values()))
        whole = wanted.drop == "document" or number >= CUT_ROUNDS
        pending = [file for file in copy.files if file.path in left]
        for file in pending:
            _plan_more(file.plan, left[file.path], whole=whole)
            copy.rewrite(file.path, file.plan)
    path, going = next(iter(left.items()))
    raise InputError(
        f"{path}: still holds {going[0].item} of {going[0].bench} after {MOST_ROUNDS} rounds, "
        "so the copy was not kept; take the record out by hand, or leave the file out"
    )


def _scanned(
    folder: Path, pending: Sequence[CleanedFile], before: Report, rescan: Rescan
) -> dict[Path, list[Finding]]:
    """Scan the files that have documents left, and give the findings of each."""
    named = {_name(folder / f.path): f for f in pending if f.documents_left > 0}
    found: dict[Path, list[Finding]] = {file.path: [] for file in pending}
    if not named:
        return found
    report = rescan([str(folder / file.path) for file in named.values()])
    if report.settings.packs != before.settings.packs:
        raise RunError("the run was made with other packs of its benchmarks; scan again")
    for read in report.files:
        file = named[read.path]
        _see_that_no_more_went(file, read.documents)
    for finding in report.iter_findings():
        found[named[finding.path].path].append(finding)
    return found


def _see_that_no_more_went(file: CleanedFile, documents: int) -> None:
    expected = file.documents_left
    # Without some rows the first one of a table may look like a header, or no more like one.
    is_table = any(suffix in (".csv", ".tsv", ".tab") for suffix in file.path.suffixes)
    if abs(documents - expected) > is_table:
        raise InputError(
            f"{file.path}: the copy has {documents:,} documents and should have {expected:,}, so "
            "it was not kept; scan the corpus again, and clean that run"
        )


def _name(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _plan_more(plan: FilePlan, findings: Iterable[Finding], *, whole: bool) -> None:
    """Plan what is left of a file to go too, at the places where it stood in the original."""
    gone = set(plan.dropped)
    before = {row: dict(cuts) for row, cuts in plan.cuts.items()}
    for finding in findings:
        row = original_row(finding.row, gone)
        plan.why[row].append(finding)
        if whole:
            plan.drop(row)
            continue
        cut = before.get(row, {}).get(finding.source, ())
        start = original_offset(finding.start, cut, is_end=False)
        end = original_offset(finding.end, cut, is_end=True)
        plan.cut(row, finding.source, (start, end))

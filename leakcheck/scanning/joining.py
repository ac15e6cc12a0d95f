"""Joining what was found in stretches to what was found in a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import msgspec

from leakcheck.corpus import CorpusFile, Skipped, Stretch, field_missing, placed_name
from leakcheck.detection.canary import CanaryPlace
from leakcheck.detection.finding import Finding
from leakcheck.scanning.looked import Looked
from leakcheck.scanning.looking import StretchResult
from leakcheck.verdict.records import CorpusReport, FileReport, SkippedReport

__all__ = ["joined"]

_ROWS_LOST = "; the rows behind that are numbered as if none had been lost"


def joined(
    files: Sequence[CorpusFile],
    unreadable: Sequence[Skipped],
    results: Iterable[tuple[Stretch, StretchResult]],
    text_field: str | None = None,
) -> Looked:
    """Put together what was found in all stretches, in the order of the corpus.

    Where stretches of a file are missing, those behind them count their rows from their own start,
    and what is found there stands at a path that says so (`placed_name`).

    Args:
        files: that were read, at least in part.
        unreadable: what was found among them that is no file to read.
        results: those of all stretches that were read, in the order of the corpus.
        text_field: the one that was asked for.
    """
    findings: list[Finding] = []
    found_in: list[Stretch] = []
    canaries: list[CanaryPlace] = []
    skipped = list(unreadable)
    documents: Counter[str] = Counter()
    size_bytes = bytes_read = 0
    for name, of_file in groupby(results, lambda pair: pair[0].file.name):
        start, skipped_in_file, pairs = _Start(0, 0), list[Skipped](), list(of_file)
        for stretch, result in pairs:
            if stretch.start_byte != start.reached_byte:  # what is before was not read
                start = _Start(stretch.start_byte, stretch.start_byte)
            findings += _moved(result.findings, name, start)
            found_in += [stretch] * len(result.findings)
            canaries += (
                each._replace(path=start.name(name), row=each.row + start.row)
                for each in result.canaries
            )
            skipped_in_file += (_placed(each, name, start, stretch) for each in result.skipped)
            start = start.behind(stretch, result.rows)
            documents[name] += result.documents
            size_bytes += stretch.wanted_bytes
            bytes_read += result.bytes_read
        has_text = any(r.documents and not _misses_field(r) for _, r in pairs)
        skipped += _once(skipped_in_file, text_field, field_found=has_text)
    corpus = CorpusReport(
        files=len(files),
        documents=documents.total(),
        bytes=size_bytes or bytes_read,
        unread_bytes=sum(each.unread_bytes for each in skipped),
        skipped=[SkippedReport(each.name, each.row, each.reason) for each in skipped],
    )
    read = tuple(
        FileReport(file.name, file.size_bytes, documents[file.name], file.modified_ns)
        for file in files
    )
    return Looked(corpus, findings, canaries, read, found_in)


class _Start(NamedTuple):
    """Where rows are counted from, and how far that has come."""

    byte: int
    reached_byte: int
    row: int = 0
    """Of the next record."""

    def name(self, file: str) -> str:
        return placed_name(file, self.byte)

    def behind(self, stretch: Stretch, rows: int) -> _Start:
        return self._replace(reached_byte=stretch.end_byte, row=self.row + rows)


def _moved(findings: Sequence[Finding], name: str, start: _Start) -> Iterable[Finding]:
    """Count rows from where all stretches up to this one were read."""
    if start.row == 0 and start.byte == 0:
        return findings
    path = start.name(name)
    return (msgspec.structs.replace(each, path=path, row=each.row + start.row) for each in findings)


def _placed(skipped: Skipped, name: str, start: _Start, stretch: Stretch) -> Skipped:
    """Give what could not be read its place in the file."""
    if skipped.row is not None:
        return replace(skipped, name=start.name(name), row=skipped.row + start.row)
    if stretch.is_last or skipped.other_fields:
        return skipped
    return replace(skipped, reason=skipped.reason + _ROWS_LOST)


def _misses_field(result: StretchResult) -> bool:
    return any(each.other_fields for each in result.skipped)


def _once(
    skipped: Sequence[Skipped], text_field: str | None, *, field_found: bool
) -> list[Skipped]:
    """Say once what is wrong with all of a file; a field that some records have is not missing."""
    told: list[Skipped] = []
    of_file: dict[str, int] = {}
    for each in skipped:
        if each.other_fields:
            continue
        if each.row is None and each.reason in of_file:
            place = of_file[each.reason]
            unread_bytes = told[place].unread_bytes + each.unread_bytes
            told[place] = replace(told[place], unread_bytes=unread_bytes)
            continue
        if each.row is None:
            of_file[each.reason] = len(told)
        told.append(each)
    missing = [each for each in skipped if each.other_fields]
    if missing and text_field is not None and not field_found:
        fields = list(dict.fromkeys(name for each in missing for name in each.other_fields))
        unread_bytes = sum(each.unread_bytes for each in missing)
        told.append(field_missing(missing[0].name, text_field, fields, unread_bytes))
    return told

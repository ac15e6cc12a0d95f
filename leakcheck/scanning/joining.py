"""Joining what was found in stretches to what was found in a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

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
    results: Iterable[Part],
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
        skipped_in_file: list[Skipped] = []
        has_field = False
        for run in _runs(of_file):
            path = placed_name(name, run[0][0].start_byte)
            first_rows = list(accumulate((part.rows for _, part in run), initial=0))
            for (stretch, part), first_row in zip(run, first_rows, strict=False):
                findings += _moved(part.findings, path, first_row)
                found_in += [stretch] * len(part.findings)
                canaries += _moved_canaries(part.canaries, path, first_row)
                has_rows_behind = first_row + part.rows < first_rows[-1]
                skipped_in_file += (
                    _placed(each, path, first_row, has_rows_behind) for each in part.skipped
                )
                documents[name] += part.documents
                size_bytes += stretch.wanted_bytes
                bytes_read += part.bytes_read
            has_field |= any(part.documents and not _misses_field(part) for _, part in run)
        skipped += _once(skipped_in_file, text_field, field_found=has_field)
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


Part = tuple[Stretch, StretchResult]


def _runs(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Put stretches of a file together that stand one behind the other, with none missing."""
    run: list[Part] = []
    for part in parts:
        if run and run[-1][0].end_byte != part[0].start_byte:
            yield run
            run = []
        run.append(part)
    yield run


def _moved(findings: Sequence[Finding], path: str, first_row: int) -> Iterable[Finding]:
    """Count rows from the start of the first stretch in a row and not from that of their own."""
    return (msgspec.structs.replace(each, path=path, row=each.row + first_row) for each in findings)


def _moved_canaries(
    canaries: Sequence[CanaryPlace], path: str, first_row: int
) -> Iterable[CanaryPlace]:
    return (each._replace(path=path, row=each.row + first_row) for each in canaries)


def _placed(skipped: Skipped, path: str, first_row: int, has_rows_behind: bool) -> Skipped:
    """Give what could not be read its place in the file."""
    if skipped.row is not None:
        return replace(skipped, name=path, row=skipped.row + first_row)
    if has_rows_behind and not skipped.other_fields:
        return replace(skipped, reason=skipped.reason + _ROWS_LOST)
    return skipped


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

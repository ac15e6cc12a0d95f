"""Joining what was found in stretches to what was found in a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

import msgspec

from leakcheck.corpus import CorpusFile, Skipped, Stretch, field_missing
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

    Args:
        files: of the corpus.
        unreadable: what was found among them that is no file to read.
        results: those of all stretches, in the order of the corpus.
        text_field: the one that was asked for.
    """
    findings: list[Finding] = []
    canaries: list[CanaryPlace] = []
    skipped = list(unreadable)
    documents: Counter[str] = Counter()
    bytes_read = 0
    for name, of_file in groupby(results, lambda pair: pair[0].file.name):
        parts = [result for _, result in of_file]
        first_rows = list(accumulate((part.rows for part in parts), initial=0))
        skipped_in_file: list[Skipped] = []
        for part, first_row in zip(parts, first_rows, strict=False):
            findings += _moved(part.findings, first_row)
            canaries += (each._replace(row=each.row + first_row) for each in part.canaries)
            has_rows_behind = first_row + part.rows < first_rows[-1]
            skipped_in_file += (_placed(each, first_row, has_rows_behind) for each in part.skipped)
            documents[name] += part.documents
            bytes_read += part.bytes_read
        has_field = any(part.documents and not _misses_field(part) for part in parts)
        skipped += _once(skipped_in_file, text_field, field_found=has_field)
    corpus = CorpusReport(
        files=len(files),
        documents=documents.total(),
        bytes=sum(file.wanted_bytes for file in files) or bytes_read,
        unread_bytes=sum(each.unread_bytes for each in skipped),
        skipped=[SkippedReport(each.name, each.row, each.reason) for each in skipped],
    )
    read = tuple(
        FileReport(file.name, file.size_bytes, documents[file.name], file.modified_ns)
        for file in files
    )
    return Looked(corpus, findings, canaries, read)


def _moved(findings: Sequence[Finding], first_row: int) -> Iterable[Finding]:
    """Count rows from the start of the file and not from that of a stretch."""
    if first_row == 0:
        return findings
    return (msgspec.structs.replace(each, row=each.row + first_row) for each in findings)


def _placed(skipped: Skipped, first_row: int, has_rows_behind: bool) -> Skipped:
    """Give what could not be read its place in the file."""
    if skipped.row is not None:
        return replace(skipped, row=skipped.row + first_row)
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

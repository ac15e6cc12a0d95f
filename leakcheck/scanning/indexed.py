"""Looking into an index of a corpus."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from leakcheck.corpus_index.searching.findings import keep_findings
from leakcheck.corpus_index.searching.reread import Lost
from leakcheck.corpus_index.searching.search import Answer, find_in_index
from leakcheck.corpus_index.stored.store import CorpusIndex, open_index
from leakcheck.detection.catalogue import Catalogue
from leakcheck.errors import InputError, UsageError
from leakcheck.scanning.looked import Looked, Progress
from leakcheck.scanning.reporting import Accept, report_of
from leakcheck.verdict.records import (
    CorpusReport,
    FileReport,
    IndexReport,
    Report,
    SettingsReport,
    SkippedReport,
)

__all__ = ["look_in_index"]


def look_in_index(
    path: str,
    catalogue: Catalogue,
    settings: SettingsReport,
    threads: int,
    on_progress: Callable[[Progress], None],
    accept: Accept,
) -> Report:
    """Look for benchmarks in an index, and keep what was found beside it.

    An index holds no text, so it knows of no canary strings: the report has none.

    Raises:
        UsageError: another field is asked for than the one that was indexed.
        InputError: nothing is in the index.
        CorpusIndexError: the index cannot be used.
    """
    index = open_index(path)
    if settings.text_field not in (None, index.settings.text_field):
        raise UsageError(
            f"{path} was made of {_field_name(index)}, not of {settings.text_field!r}; leave "
            "--text-field out, or index the corpus with it"
        )
    settings = msgspec.structs.replace(settings, text_field=index.settings.text_field)
    answer = find_in_index(
        index,
        catalogue,
        threads,
        lambda done, total, findings: on_progress(Progress(0, 0, done, findings)),
    )
    looked = Looked(_corpus(index, answer), answer.findings, files=_files(index))
    if not looked.corpus.documents:
        raise InputError(f"{path}: nothing is in this index; add files with `leakcheck index add`")
    report = report_of(looked, catalogue, settings, accept)
    for benchmark in catalogue.benchmarks:
        keep_findings(index, benchmark.card.name, report.findings)
    return report


def _field_name(index: CorpusIndex) -> str:
    field = index.settings.text_field
    return "all text" if field is None else f"the field {field!r}"


def _corpus(index: CorpusIndex, answer: Answer) -> CorpusReport:
    """Describe the corpus as it was when it was indexed, and what of it is gone."""
    files = index.read("files", ["size_bytes", "documents"])
    skipped = index.read("skipped").to_pylist()
    return CorpusReport(
        files=len(files),
        documents=sum(files["documents"].to_pylist()),
        bytes=sum(files["size_bytes"].to_pylist()),
        unread_bytes=sum(each["unread_bytes"] for each in skipped),
        skipped=[
            *(SkippedReport(each["path"], each["row"], each["reason"]) for each in skipped),
            *map(_gone, answer.lost),
        ],
        index=IndexReport(
            path=str(index.path),
            scale=index.settings.scale,
            candidates=answer.candidates,
            from_fingerprints=sum(len(each.documents) for each in answer.lost),
        ),
    )


def _files(index: CorpusIndex) -> tuple[FileReport, ...]:
    rows = index.read("files", ["path", "size_bytes", "documents"]).to_pylist()
    return tuple(FileReport(**row, modified_ns=None) for row in rows)


def _gone(lost: Lost) -> SkippedReport:
    documents = f"{len(lost.documents):,} document{'s' if len(lost.documents) != 1 else ''}"
    return SkippedReport(lost.path, None, f"{lost.reason}; {documents} decided from fingerprints")

"""Looking through the files of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, find_files, read_file
from leakcheck.detection.canary import CanaryPlace, canaries_of, find_canaries
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.errors import InputError
from leakcheck.scanning.looked import Looked, Progress
from leakcheck.threads import map_in_order
from leakcheck.verdict.records import CorpusReport, FileReport, SkippedReport

__all__ = ["look_in_files"]


def look_in_files(
    paths: Sequence[str],
    catalogue: Catalogue,
    text_field: str | None,
    threads: int,
    on_progress: Callable[[Progress], None],
    standard_input: BinaryIO | None,
) -> Looked:
    """Look for benchmarks in all files that paths lead to.

    Raises:
        InputError: a path is not there, or nothing could be read at all.
    """
    files, skipped = find_files(paths)
    canaries = canaries_of(catalogue.benchmarks)
    findings: list[Finding] = []
    places: list[CanaryPlace] = []
    total = sum(file.size_bytes for file in files)
    bytes_read = documents = 0
    documents_of: Counter[str] = Counter()

    def look(batch: PassageBatch) -> tuple[list[Finding], list[CanaryPlace]]:
        return find_in_batch(batch, catalogue), find_canaries(batch, canaries)

    batches = _batches(files, text_field, standard_input, skipped)
    for batch, (found, with_canary) in map_in_order(look, batches, threads):
        documents += batch.documents
        documents_of[batch.file.name] += batch.documents
        bytes_read += batch.bytes_read
        findings += found
        places += with_canary
        on_progress(Progress(bytes_read, total, documents, len(findings)))
    if not documents:
        raise InputError(_nothing_read(paths, skipped))
    corpus = CorpusReport(
        files=len(files),
        documents=documents,
        bytes=total or bytes_read,
        unread_bytes=sum(each.unread_bytes for each in skipped),
        skipped=[SkippedReport(each.name, each.row, each.reason) for each in skipped],
    )
    read = tuple(
        FileReport(file.name, file.size_bytes, documents_of[file.name], file.modified_ns)
        for file in files
    )
    return Looked(corpus, findings, places, read)


def _batches(
    files: Sequence[CorpusFile],
    text_field: str | None,
    standard_input: BinaryIO | None,
    skipped: list[Skipped],
) -> Iterator[PassageBatch]:
    """Yield what is read, and note what could not be."""
    for file in files:
        for read in read_file(file, text_field=text_field, standard_input=standard_input):
            if isinstance(read, Skipped):
                skipped.append(read)
            else:
                yield read


def _nothing_read(paths: Sequence[str], skipped: Sequence[Skipped]) -> str:
    why = f"; the first reason: {skipped[0].name}: {skipped[0].reason}" if skipped else ""
    return f"no document could be read from {', '.join(paths)}{why}"

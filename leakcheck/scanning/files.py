"""Looking through the files of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from leakcheck.corpus import (
    NOTHING_EXCLUDED,
    CorpusFile,
    Excludes,
    PassageBatch,
    Skipped,
    added_since,
    find_files,
    read_file,
)
from leakcheck.corpus.read import BATCH_BYTES
from leakcheck.detection.canary import CanaryPlace, canaries_of, find_canaries
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.errors import InputError
from leakcheck.scanning.looked import Looked, Progress
from leakcheck.threads import map_in_order
from leakcheck.verdict.records import CorpusReport, FileReport, SkippedReport

__all__ = ["Where", "batches_of", "chosen_files", "look_in_files", "nothing_to_read"]


class Where(NamedTuple):
    """What of which files is looked at."""

    paths: Sequence[str]
    text_field: str | None = None
    excludes: Excludes = NOTHING_EXCLUDED
    diff_base: str | None = None
    """Only what was added since this commit."""
    standard_input: BinaryIO | None = None


def look_in_files(
    where: Where,
    catalogue: Catalogue,
    threads: int,
    on_progress: Callable[[Progress], None],
    on_note: Callable[[str], None],
) -> Looked:
    """Look for benchmarks in all files that paths lead to.

    Raises:
        UsageError: what was added cannot be told.
        InputError: a path is not there, or nothing could be read at all.
    """
    files, skipped = chosen_files(where, on_note)
    canaries = canaries_of(catalogue.benchmarks)
    findings: list[Finding] = []
    places: list[CanaryPlace] = []
    total = sum(file.size_bytes for file in files)
    bytes_read = documents = 0
    documents_of: Counter[str] = Counter()

    def look(batch: PassageBatch) -> tuple[list[Finding], list[CanaryPlace]]:
        return find_in_batch(batch, catalogue), find_canaries(batch, canaries)

    batches = batches_of(files, where, skipped)
    for batch, (found, with_canary) in map_in_order(look, batches, threads):
        documents += batch.documents
        documents_of[batch.file.name] += batch.documents
        bytes_read += batch.bytes_read
        findings += found
        places += with_canary
        on_progress(Progress(bytes_read, total, documents, len(findings)))
    if not documents:
        on_note(nothing_to_read(where, files, skipped))
    corpus = CorpusReport(
        files=len(files),
        documents=documents,
        bytes=sum(file.wanted_bytes for file in files) or bytes_read,
        unread_bytes=sum(each.unread_bytes for each in skipped),
        skipped=[SkippedReport(each.name, each.row, each.reason) for each in skipped],
    )
    read = tuple(
        FileReport(file.name, file.size_bytes, documents_of[file.name], file.modified_ns)
        for file in files
    )
    return Looked(corpus, findings, places, read)


def chosen_files(
    where: Where, on_note: Callable[[str], None]
) -> tuple[list[CorpusFile], list[Skipped]]:
    """Find the files to read, and of new ones what is new.

    Raises:
        UsageError: what was added cannot be told.
        InputError: a path is not there.
    """
    files, skipped = find_files(where.paths, where.excludes)
    if where.diff_base is None:
        return files, skipped
    added, unread = added_since(where.diff_base, files, skipped, on_note)
    among = f"{len(added):,} of {len(files):,} files"
    on_note(f"only what was added since {where.diff_base} is read, in {among}")
    return added, unread


def batches_of(
    files: Sequence[CorpusFile],
    where: Where,
    skipped: list[Skipped],
    batch_bytes: int = BATCH_BYTES,
) -> Iterator[PassageBatch]:
    """Yield what is read, and note in `skipped` what could not be."""
    for file in files:
        for read in read_file(
            file,
            text_field=where.text_field,
            batch_bytes=batch_bytes,
            standard_input=where.standard_input,
        ):
            if isinstance(read, Skipped):
                skipped.append(read)
            else:
                yield read


def nothing_to_read(where: Where, files: Sequence[CorpusFile], skipped: Sequence[Skipped]) -> str:
    """Say why there was nothing to read, where that is no failure.

    Raises:
        InputError: it is one.
    """
    if not any(each.unread_bytes for each in skipped):
        if where.diff_base is not None:
            return f"nothing to scan: no row was added since {where.diff_base}"
        if where.excludes.forced:
            return "nothing to scan: " + ("all files are empty" if files else "all is excluded")
    why = f"; the first reason: {skipped[0].name}: {skipped[0].reason}" if skipped else ""
    if not why and where.excludes.patterns and not files:
        why = f"; all is excluded by {', '.join(where.excludes.patterns)}"
    raise InputError(f"no document could be read from {', '.join(where.paths)}{why}")

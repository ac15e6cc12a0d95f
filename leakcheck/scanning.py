"""The scan: corpus paths in, report out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import BinaryIO, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa

from leakcheck.choosing import choose
from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, find_files, read_file
from leakcheck.corpus.shapes import passages_of
from leakcheck.detection.canary import CanaryPlace, canaries_of, find_canaries
from leakcheck.detection.catalogue import Benchmark, Catalogue, load_catalogue
from leakcheck.detection.finding import FINDING_SCHEMA, Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.errors import InputError
from leakcheck.text.tokens import TOKENISER_VERSION
from leakcheck.verdict.judge import judge
from leakcheck.verdict.records import (
    CanaryReport,
    CorpusReport,
    PackReport,
    Report,
    SettingsReport,
    SkippedReport,
)
from leakcheck.version import __version__

__all__ = ["Progress", "Scanner", "scan"]


class Progress(NamedTuple):
    """How far a scan has come."""

    bytes_read: int
    """Of the files on disk."""
    bytes_total: int
    """0 where it is not known: standard input."""
    documents: int
    findings: int


def scan(
    paths: Iterable[str | os.PathLike[str]],
    bench: str | Sequence[str],
    *,
    text_field: str | None = None,
    question_field: str | None = None,
    keys: Sequence[bytes] = (),
    threads: int | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_note: Callable[[str], None] = lambda _: None,
    standard_input: BinaryIO | None = None,
) -> Report:
    """Scan a corpus for the items of benchmarks.

    Args:
        paths: files, folders, globs, or `-` for JSON lines from standard input.
        bench: the name of a benchmark, a group or `all`, the path of a card or of a data file,
            or several of these.
        text_field: take only this field of each record, as `data.text`.
        question_field: of a data file taken for a benchmark, in place of a guess.
        keys: of sealed packs.
        threads: how many documents are matched at once; by default one a core.
        on_progress: called now and then, from the calling thread.
        on_note: called with what to know of the benchmarks, as those left out of `all`.
        standard_input: what `-` stands for, in place of the process's own.

    Raises:
        UsageError: there is no such benchmark.
        InputError: a path is not there, or nothing could be read at all.
        PackError: the pack of a benchmark cannot be used.

    >>> report = scan(["examples/corpus/pairs.tsv"], bench="demo")
    >>> report.benchmarks[0].verdict
    'in_distribution'
    """
    return Scanner(bench, question_field=question_field, keys=keys, on_note=on_note).scan(
        paths,
        text_field=text_field,
        threads=threads,
        on_progress=on_progress,
        standard_input=standard_input,
    )


class Scanner:
    """Benchmarks, loaded once to look at many texts.

    >>> scanner = Scanner("demo")
    >>> scanner.check("A text that has nothing to do with the benchmark at all.")
    []
    """

    def __init__(
        self,
        bench: str | Sequence[str],
        *,
        question_field: str | None = None,
        keys: Sequence[bytes] = (),
        on_note: Callable[[str], None] = lambda _: None,
    ) -> None:
        names = [bench] if isinstance(bench, str) else list(bench)
        self._catalogue = load_catalogue(
            choose(names, question_field=question_field, keys=keys, on_note=on_note)
        )

    @property
    def benchmarks(self) -> tuple[Benchmark, ...]:
        """The benchmarks, in the order they were named in."""
        return self._catalogue.benchmarks

    def check(self, text: str | dict[str, object]) -> list[Finding]:
        """Find the items in one document: a text, or a record as a corpus file would hold it.

        The findings have an empty path and row 0; their `e_value` is for this one document.
        """
        passages = [("", text)] if isinstance(text, str) else list(passages_of(text))
        batch = PassageBatch(
            file=CorpusFile(None, "", 0),
            texts=pa.array([passage for _, passage in passages], pa.large_string()),
            rows=np.zeros(len(passages), np.int64),
            sources=[source for source, _ in passages],
            documents=1,
            bytes_read=0,
        )
        return find_in_batch(batch, self._catalogue) if passages else []

    def scan(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        text_field: str | None = None,
        threads: int | None = None,
        on_progress: Callable[[Progress], None] = lambda _: None,
        standard_input: BinaryIO | None = None,
    ) -> Report:
        """Scan a corpus, as `leakcheck.scan` does."""
        named = [os.fspath(path) for path in paths]
        files, skipped = find_files(named)
        seen = _Seen(skipped)
        findings: list[Finding] = []
        total = sum(file.size_bytes for file in files)
        batches = _batches(files, text_field, standard_input, seen)
        for batch, found, places in _in_threads(
            batches, self._catalogue, threads or os.cpu_count() or 1
        ):
            seen.documents += batch.documents
            seen.bytes_read += batch.bytes_read
            seen.canaries += places
            findings += found
            on_progress(Progress(seen.bytes_read, total, seen.documents, len(findings)))
        if not seen.documents:
            raise InputError(_nothing_read(named, seen.skipped))
        corpus = CorpusReport(
            files=len(files),
            documents=seen.documents,
            bytes=total or seen.bytes_read,
            unread_bytes=sum(each.unread_bytes for each in seen.skipped),
            skipped=[SkippedReport(each.name, each.row, each.reason) for each in seen.skipped],
        )
        return self._report(named, text_field, corpus, findings, seen.canaries)

    def _report(
        self,
        paths: list[str],
        text_field: str | None,
        corpus: CorpusReport,
        findings: Sequence[Finding],
        canaries: Sequence[CanaryPlace],
    ) -> Report:
        findings = [
            msgspec.structs.replace(finding, e_value=finding.e_value * corpus.documents)
            for finding in findings
        ]
        return Report(
            version=__version__,
            settings=SettingsReport(
                paths=paths,
                text_field=text_field,
                tokeniser=TOKENISER_VERSION,
                packs=[
                    PackReport(
                        each.card.name, each.pack.header.revisions, each.pack.header.checksum
                    )
                    for each in self.benchmarks
                ],
            ),
            corpus=corpus,
            benchmarks=tuple(
                judge(each, [f for f in findings if f.bench == each.card.name], corpus)
                for each in self.benchmarks
            ),
            findings=pa.Table.from_pylist(
                [msgspec.structs.asdict(finding) for finding in findings], FINDING_SCHEMA
            ),
            canaries=_by_file(canaries),
        )


class _Seen:
    """What has been read so far."""

    def __init__(self, skipped: list[Skipped]) -> None:
        self.skipped = skipped
        self.documents = 0
        self.bytes_read = 0
        self.canaries: list[CanaryPlace] = []


def _by_file(places: Sequence[CanaryPlace]) -> tuple[CanaryReport, ...]:
    first: dict[tuple[str, str, str], CanaryPlace] = {}
    for place in places:
        first.setdefault(place[:3], place)
    passages = Counter(place[:3] for place in places)
    return tuple(CanaryReport(*place, passages[key]) for key, place in first.items())


def _batches(
    files: Sequence[CorpusFile],
    text_field: str | None,
    standard_input: BinaryIO | None,
    seen: _Seen,
) -> Iterator[PassageBatch]:
    for file in files:
        for read in read_file(file, text_field=text_field, standard_input=standard_input):
            if isinstance(read, Skipped):
                seen.skipped.append(read)
            else:
                yield read


def _in_threads(
    batches: Iterator[PassageBatch], catalogue: Catalogue, threads: int
) -> Iterator[tuple[PassageBatch, list[Finding], list[CanaryPlace]]]:
    """Match batches, `threads` of them at once, and yield them in order.

    Reading goes on in this thread while the kernel, which holds no lock, runs in the others.
    """
    canaries = canaries_of(catalogue.benchmarks)

    def look(batch: PassageBatch) -> tuple[list[Finding], list[CanaryPlace]]:
        return find_in_batch(batch, catalogue), find_canaries(batch, canaries)

    with ThreadPoolExecutor(threads) as pool:
        waiting: list[tuple[PassageBatch, Future[tuple[list[Finding], list[CanaryPlace]]]]] = []
        try:
            while True:
                waiting += [
                    (batch, pool.submit(look, batch))
                    for batch in islice(batches, threads + 1 - len(waiting))
                ]
                if not waiting:
                    return
                batch, future = waiting.pop(0)
                yield batch, *future.result()
        finally:
            for _, future in waiting:
                future.cancel()


def _nothing_read(paths: Sequence[str], skipped: Sequence[Skipped]) -> str:
    why = f"; the first reason: {skipped[0].name}: {skipped[0].reason}" if skipped else ""
    return f"no document could be read from {', '.join(paths)}{why}"

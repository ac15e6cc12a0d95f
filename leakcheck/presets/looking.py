"""Looking through a corpus for all presets at once: each document is read a single time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, find_files, read_file
from leakcheck.detection.canary import CanaryPlace, canaries_of, find_canaries
from leakcheck.detection.catalogue import Benchmark
from leakcheck.errors import InputError
from leakcheck.presets.evidence import Evidence, Scored
from leakcheck.presets.grams import GramTable, gram_table
from leakcheck.presets.reading import DocumentTokens, read_tokens
from leakcheck.presets.record import Preset
from leakcheck.presets.runs import Runs, find_runs, joined, mark_skipping
from leakcheck.presets.sequences import ItemSequences, sequences_of, stretches_of, usual_lengths
from leakcheck.scanning.looked import Progress
from leakcheck.threads import map_in_order
from leakcheck.verdict.records import CorpusReport, FileReport, SkippedReport

__all__ = ["Looked", "is_test", "look_for_presets"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read, and what each preset makes of it."""

    corpus: CorpusReport
    files: tuple[FileReport, ...]
    canaries: list[CanaryPlace]
    items: ItemSequences
    scored: dict[str, Scored]
    """By the name of the preset."""


def look_for_presets(
    paths: Sequence[str],
    benchmarks: Sequence[Benchmark],
    presets: Sequence[Preset],
    *,
    text_field: str | None = None,
    threads: int = 1,
    on_progress: Callable[[Progress], None] = lambda _: None,
    standard_input: BinaryIO | None = None,
) -> Looked:
    """Look for the items of benchmarks in all files that paths lead to, by published criteria.

    Raises:
        InputError: a path is not there, or nothing could be read at all.
    """
    files, skipped = find_files(paths)
    items = sequences_of(benchmarks)
    tables = [(items, _table(items, presets)), *_short_tables(items, presets)]
    evidence = Evidence(items, presets)
    canaries = canaries_of(benchmarks)

    def look(batch: PassageBatch) -> tuple[DocumentTokens, Runs, list[CanaryPlace]]:
        tokens = read_tokens(batch)
        found = [find_runs(tokens.codes, tokens.documents, *table) for table in tables]
        runs = joined(found)
        for rule, marks in evidence.marks.items():
            mark_skipping(runs, tokens.codes, tokens.documents, items, rule, marks)
        return tokens, runs, find_canaries(batch, canaries)

    places: list[CanaryPlace] = []
    documents_of: Counter[str] = Counter()
    bytes_read = 0
    total = sum(file.size_bytes for file in files)
    batches = _batches(files, text_field, standard_input, skipped)
    for batch, (tokens, runs, with_canary) in map_in_order(look, batches, threads):
        evidence.add(tokens, runs)
        places += with_canary
        documents_of[batch.file.name] += batch.documents
        bytes_read += batch.bytes_read
        on_progress(Progress(bytes_read, total, documents_of.total(), evidence.touched))
    if not documents_of.total():
        raise InputError(_nothing_read(paths, skipped))
    return Looked(
        corpus=CorpusReport(
            files=len(files),
            documents=documents_of.total(),
            bytes=total or bytes_read,
            unread_bytes=sum(each.unread_bytes for each in skipped),
            skipped=[SkippedReport(each.name, each.row, each.reason) for each in skipped],
        ),
        files=tuple(
            FileReport(file.name, file.size_bytes, documents_of[file.name], file.modified_ns)
            for file in files
        ),
        canaries=places,
        items=items,
        scored={
            preset.name: evidence.scored(preset, _usual(items, benchmarks, preset))
            for preset in presets
        },
    )


def _table(items: ItemSequences, presets: Sequence[Preset]) -> GramTable:
    """Build the table of the n-grams in any part that a preset looks at."""
    stretches = [stretches_of(items, part) for preset in presets for part in preset.parts]
    starts = np.min([starts for starts, _ in stretches], axis=0)
    ends = np.max([ends for _, ends in stretches], axis=0)
    return gram_table(items, starts, ends, min(preset.gram for preset in presets))


def _short_tables(
    items: ItemSequences, presets: Sequence[Preset]
) -> list[tuple[ItemSequences, GramTable]]:
    """Build a table of the parts that are looked for as a whole, for each length that they have.

    The items of each table are these parts alone, so that a run begins where the part does.
    """
    shortest = min(preset.gram for preset in presets)
    tables = []
    for preset in presets:
        for part in preset.parts if preset.whole_from is not None else ():
            starts, ends = stretches_of(items, part)
            lengths = ends - starts
            parts = items._replace(bounds=np.stack([starts, ends], axis=1))
            for length in range(preset.whole_from or 0, shortest):
                if (lengths == length).any():
                    own_ends = np.where(lengths == length, ends, starts)
                    tables.append((parts, gram_table(items, starts, own_ends, length)))
    return tables


def _usual(
    items: ItemSequences, benchmarks: Sequence[Benchmark], preset: Preset
) -> list[list[int]]:
    """Return, for each part of a preset, the usual length of it in the benchmark of each item."""
    tests = np.concatenate([is_test(benchmark) for benchmark in benchmarks])
    starts = items.bench_starts.tolist()
    sizes = np.diff(items.bench_starts)
    of_parts = []
    for part in preset.parts:
        begins, ends = stretches_of(items, part)
        of_benchmarks = usual_lengths(ends - begins, tests, starts)
        of_parts.append(np.repeat(of_benchmarks, sizes).tolist())
    return of_parts


def is_test(benchmark: Benchmark) -> npt.NDArray[np.bool_]:
    """Tell which items of a benchmark are test items, shape (items,)."""
    names = [split.name for split in benchmark.card.splits if split.role == "test"]
    return np.isin(np.array(benchmark.pack.splits), names)


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

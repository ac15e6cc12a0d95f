"""Looking through a corpus for all presets at once: each document is read a single time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

from leakcheck.corpus import PassageBatch
from leakcheck.detection.canary import CanaryPlace, canaries_of, find_canaries
from leakcheck.detection.catalogue import Benchmark
from leakcheck.presets.by_characters import CharacterSearch, Texts
from leakcheck.presets.by_tokens import TokenSearch
from leakcheck.presets.record import CharacterRule, Preset
from leakcheck.presets.scored import Scored
from leakcheck.scanning.files import Where, batches_of, chosen_files, nothing_to_read
from leakcheck.scanning.looked import Progress
from leakcheck.threads import map_in_order
from leakcheck.verdict.records import CorpusReport, FileReport, SkippedReport

__all__ = ["Looked", "Search", "look_for_presets"]


BATCH_BYTES = 1024 * 1024
"""Less than a scan takes at once: text that is much like a benchmark has more runs than tokens."""


class Search(Protocol):
    """A way to look through documents."""

    def find(self, batch: PassageBatch) -> Any:  # noqa: ANN401 (each search has its own)
        """Look through a batch; several threads do so at once."""

    def add(self, found: Any) -> None:  # noqa: ANN401
        """Take in what `find` gave, batch by batch in the order of the corpus."""

    @property
    def touched(self) -> int:
        """How many items have anything in the corpus so far."""

    def scored(self) -> dict[str, Scored]:
        """Return what each preset makes of all items, by its name."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read, and what each preset makes of it."""

    corpus: CorpusReport
    files: tuple[FileReport, ...]
    canaries: list[CanaryPlace]
    firsts: list[int]
    """The number of each benchmark's first item."""
    scored: dict[str, Scored]
    """By the name of the preset."""


def look_for_presets(
    where: Where,
    benchmarks: Sequence[Benchmark],
    presets: Sequence[Preset],
    *,
    threads: int = 1,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_note: Callable[[str], None] = lambda _: None,
    texts: Texts | None = None,
) -> Looked:
    """Look for the items of benchmarks in all files that paths lead to, by published criteria.

    Raises:
        UsageError: what was added cannot be told.
        InputError: a path is not there, or nothing could be read at all.
    """
    files, skipped = chosen_files(where, on_note)
    searches = _searches(benchmarks, presets, texts or {})
    canaries = canaries_of(benchmarks)

    def look(batch: PassageBatch) -> tuple[list[Any], list[CanaryPlace]]:
        return [search.find(batch) for search in searches], find_canaries(batch, canaries)

    places: list[CanaryPlace] = []
    documents_of: Counter[str] = Counter()
    bytes_read = 0
    total = sum(file.size_bytes for file in files)
    batches = batches_of(files, where, skipped, BATCH_BYTES)
    for batch, (found, with_canary) in map_in_order(look, batches, threads):
        for search, own in zip(searches, found, strict=True):
            search.add(own)
        places += with_canary
        documents_of[batch.file.name] += batch.documents
        bytes_read += batch.bytes_read
        touched = max(search.touched for search in searches)
        on_progress(Progress(bytes_read, total, documents_of.total(), touched))
    corpus = CorpusReport(
        files=len(files),
        documents=documents_of.total(),
        bytes=sum(file.wanted_bytes for file in files) or bytes_read,
        unread_bytes=sum(each.unread_bytes for each in skipped),
        skipped=[SkippedReport(each.name, each.row, each.reason) for each in skipped],
    )
    if not corpus.documents:
        on_note(nothing_to_read(where, files, corpus))
    return Looked(
        corpus=corpus,
        files=tuple(
            FileReport(file.name, file.size_bytes, documents_of[file.name], file.modified_ns)
            for file in files
        ),
        canaries=places,
        firsts=list(accumulate((len(each.pack.items) for each in benchmarks), initial=0)),
        scored={name: own for search in searches for name, own in search.scored().items()},
    )


def _searches(
    benchmarks: Sequence[Benchmark], presets: Sequence[Preset], texts: Texts
) -> list[Search]:
    """Give the presets that read tokens in one way a search, and each one of characters its own."""
    searches: list[Search] = []
    by_reading: dict[tuple[bool, tuple[str, ...]], list[Preset]] = {}
    by_characters = [each for each in presets if isinstance(each.rule, CharacterRule)]
    for each in presets:
        if each not in by_characters:
            by_reading.setdefault((each.numbers_alike, each.left_out), []).append(each)
    searches += [TokenSearch(benchmarks, alike) for alike in by_reading.values()]
    return [*searches, *(CharacterSearch(benchmarks, each, texts) for each in by_characters)]

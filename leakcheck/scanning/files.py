"""Looking through the files of a corpus."""

from __future__ import annotations

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
from leakcheck.detection.catalogue import Catalogue
from leakcheck.errors import InputError
from leakcheck.scanning.engines import Engine
from leakcheck.scanning.looked import Looked, Progress
from leakcheck.scanning.looking import Advance, Looker
from leakcheck.scanning.plan import WHOLE, Plan, Planned, looked_of, planned
from leakcheck.verdict.records import CorpusReport

__all__ = [
    "Keep",
    "Where",
    "batches_of",
    "chosen_files",
    "look_in_files",
    "nothing_kept",
    "nothing_to_read",
]


class Where(NamedTuple):
    """What of which files is looked at."""

    paths: Sequence[str]
    text_field: str | None = None
    excludes: Excludes = NOTHING_EXCLUDED
    diff_base: str | None = None
    """Only what was added since this commit."""
    standard_input: BinaryIO | None = None
    plan: Plan = WHOLE


Keep = Callable[[Planned, Engine], Engine]
"""Makes an engine that keeps what is done, and does only what is not."""


def nothing_kept(corpus: Planned, engine: Engine) -> Engine:
    """Keep nothing."""
    return engine


def look_in_files(
    where: Where,
    catalogue: Catalogue,
    engine: Engine,
    on_progress: Callable[[Progress], None],
    on_note: Callable[[str], None],
    keep: Keep = nothing_kept,
) -> Looked:
    """Look for benchmarks in all files that paths lead to, or in the part that is planned.

    Raises:
        UsageError: what was added cannot be told, or what is done cannot be kept.
        InputError: a path is not there, or nothing could be read at all.
        EngineError: who does the work died.
    """
    corpus = planned(where.plan, *chosen_files(where, on_note))
    looker = Looker(catalogue, where.text_field, where.standard_input, corpus.drawing)
    own = corpus.own
    on_advance = _summed(on_progress, sum(task.size_bytes for task in own))
    work = keep(corpus, engine)
    done = {each.task.number: each.results for each in work(looker, own, on_advance)}
    looked = looked_of(corpus, done, where.text_field)
    if not looked.corpus.documents:
        on_note(nothing_to_read(where, corpus.files, looked.corpus))
    return looked


def _summed(on_progress: Callable[[Progress], None], bytes_total: int) -> Callable[[Advance], None]:
    """Tell how far all is, step by step."""
    so_far = [0, 0, 0]

    def on_advance(advance: Advance) -> None:
        so_far[:] = [old + step for old, step in zip(so_far, advance, strict=True)]
        bytes_read, documents, findings = so_far
        on_progress(Progress(bytes_read, bytes_total, documents, findings))

    return on_advance


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


def nothing_to_read(where: Where, files: Sequence[CorpusFile], corpus: CorpusReport) -> str:
    """Say why there was nothing to read, where that is no failure.

    Raises:
        InputError: it is one.
    """
    skipped = corpus.skipped
    if not corpus.unread_bytes:
        if where.diff_base is not None:
            return f"nothing to scan: no row was added since {where.diff_base}"
        if where.excludes.forced:
            return "nothing to scan: " + ("all files are empty" if files else "all is excluded")
        if where.plan.shard is not None:
            return "nothing to scan: there is no document in this shard"
        if where.plan.sample is not None and files:
            raise InputError(
                f"the sample of {100 * where.plan.sample.share:g} % has no document, of "
                f"{len(files):,} file{'' if len(files) == 1 else 's'}; take a larger --sample, or "
                "scan all"
            )
    why = f"; the first reason: {skipped[0].path}: {skipped[0].reason}" if skipped else ""
    if not why and where.excludes.patterns and not files:
        why = f"; all is excluded by {', '.join(where.excludes.patterns)}"
    raise InputError(f"no document could be read from {', '.join(where.paths)}{why}")

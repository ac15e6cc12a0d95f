"""The scan: corpus paths in, report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from leakcheck.choosing import choose
from leakcheck.corpus import NOTHING_EXCLUDED, CorpusFile, Excludes, PassageBatch
from leakcheck.corpus.shapes import passages_of
from leakcheck.corpus_index.stored.place import is_index
from leakcheck.detection.catalogue import Benchmark, load_catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.errors import UsageError
from leakcheck.scanning.engines import EngineName, engine_named
from leakcheck.scanning.files import Where, look_in_files, nothing_kept
from leakcheck.scanning.keeping import Keeper
from leakcheck.scanning.looked import Progress
from leakcheck.scanning.plan import WHOLE, Plan
from leakcheck.scanning.reporting import Accept, nothing_accepted, packs_of, report_of
from leakcheck.text.tokens import TOKENISER_VERSION
from leakcheck.verdict.records import Report, SettingsReport

__all__ = ["Scanner", "scan"]


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
    accept: Accept = nothing_accepted,
    excludes: Excludes = NOTHING_EXCLUDED,
    diff_base: str | None = None,
    max_expected: float | None = None,
    plan: Plan = WHOLE,
    keeper: Keeper | None = None,
    engine: EngineName = "local",
    address: str | None = None,
) -> Report:
    """Scan a corpus for the items of benchmarks.

    Args:
        paths: files, folders, globs, or `-` for JSON lines from standard input; or one index that
            `leakcheck index` made.
        bench: the name of a benchmark, a group or `all`, the path of a card or of a data file,
            or several of these.
        text_field: take only this field of each record, as `data.text`.
        question_field: of a data file taken for a benchmark, in place of a guess.
        keys: of sealed packs.
        threads: how many documents are matched at once, by as many processes where there is
            enough to do; by default one a core.
        on_progress: called now and then, from the calling thread.
        on_note: called with what to know of the benchmarks, as those left out of `all`.
        standard_input: what `-` stands for, in place of the process's own.
        accept: called with each finding, says why it is not to be counted, or nothing.
        excludes: what to leave out of folders and patterns.
        diff_base: read only what was added to the files since this commit of their repository.
        max_expected: do not count findings of which chance gives more than so many as good in a
            corpus of this size, for each benchmark, verbatim ones and others apart.
        plan: look only at a sample, or do only a shard of the work.
        keeper: of a run, keeps what is done while the scan goes on.
        engine: `local`, or `ray` for a Ray cluster whose nodes all see the files.
        address: of the Ray cluster, as `ray.init` takes it; by default the one that this machine
            is a node of.

    Raises:
        UsageError: there is no such benchmark, or no such commit.
        InputError: a path is not there, or nothing could be read at all.
        PackError: the pack of a benchmark cannot be used.
        CorpusIndexError: the index cannot be used.
        EngineError: a process that did a part of the work was killed, or a cluster cannot be used.

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
        accept=accept,
        excludes=excludes,
        diff_base=diff_base,
        max_expected=max_expected,
        plan=plan,
        keeper=keeper,
        engine=engine,
        address=address,
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
        self._names = [bench] if isinstance(bench, str) else list(bench)
        self._question_field = question_field
        self._on_note = on_note
        self._catalogue = load_catalogue(
            choose(self._names, question_field=question_field, keys=keys, on_note=on_note)
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
        accept: Accept = nothing_accepted,
        excludes: Excludes = NOTHING_EXCLUDED,
        diff_base: str | None = None,
        max_expected: float | None = None,
        plan: Plan = WHOLE,
        keeper: Keeper | None = None,
        engine: EngineName = "local",
        address: str | None = None,
    ) -> Report:
        """Scan a corpus, as `leakcheck.scan` does."""
        named = sorted(os.fspath(path) for path in paths)  # no report depends on their order
        threads = threads or os.cpu_count() or 1
        settings = SettingsReport(
            paths=named,
            text_field=text_field,
            tokeniser=TOKENISER_VERSION,
            packs=packs_of(self._catalogue),
            bench=self._names,
            question_field=self._question_field,
            excludes=list(excludes.patterns),
            diff_base=diff_base,
            max_expected=max_expected,
            shard=plan.shard,
        )
        if indexes := [path for path in named if is_index(path)]:
            _see_that_it_is_asked_whole(indexes[0], settings, plan)
            if engine != "local":
                raise UsageError(f"{indexes[0]} is an index, which is asked on this machine alone")
            # What reads indexes is slow to import, and most scans read files.
            from leakcheck.scanning.indexed import look_in_index

            return look_in_index(
                indexes[0], self._catalogue, settings, threads, on_progress, accept
            )
        if diff_base is not None and (plan.shard or plan.sample):
            raise UsageError("--diff-base looks at single rows; leave --shard and --sample out")
        if "-" in named and plan.shard:
            raise UsageError("standard input is read once; it cannot be divided into shards")
        where = Where(named, text_field, excludes, diff_base, standard_input, plan)
        looked = look_in_files(
            where,
            self._catalogue,
            engine_named(engine, threads, address),
            on_progress,
            self._on_note,
            keeper.keeping(settings) if keeper else nothing_kept,
        )
        return report_of(looked, self._catalogue, settings, accept)


def _see_that_it_is_asked_whole(index: str, settings: SettingsReport, plan: Plan) -> None:
    if len(settings.paths) > 1:
        raise UsageError(
            f"{index} is an index: name it alone; `leakcheck index merge` makes one of "
            "several, `leakcheck index add` adds files to it"
        )
    if settings.diff_base is not None or settings.excludes:
        raise UsageError(
            f"{index} is an index, which is asked as a whole: --diff-base and --exclude "
            "are for files"
        )
    if plan.shard or plan.sample:
        raise UsageError(
            f"{index} is an index, which is asked as a whole: --shard and --sample are for files"
        )

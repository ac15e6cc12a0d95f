"""Keeping what is done while a scan goes on, so that it can be killed and go on from there.

RUN/parts/
  settings.json      what the findings depend on; another scan may not use what is done
  <digest>.parquet   a file a task that is done (`parts`)
  files.arrow        in a shard, the files of the whole corpus, for `merge`
  lock               held by the scan that writes here
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from leakcheck.benchmark.lock import exclusive
from leakcheck.errors import InputError, RunError, UsageError
from leakcheck.run.store import PARTS, check_folder
from leakcheck.scanning.engines import Engine, TaskResult
from leakcheck.scanning.kept_settings import (
    SETTINGS,
    KeptSettings,
    differences,
    read_settings,
    write_settings,
)
from leakcheck.scanning.listing import LISTING, write_listing
from leakcheck.scanning.looking import Advance, Looker, StretchResult
from leakcheck.scanning.parts import DamagedPart, digest_of, read_part, write_part
from leakcheck.scanning.plan import Planned
from leakcheck.scanning.tasks import Task
from leakcheck.verdict.records import SettingsReport

__all__ = ["Keeper", "kept_in"]

_LOCK = "lock"
_PATIENCE_SECONDS = 3.0
"""Workers of a scan that was killed end within this time."""
_ROOM = "what was done stays there, and once there is room the same command goes on"


@contextmanager
def kept_in(folder: Path, on_note: Callable[[str], None]) -> Iterator[Keeper]:
    """Hold the folder of a run for one scan.

    Raises:
        UsageError: something else is there, or it cannot be written to.
        RunError: another scan writes to it.
    """
    check_folder(folder)
    parts = folder / PARTS
    with ExitStack() as held:
        with _writing(folder, "name another folder with --run"):
            is_new = not folder.exists()
            parts.mkdir(parents=True, exist_ok=True)
            is_free = held.enter_context(exclusive(parts / _LOCK, _PATIENCE_SECONDS))
        if not is_free:
            raise RunError(
                f"{folder}: another scan is writing to this folder; wait for it, or name another "
                "one with --run"
            )
        keeper = Keeper(folder, on_note)
        try:
            yield keeper
        except InputError:
            keeper.forget_what_is_empty()
            raise
        finally:
            _tidy(folder, is_new=is_new)


class Keeper:
    """Keeps what a scan has done, in the folder of its run."""

    def __init__(self, folder: Path, on_note: Callable[[str], None]) -> None:
        self._folder = folder
        self._parts = folder / PARTS
        self._on_note = on_note
        self._kept: set[Path] = set()
        """What is of use when the scan is finished."""
        self._is_through = False

    def keeping(self, settings: SettingsReport) -> Callable[[Planned, Engine], Engine]:
        """Return what makes an engine that keeps what is done, and does only what is not.

        The engine raises UsageError where the folder cannot be written to, and RunError if what is
        done there was done with other settings.
        """

        def keep(corpus: Planned, engine: Engine) -> Engine:
            self._begin(KeptSettings.of(settings, corpus.plan), corpus)

            def work(
                looker: Looker, tasks: Sequence[Task], on_advance: Callable[[Advance], None]
            ) -> Iterator[TaskResult]:
                left = []
                for task in tasks:
                    results = self._done(task)
                    if results is None:
                        left.append(task)
                        continue
                    on_advance(_advance(results))
                    yield TaskResult(task, results)
                self._tell(tasks, left)
                for result in engine(looker, left, on_advance) if left else ():
                    self._write(result)
                    yield result
                self._is_through = True

            return work

        return keep

    def forget_what_is_empty(self) -> None:
        """Take all parts away if every task is done and gave nothing to read.

        Then an option was wrong, and the next scan will have another.
        """
        if self._is_through:
            self._kept = set()
            self.finish()

    def finish(self) -> None:
        """Take away what the finished run has no use for: all but the parts of a shard."""
        for path in sorted(self._parts.iterdir(), key=lambda path: path.name == SETTINGS):
            if path not in self._kept and path.name != _LOCK:
                path.unlink()

    def _begin(self, settings: KeptSettings, corpus: Planned) -> None:
        kept = read_settings(self._folder)
        if kept is not None and (others := differences(kept, settings)):
            raise RunError(
                f"{self._folder}: holds a part of a scan with other settings: {'; '.join(others)}. "
                "Give the same options to go on with it, name another folder with --run, or "
                "delete this one"
            )
        with _writing(self._folder):
            write_settings(self._parts / SETTINGS, settings)
            if corpus.plan.shard is not None:
                write_listing(self._parts / LISTING, corpus.files, corpus.unreadable)
                self._kept = {self._parts / name for name in (SETTINGS, LISTING)}
                self._kept |= {self._part(task) for task in corpus.own}

    def _part(self, task: Task) -> Path:
        return self._parts / f"{digest_of(task)}.parquet"

    def _done(self, task: Task) -> list[StretchResult] | None:
        """Return the results of a task that is done."""
        if _is_from_standard_input(task):
            return None
        part = self._part(task)
        try:
            return read_part(part, task)
        except DamagedPart as error:
            self._on_note(f"{part}: damaged ({error}); what it held is done again")
            return None

    def _write(self, result: TaskResult) -> None:
        if _is_from_standard_input(result.task):
            return
        with _writing(self._folder):
            write_part(self._part(result.task), result.results)

    def _tell(self, tasks: Sequence[Task], left: Sequence[Task]) -> None:
        if any(map(_is_from_standard_input, tasks)):
            self._on_note(
                "standard input is not kept: a scan that is stopped reads it again from its start"
            )
        if done := len(tasks) - len(left):
            self._on_note(
                f"{self._folder}: {done:,} of {len(tasks):,} tasks were done already; "
                + (f"{len(left):,} are left" if left else "none is left")
            )


def _is_from_standard_input(task: Task) -> bool:
    return any(stretch.file.is_standard_input for stretch in task.stretches)


def _advance(results: Sequence[StretchResult]) -> Advance:
    return Advance(
        sum(each.bytes_read for each in results),
        sum(each.documents for each in results),
        sum(len(each.findings) for each in results),
    )


@contextmanager
def _writing(folder: Path, advice: str = _ROOM) -> Iterator[None]:
    """Say of a folder that cannot be written to what to do."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}; {advice}") from error


def _tidy(folder: Path, *, is_new: bool) -> None:
    """Leave no empty folders behind."""
    parts = folder / PARTS
    if [path.name for path in parts.iterdir()] != [_LOCK]:
        return
    (parts / _LOCK).unlink()
    parts.rmdir()
    if is_new and not any(folder.iterdir()):
        folder.rmdir()

"""How a verdict ends: what is kept and written of it, and the exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, assert_never

import click

from leakcheck.cli.failures import FAILED, complain, note
from leakcheck.cli.output import write
from leakcheck.cli.outputs import Output, write_files, write_report
from leakcheck.errors import UsageError

if TYPE_CHECKING:
    from leakcheck.scanning.keeping import Keeper
    from leakcheck.verdict.records import Report

__all__ = ["FailOn", "end_with", "fail_on_option", "quiet_option", "run_kept", "strict_option"]

Command = TypeVar("Command", bound=Callable[..., Any])
FailOn = Literal["leak", "any", "never"]

_MOST_NAMED = 5


def fail_on_option(command: Command) -> Command:
    """Give a command the option that says which verdict fails."""
    return click.option(
        "--fail-on",
        type=click.Choice(["leak", "any", "never"]),
        default="leak",
        show_default=True,
        help="Exit with 1 if a benchmark leaked, if any is not clean, or never.",
    )(command)


def strict_option(command: Command) -> Command:
    """Give a command the option that takes everything unread for a failure."""
    return click.option(
        "--strict", is_flag=True, help="Exit with 2 if anything could not be read."
    )(command)


def quiet_option(command: Command) -> Command:
    """Give a command the option that leaves all but the verdicts out."""
    return click.option(
        "-q", "--quiet", is_flag=True, help="One line a benchmark in place of the table."
    )(command)


class KeptRun(NamedTuple):
    """Where a run goes."""

    folder: Path | None
    keeper: Keeper | None

    def keep(self, report: Report) -> None:
        """Keep a report as the last run, and where it was asked for.

        Shards are scanned at the same time, and none of them is the last.
        """
        from leakcheck.run.last import keep_last_run
        from leakcheck.run.store import write_run

        if report.settings.shard is None:
            keep_last_run(report)
        if self.folder is not None:
            write_run(report, self.folder)
        if self.keeper is not None:
            self.keeper.finish()


@contextmanager
def run_kept(folder: Path | None) -> Iterator[KeptRun]:
    """Hold the folder of a run, if one was named, so that nobody else writes to it.

    Raises:
        UsageError: something else is there, or it cannot be written to.
        RunError: another scan writes to it.
    """
    if folder is None:
        yield KeptRun(None, None)
        return
    from leakcheck.scanning.keeping import kept_in

    with kept_in(folder, note) as keeper:
        yield KeptRun(folder, keeper)


def end_with(
    report: Report,
    output_format: str,
    outputs: Sequence[Output],
    item_texts: Path | None,
    fail_on: FailOn,
    *,
    strict: bool,
    quiet: bool,
) -> None:
    """Write a report everywhere it was asked for, and leave with its exit code."""
    write_files(report, outputs, item_texts)
    if quiet and output_format == "table":
        write(_verdict_lines(report))
    else:
        write_report(report, output_format)
    if output_format == "github":
        _append_summary(report, os.environ)
    raise SystemExit(_exit_code(report, fail_on, strict=strict))


def _append_summary(report: Report, environment: Mapping[str, str]) -> None:
    """Add the Markdown summary to the file that GitHub Actions shows for a step."""
    from leakcheck.report.formats.github import step_summary

    if path := environment.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as summary:
                summary.write(step_summary(report))
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _exit_code(report: Report, fail_on: FailOn, *, strict: bool) -> int:
    """Return 2 where data that should be there is not, else what --fail-on asks for."""
    if pointers := _pointers(report):
        for path in pointers[:_MOST_NAMED]:
            complain(f"error: {path}: a Git LFS pointer, not the data; `git lfs pull` gets it")
        if len(pointers) > _MOST_NAMED:
            complain(f"error: and {len(pointers) - _MOST_NAMED:,} more Git LFS pointers")
        return FAILED
    skipped = len(report.corpus.skipped)
    if strict and skipped:
        complain(f"error: {skipped:,} files or records could not be read in full (--strict)")
        return FAILED
    return int(_fails(report, fail_on))


def _pointers(report: Report) -> list[str]:
    """Name the files of which only a pointer is here; an index had no more, and says so."""
    from leakcheck.corpus import LFS_POINTER

    if report.corpus.index is not None:
        return []
    return [each.path for each in report.corpus.skipped if each.reason == LFS_POINTER]


def _verdict_lines(report: Report) -> str:
    return "".join(f"{each.name}: {each.verdict}\n" for each in report.benchmarks)


def _fails(report: Report, fail_on: FailOn) -> bool:
    verdicts = {benchmark.verdict for benchmark in report.benchmarks}
    match fail_on:
        case "leak":
            return "leaked" in verdicts
        case "any":
            return verdicts != {"clean"}
        case "never":
            return False
        case _:
            assert_never(fail_on)

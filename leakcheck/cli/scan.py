"""`leakcheck scan`: look for the items of benchmarks in a corpus."""

from __future__ import annotations

import gc
import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, assert_never

import click

from leakcheck.cli.failures import FAILED, complain
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import write
from leakcheck.cli.outputs import Output, output_options, write_files, write_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leakcheck.scanning import Progress
    from leakcheck.verdict.records import Report

__all__ = ["scan"]

FailOn = Literal["leak", "any", "never"]


def _names(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[str, ...]:
    # A comma in the name of a file that is there parts nothing.
    parts = [[value] if Path(value).is_file() else value.split(",") for value in values]
    names = [name.strip() for part in parts for name in part]
    return tuple(dict.fromkeys(filter(None, names)))


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--bench",
    "benchmarks",
    multiple=True,
    required=True,
    metavar="NAME[,NAME]",
    callback=_names,
    help="Benchmarks or groups to look for, or all; a card or a data file of your own. May be "
    "repeated. `leakcheck bench list` names them.",
)
@click.option(
    "--question-field", metavar="FIELD", help="The question in a data file given to --bench."
)
@key_option(multiple=True)
@click.option("--text-field", metavar="FIELD", help="Take only this field, as data.text.")
@output_options
@click.option(
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the run in DIR, for `leakcheck report`, `explain`, `compare`, `clean` and `impact`.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["leak", "any", "never"]),
    default="leak",
    show_default=True,
    help="Exit with 1 if a benchmark leaked, if any is not clean, or never.",
)
@click.option("--strict", is_flag=True, help="Exit with 2 if anything could not be read.")
@click.option("--threads", type=click.IntRange(min=1), help="By default one a core.")
@click.option("--no-progress", is_flag=True, help="Show no progress line.")
@click.option("-q", "--quiet", is_flag=True, help="One line a benchmark in place of the table.")
def scan(
    paths: tuple[str, ...],
    benchmarks: tuple[str, ...],
    question_field: str | None,
    key_files: tuple[Path, ...],
    text_field: str | None,
    output_format: str,
    outputs: tuple[Output, ...],
    item_texts: Path | None,
    run: Path | None,
    fail_on: FailOn,
    strict: bool,
    threads: int | None,
    no_progress: bool,
    quiet: bool,
) -> None:
    """Look for the items of benchmarks in PATHS.

    PATHS are files, folders, patterns in quotes, or - for JSON lines on standard input.
    """
    options = {
        "text_field": text_field,
        "question_field": question_field,
        "keys": read_keys(key_files, os.environ),
        "threads": threads,
    }
    report = _scanned(paths, benchmarks, options, with_progress=not (no_progress or quiet))
    _keep(report, run)
    write_files(report, outputs, item_texts)
    if quiet and output_format == "table":
        write(_verdict_lines(report))
    else:
        write_report(report, output_format)
    skipped = len(report.corpus.skipped)
    if strict and skipped:
        complain(f"error: {skipped:,} files or records could not be read in full (--strict)")
        raise SystemExit(FAILED)
    raise SystemExit(int(_fails(report, fail_on)))


def _scanned(
    paths: tuple[str, ...],
    benchmarks: tuple[str, ...],
    options: dict[str, Any],
    *,
    with_progress: bool,
) -> Report:
    from leakcheck.cli.first_run import announce_compilation
    from leakcheck.cli.progress import progress_shown

    announce_compilation(complain)
    from leakcheck.scanning import scan as scan_corpus

    # A scan leaves no cycles behind, and looking for them takes a tenth of its time.
    gc.disable()

    with progress_shown(_findings) if with_progress else nullcontext(lambda _: None) as show:
        return scan_corpus(
            paths,
            benchmarks,
            on_progress=show,
            on_note=lambda note: complain(f"note: {note}"),
            **options,
        )


def _findings(progress: Progress) -> str:
    return f"{progress.findings:,} findings"


def _keep(report: Report, run: Path | None) -> None:
    from leakcheck.run.last import keep_last_run
    from leakcheck.run.store import write_run

    if run is None:
        keep_last_run(report)
    else:
        write_run(report, run)


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

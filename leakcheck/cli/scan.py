"""`leakcheck scan`: look for the items of benchmarks in a corpus."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, assert_never

import click

from leakcheck.cli.failures import FAILED, complain
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import page_width, wants_colour, write, write_file
from leakcheck.report import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leakcheck.scanning import Progress
    from leakcheck.verdict.records import Report

__all__ = ["scan"]

FailOn = Literal["leak", "any", "never"]

FILE_WIDTH = 100
"""Columns of a table that is written to a file."""


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
@click.option(
    "--output-format",
    type=click.Choice(list(RENDERERS)),
    default="table",
    show_default=True,
    help="A table for people, the counts as JSON, or one finding a line.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
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
    output: Path | None,
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
    if quiet and output_format == "table":
        text = _verdict_lines(report)
    else:
        text = _rendered(report, output_format, output)
    if output is None:
        write(text)
    else:
        write_file(text, output)
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


def _rendered(report: Report, output_format: str, output: Path | None) -> str:
    render = RENDERERS[output_format]
    if output is not None:
        return render(report, width=FILE_WIDTH, colour=False)
    colour = wants_colour(sys.stdout.isatty(), os.environ)
    return render(report, width=page_width(), colour=colour)


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

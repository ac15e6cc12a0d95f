"""Where reports go: one to standard output, any number to files, all from one run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from leakcheck.cli.failures import note
from leakcheck.cli.output import FILE_WIDTH, page_width, wants_colour, write, write_file
from leakcheck.cli.reading_options import item_texts_option
from leakcheck.report import FORMATS, Sheet, format_of

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["Output", "output_options", "write_files", "write_report"]

Command = TypeVar("Command", bound=Callable[..., Any])


class Output(NamedTuple):
    """A file to write."""

    path: Path
    format: str


def _outputs(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[Output, ...]:
    return tuple(map(_output, values))


def _output(value: str) -> Output:
    """Read `FILE`, whose suffix tells its format, or `FORMAT=FILE`."""
    name, equals, path = value.partition("=")
    if equals and name in FORMATS and path:
        return Output(Path(path), name)
    found = format_of(value)
    if found is None:
        suffixes = ", ".join(suffix for form in FORMATS.values() for suffix in form.suffixes)
        raise click.BadParameter(
            f"{value}: no format has this suffix. Those that have one: {suffixes}. Any other file: "
            f"FORMAT=FILE, with one of {', '.join(FORMATS)}."
        )
    return Output(Path(value), found)


def output_options(command: Command) -> Command:
    """Give a command the options that say where its report goes."""
    options = (
        click.option(
            "-f",
            "--output-format",
            type=click.Choice(list(FORMATS)),
            default="table",
            show_default=True,
            metavar="FORMAT",
            help=f"What standard output gets, one of {', '.join(FORMATS)}.",
        ),
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            metavar="FILE",
            callback=_outputs,
            help="Write this file too, in the format of its suffix, as findings.jsonl, or "
            "FORMAT=FILE. May be repeated.",
        ),
        item_texts_option(
            "Show the items' own texts beside the evidence, from the publisher's files in DIR "
            "or in a folder there with the benchmark's name."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def write_files(report: Report, outputs: Sequence[Output], item_texts: Path | None) -> None:
    """Write a report to files, with the items' texts where they are to be had.

    Raises:
        UsageError: a file cannot be written.
        BenchmarkFilesError: `item_texts` has the files of no benchmark that was found.
    """
    if not outputs:
        return
    from leakcheck.publisher_texts import texts_of_found_items

    texts = texts_of_found_items(report, item_texts, note)
    sheet = Sheet(width=FILE_WIDTH, item_texts=texts)
    for output in outputs:
        write_file(FORMATS[output.format].render(report, sheet), output.path)


def write_report(report: Report, output_format: str) -> None:
    """Write a report to standard output."""
    colour = wants_colour(sys.stdout.isatty(), os.environ)
    write(FORMATS[output_format].render(report, Sheet(width=page_width(), colour=colour)))

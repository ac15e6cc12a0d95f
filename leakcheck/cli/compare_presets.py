"""`leakcheck compare-presets`: one table of published criteria on one corpus."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.failures import complain
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import page_width, write, write_file
from leakcheck.presets import NEED_TEXTS, PRESETS

if TYPE_CHECKING:
    from leakcheck.scanning import Progress

__all__ = ["compare_presets"]

FILE_WIDTH = 100
"""Columns of a table that is written to a file."""


def _names(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[str, ...]:
    # A comma in the name of a file that is there parts nothing.
    parts = [[value] if Path(value).is_file() else value.split(",") for value in values]
    names = [name.strip() for part in parts for name in part]
    return tuple(dict.fromkeys(filter(None, names)))


@click.command("compare-presets")
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--bench",
    "benchmarks",
    multiple=True,
    required=True,
    metavar="NAME[,NAME]",
    callback=_names,
    help="Benchmarks or groups, as for `leakcheck scan`.",
)
@click.option(
    "--preset",
    "presets",
    multiple=True,
    metavar="NAME[,NAME]",
    callback=_names,
    help=f"Only these, of {', '.join(PRESETS)}.",
)
@click.option(
    "--question-field", metavar="FIELD", help="The question in a data file given to --bench."
)
@key_option(multiple=True)
@click.option("--text-field", metavar="FIELD", help="Take only this field, as data.text.")
@click.option(
    "--item-texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The publisher's files, in DIR or in a folder there with the benchmark's name: for "
    f"{' and '.join(sorted(NEED_TEXTS))}, which decide by characters and are left out without it.",
)
@click.option(
    "-f",
    "--output-format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Tables for people, or one JSON document.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@click.option("--threads", type=click.IntRange(min=1), help="By default one a core.")
@click.option("--no-progress", is_flag=True, help="Show no progress line.")
def compare_presets(
    paths: tuple[str, ...],
    benchmarks: tuple[str, ...],
    presets: tuple[str, ...],
    question_field: str | None,
    key_files: tuple[Path, ...],
    text_field: str | None,
    item_texts: Path | None,
    output_format: str,
    output: Path | None,
    threads: int | None,
    no_progress: bool,
) -> None:
    """Compare published contamination criteria on PATHS, with leakcheck's own decision.

    PATHS are files, folders or patterns in quotes; they are read twice. The exit code is 0 whatever
    is flagged.
    """
    from leakcheck.cli.first_run import announce_presets_compilation
    from leakcheck.cli.progress import progress_shown

    announce_presets_compilation(complain)
    from leakcheck.presets.comparing import compare_presets as compare
    from leakcheck.report.pages.presets import render_json, render_page

    gc.disable()  # as in a scan: there are no cycles to look for
    with nullcontext(lambda _: None) if no_progress else progress_shown(_found) as show:
        comparison = compare(
            paths,
            benchmarks,
            presets=presets,
            text_field=text_field,
            question_field=question_field,
            keys=read_keys(key_files, os.environ),
            threads=threads,
            on_progress=show,
            on_note=lambda note: complain(f"note: {note}"),
            item_texts=item_texts,
        )
    width = FILE_WIDTH if output else page_width()
    text = render_json(comparison) if output_format == "json" else render_page(comparison, width)
    if output is None:
        write(text)
    else:
        write_file(text, output)


def _found(progress: Progress) -> str:
    return f"{progress.findings:,} found"

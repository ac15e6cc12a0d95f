"""`leakcheck compare-presets`: one table of published criteria on one corpus."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.bench_option import bench_options, read_names
from leakcheck.cli.failures import complain, note
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import width_for, write_to
from leakcheck.cli.page_options import TABLE_OR_JSON, file_option, format_option
from leakcheck.cli.reading_options import (
    item_texts_option,
    progress_option,
    text_field_option,
    threads_option,
)
from leakcheck.memory import skip_memory_upkeep
from leakcheck.presets import NEED_TEXTS, PRESETS

if TYPE_CHECKING:
    from leakcheck.scanning import Progress

__all__ = ["compare_presets"]


@click.command("compare-presets")
@click.argument("paths", nargs=-1, required=True)
@bench_options("Benchmarks or groups, as for `leakcheck scan`.", required=True)
@click.option(
    "--preset",
    "presets",
    multiple=True,
    metavar="NAME[,NAME]",
    callback=read_names,
    help=f"Only these, of {', '.join(PRESETS)}.",
)
@key_option(multiple=True)
@text_field_option
@item_texts_option(
    "The publisher's files, in DIR or in a folder there with the benchmark's name: for "
    f"{' and '.join(sorted(NEED_TEXTS))}, which decide by characters and are left out without it."
)
@format_option(TABLE_OR_JSON, "Tables for people, or one JSON document.")
@file_option
@threads_option
@progress_option
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
    from leakcheck.cli.progress import progress_unless

    announce_presets_compilation(complain)
    from leakcheck.presets.comparing import compare_presets as compare
    from leakcheck.report.pages.presets import render_json, render_page

    skip_memory_upkeep()
    with progress_unless(no_progress, _found) as show:
        comparison = compare(
            paths,
            benchmarks,
            presets=presets,
            text_field=text_field,
            question_field=question_field,
            keys=read_keys(key_files, os.environ),
            threads=threads,
            on_progress=show,
            on_note=note,
            item_texts=item_texts,
        )
    width = width_for(output)
    text = render_json(comparison) if output_format == "json" else render_page(comparison, width)
    write_to(text, output)


def _found(progress: Progress) -> str:
    return f"{progress.findings:,} found"

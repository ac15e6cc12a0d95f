"""`leakcheck selftest`: what a "clean" is worth on the user's own documents."""

from __future__ import annotations

import os
from pathlib import Path

import click

from leakcheck.cli.bench_option import bench_options
from leakcheck.cli.failures import complain, note
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import width_for, write_to
from leakcheck.cli.page_options import TABLE_OR_JSON, file_option, format_option
from leakcheck.cli.reading_options import item_texts_option, text_field_option, threads_option
from leakcheck.memory import skip_memory_upkeep

__all__ = ["selftest"]


@click.command("selftest")
@bench_options(
    "Benchmarks to plant items of: names or groups, with --item-texts; or a data file of your own. "
    "The demo benchmark if none is named."
)
@key_option(multiple=True)
@click.option(
    "--corpus",
    "paths",
    multiple=True,
    metavar="PATH",
    help="Files or folders of your own documents; may be repeated. By default the example corpus.",
)
@item_texts_option("The publisher's files, in DIR or in a folder there with the benchmark's name.")
@text_field_option
@click.option(
    "--items",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="Plant N test items and N of the other splits, or all if there are fewer.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Of what is left to chance; the same gives the same.",
)
@format_option(TABLE_OR_JSON, "Tables for people, or one JSON document.")
@file_option
@threads_option
def selftest(
    benchmarks: tuple[str, ...],
    question_field: str | None,
    key_files: tuple[Path, ...],
    paths: tuple[str, ...],
    item_texts: Path | None,
    text_field: str | None,
    items: int,
    seed: int,
    output_format: str,
    output: Path | None,
    threads: int | None,
) -> None:
    """Plant items into your documents, and see how many are found.

    Test items and items of other splits are changed in many ways and put into copies of documents
    of the corpus, in memory; nothing is written to it. The exit code is 1 if copies word for word
    are missed, or those of train items are called test leakage, more often than docs/selftest.md
    promises.
    """
    from leakcheck.cli.first_run import announce_compilation

    announce_compilation(complain)
    from leakcheck.report.pages.selftest import render_json, render_page
    from leakcheck.selftest.running import selftest as test

    skip_memory_upkeep()
    result = test(
        paths,
        benchmarks or ("demo",),
        items=items,
        seed=seed,
        item_texts=item_texts,
        text_field=text_field,
        question_field=question_field,
        keys=read_keys(key_files, os.environ),
        threads=threads,
        on_note=note,
    )
    width = width_for(output)
    text = render_json(result) if output_format == "json" else render_page(result, width)
    write_to(text, output)
    raise SystemExit(int(any(each.broken for each in result.benchmarks)))

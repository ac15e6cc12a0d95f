"""`leakcheck proximity`: how close a corpus comes to a benchmark without holding its items."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.bench_option import bench_options, chosen
from leakcheck.cli.failures import complain
from leakcheck.cli.first_run import load_kernel
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import width_for, write_file, write_to
from leakcheck.cli.page_options import TABLE_OR_JSON, file_option, format_option
from leakcheck.cli.reading_options import threads_option

if TYPE_CHECKING:
    from leakcheck.corpus_index.closeness.proximity import Proximity
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["proximity"]

_INDEX = click.Path(path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("index", type=_INDEX)
@bench_options(
    "Compare with the test items of these, named as for `leakcheck scan`.", required=True
)
@click.option(
    "--beside",
    multiple=True,
    type=_INDEX,
    metavar="INDEX",
    help="Another index to show beside; may be repeated.",
)
@key_option(multiple=True)
@format_option(TABLE_OR_JSON, "A table and a plot for people, or one JSON document.")
@click.option("--svg", type=_FILE, metavar="FILE", help="Draw the distributions to this file, too.")
@file_option
@threads_option
def proximity(
    index: Path,
    benchmarks: tuple[str, ...],
    question_field: str | None,
    beside: tuple[Path, ...],
    key_files: tuple[Path, ...],
    output_format: str,
    svg: Path | None,
    output: Path | None,
    threads: int | None,
) -> None:
    """Show how close the corpus of INDEX comes to the test items of benchmarks.

    For each test item, the best similarity with any passage: the share of the item's evidence that
    the passage holds. Beside it the same for the benchmark's own train split and for background
    text, in samples of as many tokens. The exit code is 0 however close the corpus is.
    """
    keys = read_keys(key_files, os.environ)
    load_kernel(complain)
    measured = _measured(index, beside, chosen(benchmarks, question_field, keys), threads)
    if output_format == "json":
        from leakcheck.report.pages.proximity_json import render as render_json

        text = render_json(measured)
    else:
        from leakcheck.report.pages.proximity import render as render_page

        text = render_page(measured, width_for(output))
    if svg is not None:
        from leakcheck.report.pages.proximity_svg import render as render_svg

        write_file(render_svg(measured), svg)
    write_to(text, output)


def _measured(
    index: Path, beside: Sequence[Path], benchmarks: Sequence[Benchmark], threads: int | None
) -> list[Proximity]:
    from leakcheck.corpus_index.closeness.proximity import measure_proximity
    from leakcheck.corpus_index.stored.store import open_index

    opened, *others = [open_index(path) for path in (index, *beside)]
    return [measure_proximity(opened, each, others, threads=threads) for each in benchmarks]

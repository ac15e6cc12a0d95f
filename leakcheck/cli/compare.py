"""`leakcheck compare`: what changed from one run to another."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

import click

from leakcheck.cli.output import page_width, wants_colour, write
from leakcheck.cli.page_options import TABLE_OR_JSON, format_option

if TYPE_CHECKING:
    from leakcheck.run.comparison import Comparison

__all__ = ["compare"]

FailOn = Literal["new-leak", "never"]
_RUN = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("run_a", type=_RUN)
@click.argument("run_b", type=_RUN)
@format_option(TABLE_OR_JSON, "A table for people, or all that changed in one JSON document.")
@click.option(
    "--fail-on",
    type=click.Choice(["new-leak", "never"]),
    default="never",
    show_default=True,
    help="Exit with 1 if a benchmark is leaked in RUN_B by items that did not leak in RUN_A, or "
    "never.",
)
def compare(run_a: Path, run_b: Path, output_format: str, fail_on: FailOn) -> None:
    """Show what changed from RUN_A to RUN_B.

    It names what is new, what is gone, and what differs beside the corpus: versions, packs,
    settings. Runs are folders that `leakcheck scan --run DIR` made. A text counts as the same
    wherever it stands, so that files may be renamed, or rows moved, in between.
    """
    from leakcheck.run.compare import compare_runs
    from leakcheck.run.findings import with_findings
    from leakcheck.run.store import read_run

    comparison = compare_runs(*(with_findings(read_run(run), "compare") for run in (run_a, run_b)))
    write(_rendered(comparison, output_format))
    raise SystemExit(int(_fails(comparison, fail_on)))


def _rendered(comparison: Comparison, output_format: str) -> str:
    from leakcheck.report.pages.compare import compare_page
    from leakcheck.report.pages.compare_json import compare_json
    from leakcheck.report.sheet import Sheet

    if output_format == "json":
        return compare_json(comparison)
    sheet = Sheet(page_width(), wants_colour(sys.stdout.isatty(), os.environ))
    return compare_page(comparison, sheet)


def _fails(comparison: Comparison, fail_on: FailOn) -> bool:
    match fail_on:
        case "new-leak":
            return bool(comparison.new_leaks)
        case "never":
            return False
        case _:
            assert_never(fail_on)

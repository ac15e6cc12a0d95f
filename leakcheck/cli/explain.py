"""`leakcheck explain`: one finding, with all there is to know of it."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from leakcheck.cli.failures import note
from leakcheck.cli.output import page_width, wants_colour, write
from leakcheck.cli.reading_options import item_texts_option

__all__ = ["explain"]


@click.command()
@click.argument("finding")
@click.option(
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The run it is in, as `leakcheck scan --run DIR` keeps it; by default the last scan.",
)
@item_texts_option(
    "Show the item's own text beside the passage, from the publisher's files in DIR or in a "
    "folder there with the benchmark's name."
)
def explain(finding: str, run: Path | None, item_texts: Path | None) -> None:
    """Explain FINDING, with all its evidence.

    FINDING is a fingerprint, or its first digits, four at least; or an item, as gsm8k:test/3.

    It shows the passage in its surroundings, what changed, how likely such a match is by chance,
    where the item stands, whether it counts, and what to do. The words that passage and item share
    are coloured; in a file or a pipe they are underlined.
    """
    from leakcheck.publisher_texts import texts_of_found_items
    from leakcheck.report.pages.explain import explain_page
    from leakcheck.report.pages.explain_texts import CONTEXT_CHARACTERS
    from leakcheck.report.sheet import Sheet
    from leakcheck.run.find import findings_called, table_of
    from leakcheck.run.findings import with_findings
    from leakcheck.run.last import read_run_or_last
    from leakcheck.run.surroundings import surroundings_of

    report = with_findings(read_run_or_last(run), "explain")
    called = findings_called(report, finding)
    only = replace(report, findings=table_of(called))  # the texts of other items are not needed
    texts = texts_of_found_items(only, item_texts, note)
    sheet = Sheet(page_width(), wants_colour(sys.stdout.isatty(), os.environ), texts)
    write(
        explain_page(
            report,
            called,
            lambda each: surroundings_of(report, each, CONTEXT_CHARACTERS),
            sheet,
        )
    )

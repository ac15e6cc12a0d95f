"""`leakcheck sql`: ask an index in SQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leakcheck.cli.output import page_width
from leakcheck.errors import UsageError

__all__ = ["sql"]

FORMATS = ("table", "csv", "json", "jsonl", "parquet")


@click.command()
@click.argument("index", type=click.Path(path_type=Path))
@click.argument("query", required=False)
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="A table for people, or all rows for programs.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="Rows of the table that are shown.",
)
@click.option("--threads", type=click.IntRange(min=1), help="By default one a core.")
def sql(
    index: Path,
    query: str | None,
    output_format: str,
    output: Path | None,
    limit: int,
    threads: int | None,
) -> None:
    """Answer QUERY, a SELECT, from INDEX.

    Without a query, or with -, it is read from standard input.

    Tables: files, documents, skipped, ngrams, rare_tokens, signatures, settings, findings.
    """
    query = _query(query)
    if output_format == "parquet" and output is None:
        raise UsageError("a Parquet file is not for standard output; name a file with --output")
    from leakcheck.cli.sql_output import write_rows
    from leakcheck.corpus_index.sql import query_index

    with query_index(index, query, threads=threads) as rows:
        write_rows(rows, output_format, output, limit=limit, width=page_width())


def _query(query: str | None) -> str:
    if query not in (None, "-"):
        return query or ""
    if _is_terminal():
        raise UsageError(
            'there is no query; as `leakcheck sql corpus.lki "SELECT path FROM files"`, or pipe '
            "one in"
        )
    return sys.stdin.read()


def _is_terminal() -> bool:
    return sys.stdin.isatty()

"""`leakcheck sql`: ask an index in SQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leakcheck.cli.output import width_for
from leakcheck.cli.page_options import file_option, format_option
from leakcheck.cli.reading_options import threads_option
from leakcheck.errors import UsageError

__all__ = ["sql"]

FORMATS = ("table", "csv", "json", "jsonl", "parquet")


@click.command()
@click.argument("index", type=click.Path(path_type=Path))
@click.argument("query", required=False)
@format_option(FORMATS, "A table for people, or all rows for programs.")
@file_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="Rows of the table that are shown.",
)
@threads_option
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
        write_rows(rows, output_format, output, limit=limit, width=width_for(output))


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

"""`leakcheck near`: near-duplicates of benchmark items or of any text, or within a corpus."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.bench_option import bench_options, chosen
from leakcheck.cli.failures import complain
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import width_for, write_to
from leakcheck.cli.page_options import file_option, format_option

if TYPE_CHECKING:
    from leakcheck.corpus_index.nearness.clusters import Clusters
    from leakcheck.corpus_index.nearness.near import NearItems, NearTexts
    from leakcheck.corpus_index.stored.store import CorpusIndex
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["near"]

TABLE_LIMIT = 20
THRESHOLD, SELF_THRESHOLD = 0.5, 0.8


@click.command()
@click.argument("index", type=click.Path(path_type=Path))
@bench_options("Look for the items of these benchmarks, named as for `leakcheck scan`.")
@key_option(multiple=True)
@click.option(
    "--doc",
    metavar="FILE",
    help="Look for this text, or for every record of this file; - reads standard input.",
)
@click.option(
    "--self", "own", is_flag=True, help="Group the corpus's own documents by what is near."
)
@click.option(
    "--threshold",
    type=click.FloatRange(0.1, 1.0),
    help=f"Least estimated Jaccard similarity, by default {THRESHOLD}; with --self "
    f"{SELF_THRESHOLD}.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"Show so many, 0 for all; by default {TABLE_LIMIT} in a table and all in JSON.",
)
@click.option("--members", is_flag=True, help="With --self, name all documents of each cluster.")
@click.option("--text-field", metavar="FIELD", help="With --doc, take only this field.")
@format_option(
    ["table", "json", "jsonl"],
    "A table for people, one JSON document, or what is near, one a line.",
)
@file_option
def near(
    index: Path,
    benchmarks: tuple[str, ...],
    question_field: str | None,
    key_files: tuple[Path, ...],
    doc: str | None,
    own: bool,
    threshold: float | None,
    limit: int | None,
    members: bool,
    text_field: str | None,
    output_format: str,
    output: Path | None,
) -> None:
    """Find near-duplicates in the INDEX of a corpus: of benchmark items, of a text, or its own.

    How near is estimated from MinHash signatures of the sets of three tokens in a row. What shares
    little text with an item is not near to it, though it may hold the item: `leakcheck scan` finds
    that. The exit code is 0 whether or not anything is near.
    """
    if sum((bool(benchmarks), doc is not None, own)) != 1:
        raise click.UsageError("give one of --bench, --doc and --self")
    if members and not own:
        raise click.UsageError("--members goes with --self")
    if text_field and doc is None:
        raise click.UsageError("--text-field goes with --doc")
    if limit is None and output_format == "table":
        limit = TABLE_LIMIT
    most = limit or None
    if threshold is None:
        threshold = SELF_THRESHOLD if own else THRESHOLD
    opened = _opened(index)
    result: NearItems | NearTexts | Clusters
    if own:
        result = _clusters(opened, threshold, most, members)
    elif doc is not None:
        result = _near_texts(opened, doc, text_field, threshold, most)
    else:
        keys = read_keys(key_files, os.environ)
        result = _near_items(opened, chosen(benchmarks, question_field, keys), threshold, most)
    write_to(_rendered(opened, result, output_format, width_for(output)), output)


def _opened(path: Path) -> CorpusIndex:
    from leakcheck.cli.first_run import load_kernel

    load_kernel(complain)
    from leakcheck.corpus_index.stored.store import open_index

    return open_index(path)


def _near_items(
    index: CorpusIndex, benchmarks: Sequence[Benchmark], threshold: float, limit: int | None
) -> NearItems:
    from leakcheck.corpus_index.nearness.near import near_items

    return near_items(index, benchmarks, threshold=threshold, limit=limit)


def _near_texts(
    index: CorpusIndex, path: str, text_field: str | None, threshold: float, limit: int | None
) -> NearTexts:
    from leakcheck.cli.first_run import announce_index_compilation

    # Packs and indexes have tokens already; only a text has to be taken apart.
    announce_index_compilation(complain)
    from leakcheck.corpus_index.nearness.near import near_texts
    from leakcheck.corpus_index.nearness.sought import sought_texts
    from leakcheck.report.places import place_of

    sought, places, skipped = sought_texts(path, text_field=text_field)
    for each in skipped:
        complain(f"warning: {place_of(each.name, each.row)}: {each.reason}")
    return near_texts(index, sought, places, threshold=threshold, limit=limit)


def _clusters(
    index: CorpusIndex, threshold: float, limit: int | None, with_members: bool
) -> Clusters:
    from leakcheck.corpus_index.nearness.clusters import near_clusters

    return near_clusters(index, threshold=threshold, limit=limit, with_members=with_members)


def _rendered(
    index: CorpusIndex, result: NearItems | NearTexts | Clusters, output_format: str, width: int
) -> str:
    from leakcheck.cli import near_pages

    if output_format == "jsonl":
        return near_pages.lines_of(result)
    if output_format == "json":
        return near_pages.document_of(index, result)
    return near_pages.page_of(index, result, width)

"""What `leakcheck near` found, as text: a page for people, a JSON document, or JSON lines.

The JSON document, `leakcheck/near/1`, has `schema`, `tool` (`name`, `version`), `index` (`path`,
`documents`, `signatures`), `asked` (`bench`, `doc` or `self`), and the fields of `NearItems`,
`NearTexts` or `Clusters`. The lines are its `near` or its `clusters`, one object each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

import msgspec

from leakcheck.corpus_index.nearness.clusters import Cluster, Clusters
from leakcheck.corpus_index.nearness.near import NearItem, NearItems, NearText, NearTexts
from leakcheck.report.console import rendered
from leakcheck.report.numbers import out_of, percent, several
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import printable
from leakcheck.version import __version__

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["SCHEMA", "document_of", "lines_of", "page_of"]

SCHEMA = "leakcheck/near/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""

Result = NearItems | NearTexts | Clusters


def document_of(index: CorpusIndex, result: Result) -> str:
    """Render a result as one JSON document."""
    match result:
        case NearItems():
            asked = "bench"
        case NearTexts():
            asked = "doc"
        case Clusters():
            asked = "self"
    document = {
        "schema": SCHEMA,
        "tool": {"name": "leakcheck", "version": __version__},
        "index": {
            "path": str(index.path),
            "documents": index.rows("documents"),
            "signatures": index.rows("signatures"),
        },
        "asked": asked,
        **_plain(result),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def lines_of(result: Result) -> str:
    """Render what is near as JSON lines, nearest or largest first."""
    rows: Sequence[NearItem | NearText | Cluster]
    rows = result.clusters if isinstance(result, Clusters) else result.near
    return "".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows)


def _plain(result: Result | NearItem | NearText | Cluster) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(result)
    if plain.get("members", ()) is None:
        del plain["members"]  # they were not asked for
    for cluster in plain.get("clusters", ()):
        if cluster["members"] is None:
            del cluster["members"]
    return plain


def page_of(index: CorpusIndex, result: Result, width: int) -> str:
    """Render a result for a page of `width` columns."""
    match result:
        case NearItems():
            folder = _common_folder(each.path for each in result.near)
            table = _item_table(result.near, folder)
            return _page(_item_lines(index, result), folder, table, width)
        case NearTexts():
            folder = _common_folder(each.path for each in result.near)
            table = _text_table(result.near, folder)
            return _page(_text_lines(index, result), folder, table, width)
        case Clusters():
            paths = [each.path for each in result.clusters]
            paths += [each.path for cluster in result.clusters for each in cluster.members or []]
            folder = _common_folder(paths)
            table = _cluster_table(result.clusters, folder)
            return _page(_cluster_lines(index, result), folder, table, width)


def _common_folder(paths: Iterable[str]) -> str:
    """Return the folder that all paths lie in, with its last slash, or nothing.

    >>> _common_folder(["corpus/web/a.jsonl", "corpus/b.jsonl"]), _common_folder(["a.jsonl"])
    ('corpus/', '')
    """
    folders = [path[: path.rfind("/") + 1] for path in paths]
    shared = commonprefix(folders)  # noqa: RUF071 (cut at a slash, it is right)
    folder = shared[: shared.rfind("/") + 1]
    return folder if folder != "/" else ""


def _page(lines: Iterator[str], folder: str, table: Table, width: int) -> str:
    parts: list[RenderableType] = list(lines)
    if folder:
        parts.append(f"documents in {printable(folder)}")
    if table.row_count:
        parts += ["", table]
    return rendered(parts, Sheet(width=width))


def _item_lines(index: CorpusIndex, result: NearItems) -> Iterator[str]:
    items = sum(split.items for split in result.splits)
    yield _compared(index, several(items, "item"), result.threshold)
    for split in result.splits:
        role = "" if split.role == split.split else f" ({split.role})"
        left_out = f"; {split.too_short:,} too short to tell" if split.too_short else ""
        yield (
            f"{split.bench} {printable(split.split)}{role}: "
            f"{out_of(split.near, split.items, 'items')} ({percent(split.near, split.items)}) "
            f"have a near document{left_out}"
        )
    yield _shown(len(result.near), result.matches, "pair")


def _text_lines(index: CorpusIndex, result: NearTexts) -> Iterator[str]:
    yield _compared(index, several(result.texts, "text"), result.threshold)
    left_out = f"; {result.too_short:,} too short to tell" if result.too_short else ""
    yield f"{out_of(result.texts_near, result.texts, 'texts')} have a near document{left_out}"
    yield _shown(len(result.near), result.matches, "pair")


def _cluster_lines(index: CorpusIndex, result: Clusters) -> Iterator[str]:
    documents = several(result.documents, "document")
    left_out = f"; {result.too_short:,} too short to tell" if result.too_short else ""
    yield (
        f"leakcheck {__version__} compared {documents} of {printable(str(index.path))} with each "
        f"other, near from {result.threshold:g}{left_out}"
    )
    share = percent(result.clustered, result.documents)
    yield (
        f"{out_of(result.clustered, result.documents, 'documents')} ({share}) stand in "
        f"{several(result.count, 'cluster')}"
    )
    yield _shown(len(result.clusters), result.count, "cluster")


def _compared(index: CorpusIndex, sought: str, threshold: float) -> str:
    documents = several(index.rows("documents"), "document")
    return (
        f"leakcheck {__version__} compared {sought} with {documents} of "
        f"{printable(str(index.path))}, near from {threshold:g}"
    )


def _shown(shown: int, all_of_them: int, noun: str) -> str:
    if shown == all_of_them:
        return f"{several(shown, noun)}:" if shown else f"no {noun}s"
    return f"{out_of(shown, all_of_them, noun + 's')}; --limit 0 shows all:"


def _table(*headings: str, right: Sequence[str] = ()) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        # The document is what one copies, so it wraps and is never cut.
        table.add_column(
            heading,
            no_wrap=heading not in ("DOCUMENT", "TEXT"),
            overflow="fold",
            justify="right" if heading in right else "left",
        )
    return table


def _item_table(near: Sequence[NearItem], folder: str) -> Table:
    table = _table("NEAR", "ITEM", "ROLE", "COMPARED", "DOCUMENT", "PASSAGE")
    for each in near:
        table.add_row(
            f"{each.jaccard:.2f}", printable(f"{each.bench} {each.item}"), each.role, each.compared,
            _place(each.path.removeprefix(folder), each.row),
            _passage(each.passage, each.start, each.tokens),
        )  # fmt: skip
    return table


def _text_table(near: Sequence[NearText], folder: str) -> Table:
    table = _table("NEAR", "TEXT", "DOCUMENT", "PASSAGE")
    for each in near:
        part = f", passage {each.given_passage}" if each.given_passage else ""
        table.add_row(
            f"{each.jaccard:.2f}", _place(each.given_path, each.given_row) + part,
            _place(each.path.removeprefix(folder), each.row),
            _passage(each.passage, each.start, each.tokens),
        )  # fmt: skip
    return table


def _cluster_table(clusters: Sequence[Cluster], folder: str) -> Table:
    table = _table(
        "DOCUMENTS", "TEXTS", "EXACT\nCOPIES", "MEAN\nNEAR", "DOCUMENT",
        right=("DOCUMENTS", "TEXTS", "EXACT\nCOPIES"),
    )  # fmt: skip
    for each in clusters:
        table.add_row(
            f"{each.documents:,}", f"{each.texts:,}", f"{each.exact_copies:,}",
            f"{each.mean_jaccard:.2f}", _place(each.path.removeprefix(folder), each.row),
        )  # fmt: skip
        for member in (each.members or [])[1:]:
            place = _place(member.path.removeprefix(folder), member.row)
            table.add_row("", "", "", f"{member.jaccard:.2f}", f"  {place}")
    return table


def _place(path: str, row: int) -> str:
    return f"{printable(path)}:{row}"


def _passage(number: int, start: int, tokens: int) -> str:
    """Name the passage by its tokens.

    >>> _passage(0, 0, 90), _passage(2, 512, 300)
    ('all', '512-811')
    """
    return f"{start}-{start + tokens - 1}" if number else "all"

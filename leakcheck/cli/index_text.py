"""Indexes as text, for `leakcheck index`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from leakcheck.report.console import rendered
from leakcheck.report.numbers import byte_size, percent, several
from leakcheck.report.places import place_of
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leakcheck.corpus import Skipped
    from leakcheck.corpus_index.building.build import Indexed
    from leakcheck.corpus_index.stored.summary import IndexSummary

__all__ = ["SCHEMA", "indexed_text", "info_json", "info_text", "size_lines"]

SCHEMA = "leakcheck/index-info/1"
MOST_NAMED = 5
LABEL_WIDTH = 15

PURPOSES = {
    "n-gram tables": ("ngrams", "rare_tokens"),
    "MinHash table": ("signatures",),
    "other tables": ("files", "documents", "skipped"),
}


def indexed_text(done: Indexed, summary: IndexSummary) -> str:
    """Say what a run of indexing did, and what the index has come to."""
    new = len(done.added) - len(done.replaced)
    rows = [
        ("added", several(new, "file")),
        ("replaced", several(len(done.replaced), "file")),
        ("unchanged", several(len(done.unchanged), "file")),
        ("skipped", several(len(done.skipped), "place")),
    ]
    return "".join(
        [
            *(_line(label, text) for label, text in rows),
            *_skipped_lines(done.skipped),
            "\n",
            size_lines(summary),
        ]
    )


def _skipped_lines(skipped: Sequence[Skipped]) -> list[str]:
    lines = []
    for each in skipped[:MOST_NAMED]:
        place = place_of(each.name, each.row)
        lines.append(_line("", printable(f"{place}: {each.reason}")))
    if len(skipped) > MOST_NAMED:
        lines.append(_line("", f"and {len(skipped) - MOST_NAMED:,} more: the table `skipped`"))
    return lines


def size_lines(summary: IndexSummary) -> str:
    """Say how large an index is beside its corpus."""
    text = summary.text_bytes
    documents = several(summary.documents, "document")
    lines = [
        _line("index", printable(summary.path)),
        _line("holds", f"{documents} in {several(summary.files, 'file')}"),
        _line("text", f"{byte_size(text)}, in files of {byte_size(summary.file_bytes)}"),
    ]
    for purpose, tables in PURPOSES.items():
        size = sum(summary.tables[table].bytes for table in tables)
        lines.append(_line(purpose, f"{byte_size(size)}, {_share(size, text)} of the text"))
    return "".join(lines)


def _share(size: int, text: int) -> str:
    """Write a share that may be more than all: a short text has as long a signature as any."""
    return percent(size, text) if size <= text else f"{100 * size / max(1, text):,.0f} %"


def _line(label: str, text: str) -> str:
    return f"{label:<{LABEL_WIDTH}} {text}\n"


def info_text(summary: IndexSummary, width: int) -> str:
    """Render all that is counted in an index, and its settings."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("TABLE")
    for heading in ("ROWS", "BYTES", "SHARE OF THE TEXT"):
        table.add_column(heading, justify="right")
    for name, each in summary.tables.items():
        share = _share(each.bytes, summary.text_bytes)
        table.add_row(name, f"{each.rows:,}", byte_size(each.bytes), share)
    rows = rendered([table], Sheet(width=width))
    return f"{size_lines(summary)}\n{rows}\n{_settings_lines(summary)}"


def _settings_lines(summary: IndexSummary) -> str:
    settings = summary.settings
    minhash = settings.minhash
    return "".join(
        [
            _line("scale", f"{settings.scale}: one n-gram in so many is kept"),
            _line("text field", printable(settings.text_field or "all text")),
            _line(
                "MinHash",
                f"{minhash.num_perm} permutations of scheme {minhash.scheme}, seed {minhash.seed}",
            ),
            _line("tokeniser", f"{settings.tokeniser}"),
            _line("segments", f"{summary.segments:,}"),
            _line("skipped", several(summary.skipped, "place")),
            _line("written by", f"leakcheck {summary.leakcheck}"),
        ]
    )


def info_json(summary: IndexSummary) -> str:
    """Render the same as one JSON document."""
    import msgspec

    document = {"schema": SCHEMA, **msgspec.to_builtins(summary)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

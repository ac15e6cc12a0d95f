"""The findings as a Parquet file, for DuckDB and its like: one finding a row, typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["SCHEMA", "render"]

SCHEMA = "leakcheck/findings/1"
"""Columns may be added under this name; none is renamed, moved or taken away."""


def render(report: Report, sheet: Sheet) -> bytes:
    """Render the findings with the columns of `Finding`.

    The file's metadata say what made it: `leakcheck.schema`, `leakcheck.version` and, as JSON,
    `leakcheck.packs`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    packs = [msgspec.to_builtins(pack) for pack in report.settings.packs]
    told = {
        "leakcheck.schema": SCHEMA,
        "leakcheck.version": report.version,
        "leakcheck.packs": json.dumps(packs),
    }
    sink = pa.BufferOutputStream()
    pq.write_table(report.findings.replace_schema_metadata(told), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content

"""The answers to SQL queries, as text for people or for programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from leakcheck.cli.output import write, write_file
from leakcheck.errors import UsageError
from leakcheck.report.console import rendered
from leakcheck.report.sheet import Sheet
from leakcheck.report.words import printable

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["plain", "write_rows"]

MOST_LETTERS = 200
"""Of a value in a table."""


def write_rows(
    rows: pa.RecordBatchReader, output_format: str, output: Path | None, *, limit: int, width: int
) -> None:
    """Write the rows of an answer in one of the formats.

    Raises:
        UsageError: the file cannot be written.
    """
    if output_format == "parquet":
        assert output is not None  # was asked for
        _write_parquet(rows, output)
        return
    texts = _table(rows, limit, width) if output_format == "table" else _LINES[output_format](rows)
    if output is not None:
        write_file("".join(texts), output)
        return
    for text in texts:
        write(text)


def _write_parquet(rows: pa.RecordBatchReader, output: Path) -> None:
    import pyarrow.parquet as pq

    from leakcheck.benchmark.durable import replace_file

    try:
        with (
            replace_file(output.resolve()) as temporary,
            pq.ParquetWriter(temporary, rows.schema) as writer,
        ):
            for batch in rows:
                writer.write_batch(batch)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{output}: cannot be written: {reason}; see --output") from error


def _values(rows: Iterable[pa.RecordBatch]) -> Iterator[list[object]]:
    """Yield rows; by place, for two columns may have one name."""
    for batch in rows:
        columns = [[plain(value) for value in column.to_pylist()] for column in batch.columns]
        yield from (list(row) for row in zip(*columns, strict=True))


def _records(rows: pa.RecordBatchReader) -> Iterator[dict[str, object]]:
    names = rows.schema.names
    for row in _values(rows):
        yield dict(zip(names, row, strict=True))


def plain(value: object) -> object:
    """Turn a value of any type into one that JSON has.

    >>> plain([Decimal("3"), b"\\x01\\xff", float("nan")])
    [3, '01ff', None]
    """
    match value:
        case Decimal():
            whole = value == value.to_integral_value()
            return int(value) if whole else float(value)
        case float():
            return value if math.isfinite(value) else None
        case bytes():
            return value.hex()
        case list() | tuple():
            return [plain(each) for each in value]
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json(rows: pa.RecordBatchReader) -> Iterator[str]:
    before = "["
    for row in _records(rows):
        yield f"{before}\n  {_dumped(row)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _csv(rows: pa.RecordBatchReader) -> Iterator[str]:
    page = io.StringIO()
    lines = csv.writer(page, lineterminator="\n")
    lines.writerow(rows.schema.names)
    for row in _values(rows):
        lines.writerow(_dumped(each) if isinstance(each, list | dict) else each for each in row)
        if page.tell() > 1 << 16:
            yield page.getvalue()
            page.seek(0)
            page.truncate()
    yield page.getvalue()


def _json_lines(rows: pa.RecordBatchReader) -> Iterator[str]:
    for row in _records(rows):
        yield f"{_dumped(row)}\n"


_LINES: dict[str, Callable[[pa.RecordBatchReader], Iterator[str]]] = {
    "csv": _csv,
    "json": _json,
    "jsonl": _json_lines,
}


def _table(rows: pa.RecordBatchReader, limit: int, width: int) -> Iterator[str]:
    """Render the first rows, and say how many there are."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for field in rows.schema:
        side: Literal["left", "right"] = "right" if _is_number(field.type) else "left"
        table.add_column(printable(field.name), justify=side, overflow="fold")
    count = 0
    for batch in rows:
        for row in _values([batch.slice(0, max(0, limit - count))]):
            table.add_row(*map(_cell, row))
        count += len(batch)
    yield rendered([table], Sheet(width=width))
    if count > limit:
        yield f"\n{limit:,} of {count:,} rows: --limit, or --output-format csv for all\n"


def _is_number(kind: pa.DataType) -> bool:
    import pyarrow as pa

    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(is_one(kind) for is_one in tests)


def _cell(value: object) -> str:
    match value:
        case None:
            return "-"
        case str():
            text = value
        case float():
            text = f"{value:.4g}"
        case _:
            text = _dumped(value)
    text = printable(text)
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"

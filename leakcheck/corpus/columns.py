"""Passages of columnar data: plain string columns go into a batch without a Python loop."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus.blocks import UnreadRecord
from leakcheck.corpus.encoding import decode
from leakcheck.corpus.shapes import metadata_characters

__all__ = ["holds_text", "plain_passages", "records_of", "text_columns"]

PlainPassages = tuple[pa.LargeStringArray, npt.NDArray[np.int64], list[str]]
"""Texts, the row each stands in counted from the start of the columns, and sources."""


def holds_text(kind: pa.DataType) -> bool:
    """Tell whether values of this type can hold strings.

    >>> holds_text(pa.list_(pa.struct({"content": pa.string()}))), holds_text(pa.int64())
    (True, False)
    """
    return _is_plain(kind) or any(
        holds_text(kind.field(child).type) for child in range(kind.num_fields)
    )


def text_columns(schema: pa.Schema, text_field: str | None) -> list[str]:
    """Name the columns to read: all that can hold text, or the one the text field is in."""
    names = [field.name for field in schema if holds_text(field.type)]
    if text_field is None:
        return names
    top = text_field if text_field in names else text_field.split(".")[0].removesuffix("[]")
    return [name for name in names if name == top]


def plain_passages(columns: pa.RecordBatch, text_field: str | None) -> PlainPassages | None:
    """Take the passages straight from the columns if all are plain strings; None if not."""
    names = columns.schema.names
    if not names or not all(_is_plain(field.type) for field in columns.schema):
        return None
    if text_field is not None and names != [text_field]:
        return None
    if not _is_valid(columns):
        return None
    arrays = [column.cast(pa.large_string()) for column in columns.columns]
    limits = [0 if text_field else metadata_characters(name) for name in names]
    keep = [_is_text(array, limit) for array, limit in zip(arrays, limits, strict=True)]
    return _row_by_row(arrays, keep, names)


def records_of(columns: pa.RecordBatch) -> list[object]:
    """Make records of columns, as JSON would give them; a row that holds no UTF-8 is unread."""
    try:
        return columns.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        return [_record(columns.slice(row, 1)) for row in range(len(columns))]


def _record(columns: pa.RecordBatch) -> object:
    """Make a record of one row, with bytes that are not UTF-8 in one of its cells perhaps."""
    try:
        pairs = zip(columns.schema.names, columns.columns, strict=True)
        return {name: _cell(column) for name, column in pairs}
    except UnicodeDecodeError as error:
        return UnreadRecord(f"invalid UTF-8 in a nested column: {error}", columns.nbytes)


def _cell(column: pa.Array) -> object:
    if not _is_plain(column.type) or column.null_count:
        return column[0].as_py()
    return decode(column.cast(pa.large_string()).cast(pa.large_binary())[0].as_py())


def _is_valid(columns: pa.RecordBatch) -> bool:
    try:
        columns.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _row_by_row(arrays: list[pa.Array], keep: list[pa.Array], names: list[str]) -> PlainPassages:
    """Put the kept values of all columns in the order of a reader: row by row."""
    kept = np.stack([np.asarray(mask) for mask in keep], axis=1)
    rows, columns = np.nonzero(kept)
    if len(arrays) == 1:
        texts = arrays[0] if len(rows) == len(arrays[0]) else arrays[0].filter(keep[0])
        return texts, rows.astype(np.int64), names * len(rows)
    texts = pa.concat_arrays(arrays).take(pa.array(columns * len(arrays[0]) + rows))
    return texts, rows.astype(np.int64), [names[column] for column in columns]


def _is_text(array: pa.LargeStringArray, metadata_limit: int) -> pa.BooleanArray:
    """Tell for every value whether it is a passage: not null, not blank, not short metadata."""
    import pyarrow.compute as pc

    text = pc.and_not(pc.greater(pc.utf8_length(array), metadata_limit), pc.utf8_is_space(array))
    return pc.fill_null(text, False)


def _is_plain(kind: pa.DataType) -> bool:
    types = pa.types
    if types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))

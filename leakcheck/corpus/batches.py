"""From records, however they were stored, to batches of passages.

Formats hand over blocks of records in the order of the file; here they get their row numbers, and
what could not be read becomes a `Skipped` beside the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus.blocks import RecordBlock, UnreadRecord, UnreadRows
from leakcheck.corpus.columns import plain_passages, records_of
from leakcheck.corpus.encoding import undecodable_at, without_surrogates
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped
from leakcheck.corpus.shapes import append_field, append_passages

__all__ = ["batches", "field_missing"]

_NAMES_SHOWN = 12


def batches(
    opened: OpenFile, blocks: Iterable[RecordBlock | UnreadRows]
) -> Iterator[PassageBatch | Skipped]:
    """Yield one batch a block, after what was skipped in it.

    If a text field is asked for and no record holds text in it, that is told at the end.
    """
    row, consumed_bytes, found_text = 0, 0, False
    names: dict[str, None] = {}
    for block in blocks:
        if isinstance(block, UnreadRows):
            yield Skipped(opened.file.name, row, block.reason, block.size_bytes)
            row += block.rows
            continue
        records, rows = _wanted(opened, block.records, row)
        row += len(block.records)
        batch, skipped = _batch(opened, records, rows, block.consumed_bytes - consumed_bytes)
        yield from skipped
        if batch.documents or batch.bytes_read:
            yield replace(batch, end_row=row)
        consumed_bytes = block.consumed_bytes
        found_text = found_text or len(batch.texts) > 0
        if opened.text_field is not None and not found_text:
            names.update(_field_names(records))
    if names and not found_text and opened.text_field is not None:
        yield field_missing(
            opened.file.name, opened.text_field, list(names), opened.stretch.size_bytes
        )


def _wanted(
    opened: OpenFile, records: Sequence[object] | pa.RecordBatch, first_row: int
) -> tuple[Sequence[object] | pa.RecordBatch, npt.NDArray[np.int64]]:
    """Return the records of a block that are to be read, and their row numbers."""
    rows = np.arange(first_row, first_row + len(records))
    part = opened.file.part
    if part is None or isinstance(records, pa.RecordBatch):  # columns are read whole
        return records, rows
    numbered = [(record, row) for row, record in enumerate(records, first_row) if row in part.rows]
    return [record for record, _ in numbered], np.array([row for _, row in numbered], np.int64)


def _batch(
    opened: OpenFile,
    records: Sequence[object] | pa.RecordBatch,
    rows_of_records: npt.NDArray[np.int64],
    bytes_read: int,
) -> tuple[PassageBatch, list[Skipped]]:
    if isinstance(records, pa.RecordBatch):
        if plain := plain_passages(records, opened.text_field):
            texts, offsets, sources = plain
            rows = rows_of_records[offsets]
            return PassageBatch(opened.file, texts, rows, sources, len(records), bytes_read), []
        records = records_of(records)
    found = _collect(opened, records, rows_of_records)
    ends = np.array([0, *found.ends], np.int64)
    rows = np.repeat(rows_of_records, ends[1:] - ends[:-1])
    documents = len(records) - found.lost_records
    texts = _texts(opened, found, rows)
    batch = PassageBatch(opened.file, texts, rows, found.sources, documents, bytes_read)
    return batch, found.skipped


@dataclass(slots=True)
class _Found:
    """The passages of a block while they are gathered."""

    sources: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """For each record, how many passages there are up to its end."""
    skipped: list[Skipped] = field(default_factory=list)
    lost_records: int = 0


def _collect(opened: OpenFile, records: Sequence[object], rows: npt.NDArray[np.int64]) -> _Found:
    found = _Found()
    sources, texts, ends = found.sources, found.texts, found.ends
    text_field = opened.text_field
    for record in records:
        try:
            if type(record) not in _RECORD_TYPES:
                _lose(opened, found, int(rows[len(ends)]), record)
            elif text_field is None:
                append_passages(record, "", sources, texts)
            else:
                append_field(record, text_field, sources, texts)
        except RecursionError:
            deep = Skipped(opened.file.name, int(rows[len(ends)]), "nested too deeply", 1)
            found.skipped.append(deep)
        ends.append(len(texts))
    return found


_RECORD_TYPES = frozenset({dict, list, str})


def _lose(opened: OpenFile, found: _Found, row: int, record: object) -> None:
    """Note a record that is none."""
    if not isinstance(record, UnreadRecord):
        shown = "null" if record is None else str(record).lower()
        reason = f"not a record: {shown[:40]} (an object, an array or a string is expected)"
        record = UnreadRecord(reason, len(shown))
    found.skipped.append(Skipped(opened.file.name, row, record.reason, record.size_bytes))
    found.lost_records += 1


def _texts(opened: OpenFile, found: _Found, rows: npt.NDArray[np.int64]) -> pa.LargeStringArray:
    """Make the texts an array; surrogates left by careless decoding are mended and told of."""
    try:
        "".join(set(found.sources)).encode()
        return _string_array(found.texts)
    except UnicodeEncodeError:
        found.sources[:] = map(without_surrogates, found.sources)
    for row, source, text in zip(rows.tolist(), found.sources, found.texts, strict=True):
        position = undecodable_at(text)
        if position is not None:
            place = f" of {source}" if source else ""
            reason = f"invalid UTF-8 at character {position}{place}; read with U+FFFD in its place"
            found.skipped.append(Skipped(opened.file.name, row, reason, 0))
    found.skipped.sort(key=lambda skipped: skipped.row or 0)
    return _string_array(map(without_surrogates, found.texts))


def _string_array(texts: Iterable[str]) -> pa.LargeStringArray:
    """Make texts an array, without the copies in UTF-8 that pa.array leaves in each of them.

    Raises UnicodeEncodeError if a text holds a lone surrogate.
    """
    encoded = list(map(str.encode, texts))
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    offsets = np.concatenate([np.zeros(1, np.int64), ends])
    data = pa.py_buffer(b"".join(encoded))
    return pa.LargeStringArray.from_buffers(len(encoded), pa.py_buffer(offsets), data)


def _field_names(records: Sequence[object] | pa.RecordBatch) -> dict[str, None]:
    """Give the names of the fields in a block's records, in order of appearance."""
    if isinstance(records, pa.RecordBatch):
        return dict.fromkeys(records.schema.names)
    dicts = (record for record in records if isinstance(record, dict))
    return dict.fromkeys(name for record in dicts for name in record)


def field_missing(name: str, text_field: str, others: Sequence[str], unread_bytes: int) -> Skipped:
    """Say that no record of a file, or of a stretch of it, holds text in the field asked for."""
    others = [without_surrogates(other) for other in others]
    more = f" and {len(others) - _NAMES_SHOWN} more" if len(others) > _NAMES_SHOWN else ""
    reason = (
        f"no record holds text in the field {text_field!r}; "
        f"its fields: {', '.join(others[:_NAMES_SHOWN])}{more}"
    )
    return Skipped(name, None, reason, unread_bytes, tuple(others))

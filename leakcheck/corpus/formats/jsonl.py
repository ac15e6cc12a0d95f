"""JSON lines: one record a line; lines end at a line feed and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from leakcheck.corpus.batches import batches
from leakcheck.corpus.blocks import RecordBlock, UnreadRecord
from leakcheck.corpus.encoding import decode, line_blocks, shown, utf8_blocks
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

__all__ = ["jsonl_blocks", "read_jsonl"]

_DECODER = msgspec.json.Decoder()
_LENIENT = json.JSONDecoder(strict=False)


def read_jsonl(opened: OpenFile) -> Iterator[PassageBatch | Skipped]:
    """Read JSON lines; blank lines are no records, a broken line is skipped."""
    yield from batches(opened, jsonl_blocks(opened, utf8_blocks(opened.stream, opened.batch_bytes)))


def jsonl_blocks(opened: OpenFile, blocks: Iterator[bytes]) -> Iterator[RecordBlock]:
    """Turn blocks of bytes, cut anywhere, into blocks of records."""
    for block in line_blocks(blocks):
        yield RecordBlock(_records(block), opened.stream.consumed_bytes)


def _records(block: bytes) -> list[object]:
    """Decode all lines at once, or one by one if any of them is broken."""
    try:
        records: list[object] = _DECODER.decode_lines(block)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        lines = (line for line in block.split(b"\n") if line.strip())
        return [record for line in lines for record in _line_records(line)]
    return records


def _line_records(line: bytes) -> list[object]:
    """Decode one line, as leniently as it takes: what can be read must be searched."""
    try:
        records: list[object] = _DECODER.decode_lines(line)
        return records
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    text = decode(line)
    try:
        # Reads what msgspec refuses: raw control characters, lone surrogates, NaN, 1e999.
        return [_LENIENT.decode(text)]
    except RecursionError:
        return [UnreadRecord("nested too deeply", len(line))]
    except ValueError as error:
        return [UnreadRecord(f"not JSON: {error}; the line begins {shown(text)}", len(line))]

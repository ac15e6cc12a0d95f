"""JSON: an array of records, one record, or JSON lines under a name that does not say so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

import msgspec

from leakcheck.corpus.batches import batches
from leakcheck.corpus.blocks import RecordBlock, UnreadRecord
from leakcheck.corpus.encoding import decode, shown, text_blocks, utf8_blocks
from leakcheck.corpus.formats.json_array import array_elements
from leakcheck.corpus.formats.jsonl import jsonl_blocks
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

__all__ = ["is_json_lines", "read_json"]

_LENIENT = json.JSONDecoder(strict=False)


def read_json(opened: OpenFile) -> Iterator[PassageBatch | Skipped]:
    """Read a .json file; what it holds is told by its beginning."""
    blocks = utf8_blocks(opened.stream, opened.batch_bytes)
    head = next(blocks, b"")
    whole = chain([head], blocks)
    if is_json_lines(head):
        yield from batches(opened, jsonl_blocks(opened, whole))
    elif head.lstrip().startswith(b"["):
        yield from batches(opened, _array_blocks(opened, whole))
    else:
        records = _values(decode(b"".join(whole)))
        yield from batches(opened, [RecordBlock(records, opened.stream.consumed_bytes)])


def _array_blocks(opened: OpenFile, blocks: Iterator[bytes]) -> Iterator[RecordBlock]:
    for elements in array_elements(text_blocks(blocks)):
        yield RecordBlock(elements, opened.stream.consumed_bytes)
    yield RecordBlock([], opened.stream.consumed_bytes)


def is_json_lines(head: bytes) -> bool:
    """Tell whether every line is a record, by the first two that are not blank.

    One line alone is an array if it opens as one; else it is a record, as in JSON lines.
    """
    first, _, rest = head.lstrip().partition(b"\n")
    first, second = first.rstrip(), rest.lstrip()
    if not second:
        return first[:1] in (b"{", b'"')
    looks_complete = first.startswith(b"{") and first.endswith(b"}") and second.startswith(b"{")
    return looks_complete or _is_value(first)


def _is_value(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict | list | str)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def _values(text: str) -> list[object]:
    """Decode one value, or several written one after the other over many lines each."""
    values: list[object] = []
    text = text.strip()
    position = 0
    while position < len(text):
        try:
            value, position = _LENIENT.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            rest = text[position:]
            reason = f"not JSON: {error}; it begins {shown(rest)}"
            return [*values, UnreadRecord(reason, len(rest.encode("utf-8", "surrogateescape")))]
        values.append(value)
        position += len(text[position:]) - len(text[position:].lstrip())
    return values

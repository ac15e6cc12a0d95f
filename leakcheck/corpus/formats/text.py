"""Plain text and Markdown: one file, one document, one passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leakcheck.corpus.batches import batches
from leakcheck.corpus.blocks import RecordBlock
from leakcheck.corpus.encoding import decode, utf8_blocks
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

__all__ = ["read_text"]


def read_text(opened: OpenFile) -> Iterator[PassageBatch | Skipped]:
    """Read the whole file as one document; an empty file holds none."""
    # A text field names a place in a record, and a text has none: it is read all the same.
    whole = b"".join(utf8_blocks(opened.stream, opened.batch_bytes))
    records = [decode(whole)] if whole else []
    opened = replace(opened, text_field=None)
    yield from batches(opened, [RecordBlock(records, opened.stream.consumed_bytes)])

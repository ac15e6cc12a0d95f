"""Reading one corpus file, whatever its format: passages, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa

from leakcheck.corpus.compression import ByteStream, open_stream
from leakcheck.corpus.formats import can_be_cut, reader_of
from leakcheck.corpus.formats.jsonl import read_jsonl
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import CorpusFile, PassageBatch, Skipped
from leakcheck.corpus.storage import ChangedError
from leakcheck.corpus.stretch import Stretch, whole
from leakcheck.errors import InputError

__all__ = ["BATCH_BYTES", "read_file"]

BATCH_BYTES = 4 * 1024 * 1024
_LINE_SHARE = 64
"""Lines are seldom longer than a batch divided by this."""


def read_file(
    file: CorpusFile,
    *,
    stretch: Stretch | None = None,
    text_field: str | None = None,
    batch_bytes: int = BATCH_BYTES,
    standard_input: BinaryIO | None = None,
) -> Iterator[PassageBatch | Skipped]:
    """Yield the passages of a corpus file in batches, and what of it could not be read.

    `text_field` takes one field of every record only (`text`, `data.text`, `messages[].content`).
    With `stretch` only what starts there is read, and rows are counted from its start. A batch is
    made of about `batch_bytes` of decompressed data, but never of less than one document. Standard
    input is JSON lines, from `standard_input`, by default the process's.

    Damaged data never raises: what was read before it is yielded, then a Skipped. Raises
    InputError if the file's name tells of no format leakcheck reads.
    """
    reader = read_jsonl if file.is_standard_input else reader_of(file.base_name)
    if reader is None:
        raise InputError(f"{file.name}: not a format leakcheck reads")
    stretch = stretch or whole(file)
    bytes_read = 0
    stream: ByteStream | None = None
    problem = changed = ""
    try:
        with open_stream(stretch, standard_input) as stream:
            even_bytes = _even_batch_bytes(stretch, batch_bytes)
            for item in reader(OpenFile(stretch, stream, text_field, even_bytes)):
                bytes_read += item.bytes_read if isinstance(item, PassageBatch) else 0
                yield item
    except ChangedError as error:
        changed = str(error)
    except (OSError, ValueError, EOFError, RecursionError, pa.ArrowException) as error:
        problem = str(error) or type(error).__name__
    if changed:
        yield Skipped(file.name, None, changed, max(1, stretch.size_bytes - bytes_read))
    elif stream is not None and stream.damage is not None:
        unread_bytes = stretch.size_bytes - stream.damage_starts_byte
        yield _damaged(file, stream.damage, unread_bytes)
    elif problem:
        yield _damaged(file, problem, stretch.size_bytes - bytes_read)


def _even_batch_bytes(stretch: Stretch, batch_bytes: int) -> int:
    """Return how much to read at a time so that a stretch has no small batch at its end.

    The line that reaches beyond the stretch is read with what is before it. Of files that cannot be
    cut it may depend on `batch_bytes` what a record is, or nobody knows how much there is.
    """
    if stretch.file.is_standard_input or not can_be_cut(stretch.file.name):
        return batch_bytes
    batches = max(1, round(stretch.size_bytes / batch_bytes))
    return -(-stretch.size_bytes // batches) + batch_bytes // _LINE_SHARE


def _damaged(file: CorpusFile, problem: str, unread_bytes: int) -> Skipped:
    """Say that a file could not be read to its end; at least one byte counts as unread."""
    first_line = problem.splitlines()[0]
    return Skipped(
        file.name, None, f"could not be read to its end: {first_line}", max(1, unread_bytes)
    )

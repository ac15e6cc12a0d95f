"""Filling an index: files are read and fingerprinted, and kept segment by segment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus import CorpusFile, Skipped
from leakcheck.corpus_index.building.changes import location_of, storable
from leakcheck.corpus_index.building.reading import FileBatch, FileEnd, read_files
from leakcheck.corpus_index.building.segment import SegmentWriter
from leakcheck.corpus_index.sketching.fingerprints import Fingerprints, fingerprint_batch
from leakcheck.corpus_index.stored.store import (
    CorpusIndex,
    read_manifest,
    remove_leftovers,
    write_manifest,
)
from leakcheck.errors import CorpusIndexError, LeakcheckError
from leakcheck.threads import map_in_order

__all__ = ["MOST_DOCUMENTS", "Filling"]

MOST_DOCUMENTS = 1 << 32
"""They are numbered with 32 bits."""


class Filling:
    """Adds files to an index that is locked."""

    def __init__(
        self, index: CorpusIndex, threads: int, on_read: Callable[[int, int], None]
    ) -> None:
        self.index = index
        """As it is after the last segment that was kept."""
        self.skipped: list[Skipped] = []
        self._threads = threads
        self._on_read = on_read
        self._next_document = index.manifest.next_document
        self._begin_file()

    def _begin_file(self) -> None:
        self._first_document = self._next_document
        self._documents = self._text_bytes = 0

    def fill(self, files: Sequence[CorpusFile], noted: Sequence[Skipped]) -> None:
        """Read files, and keep a segment whenever there is one worth it at the end of a file.

        Raises:
            CorpusIndexError: something cannot be written, or there are too many documents; what
                was kept before is there.
        """
        writer = self._new_segment()
        try:
            _note(writer, noted)
            events = read_files(files, self.index.settings.text_field)
            for event, found in map_in_order(self._fingerprinted, events, self._threads):
                if isinstance(event, FileEnd):
                    self._end_file(event, writer)
                    if writer.parts:
                        self._keep(writer)
                        writer = self._new_segment()
                elif found is not None:
                    self._add_batch(event, found, writer)
            self._keep(writer)
        except BaseException:
            writer.abandon()
            # The manifest on disk: nobody knows how far a segment came that was being kept.
            with suppress(LeakcheckError):
                remove_leftovers(self.index.path, read_manifest(self.index.path))
            raise

    def _fingerprinted(self, event: FileBatch | FileEnd) -> Fingerprints | None:
        if isinstance(event, FileEnd):
            return None
        return fingerprint_batch(event.batch, self.index.settings.scale)

    def _new_segment(self) -> SegmentWriter:
        return SegmentWriter(self.index.segment_folder(f"{self.index.manifest.next_segment:04}"))

    def _keep(self, writer: SegmentWriter) -> None:
        segment = writer.finish()
        manifest = self.index.manifest
        if not segment.data:
            remove_leftovers(self.index.path, manifest)
            return
        self.index = write_manifest(
            self.index.path,
            msgspec.structs.replace(
                manifest,
                segments=[*manifest.segments, segment],
                next_segment=manifest.next_segment + 1,
                next_document=self._next_document,
            ),
        )

    def _add_batch(self, event: FileBatch, found: Fingerprints, writer: SegmentWriter) -> None:
        batch, places = event
        rows = _distinct(batch.rows)
        first, end = self._next_document, self._next_document + len(rows)
        if end > MOST_DOCUMENTS:
            raise CorpusIndexError(
                f"{self.index.path}: more than {MOST_DOCUMENTS:,} documents; divide the corpus "
                "between several indexes"
            )
        if len(rows):
            writer.add_rows(
                "documents",
                {
                    "document": np.arange(first, end).astype(np.uint32),
                    "path": _repeated(batch.file.name, len(rows)),
                    "row": rows,
                    **places.of(rows),
                    "tokens": found.tokens,
                    "content": found.contents,
                },
            )
            writer.add_fingerprints(found, first)
        self._next_document = end
        self._documents += batch.documents
        self._text_bytes += _text_bytes(batch.texts)
        self._on_read(batch.bytes_read, batch.documents)

    def _end_file(self, event: FileEnd, writer: SegmentWriter) -> None:
        file = event.file
        writer.add_file(
            {
                "path": [file.name],
                "location": [location_of(file)],
                "size_bytes": [file.size_bytes],
                "text_bytes": [self._text_bytes],
                "content": [event.content],
                "documents": [self._documents],
                "first_document": [min(self._first_document, MOST_DOCUMENTS - 1)],
                "indexed_documents": [self._next_document - self._first_document],
            },
            self._documents,
        )
        _note(writer, event.skipped)
        self.skipped += event.skipped
        self._begin_file()


def _note(writer: SegmentWriter, skipped: Sequence[Skipped]) -> None:
    if skipped:
        writer.add_rows(
            "skipped",
            {
                "path": [each.name for each in skipped],
                "row": [each.row for each in skipped],
                "reason": [storable(each.reason) for each in skipped],
                "unread_bytes": [each.unread_bytes for each in skipped],
            },
        )


def _distinct(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return each row once; they ascend."""
    return rows[np.flatnonzero(np.diff(rows, prepend=-1))]


def _repeated(name: str, times: int) -> pa.DictionaryArray:
    # Not from NumPy or a list: Arrow would look for pandas each time, which takes longer than all.
    nought, path = pa.scalar(0, pa.int32()), pa.scalar(name, pa.string())
    return pa.DictionaryArray.from_arrays(pa.repeat(nought, times), pa.repeat(path, 1))


def _text_bytes(texts: pa.LargeStringArray) -> int:
    offsets = np.frombuffer(texts.buffers()[1], np.int64)
    return int(offsets[texts.offset + len(texts)] - offsets[texts.offset]) if len(texts) else 0

"""Building an index, and adding to one: what is new or changed is read, all else stays."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, find_files, read_file
from leakcheck.corpus_index.fingerprints import fingerprint_batch
from leakcheck.corpus_index.lines import line_places
from leakcheck.corpus_index.records import Manifest, new_manifest
from leakcheck.corpus_index.removal import remove_paths
from leakcheck.corpus_index.segment import SegmentWriter
from leakcheck.corpus_index.store import (
    CorpusIndex,
    is_index,
    locked,
    open_index,
    write_manifest,
)
from leakcheck.errors import CorpusIndexError, InputError, UsageError
from leakcheck.threads import map_in_order

__all__ = ["IndexProgress", "Indexed", "add_to_index", "build_index"]

_MOST_DOCUMENTS = 1 << 32


class IndexProgress(NamedTuple):
    """How far indexing has come."""

    bytes_read: int
    bytes_total: int
    documents: int


class Indexed(NamedTuple):
    """What a run of indexing did."""

    index: CorpusIndex
    added: list[str]
    """Files that were read."""
    replaced: list[str]
    """Those of them that had other content when they were indexed before."""
    unchanged: list[str]
    skipped: list[Skipped]


def build_index(
    paths: Sequence[str | os.PathLike[str]],
    output: Path,
    *,
    scale: int = 4,
    text_field: str | None = None,
    threads: int | None = None,
    on_progress: Callable[[IndexProgress], None] = lambda _: None,
) -> Indexed:
    """Index a corpus, or go on with an index of it that was begun.

    Args:
        paths: files, folders or globs.
        output: the folder of the index, as `corpus.lki`.
        scale: keep one in so many fingerprints.
        text_field: take only this field of each record, as `data.text`.
        threads: how many batches are fingerprinted at once; by default one a core.
        on_progress: called now and then, from the calling thread.

    Raises:
        InputError: a path is not there, or nothing could be read at all.
        CorpusIndexError: the folder is something else, or an index with other settings.
    """
    if not is_index(output):
        if output.exists() and (not output.is_dir() or _foreign_files(output)):
            raise CorpusIndexError(f"{output}: is there and is no index; name another folder")
        find_files(list(paths))  # before anything is written
        with locked(output):
            write_manifest(output, new_manifest(scale, text_field))
    settings = open_index(output).settings
    for name, asked, found in (
        ("scale", scale, settings.scale),
        ("text field", text_field, settings.text_field),
    ):
        if asked != found:
            raise CorpusIndexError(
                f"{output}: an index with {name} {found}, not {asked}; name another folder, or "
                f"remove this one"
            )
    return add_to_index(output, paths, threads=threads, on_progress=on_progress)


def _foreign_files(folder: Path) -> bool:
    return any(path.name not in ("lock", "segments") for path in folder.iterdir())


def add_to_index(
    path: Path,
    paths: Sequence[str | os.PathLike[str]],
    *,
    threads: int | None = None,
    on_progress: Callable[[IndexProgress], None] = lambda _: None,
) -> Indexed:
    """Add files to an index; those it has with the same content are left alone.

    What was added so far stays if the run is stopped: a later one goes on from there.

    Raises:
        UsageError: standard input is named, which cannot be read again.
        InputError: a path is not there, or nothing could be read at all.
        CorpusIndexError: the index cannot be used, or is being changed by another process.
    """
    if "-" in map(os.fspath, paths):
        raise UsageError("standard input cannot be indexed: it could not be read again; name files")
    with locked(path):
        index = open_index(path)
        files, unreadable = find_files(list(paths))
        contents = {file.name: _content(file) for file in files}
        known = dict(zip(*_columns(index, "path", "content"), strict=True))
        replaced = [f.name for f in files if known.get(f.name, contents[f.name]) != contents[f.name]]
        wanted = [f for f in files if f.name not in known or f.name in replaced]
        index = remove_paths(index, replaced)
        run = _Run(index, contents, threads or os.cpu_count() or 1, on_progress)
        run.skipped += unreadable
        run.index_files(wanted, unreadable)
    if not wanted and not files:
        raise InputError("no file to index")
    return Indexed(
        run.index,
        [file.name for file in wanted],
        replaced,
        [file.name for file in files if file not in wanted],
        run.skipped,
    )


def _columns(index: CorpusIndex, *names: str) -> list[list[str]]:
    table = index.read("files", list(names))
    return [table.column(name).to_pylist() for name in names]


def _content(file: CorpusFile) -> str:
    """Hash the bytes of a file; one that cannot be opened has no content."""
    assert file.path is not None  # standard input was refused
    try:
        with file.path.open("rb") as data:
            return hashlib.file_digest(data, partial(hashlib.blake2b, digest_size=16)).hexdigest()
    except OSError:
        return ""


class _Run:
    """Indexing some files, segment by segment."""

    def __init__(
        self,
        index: CorpusIndex,
        contents: dict[str, str],
        threads: int,
        on_progress: Callable[[IndexProgress], None],
    ) -> None:
        self.index = index
        self.skipped: list[Skipped] = []
        self._contents = contents
        self._threads = threads
        self._on_progress = on_progress
        self._next_document = index.manifest.next_document
        self._bytes_read = self._documents = self._bytes_total = 0

    def index_files(self, files: Sequence[CorpusFile], unreadable: Sequence[Skipped]) -> None:
        """Read files, and commit a segment whenever there is one worth keeping."""
        self._bytes_total = sum(file.size_bytes for file in files)
        writer = self._new_segment()
        try:
            _note_skipped(writer, unreadable)
            for file in files:
                self._index_file(file, writer)
                if writer.parts:
                    self._commit(writer)
                    writer = self._new_segment()
        except BaseException:
            writer.abandon()
            raise
        self._commit(writer)

    def _new_segment(self) -> SegmentWriter:
        return SegmentWriter(self.index.segment_folder(f"{self.index.manifest.next_segment:04}"))

    def _commit(self, writer: SegmentWriter) -> None:
        segment = writer.finish()
        if not segment.data:
            return
        manifest = self.index.manifest
        self.index = write_manifest(
            self.index.path,
            msgspec.structs.replace(
                manifest,
                segments=[*manifest.segments, segment],
                next_segment=manifest.next_segment + 1,
                next_document=self._next_document,
            ),
        )

    def _index_file(self, file: CorpusFile, writer: SegmentWriter) -> None:
        first = self._next_document
        documents = 0
        places = line_places(file)
        batches = self._batches(file, writer)
        sketch = partial(fingerprint_batch, scale=self.index.settings.scale)
        for batch, found in map_in_order(sketch, batches, self._threads):
            rows = _distinct(batch.rows)
            writer.add_rows(
                "documents",
                {
                    "document": np.arange(len(rows), dtype=np.uint32)
                    + np.uint32(self._next_document),
                    "path": _repeated(file.name, len(rows)),
                    "row": rows,
                    **places.of(rows),
                    "tokens": found.tokens,
                    "content": found.contents,
                },
            )
            writer.add_fingerprints(found, self._next_document)
            self._next_document += len(rows)
            if self._next_document > _MOST_DOCUMENTS:
                raise CorpusIndexError(
                    f"{self.index.path}: more than {_MOST_DOCUMENTS:,} documents; "
                    "divide the corpus between several indexes"
                )
            documents += batch.documents
            self._documents += batch.documents
            self._bytes_read += batch.bytes_read
            self._on_progress(IndexProgress(self._bytes_read, self._bytes_total, self._documents))
        writer.add_file(
            {
                "path": [file.name],
                "location": [str(Path(file.path or "").resolve())],
                "size_bytes": [file.size_bytes],
                "content": [self._contents[file.name]],
                "documents": [documents],
                "first_document": [first],
                "indexed_documents": [self._next_document - first],
            },
            documents,
        )

    def _batches(self, file: CorpusFile, writer: SegmentWriter) -> Iterator[PassageBatch]:
        for read in read_file(file, text_field=self.index.settings.text_field):
            if isinstance(read, Skipped):
                self.skipped.append(read)
                _note_skipped(writer, [read])
            else:
                yield read


def _note_skipped(writer: SegmentWriter, skipped: Sequence[Skipped]) -> None:
    writer.add_rows(
        "skipped",
        {
            "path": [each.name for each in skipped],
            "row": [each.row for each in skipped],
            "reason": [each.reason for each in skipped],
            "unread_bytes": [each.unread_bytes for each in skipped],
        },
    )


def _distinct(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return each row once; they ascend."""
    return rows[np.flatnonzero(np.diff(rows, prepend=-1))]


def _repeated(name: str, times: int) -> object:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(np.zeros(times, np.int32), [name])

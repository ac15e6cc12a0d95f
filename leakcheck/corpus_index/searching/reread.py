"""Reading some documents of a corpus again, where the index says they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, read_file
from leakcheck.corpus_index.sketching.contents import batch_columns, content_hashes
from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["Lost", "Reread", "reread"]

BATCH_BYTES = 4 * 1024 * 1024


class Reread(NamedTuple):
    """Documents that are still what they were when they were indexed."""

    batch: PassageBatch
    documents: npt.NDArray[np.uint32]
    """Shape (documents,): their numbers in the index, ascending."""


class Lost(NamedTuple):
    """Documents of a file that are not there any more, or changed."""

    documents: npt.NDArray[np.uint32]
    path: str
    reason: str


class _Wanted(NamedTuple):
    """The documents of one file that are wanted, columns of shape (documents,)."""

    documents: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.int64]
    contents: npt.NDArray[np.uint64]
    places: list[tuple[int, int]] | None
    """Offset and length of each in the file; None where they are not known."""


def reread(index: CorpusIndex, documents: npt.NDArray[np.uint32]) -> Iterator[Reread | Lost]:
    """Yield documents by their numbers, file by file in the order of the index.

    Raises:
        CorpusIndexError: a file of the index is damaged or gone.
    """
    locations = _locations(index)
    for path, wanted in _wanted(index, documents):
        file = _found(path, locations.get(path, ""))
        left = wanted.documents
        if file is not None:
            for batch in _batches(file, wanted, index.settings.text_field):
                same = _unchanged(batch, wanted, left)
                left = np.setdiff1d(left, same.documents)
                if len(same.documents):
                    yield same
                if not len(left):
                    break
        if len(left):
            gone = "is not there any more" if file is None else "has other text than it had"
            yield Lost(left, path, f"{gone} since it was indexed")


def _locations(index: CorpusIndex) -> dict[str, str]:
    files = index.read("files", ["path", "location"])
    return dict(zip(files["path"].to_pylist(), files["location"].to_pylist(), strict=True))


def _wanted(index: CorpusIndex, documents: npt.NDArray[np.uint32]) -> Iterator[tuple[str, _Wanted]]:
    columns = ["document", "path", "row", "offset", "length", "content"]
    numbers = pa.array(np.sort(documents))
    chosen = [
        row
        for batch in index.batches("documents", columns)
        for row in batch.filter(pc.is_in(batch["document"], numbers)).to_pylist()
    ]
    for path, group in groupby(chosen, key=lambda row: row["path"]):
        rows = list(group)
        places = [(row["offset"], row["length"]) for row in rows]
        yield (
            path,
            _Wanted(
                np.array([row["document"] for row in rows], np.uint32),
                np.array([row["row"] for row in rows], np.int64),
                np.array([row["content"] for row in rows], np.uint64),
                places if all(offset is not None for offset, _ in places) else None,
            ),
        )


def _found(path: str, location: str) -> CorpusFile | None:
    """Find a file where it was, or from this folder by the name it was given."""
    for place in filter(None, (location, path)):
        with suppress(OSError):
            status = Path(place).stat()
            if S_ISREG(status.st_mode):
                return CorpusFile(Path(place), path, status.st_size)
    return None


def _batches(file: CorpusFile, wanted: _Wanted, text_field: str | None) -> Iterator[PassageBatch]:
    """Read the wanted records, others along with them: by their places, or else from the start."""
    if wanted.places is not None:
        for start, lines in _lines(file, wanted.places):
            rows = wanted.rows[start : start + len(lines)]
            alone = CorpusFile(None, file.name, 0)
            text = BytesIO(b"".join(line + b"\n" for line in lines))
            for batch in _passages(read_file(alone, text_field=text_field, standard_input=text)):
                if batch.rows[-1] < len(rows):  # or the lines are others now, and not as many
                    yield replace(batch, rows=rows[batch.rows])
    for batch in _passages(read_file(file, text_field=text_field)):
        yield batch
        if batch.rows[-1] >= wanted.rows[-1]:
            return


def _passages(reads: Iterator[PassageBatch | Skipped]) -> Iterator[PassageBatch]:
    for read in reads:
        if isinstance(read, PassageBatch) and len(read.rows):
            yield read


def _lines(file: CorpusFile, places: list[tuple[int, int]]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield lines in blocks, each with the number of its first."""
    assert file.path is not None
    try:
        with file.path.open("rb") as data:
            lines: list[bytes] = []
            size = start = 0
            for number, (offset, length) in enumerate(places):
                data.seek(offset)
                lines.append(data.read(length))
                size += length
                if size >= BATCH_BYTES:
                    yield start, lines
                    lines, size, start = [], 0, number + 1
            if lines:
                yield start, lines
    except OSError:
        return


def _unchanged(batch: PassageBatch, wanted: _Wanted, left: npt.NDArray[np.uint32]) -> Reread:
    """Keep the wanted documents, of those that are left, whose text is what it was."""
    data, offsets, passages = batch_columns(batch)
    rows = batch.rows[passages[:-1]]
    place = np.minimum(np.searchsorted(wanted.rows, rows), len(wanted.rows) - 1)
    same = wanted.rows[place] == rows
    same &= np.isin(wanted.documents[place], left)
    if same.any():
        same &= content_hashes(data, offsets, passages) == wanted.contents[place]
    kept = np.repeat(same, np.diff(passages))
    sources = [source for source, keep in zip(batch.sources, kept.tolist(), strict=True) if keep]
    texts = batch.texts.filter(pa.array(kept)) if not kept.all() else batch.texts
    return Reread(
        replace(batch, texts=texts, rows=batch.rows[kept], sources=sources),
        wanted.documents[place[same]],
    )

"""An index on disk: opened for reading, or changed by a new manifest.

    corpus.lki/manifest.json               settings, and every file with its rows and checksum
    corpus.lki/lock                        held by who is changing it
    corpus.lki/segments/0001/*.parquet     what was added in one go
    corpus.lki/findings/gsm8k.parquet      what the last scan for a benchmark found

A change writes new files beside the old ones and then replaces the manifest: whoever reads sees
the old state or the new one, and a run that is killed leaves the old one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa

from leakcheck.benchmark.durable import replace_file
from leakcheck.corpus_index.stored.place import MANIFEST
from leakcheck.corpus_index.stored.records import INDEX_FORMAT, DataFile, IndexSettings, Manifest
from leakcheck.corpus_index.stored.tables import TABLES, read_batches, writing
from leakcheck.errors import CorpusIndexError
from leakcheck.version import __version__

__all__ = [
    "FINDINGS",
    "SEGMENTS",
    "CorpusIndex",
    "check_file",
    "open_index",
    "read_manifest",
    "remove_leftovers",
    "write_manifest",
]

SEGMENTS = "segments"
FINDINGS = "findings"


class _Head(msgspec.Struct):
    """What every format of the manifest has."""

    format: str
    leakcheck: str


@dataclass(frozen=True, slots=True)
class CorpusIndex:
    """An index as its manifest described it when it was opened."""

    path: Path
    manifest: Manifest

    @property
    def settings(self) -> IndexSettings:
        """What its content depends on."""
        return self.manifest.settings

    def segment_folder(self, name: str) -> Path:
        """Return the folder of a segment."""
        return self.path / SEGMENTS / name

    def data_paths(self, table: str) -> list[Path]:
        """Return the Parquet files of a table, segment by segment."""
        return [
            self.segment_folder(segment.name) / file.name
            for segment in self.manifest.segments
            for file in segment.data
            if file.table == table and file.rows
        ]

    def rows(self, table: str) -> int:
        """Return how many rows a table has."""
        return sum(f.rows for s in self.manifest.segments for f in s.data if f.table == table)

    def batches(self, table: str, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a table in pieces.

        Raises:
            CorpusIndexError: a file is damaged or gone.
        """
        for path in self.data_paths(table):
            yield from read_batches(path, columns)

    def read(self, table: str, columns: list[str] | None = None) -> pa.Table:
        """Read a table into memory; not for `ngrams` and `signatures`, which may be larger."""
        schema = TABLES[table]
        if columns is not None:
            schema = pa.schema([schema.field(name) for name in columns])
        return pa.Table.from_batches(
            [_plain(batch, schema) for batch in self.batches(table, columns)], schema
        )


def _plain(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    return batch if batch.schema.equals(schema) else batch.cast(schema)


def open_index(path: str | Path) -> CorpusIndex:
    """Open an index for reading.

    Raises:
        CorpusIndexError: there is none, it is damaged, or it was made with another tokeniser,
            fingerprint or format than this leakcheck uses.
    """
    index = CorpusIndex(Path(path), read_manifest(Path(path)))
    for segment in index.manifest.segments:
        for file in segment.data:
            check_file(index.segment_folder(segment.name) / file.name, file)
    return index


def read_manifest(path: Path) -> Manifest:
    """Read what an index says of itself, without a look at its files.

    Raises:
        CorpusIndexError: as `open_index`.
    """
    try:
        text = (path / MANIFEST).read_bytes()
        _check_format(path, msgspec.json.decode(text, type=_Head))
        manifest = msgspec.json.decode(text, type=Manifest)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CorpusIndexError(
            f"{path}: no index; make one with `leakcheck index CORPUS -o {path}`"
        ) from error
    except (OSError, ValueError) as error:
        raise CorpusIndexError(
            f"{path / MANIFEST}: damaged ({error}); put it back from a copy, or build the index "
            "again"
        ) from error
    _check_settings(path, manifest)
    return manifest


def _check_format(path: Path, head: _Head) -> None:
    if head.format != INDEX_FORMAT:
        raise CorpusIndexError(
            f"{path}: format {head.format!r}, this leakcheck {__version__} reads "
            f"{INDEX_FORMAT!r}; build it again, or use leakcheck {head.leakcheck}"
        )


def _check_settings(path: Path, manifest: Manifest) -> None:
    wanted = IndexSettings(manifest.settings.scale, manifest.settings.text_field)
    for name in IndexSettings.__struct_fields__:
        found, expected = getattr(manifest.settings, name), getattr(wanted, name)
        if found != expected:
            raise CorpusIndexError(
                f"{path}: made with {name} {_shown(found)}, this leakcheck {__version__} has "
                f"{_shown(expected)}; build it again, or use leakcheck {manifest.leakcheck}"
            )


def _shown(setting: object) -> str:
    return msgspec.json.encode(setting).decode()


def check_file(path: Path, file: DataFile) -> None:
    """Compare the size of a file with the manifest: what was cut short is named at once.

    Raises:
        CorpusIndexError: it has another size, or is gone.
    """
    try:
        size = path.stat().st_size
    except OSError:
        size = None
    if size != file.bytes:
        found = "is gone" if size is None else f"has {size:,} bytes"
        raise CorpusIndexError(
            f"{path} {found}, the manifest says {file.bytes:,}; put it back from a copy, "
            "or build the index again"
        )


def write_manifest(path: Path, manifest: Manifest) -> CorpusIndex:
    """Make a manifest the index's own, in one step, and remove the segments it does not name.

    Raises:
        CorpusIndexError: it cannot be written.
    """
    manifest = msgspec.structs.replace(manifest, leakcheck=__version__)
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    with writing(path / MANIFEST), replace_file(path / MANIFEST) as temporary:
        temporary.write_bytes(text)
    remove_leftovers(path, manifest)
    return CorpusIndex(path, manifest)


def remove_leftovers(path: Path, manifest: Manifest) -> None:
    """Remove what a manifest does not name: old segments, and those of runs that were stopped."""
    kept = {segment.name for segment in manifest.segments}
    for folder in (path / SEGMENTS).glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
    for temporary in path.glob(f".{MANIFEST}.*"):
        temporary.unlink(missing_ok=True)

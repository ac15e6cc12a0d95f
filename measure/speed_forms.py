"""The forms a corpus comes in: compressed, columns, one file; and smaller parts for slow tools."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from speed_corpora import Input

__all__ = ["FORMS", "ONE_FILE", "first_part", "in_form", "repeated"]

ONE_FILE = "one file"
GZIP_LEVEL = 6
"""That of gzip itself."""
ROWS = 1_000
"""Documents of a row group of Parquet."""

_WRITTEN_BYTES = 1 << 24


def in_form(plain: Input, form: str, folder: Path) -> Input:
    """Write a plain corpus in another form: a file for each of its files, or one for all."""
    target = folder / f"{plain.corpus}-{form.replace(' ', '-')}"
    target.mkdir()
    if form in _JOINED:
        repeated(plain, 1, target / _JOINED[form])
    else:
        suffix, write = _WRITERS[form]
        for path in plain.paths:
            write(path, target / f"{path.stem}{suffix}")
    return plain._replace(form=form, folder=target)


def first_part(plain: Input, megabytes: float, folder: Path) -> Input:
    """Write the first documents of a corpus, one file of about a size."""
    target = folder / f"{plain.corpus}-first-{megabytes:g}"
    target.mkdir()
    documents, size = 0, 0
    with (target / "part.jsonl").open("wb") as file:
        for line in _lines(plain):
            if size >= megabytes * 1_000_000:
                break
            file.write(line)
            documents += 1
            size += len(msgspec.json.decode(line)["text"].encode())
    return Input(plain.corpus, "plain", target, documents, size / 1e6)


def repeated(plain: Input, times: int, path: Path) -> Path:
    """Write all of a corpus, some times over, into one file, in gzip if its name says so."""
    with gzip.open(path, "wb", GZIP_LEVEL) if path.suffix == ".gz" else path.open("wb") as file:
        for _ in range(times):
            for shard in plain.paths:
                with shard.open("rb") as source:
                    shutil.copyfileobj(source, file, _WRITTEN_BYTES)
    return path


def _lines(plain: Input) -> Iterator[bytes]:
    for path in plain.paths:
        with path.open("rb") as file:
            yield from file


def _gzip(source: Path, target: Path) -> None:
    target.write_bytes(gzip.compress(source.read_bytes(), GZIP_LEVEL))


def _zstd(source: Path, target: Path) -> None:
    from backports import zstd

    target.write_bytes(zstd.compress(source.read_bytes()))


def _parquet(source: Path, target: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    with source.open("rb") as file:
        texts = [msgspec.json.decode(line)["text"] for line in file]
    parquet.write_table(pa.table({"text": texts}), target, row_group_size=ROWS)


_WRITERS: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "gzip": (".jsonl.gz", _gzip),
    "zstd": (".jsonl.zst", _zstd),
    "parquet": (".parquet", _parquet),
}
"""Suffix, and how a file of JSON lines is written in that form."""
_JOINED = {ONE_FILE: "corpus.jsonl", "gzip, one file": "corpus.jsonl.gz"}
"""The name of the file."""

FORMS = (*_JOINED, *_WRITERS)
"""All forms but the plain one."""

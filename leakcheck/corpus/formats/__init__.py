"""The formats leakcheck reads: one module each, and this table of them.

To add a format, write `read_<format>(opened) -> Iterator[PassageBatch | Skipped]` and add its
suffixes here. Compression is dealt with before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from leakcheck.corpus.compression import compression_of
from leakcheck.corpus.formats.arrow import read_arrow
from leakcheck.corpus.formats.csv import read_csv
from leakcheck.corpus.formats.json import read_json
from leakcheck.corpus.formats.jsonl import read_jsonl
from leakcheck.corpus.formats.parquet import read_parquet
from leakcheck.corpus.formats.text import read_text
from leakcheck.corpus.formats.tsv import read_tsv
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

__all__ = ["READERS", "Reader", "reader_of"]

Reader = Callable[[OpenFile], Iterator[PassageBatch | Skipped]]

READERS: dict[str, Reader] = {
    ".arrow": read_arrow,
    ".csv": read_csv,
    ".feather": read_arrow,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".markdown": read_text,
    ".md": read_text,
    ".ndjson": read_jsonl,
    ".parquet": read_parquet,
    ".tab": read_tsv,
    ".tsv": read_tsv,
    ".txt": read_text,
}


def reader_of(name: str) -> Reader | None:
    """Give the reader for a file of this name, compressed or not; None if there is none.

    >>> reader_of("shard-00.jsonl.zst").__name__, reader_of("LICENSE")
    ('read_jsonl', None)
    """
    format_name = name.lower().removesuffix(compression_of(name))
    return READERS.get(PurePath(format_name).suffix)

"""The formats leakcheck reads: one module each, and this table of them.

To add a format, write `read_<format>(opened) -> Iterator[PassageBatch | Skipped]` and add its
suffixes here. Compression is dealt with before. A reader that can begin inside of a file, with what
starts in `opened.stretch`, is named in `CUTTABLE` too.
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

__all__ = ["CUTTABLE", "READERS", "Reader", "can_be_cut", "is_one_document", "reader_of"]

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

CUTTABLE: frozenset[Reader] = frozenset({read_jsonl, read_parquet})


def reader_of(name: str) -> Reader | None:
    """Give the reader for a file of this name, compressed or not; None if there is none.

    >>> reader_of("shard-00.jsonl.zst").__name__, reader_of("LICENSE")
    ('read_jsonl', None)
    """
    format_name = name.lower().removesuffix(compression_of(name))
    return READERS.get(PurePath(format_name).suffix)


def can_be_cut(name: str) -> bool:
    """Tell whether a file of this name can be read from inside of it.

    >>> can_be_cut("shard-00.jsonl"), can_be_cut("shard-00.jsonl.zst"), can_be_cut("notes.md")
    (True, False, False)
    """
    return not compression_of(name) and reader_of(name) in CUTTABLE


def is_one_document(name: str) -> bool:
    """Tell whether a file of this name is one document, whatever its size.

    >>> is_one_document("notes.md"), is_one_document("notes.csv")
    (True, False)
    """
    return reader_of(name) is read_text

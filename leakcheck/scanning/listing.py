"""The files of a corpus as a shard saw them, so that others can tell whether they saw the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pyarrow as pa
from pyarrow import feather

from leakcheck.benchmark.durable import replace_file
from leakcheck.corpus import CorpusFile, Skipped
from leakcheck.errors import RunError

__all__ = ["LISTING", "read_listing", "write_listing"]

LISTING = "files.arrow"

_UNREADABLE = b"leakcheck.unreadable"
_SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("size_bytes", pa.int64()),
        ("modified_ns", pa.int64()),
    ]
)


def write_listing(path: Path, files: Sequence[CorpusFile], unreadable: Sequence[Skipped]) -> None:
    """Write the files of a corpus, and what among them is no file to read.

    Raises:
        OSError: it cannot be written.
    """
    told = json.dumps(msgspec.to_builtins(list(unreadable)))
    columns = [
        [file.name for file in files],
        [file.size_bytes for file in files],
        [file.modified_ns for file in files],
    ]
    table = pa.table(columns, _SCHEMA.with_metadata({_UNREADABLE: told}))
    with replace_file(path) as temporary:
        feather.write_feather(table, temporary, compression="zstd")


def read_listing(path: Path) -> tuple[list[CorpusFile], list[Skipped]]:
    """Read what `write_listing` wrote; the files need not be at hand.

    Raises:
        RunError: it is missing or damaged.
    """
    try:
        table = feather.read_table(path)
        unreadable = json.loads(table.schema.metadata[_UNREADABLE])
        rows = table.select(_SCHEMA.names).cast(_SCHEMA).to_pylist()
        return (
            [
                CorpusFile(Path(row["path"]), row["path"], row["size_bytes"], row["modified_ns"])
                for row in rows
            ],
            msgspec.convert(unreadable, list[Skipped]),
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        raise RunError(f"{path}: damaged: {reason}; scan this shard again") from error

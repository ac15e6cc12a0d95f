"""Write the compressed files of the example corpus from their readable sources.

Usage: python examples/build_corpus.py

`sources/web.jsonl` becomes `corpus/web.jsonl.zst`, `sources/conversations.jsonl` becomes
`corpus/conversations.jsonl.gz`, and `sources/books.jsonl` becomes `corpus/books.parquet`. Rows keep
their order, so the rows of `planted.jsonl` hold for the sources too. With one version of pyarrow
the same sources give the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

EXAMPLES = Path(__file__).resolve().parent
SOURCES = EXAMPLES / "sources"
CORPUS = EXAMPLES / "corpus"


def compress(source: Path, target: Path) -> None:
    """Copy the bytes of `source` to `target`, compressed as the suffix of `target` says."""
    with pa.output_stream(str(target), compression="detect") as stream:
        stream.write(source.read_bytes())


def write_parquet(source: Path, target: Path) -> None:
    """Write the JSON lines of `source` as a Parquet table with columns title and text."""
    lines = source.read_text(encoding="utf-8").splitlines()
    schema = pa.schema([("title", pa.string()), ("text", pa.string())])
    table = pa.Table.from_pylist([json.loads(line) for line in lines], schema=schema)
    pq.write_table(table, target, compression="zstd")


def main() -> None:
    """Write all three files."""
    compress(SOURCES / "web.jsonl", CORPUS / "web.jsonl.zst")
    compress(SOURCES / "conversations.jsonl", CORPUS / "conversations.jsonl.gz")
    write_parquet(SOURCES / "books.jsonl", CORPUS / "books.parquet")


if __name__ == "__main__":
    main()

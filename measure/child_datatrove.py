"""Runs datatrove's n-gram filter over every kind of documents: FOLDER SETTING.

SETTING is `` or `queries`. The indexer's own run() imports lighteval to read benchmarks; its hashes
are taken from it item by item instead, and written in the shape its filter reads.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from child_files import documents_of, items_of, timed, write_found
from datatrove.data import Document  # type: ignore[import-not-found]
from datatrove.pipeline.decont import (  # type: ignore[import-not-found]
    NGramsDecontConfig,
    NGramsDecontFilter,
    NGramsDecontIndexer,
)


def main() -> None:
    """Index the items and flag what the filter would take out."""
    folder, setting = Path(sys.argv[1]), sys.argv[2]
    config = NGramsDecontConfig(find_query_ngrams=setting == "queries")
    hashes = folder / "hashes"
    _write_hashes(hashes, items_of(folder), config)
    decontaminate = NGramsDecontFilter(str(hashes), config=config)
    for kind, texts in documents_of(folder):
        documents = [Document(text=text, id=str(row)) for row, text in enumerate(texts)]
        with timed(folder, kind):
            kept = [decontaminate.filter(document) is True for document in documents]
        write_found(folder, kind, {row: () for row, keep in enumerate(kept) if not keep})


def _write_hashes(folder: Path, items: list[dict[str, str]], config: NGramsDecontConfig) -> None:
    NGramsDecontIndexer._requires_dependencies = []  # lighteval, which only run() needs
    indexer = NGramsDecontIndexer(str(folder), config=config)
    hashes: set[int] = set()
    for item in items:
        hashes.update(indexer.compute_hashes(item["answer"], item["question"]))
    folder.mkdir(exist_ok=True)
    array = np.array(list(hashes), dtype=config.hash_config.np_descr)
    array.tofile(folder / "gsm8k.index.hashes")


if __name__ == "__main__":
    main()

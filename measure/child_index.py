"""One build of an index in a process of its own: CORPUS INDEX SCALE THREADS.

Prints a line of JSON: the seconds of the build with its kernels loaded, and the peak memory of the
process.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from child_leakcheck import peak_mb

from leakcheck.corpus_index.building.build import build_index


def main() -> None:
    """Build, and say how it went."""
    corpus, index, scale, threads = sys.argv[1:]
    # As many cores as threads: the one that reads must not have a core beside the one that hashes.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(threads)])
    _load_kernels(int(scale))
    start = time.perf_counter()
    build_index([corpus], Path(index), scale=int(scale), threads=int(threads))
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb()}))


def _load_kernels(scale: int) -> None:
    """Index a text of three words: the kernels are compiled, or taken from the cache, for it."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "corpus.jsonl"
        text.write_text('{"text": "A short text."}\n', "utf-8")
        build_index([text], Path(folder) / "corpus.lki", scale=scale, threads=1)


if __name__ == "__main__":
    main()

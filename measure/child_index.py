"""One build of an index in a process of its own: CORPUS INDEX SCALE THREADS.

Prints a line of JSON: the seconds of the build with its kernels loaded, and the peak memory of the
process.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

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
    print(json.dumps({"seconds": seconds, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    """Return the peak memory of this process.

    Not from getrusage: between fork and exec a child counts the memory of its parent.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


def _load_kernels(scale: int) -> None:
    """Index a text of three words: the kernels are compiled, or taken from the cache, for it."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "corpus.jsonl"
        text.write_text('{"text": "A short text."}\n', "utf-8")
        build_index([text], Path(folder) / "corpus.lki", scale=scale, threads=1)


if __name__ == "__main__":
    main()

"""leakcheck in a process of its own, loaded once: BENCHMARKS THREADS.

Prints a line of JSON when benchmarks, kernels and readers are loaded. Then every line of standard
input is a JSON list of paths, which are scanned and answered by a line of JSON: the seconds of the
scan, the documents read, and the distinct documents with a finding.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from leakcheck import Scanner
from leakcheck.memory import skip_memory_upkeep


def main() -> None:
    """Load, then scan whatever is asked for."""
    benchmarks, threads = sys.argv[1:]
    skip_memory_upkeep()  # as the command does
    scanner = Scanner(benchmarks.split(","))
    _load_the_rest(scanner, int(threads))
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(_scan(scanner, json.loads(line), int(threads))), flush=True)


def _load_the_rest(scanner: Scanner, threads: int) -> None:
    """Scan a short text: kernels are compiled or taken from the cache, and readers imported."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.jsonl"
        path.write_text('{"text": "A short text."}\n', "utf-8")
        scanner.scan([path], threads=threads)


def _scan(scanner: Scanner, paths: list[str], threads: int) -> dict[str, float]:
    start = time.perf_counter()
    report = scanner.scan(paths, threads=threads)
    seconds = time.perf_counter() - start
    found = {(finding.path, finding.row) for finding in report.iter_findings()}
    return {"seconds": seconds, "documents": report.corpus.documents, "found": len(found)}


if __name__ == "__main__":
    main()

"""One scan by leakcheck in a process of its own: PATH BENCHMARKS THREADS.

Prints a line of JSON: the seconds of the scan with its benchmarks and kernels loaded, the distinct
documents with a finding, and the peak memory of the process.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path

from leakcheck import Scanner


def main() -> None:
    """Load, scan, and say how it went."""
    path, benchmarks, threads = sys.argv[1:]
    # As many cores as threads: the one that reads must not have a core beside the one that matches.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(threads)])
    scanner = Scanner(benchmarks.split(","))
    scanner.check("The kernels are compiled, or taken from the cache, at the first text.")
    start = time.perf_counter()
    report = scanner.scan([path], threads=int(threads))
    seconds = time.perf_counter() - start
    found = {(finding.path, finding.row) for finding in report.iter_findings()}
    print(json.dumps({"seconds": seconds, "found": len(found), "peak_mb": peak_mb()}))


def peak_mb() -> float:
    """Return the peak memory of this process.

    Not from getrusage: between fork and exec a child counts the memory of its parent.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


if __name__ == "__main__":
    main()

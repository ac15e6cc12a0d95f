"""What a number of benchmarks costs, in a process of its own: PATH BENCHMARKS REPEATS.

Scans PATH in one thread, and prints a line of JSON.
"""

from __future__ import annotations

import json
import pickle
import re
import sys
import time
from pathlib import Path

from leakcheck import Scanner
from leakcheck.scanning.looking import Looker


def main() -> None:
    """Load, scan some times over, and say what it took."""
    path, benchmarks, repeats = sys.argv[1:]
    scanner = Scanner(benchmarks.split(","))
    load_seconds = time.process_time()
    load_peak_mb = _peak_mb()
    scanner.check("The kernels are compiled, or taken from the cache, at the first text.")
    seconds, findings = [], 0
    for _ in range(int(repeats)):
        begun = time.process_time()
        report = scanner.scan([path], threads=1)
        seconds.append(time.process_time() - begun)
        findings = report.findings.num_rows
    told = {
        "benchmarks": len(scanner.benchmarks),
        "items": sum(len(each.pack.items) for each in scanner.benchmarks),
        "load_seconds": load_seconds,
        "load_peak_mb": load_peak_mb,
        "sent_mb": _sent_bytes(scanner) / 1e6,
        "peak_mb": _peak_mb(),
        "seconds": seconds,
        "findings": findings,
    }
    print(json.dumps(told))


def _peak_mb() -> float:
    """Return the peak memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


def _sent_bytes(scanner: Scanner) -> int:
    """Return what a Ray cluster sends once to each node."""
    buffers: list[pickle.PickleBuffer] = []
    rest = pickle.dumps(Looker(scanner._catalogue), 5, buffer_callback=buffers.append)
    return len(rest) + sum(buffer.raw().nbytes for buffer in buffers)


if __name__ == "__main__":
    main()

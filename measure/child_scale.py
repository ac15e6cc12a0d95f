"""What a number of benchmarks costs, in a process of its own: PATH BENCHMARKS TIMES REPEATS.

Loads each benchmark TIMES over, scans PATH in one thread, and prints a line of JSON.
"""

from __future__ import annotations

import json
import pickle
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from leakcheck.choosing import choose
from leakcheck.corpus import CorpusFile, Stretch
from leakcheck.corpus.stretch import whole
from leakcheck.detection.catalogue import load_catalogue
from leakcheck.scanning.looking import Looker, look_through


def main() -> None:
    """Load, scan some times over, and say what it took."""
    path, benchmarks, times, repeats = sys.argv[1:]
    chosen = choose(benchmarks.split(",")) * int(times)
    looker = Looker(load_catalogue(chosen))
    load_seconds = time.process_time()
    load_peak_mb = _peak_mb()
    stretches = [whole(CorpusFile(Path(path), path, Path(path).stat().st_size))]
    # The kernels are compiled, or taken from the cache, the first time.
    runs = [_run(looker, stretches) for _ in range(int(repeats) + 1)][1:]
    told = {
        "benchmarks": len(chosen),
        "items": sum(len(each.pack.items) for each in chosen),
        "load_seconds": load_seconds,
        "load_peak_mb": load_peak_mb,
        "sent_mb": _sent_bytes(looker) / 1e6,
        "peak_mb": _peak_mb(),
        "seconds": [seconds for seconds, _ in runs],
        "findings": runs[0][1],
    }
    print(json.dumps(told))


def _run(looker: Looker, stretches: Sequence[Stretch]) -> tuple[float, int]:
    """Return the seconds of a core that a scan takes, and how much it finds."""
    begun = time.process_time()
    (result,) = look_through(looker, stretches, threads=1)
    return time.process_time() - begun, len(result.findings)


def _peak_mb() -> float:
    """Return the peak memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


def _sent_bytes(looker: Looker) -> int:
    """Return what a Ray cluster sends once to each node."""
    buffers: list[pickle.PickleBuffer] = []
    rest = pickle.dumps(looker, 5, buffer_callback=buffers.append)
    return len(rest) + sum(buffer.raw().nbytes for buffer in buffers)


if __name__ == "__main__":
    main()

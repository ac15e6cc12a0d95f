"""The peak memory of a command, with all processes it starts."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["peak_mb"]

EVERY_SECONDS = 0.02
_PSS = re.compile(rb"^Pss:\s*(\d+) kB", re.MULTILINE)


def peak_mb(command: Sequence[str]) -> float:
    """Run a command; return the greatest memory, in MB, that its processes had together.

    Memory that several of them share counts once (the sums of their proportional set sizes, PSS).
    It is looked at every 20 ms. The processes are those of a session made for the command, so that
    one whose parent has ended counts, too.

    Raises:
        SystemExit: it failed.
    """
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, sum(map(_pss_mb, _processes_of(process.pid))))
            time.sleep(EVERY_SECONDS)
        assert process.stderr is not None
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{process.stderr.read().decode()}")
    return peak


def _processes_of(session: int) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # The name stands in brackets and may hold anything; state, parent, group, session.
            fields = (process / "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[3]) == session:
            yield process


def _pss_mb(process: Path) -> float:
    try:
        found = _PSS.search((process / "smaps_rollup").read_bytes())
    except OSError:
        return 0.0  # it has just ended
    return int(found[1]) * 1024 / 1e6 if found else 0.0

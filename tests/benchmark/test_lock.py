"""A lock: one process has it, and lets go of it however it ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from leakcheck.benchmark.lock import exclusive

HOLD = """
import sys, time
from pathlib import Path
from leakcheck.benchmark.lock import exclusive
with exclusive(Path(sys.argv[1])) as is_free:
    print(is_free, flush=True)
    time.sleep(600)
"""


@contextmanager
def hold(path) -> Iterator[subprocess.Popen[str]]:
    """Hold a lock in another process, which ends with the test at the latest."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        try:
            assert holder.stdout.readline() == "True\n"
            yield holder
        finally:
            holder.kill()


def test_it_cannot_be_had_twice(tmp_path):
    with exclusive(tmp_path / "lock") as first, exclusive(tmp_path / "lock") as second:
        assert (first, second) == (True, False)


def test_it_can_be_had_again(tmp_path):
    for _ in range(2):
        with exclusive(tmp_path / "lock") as is_free:
            assert is_free


def test_a_killed_process_lets_go(tmp_path):
    with hold(tmp_path / "lock") as holder:
        with exclusive(tmp_path / "lock") as is_free:
            assert not is_free
        holder.kill()
    with exclusive(tmp_path / "lock") as is_free:
        assert is_free


def test_patience_waits_for_another_to_end(tmp_path):
    with hold(tmp_path / "lock") as holder:
        holder.kill()
        with exclusive(tmp_path / "lock", patience_seconds=300) as is_free:
            assert is_free


def test_a_lock_that_was_taken_away_does_not_count(tmp_path):
    with exclusive(tmp_path / "lock"):
        (tmp_path / "lock").unlink()
        with exclusive(tmp_path / "lock") as is_free, exclusive(tmp_path / "lock") as again:
            assert (is_free, again) == (True, False)

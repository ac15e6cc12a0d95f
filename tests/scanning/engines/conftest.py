"""A Ray cluster on this machine, started once for all tests that need it."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HEAD = "127.0.0.2"
UP = "This command will now block forever"
"""What is written to the log when a node is there."""
STORE_BYTES = 200_000_000
MOST_SECONDS = 300.0
"""That a node may take for what takes some seconds, however slow the machine is."""


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + MOST_SECONDS
    while not condition():
        assert time.monotonic() < end, f"still not after {MOST_SECONDS:.0f} s: {what}"
        time.sleep(0.05)


def children_of(pid: int) -> list[tuple[int, str]]:
    """Return the processes that a process began, each with its name."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue  # it has ended meanwhile
        if int(rest.split()[1]) == pid:
            found.append((int(status.parent.name), name))
    return found


@dataclass(frozen=True)
class Node:
    """`ray start --block`, which ends what it began when it is ended."""

    process: subprocess.Popen[bytes]

    def raylet(self) -> int | None:
        """Return the process that makes it a node."""
        return next((p for p, name in children_of(self.process.pid) if name == "raylet"), None)

    def workers(self) -> list[int]:
        """Return the processes that work on a task just now."""
        raylet = self.raylet()
        return [p for p, name in children_of(raylet or 0) if name == "ray::work"]

    def kill_workers(self) -> None:
        """End the processes that work on a task, as want of memory does."""
        for worker in self.workers():
            with suppress(ProcessLookupError):  # it has ended meanwhile
                os.kill(worker, signal.SIGKILL)

    def kill(self) -> None:
        """End it as a power cut does."""
        raylet = self.raylet()
        assert raylet is not None
        os.kill(raylet, signal.SIGKILL)
        self.process.wait(MOST_SECONDS)

    def leave(self) -> None:
        """End it in order, and make sure that nothing of it is left."""
        begun = children_of(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(MOST_SECONDS)
        finally:
            for pid, _ in begun:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()


@dataclass
class Cluster:
    """A head without CPUs, which hands out no work to itself, and nodes of one CPU each."""

    address: str
    environment: dict[str, str]
    """What those who use it need to have in theirs."""
    log: Path
    nodes: list[Node] = field(default_factory=list)

    def start(self, *options: str, environment: Mapping[str, str] | None = None) -> Node:
        """Start a node."""
        command = [sys.executable, "-c", "from ray.scripts.scripts import main; main()", "start"]
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [*command, *options, f"--object-store-memory={STORE_BYTES}", "--block"],
                env=os.environ | self.environment | (environment or {}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.nodes.append(Node(process))
        return self.nodes[-1]

    def join(self, **environment: str) -> Node:
        """Start a node."""
        own = f"127.0.0.{len(self.nodes) + 3}"
        options = [f"--address={self.address}", f"--node-ip-address={own}", "--num-cpus=1"]
        node = self.start(*options, environment=environment)
        wait_for(lambda: self.log.read_text().count(UP) == len(self.nodes), "a node")
        return node

    def stop(self) -> None:
        """End all nodes, the head last."""
        for node in reversed(self.nodes):
            node.leave()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Start a head and two nodes."""
    pytest.importorskip("ray")
    with socket.socket() as free:
        free.bind((HEAD, 0))
        port = free.getsockname()[1]
    # The path of a socket is to have no more than 107 characters: below /tmp, and short.
    folder = Path(tempfile.mkdtemp(prefix="lk-"))
    environment = {
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(16),
        # A node that is lost is to be missed within seconds, one that is slow is not.
        "RAY_health_check_period_ms": "1000",
        "RAY_health_check_failure_threshold": "6",
    }
    started = Cluster(f"{HEAD}:{port}", environment, folder / "log")
    try:
        started.start(
            "--head",
            "--num-cpus=0",
            f"--port={port}",
            f"--node-ip-address={HEAD}",
            f"--temp-dir={folder}",
            "--include-dashboard=false",
        )
        wait_for(lambda: started.log.read_text().count(UP) == 1, "a head")
        started.join()
        started.join()
        yield started
    finally:
        started.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def wait_until() -> Callable[[Callable[[], object], str], None]:
    """Wait until something is so, or fail with what it is."""
    return wait_for

"""The machine and the versions a page of speed was made with."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from peer_runs import versions_of
from peers import Peer
from processes import run

__all__ = ["machine"]

_OURS = ("numba", "numpy", "pyarrow", "msgspec", "isal", "backports.zstd")


def machine(peers: Sequence[Peer], pythons: Mapping[str, str], python_of_limits: str) -> str:
    """Name the processor, the memory, and the versions of leakcheck's libraries and the peers."""
    info = Path("/proc/cpuinfo").read_text("utf-8")
    model = re.search(r"model name\s*: (.*)", info)
    ours = ", ".join(f"{name} {version(name)}" for name in _OURS)
    code = "import importlib.metadata as m; print(m.version('orjson'))"
    orjson = run([python_of_limits, "-c", code])[1].strip()
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"Machine: {model[1] if model else platform.machine()}, {os.cpu_count()} cores, "
        f"{gigabytes:.0f} GB, Linux {platform.release()}. leakcheck on Python "
        f"{platform.python_version()} with {ours}; the limits with the same, and orjson {orjson}. "
        f"Peers: {'; '.join(_versions(peer, pythons[peer.name]) for peer in peers)}."
    )


def _versions(peer: Peer, python: str) -> str:
    release, python_release = versions_of(peer, python)
    return f"{peer.package} {release} on Python {python_release}"

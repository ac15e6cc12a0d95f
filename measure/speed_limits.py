"""The limits: what merely reading a corpus costs, with the libraries that are best at it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from contestants import ONE, Contestant, Timing
from peer_runs import environment_of
from processes import first_cores, run
from speed_corpora import Input

__all__ = ["MSGSPEC", "ORJSON", "READING", "WORDS", "limits", "python_of_limits"]

ORJSON, MSGSPEC = "parse only, orjson", "parse only, msgspec"
WORDS = "`wc -w`"
READING = {
    "plain": (ORJSON, MSGSPEC, WORDS),
    "gzip": ("decompress only, isal", "decompress only, zlib"),
    "zstd": ("decompress only, zstd",),
    "parquet": ("text column only, pyarrow",),
}
"""The ways to read each form."""

_METHODS = {
    ORJSON: "orjson",
    MSGSPEC: "msgspec",
    "decompress only, isal": "isal",
    "decompress only, zlib": "zlib",
    "decompress only, zstd": "zstd",
    "text column only, pyarrow": "parquet",
}
_CHILD = str(Path(__file__).with_name("child_limits.py"))
_SAME_AS_OURS = ("msgspec", "pyarrow", "isal", "backports.zstd")


def python_of_limits(venvs: Path) -> str:
    """Return a Python with the libraries leakcheck reads with, as it has them, and orjson."""
    ours = [f"{name}=={version(name)}" for name in _SAME_AS_OURS]
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return environment_of(venvs / "limits", python, ["orjson==3.13.0", *ours])


def limits(python: str, inputs: Sequence[Input]) -> Iterator[Contestant]:
    """Yield every way to read what there is of its form, on one core."""
    for form, names in READING.items():
        given = [each for each in inputs if each.form == form]
        for name in names:
            yield Contestant(name, "", ONE, _reading(python, name, given))


def _reading(
    python: str, name: str, inputs: Sequence[Input]
) -> Callable[[], Iterator[tuple[Input, Timing]]]:
    def go() -> Iterator[tuple[Input, Timing]]:
        for each in inputs:
            paths = [str(path) for path in each.paths]
            seconds = _words(paths) if name == WORDS else _read(python, _METHODS[name], paths)
            yield each, Timing(seconds, 0, each.megabytes, each.documents)

    return go


def _read(python: str, method: str, paths: Sequence[str]) -> float:
    _, said = run([python, _CHILD, method, *paths], cores=first_cores(1))
    return float(json.loads(said)["seconds"])


def _words(paths: Sequence[str]) -> float:
    return run(
        ["wc", "-w", *paths], cores=first_cores(1), environment={**os.environ, "LC_ALL": "C.UTF-8"}
    )[0]

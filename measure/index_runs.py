"""Builds of an index, scans through it and direct scans: their time, memory and findings."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from loaded import Loaded
from peak_memory import peak_mb
from processes import run, whole

from leakcheck.corpus_index.stored.store import open_index

__all__ = [
    "SCALES",
    "Builds",
    "Query",
    "TableSize",
    "ask",
    "ask_often",
    "away",
    "build_all",
    "build_one",
    "scan_directly",
    "table_sizes",
]

SCALES = (4, 1)
_HERE = Path(__file__).parent


class Builds(NamedTuple):
    """Direct scans and builds in turn, on one thread each."""

    direct: list[float]
    """Seconds of the direct scans, packs and kernels loaded."""
    seconds: dict[int, list[float]]
    """Of the builds, by scale."""
    peak_mb: dict[int, float]


class TableSize(NamedTuple):
    """A table of an index on disk."""

    rows: int
    bytes: int


class Query(NamedTuple):
    """Scans through an index for some benchmarks, as whole processes with all cores."""

    seconds: list[float]
    peak_mb: float


def build_all(corpus: Path, folder: Path, benchmark: str, repeats: int) -> Builds:
    """Time a direct scan and a build at each scale, round after round; keep the last indexes."""
    builds = Builds([], {scale: [] for scale in SCALES}, dict.fromkeys(SCALES, 0.0))
    for number in range(repeats):
        print(f"round {number + 1} of {repeats}", file=sys.stderr)
        with Loaded(benchmark, 1) as child:
            builds.direct.append(child.scan([corpus]).seconds)
        for scale in SCALES:
            seconds, peak = build_one(corpus, index_path(folder, scale), scale, 1)
            builds.seconds[scale].append(seconds)
            builds.peak_mb[scale] = max(builds.peak_mb[scale], peak)
    return builds


def index_path(folder: Path, scale: int) -> Path:
    """Return where the index of a scale is."""
    return folder / f"scale-{scale}.lki"


def build_one(corpus: Path, index: Path, scale: int, threads: int) -> tuple[float, float]:
    """Build an index anew; return the seconds, and the peak memory in MB."""
    shutil.rmtree(index, ignore_errors=True)
    said = _child("child_index.py", corpus, index, scale, threads)
    return said["seconds"], said["peak_mb"]


def table_sizes(index: Path) -> dict[str, TableSize]:
    """Return the sizes of the tables of an index, over all its segments."""
    sizes: dict[str, TableSize] = {}
    for segment in open_index(index).manifest.segments:
        for file in segment.data:
            before = sizes.get(file.table, TableSize(0, 0))
            sizes[file.table] = TableSize(before.rows + file.rows, before.bytes + file.bytes)
    return sizes


@contextmanager
def away(corpus: Path) -> Iterator[None]:
    """Rename a corpus for the time being, so that it cannot be read again."""
    hidden = corpus.with_name(f"{corpus.name}-away")
    corpus.rename(hidden)
    try:
        yield
    finally:
        hidden.rename(corpus)


def ask(index: Path, benchmarks: Sequence[str], output: Path) -> float:
    """Scan through an index, with the findings to a file; return the peak memory in MB."""
    return peak_mb([sys.executable, "-m", "leakcheck", *_scan(index, benchmarks, output)])


def ask_often(index: Path, benchmark: str, output: Path, repeats: int) -> Query:
    """Time scans through an index, as a user runs them, after one to warm up."""
    peak = ask(index, [benchmark], output)
    command = [sys.executable, "-m", "leakcheck", *_scan(index, [benchmark], output)]
    return Query([whole(command) for _ in range(repeats)], peak)


def scan_directly(corpus: Path, benchmarks: Sequence[str], output: Path) -> None:
    """Scan a corpus, with the findings to a file."""
    run([sys.executable, "-m", "leakcheck", *_scan(corpus, benchmarks, output)])


def _scan(path: Path, benchmarks: Sequence[str], output: Path) -> list[str]:
    return [
        *("scan", os.fspath(path), "--bench", ",".join(benchmarks), "--no-progress"),
        *("--output-format", "jsonl", "--output", os.fspath(output), "--fail-on", "never"),
    ]


def _child(program: str, *arguments: object) -> dict[str, float]:
    """Run a program of this folder; return what it says in its last line."""
    command = [sys.executable, os.fspath(_HERE / program), *map(str, arguments)]
    said: dict[str, float] = json.loads(run(command)[1].splitlines()[-1])
    return said

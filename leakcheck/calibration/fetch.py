"""Fetching: from the model hub to a pack, with nothing of the text left behind."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from leakcheck.benchmark.card import Card
from leakcheck.benchmark.hub import download
from leakcheck.calibration.build import build_benchmark

__all__ = ["fetch_benchmark"]


def fetch_benchmark(card: Card, output: Path, background: Path | None) -> list[Path]:
    """Download the files of a benchmark, build its pack, and return the files written.

    The downloaded files are the benchmark in plain text; they are deleted.

    Args:
        card: of the benchmark.
        output: the folder for the pack.
        background: as for `build_benchmark`.

    Raises:
        HubError: the files cannot be had.
        BenchmarkFilesError: they are not what the card says.
    """
    with TemporaryDirectory(prefix="leakcheck-") as folder:
        found = download(card, Path(folder))
        return build_benchmark(found, Path(folder), output, background)

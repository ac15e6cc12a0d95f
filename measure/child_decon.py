"""One run of decon in a process of its own: FOLDER EVALS REPORTS THREADS; it prints its times."""

from __future__ import annotations

import sys

import decon  # type: ignore[import-not-found]


def main() -> None:
    """Detect with everything as decon ships it."""
    folder, evals, reports, threads = sys.argv[1:]
    decon.detect(decon.Config(folder, evals, reports, worker_threads=int(threads)))


if __name__ == "__main__":
    main()

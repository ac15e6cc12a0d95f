"""Measures indexes of a corpus: building, size, time and memory of a scan, and what is found.

    python measure/index.py DATA --work DIR --output docs/index-measured.md

DATA is the folder `measure/accuracy.py` takes. The corpus is made in DIR, of DATA/corpora and of
documentation and source code of the machine, a Debian one; it and its indexes take about six times
its size. A corpus made there before is taken again. leakcheck must be importable. The exit code is
1 if a demand fell short. Leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from index_corpus import build_corpus
from index_measured import measure, measure_large
from index_pages import page
from pages import write_page

ENOUGH_MEGABYTES = 520


def main() -> None:
    """Measure, write the page, and leave with 1 if a demand fell short."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument("--work", type=Path, metavar="DIR", help="by default a temporary folder")
    parser.add_argument("--repeats", type=int, default=3, help="rounds (default: 3)")
    parser.add_argument(
        "--megabytes",
        type=int,
        default=ENOUGH_MEGABYTES,
        help=f"of text in the corpus (default: {ENOUGH_MEGABYTES})",
    )
    parser.add_argument(
        "--large",
        type=int,
        default=0,
        metavar="TIMES",
        help="measure the memory with an index of the corpus so many times over, too",
    )
    parser.add_argument("-o", "--output", type=Path, help="write the page to this file too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = (arguments.work or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        passed = run(folder, arguments)
    raise SystemExit(int(not passed))


def run(folder: Path, arguments: argparse.Namespace) -> bool:
    """Measure all in a folder; tell whether every demand was met."""
    corpus = build_corpus(folder, arguments.data, arguments.megabytes)
    measured = measure(corpus, folder, arguments.repeats)
    large = measure_large(corpus, folder, arguments.large) if arguments.large else None
    command = (
        f"python measure/index.py DATA --work DIR --repeats {arguments.repeats} --megabytes "
        f"{arguments.megabytes}{f' --large {arguments.large}' if large else ''}"
    )
    demands, text = page(command, measured, large)
    write_page(text, arguments.output)
    return all(demand.passed for demand in demands)


if __name__ == "__main__":
    main()

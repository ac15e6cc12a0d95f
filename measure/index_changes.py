"""What an index says of texts that are gone, beside what it says while they are there.

    python measure/index_changes.py FILES... --bench gsm8k --bench math --scale 1

The files are copied, indexed, and looked for items in; then the copies are taken away and the same
index is asked again. The table has, for each file, the findings of both, how many are of the same
item in the same record, and of these how many are of the same kind. A second one has, for each way
in which a passage may differ, how often each of the two tells it of the findings that both have and
that are not verbatim, and how often both. Prints two tables in Markdown.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple, get_args

from pages import share, table

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.searching.search import find_in_index
from leakcheck.corpus_index.stored.store import open_index
from leakcheck.detection.catalogue import Catalogue, load_benchmark, load_catalogue
from leakcheck.detection.finding import Change, Finding


class _Pair(NamedTuple):
    """A finding of an item in a record, while the text is there and when it is gone."""

    with_text: Finding | None
    without: Finding | None


def main() -> None:
    """Index the files, ask twice, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILES")
    parser.add_argument("--bench", action="append", required=True)
    parser.add_argument("--scale", type=int, default=4, help="of the index (default: 4)")
    arguments = parser.parse_args()
    catalogue = load_catalogue([load_benchmark(name) for name in arguments.bench])
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        pairs = _asked_twice([path.resolve() for path in arguments.files], catalogue, arguments)
    print(_of_files(pairs))
    print(_of_changes(pairs))


def _asked_twice(
    files: Sequence[Path], catalogue: Catalogue, arguments: argparse.Namespace
) -> dict[str, list[_Pair]]:
    """Return the findings of both, by file."""
    copies = [shutil.copy(path, path.name) for path in files]
    build_index(copies, Path("corpus.lki"), scale=arguments.scale)
    asked = []
    for _ in range(2):
        asked.append(find_in_index(open_index("corpus.lki"), catalogue, 2).findings)
        for copy in copies:
            Path(copy).unlink(missing_ok=True)
    first, second = (_by_place(each) for each in asked)
    return {
        name: [_Pair(first.get(at), second.get(at)) for at in first | second if at[0] == name]
        for name in copies
    }


def _by_place(findings: Iterable[Finding]) -> dict[tuple[str, int, str, str], Finding]:
    """Return findings by record and item; the best of each, the first in a record."""
    found: dict[tuple[str, int, str, str], Finding] = {}
    for each in findings:
        names = sorted([each.item, *each.also])
        found.setdefault((each.path, each.row, each.bench, names[0]), each)
    return found


def _of_files(pairs: dict[str, list[_Pair]]) -> str:
    rows = []
    for name, own in pairs.items():
        both = [pair for pair in own if pair.with_text and pair.without]
        same = sum(one.kind == other.kind for one, other in both if one and other)
        counts = [sum(pair[side] is not None for pair in own) for side in (0, 1)]
        shares = [share(len(both), counts[0]), share(same, len(both))]
        rows.append([name, *(f"{count:,}" for count in (*counts, len(both))), *shares])
    heads = ["file", "with text", "without", "both", "found again", "same kind"]
    return str(table(heads, rows, "lrrrrr"))


def _of_changes(pairs: dict[str, list[_Pair]]) -> str:
    tallies: dict[str, Counter[Change]] = {name: Counter() for name in ("text", "gone", "both")}
    told = 0
    for one, other in (pair for own in pairs.values() for pair in own):
        if one is None or other is None or "verbatim" in (one.kind, other.kind):
            continue
        told += 1
        tallies["text"].update(one.changes)
        tallies["gone"].update(other.changes)
        tallies["both"].update(set(one.changes) & set(other.changes))
    rows = [
        [
            f"`{change}`",
            *(f"{tally[change]:,}" for tally in tallies.values()),
            share(tallies["both"][change], tallies["gone"][change]),
            share(tallies["both"][change], tallies["text"][change]),
        ]
        for change in get_args(Change)
    ]
    heads = [f"of {told:,}", "with text", "without", "both", "right", "told again"]
    return str(table(heads, rows, "lrrrrr"))


if __name__ == "__main__":
    main()

"""The items' own texts, from the publisher's files where the user has them.

Packs hold no text, so evidence shows the corpus's side alone. Whoever has the benchmark too sees
both: a data file that was taken for a benchmark is read again, and a folder of the user's has the
files of the others, as `leakcheck bench build --from` takes them.
"""

from __future__ import annotations

from collections.abc import Callable
from glob import escape
from pathlib import Path

import msgspec
import pyarrow.compute as pc

from leakcheck.benchmark.card import Card, Field, card_names, load_card, read_card
from leakcheck.benchmark.guess import DATA_SUFFIXES, card_of_file
from leakcheck.benchmark.items import read_items
from leakcheck.errors import BenchmarkFilesError, LeakcheckError
from leakcheck.verdict.records import Report

__all__ = ["texts_of_found_items"]

Texts = dict[tuple[str, str], dict[Field, str]]


def texts_of_found_items(
    report: Report, folder: Path | None, on_note: Callable[[str], None] = lambda _: None
) -> Texts:
    """Read the fields of the items that a report has findings of.

    Args:
        report: of a scan.
        folder: of the publisher's files, or of folders with the benchmarks' names that hold them.
        on_note: called with what is missing.

    Raises:
        BenchmarkFilesError: a folder is given, and it has the files of none of them.
    """
    texts: Texts = {}
    problems: list[str] = []
    of_own_files = _data_files(report)
    for bench in pc.unique(report.findings["bench"]).to_pylist():
        try:
            if bench in of_own_files:
                card, folders = of_own_files[bench]
            elif folder is not None:
                card, folders = _card(report, bench), [folder / bench, folder]
            else:
                continue
        except LeakcheckError as error:
            problems.append(f"no texts of {bench}: {error}")
            continue
        for split in _found_splits(report, card):
            try:
                texts |= _texts(split, folders, set(_found_items(report, bench)))
            except (LeakcheckError, OSError) as error:
                problems.append(f"no texts of {bench}: {error}")
    if problems and folder is not None and not texts:
        raise BenchmarkFilesError("; ".join(problems))
    for problem in problems:
        on_note(problem)
    return texts


def _found_items(report: Report, bench: str) -> list[str]:
    findings = report.findings.filter(pc.equal(report.findings["bench"], bench))
    return pc.unique(findings["item"]).to_pylist()  # type: ignore[no-any-return]


def _found_splits(report: Report, card: Card) -> list[Card]:
    """Return a card for each split with findings, so that one is read where others are missing."""
    findings = report.findings.filter(pc.equal(report.findings["bench"], card.name))
    found = set(pc.unique(findings["split"]).to_pylist())
    return [
        msgspec.structs.replace(card, splits=[split])
        for split in card.splits
        if split.name in found
    ]


def _data_files(report: Report) -> dict[str, tuple[Card, list[Path]]]:
    """Return card and folder of the data files that were taken for benchmarks."""
    described = {}
    for name in report.settings.bench:
        path = Path(name)
        if name not in card_names() and name.endswith(DATA_SUFFIXES) and path.is_file():
            card = card_of_file(path, report.settings.question_field)
            split = msgspec.structs.replace(card.splits[0], files=escape(path.name))
            described[card.name] = msgspec.structs.replace(card, splits=[split]), [path.parent]
    return described


def _card(report: Report, bench: str) -> Card:
    for name in report.settings.bench:
        if name.endswith(".toml") and Path(name).is_file():
            card = read_card(Path(name))
            if card.name == bench:
                return card
    return load_card(bench)


def _texts(card: Card, folders: list[Path], found: set[str]) -> Texts:
    items = read_items(card, folders)
    return {(card.name, each.item): each.fields for each in items if each.item in found}

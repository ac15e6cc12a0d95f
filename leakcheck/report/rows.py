"""The rows of a benchmark's block in the table: what its verdict stands on, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os.path import commonprefix
from typing import TYPE_CHECKING, NamedTuple

from leakcheck.report.numbers import by_chance, out_of, percent, points
from leakcheck.report.places import FileCount, copies, counted, fullest_files
from leakcheck.report.words import IN_DISTRIBUTION, printable

if TYPE_CHECKING:
    import pyarrow as pa

    from leakcheck.verdict.records import BenchmarkReport, SplitReport

__all__ = ["Row", "clean_rows", "rows_of"]

MOST_FILES = 5
"""How many of the files with findings are named."""


class Row(NamedTuple):
    """One statement."""

    text: str
    label: str = ""
    """What this row and those below it, up to the next label, are about."""
    lead: str = ""
    """What stands before the text and above which its further lines do not begin."""


def clean_rows(benchmark: BenchmarkReport) -> list[Row]:
    """Say in a line or two what was looked for in vain."""
    untestable = [
        f"{out_of(split.untestable, split.items, 'items')} of {printable(name)}"
        for name, split in benchmark.splits.items()
        if split.role == "test" and split.untestable
    ]
    found = ", ".join(_found(name, split) for name, split in benchmark.splits.items())
    rows = [Row(found, "Found")]
    return [*rows, Row(", ".join(untestable), "Untestable")] if untestable else rows


def _found(name: str, split: SplitReport) -> str:
    found = f"{printable(name)} {out_of(split.matched, split.items)}"
    return f"{found} ({_by_chance(split)})" if split.matched else found


def rows_of(benchmark: BenchmarkReport, findings: pa.Table) -> list[Row]:
    """Say what was found: leakage, then overlap, then where it stands, with room between them."""
    groups = (
        _labelled("Test leakage", _test_rows(benchmark)),
        _labelled("Overlap", _overlap_rows(benchmark)),
        list(_place_rows(counted(findings, benchmark.name))),
    )
    rows: list[Row] = []
    for group in filter(None, groups):
        rows += [Row(""), *group] if rows else group
    return rows


def _labelled(label: str, rows: Iterable[Row]) -> list[Row]:
    return [row if n else row._replace(label=label) for n, row in enumerate(rows)]


def _test_rows(benchmark: BenchmarkReport) -> Iterator[Row]:
    for name, split in benchmark.splits.items():
        if split.role == "test":
            yield Row(f"{_matched(name, split)}; {_by_chance(split)}")
            yield from _kind_rows(split)
            yield from _uncounted_rows(split)
    if benchmark.verdict == "leaked":
        most = points(benchmark.max_inflation_points)
        yield Row(f"This can inflate the score by at most {most}.")


def _matched(name: str, split: SplitReport) -> str:
    role = "" if split.role == name else f" ({split.role})"
    found = out_of(split.matched, split.items, "items")
    return f"{printable(name)}{role}: {found} ({percent(split.matched, split.items)})"


def _by_chance(split: SplitReport) -> str:
    return f"{by_chance([split])} expected by chance"


def _kind_rows(split: SplitReport) -> Iterator[Row]:
    if not split.matched:
        return
    kinds = {"verbatim": split.verbatim, "near": split.near, "rewritten": split.rewritten}
    by_kind = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items() if count)
    answers = f"{out_of(split.with_answer, split.matched)} with the answer"
    yield Row(f"{by_kind}; {answers}", lead="  ")
    if split.low_entropy:
        low_entropy = out_of(split.low_entropy, split.matched)
        yield Row(f"{low_entropy} of low entropy: they count jointly only", lead="  ")


def _uncounted_rows(split: SplitReport) -> Iterator[Row]:
    """Say what is beside the number of matched items, and why."""
    for what, count, why in (
        ("variants", split.variant, "with other numbers (not counted)"),
        ("shared", split.shared, "also outside the test (not counted)"),
        ("untestable", split.untestable, "too little text to be found"),
    ):
        if count:
            yield Row(f"{what}: {out_of(count, split.items, 'items')}, {why}", lead="  ")


def _overlap_rows(benchmark: BenchmarkReport) -> Iterator[Row]:
    others = {name: split for name, split in benchmark.splits.items() if split.role != "test"}
    for name, split in others.items():
        yield Row(_matched(name, split))
        yield from _kind_rows(split)
        if split.variant:
            variants = out_of(split.variant, split.items, "items")
            yield Row(f"variants: {variants}, with other numbers (not counted)", lead="  ")
    if any(split.matched for split in others.values()):
        yield Row(IN_DISTRIBUTION[benchmark.in_distribution])


def _place_rows(findings: pa.Table) -> Iterator[Row]:
    if not len(findings):
        return
    yield from _labelled("Files", _file_rows(fullest_files(findings)))
    repeated = copies(findings)
    most = f"; most: {repeated.most:,} of {printable(repeated.item)}" if repeated.most > 1 else ""
    yield Row(f"{repeated.mean:,.1f} of each item found, on average{most}", "Copies")


def _file_rows(files: list[FileCount]) -> Iterator[Row]:
    named = files[:MOST_FILES]
    folder = _common_folder([file.path for file in named])
    counted = out_of(len(named), len(files), "files")
    where = f" in {printable(folder)}" if folder else ""
    yield Row(f"findings by file ({counted}){where}", lead="leakage  overlap  ")
    for file in named:
        path = printable(file.path.removeprefix(folder))
        yield Row(path, lead=f"{file.test:>7,}  {file.overlap:>7,}  ")


def _common_folder(paths: list[str]) -> str:
    """Return the folder that several paths start with, up to its last slash, or nothing.

    >>> _common_folder(["corpus/web/a.jsonl", "corpus/b.jsonl"])
    'corpus/'
    """
    if len(paths) == 1:
        return ""
    shared = commonprefix(paths)  # noqa: RUF071 (cut at a slash, it is right)
    return shared[: shared.rfind("/") + 1]

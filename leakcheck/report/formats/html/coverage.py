"""What the verdicts rest on: the files, what was not read or could not be tested, the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from leakcheck.report.formats.html.charts import Part, length_bar
from leakcheck.report.formats.html.markup import facts, numeric, shown, table
from leakcheck.report.numbers import byte_size, out_of, percent, several
from leakcheck.report.places import FileCount, counted, fullest_files, whole_files

if TYPE_CHECKING:
    from leakcheck.verdict.records import CorpusReport, Report

__all__ = ["coverage", "files", "ranked_files", "settings"]

MOST_FILES, MOST_SKIPPED = 500, 1000
"""How many are listed; the rest are counted."""


def ranked_files(report: Report) -> list[FileCount]:
    """Count the findings of each file that count for a verdict, the most leakage first."""
    import pyarrow as pa

    every = report.findings
    each_counted = [counted(every, each.name) for each in report.benchmarks]
    return fullest_files(pa.concat_tables([every.schema.empty_table(), *each_counted]))


def files(report: Report, by_file: Sequence[FileCount]) -> str:
    """Say which files hold the findings that count."""
    if not by_file:
        return "<p>No file holds an item of a benchmark.</p>"
    from leakcheck.corpus import place_named

    known = {each.path: each for each in report.files}
    longest = max(each.test + each.overlap for each in by_file)
    rows = []
    for number, each in enumerate(by_file[:MOST_FILES]):
        file = known.get(place_named(each.path).name)
        parts = [
            Part("of test items", each.test, "leakage"),
            Part("of other splits", each.overlap, "overlap"),
        ]
        rows.append(
            [
                f'<bdi class="path">{shown(each.path)}</bdi>',
                numeric(f"{each.test:,}"),
                numeric(f"{each.overlap:,}"),
                f"<td>{length_bar('Findings', parts, longest)}</td>",
                numeric(f"{file.documents:,}" if file else ""),
                numeric(byte_size(file.size_bytes) if file else ""),
                f'<td><button type="button" class="of-file" data-file="{number}" '
                f'aria-label="Show the items in {shown(each.path)}">Show items</button></td>',
            ]
        )
    heads = ("File", "#Test leakage", "#Overlap", "Findings", "#Documents", "#Size", "Items")
    with_leaks = out_of(
        sum(1 for each in whole_files(by_file) if each.test), report.corpus.files, "files"
    )
    return (
        f"<p>{with_leaks} hold test items. A finding is a passage; "
        "one item may be found in many.</p>"
        + table("Findings by file", heads, rows)
        + _more(len(by_file), MOST_FILES)
    )


def _more(total: int, shown_at_most: int) -> str:
    rest = total - shown_at_most
    return f'<p class="note">and {rest:,} more of {total:,}</p>' if rest > 0 else ""


def coverage(report: Report) -> str:
    """Say what could not be read or tested, and what else a reader must know."""
    return "\n".join(
        [*_read(report.corpus), *_untestable(report), *_canaries(report), *_stale(report)]
    )


def _read(corpus: CorpusReport) -> Iterator[str]:
    lost = f"{byte_size(corpus.unread_bytes)} of {byte_size(corpus.bytes)}"
    pairs = [
        ("Read", f"{several(corpus.documents, 'document')} in {several(corpus.files, 'file')}"),
        ("Not read", f"{lost} ({percent(corpus.unread_bytes, corpus.bytes)})"),
    ]
    if corpus.index is not None:
        pairs += [
            ("Asked", f"the index {shown(corpus.index.path)}, at scale {corpus.index.scale:,}"),
            ("Looked at again", out_of(corpus.index.candidates, corpus.documents, "documents")),
            (
                "From fingerprints",
                f"{out_of(corpus.index.from_fingerprints, corpus.index.candidates, 'of these')}, "
                "because their text could not be read again",
            ),
        ]
    yield facts(pairs)
    if corpus.skipped:
        rows = [
            [
                f'<bdi class="path">{shown(each.path)}</bdi>',
                numeric("all" if each.row is None else f"{each.row:,}"),
                shown(each.reason),
            ]
            for each in corpus.skipped[:MOST_SKIPPED]
        ]
        yield f"<h3>Could not be read, or not in full: {several(len(corpus.skipped), 'place')}</h3>"
        yield table("Places that could not be read", ("File", "#Row", "Why"), rows)
        yield _more(len(corpus.skipped), MOST_SKIPPED)


def _untestable(report: Report) -> Iterator[str]:
    rows = [
        [
            shown(benchmark.name),
            shown(name),
            numeric(out_of(split.untestable, split.items)),
            numeric(percent(split.untestable, split.items)),
        ]
        for benchmark in report.benchmarks
        for name, split in benchmark.splits.items()
        if split.untestable
    ]
    splits = sum(len(benchmark.splits) for benchmark in report.benchmarks)
    yield "<h3>Untestable items</h3>"
    yield (
        f"<p>Items with too little text to be found at all are in "
        f"{out_of(len(rows), splits, 'splits')}.</p>"
    )
    if rows:
        yield table("Untestable items", ("Benchmark", "Split", "#Items", "#Share"), rows)


def _canaries(report: Report) -> Iterator[str]:
    if not report.canaries:
        return
    rows = [
        [
            shown(each.bench),
            f'<td><bdi class="path">{shown(each.path)}</bdi></td>',
            numeric(f"{each.row:,}"),
            shown(each.source),
            numeric(f"{each.passages:,}"),
        ]
        for each in report.canaries
    ]
    yield "<h3>Canaries</h3>"
    yield (
        "<p>These files hold the string with which a publisher marks copies of a benchmark. It "
        "stands in prompts and papers too, and counts for nothing in a verdict.</p>"
    )
    heads = ("Benchmark", "File", "#First row", "Place", "#Passages")
    yield table("Files with a canary string", heads, rows)


def _stale(report: Report) -> Iterator[str]:
    if report.stale:
        yield "<h3>Stale entries</h3>"
        yield "<p>These entries of the baseline or the allow-list fit no finding any more.</p>"
        yield "<ul>" + "".join(f"<li>{entry}</li>" for entry in _codes(report.stale)) + "</ul>"


def settings(report: Report) -> str:
    """Say how to come to the same result again."""
    used = report.settings
    pairs = [
        ("Version", f"leakcheck {shown(report.version)}"),
        ("Paths", "<br>".join(_codes(used.paths))),
        (
            "Benchmarks asked for",
            ", ".join(_codes(used.bench or [each.name for each in used.packs])),
        ),
        ("Text field", f"<code>{shown(used.text_field)}</code>" if used.text_field else "guessed"),
        ("Tokeniser", f"version {used.tokeniser}"),
    ]
    if used.question_field:
        pairs.append(("Question field", f"<code>{shown(used.question_field)}</code>"))
    rows = [
        [
            shown(pack.name),
            f"<td>{'<br>'.join(_codes(pack.revisions))}</td>",
            f"<td><code>{shown(pack.checksum)}</code></td>",
        ]
        for pack in used.packs
    ]
    packs = table("Packs of benchmarks", ("Pack", "Revisions", "Checksum"), rows) if rows else ""
    return facts(pairs) + packs


def _codes(texts: Iterable[str]) -> list[str]:
    return [f"<code>{shown(text)}</code>" for text in texts]

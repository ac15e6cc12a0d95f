"""What `leakcheck clean` says in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from leakcheck.detection.finding import KINDS
from leakcheck.report.numbers import byte_size, out_of, percent, several
from leakcheck.report.words import printable
from leakcheck.version import __version__

if TYPE_CHECKING:
    from leakcheck.cleaning import Cleaned, Tagged
    from leakcheck.detection.finding import Finding

__all__ = ["cleaned_text", "tagged_text"]

_LEAST_LABEL = len("Not scanned")
_MOST_NAMED = 5


def cleaned_text(cleaned: Cleaned, width: int) -> str:
    """Say what went, from where, and that nothing is left."""
    before = sum(file.documents for file in cleaned.files)
    size = byte_size(sum(file.bytes_before for file in cleaned.files))
    heading = (
        f"leakcheck {__version__} cleaned {several(before, 'document')} in "
        f"{several(len(cleaned.files), 'file')} ({size})"
    )
    rows = [*_went(cleaned), ("", ""), *_rows(cleaned, before)]
    label_width = 2 + max(_LEAST_LABEL, *(len(label) for label, _ in rows))
    lines = [line for label, text in rows for line in _lines(label, text, label_width, width)]
    return "\n".join([heading, "", *lines, ""])


def tagged_text(tagged: Tagged) -> str:
    """Say what attribute files were written."""
    folders = "\n".join(f"  {printable(str(folder))}" for folder in tagged.folders)
    marked = out_of(tagged.marked, tagged.documents, "documents")
    return f"marked {marked} in {several(tagged.files, 'file')}; the attributes are in\n{folders}\n"


def _lines(label: str, text: str, label_width: int, width: int) -> list[str]:
    room = max(20, width - label_width)
    parts = wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    return [
        f"{label if number == 0 else '':{label_width}}{part}".rstrip()
        for number, part in enumerate(parts)
    ]


def _went(cleaned: Cleaned) -> Iterator[tuple[str, str]]:
    """Say for each benchmark what went, split by split."""
    gone = _first_of_each(cleaned)
    for benchmark in cleaned.report.benchmarks:
        of_bench = [finding for finding in gone if finding.bench == benchmark.name]
        for role in dict.fromkeys(["test", *(finding.role for finding in of_bench)]):
            yield (
                printable(benchmark.name),
                f"{role}: {_counted(f for f in of_bench if f.role == role)}",
            )


def _first_of_each(cleaned: Cleaned) -> list[Finding]:
    """Take each item in each record once: what is cut out piece by piece is found again."""
    first: dict[tuple[str, int, str, str], Finding] = {}
    for file in cleaned.files:
        for row, findings in file.plan.why.items():
            for each in findings:
                first.setdefault((str(file.path), row, each.bench, each.item), each)
    return list(first.values())


def _counted(findings: Iterable[Finding]) -> str:
    found = list(findings)
    kinds = Counter(str(finding.kind) for finding in found)
    if not kinds:
        return "nothing to take out"
    items = several(len({finding.item for finding in found}), "item")
    each = ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS if kinds[kind])
    return f"{items} in {several(kinds.total(), 'place')} ({each})"


def _rows(cleaned: Cleaned, before: int) -> Iterator[tuple[str, str]]:
    gone, cut = cleaned.documents_gone, cleaned.documents_cut
    went = f"{out_of(gone, before, 'documents')} ({percent(gone, before)})"
    if cleaned.wanted.drop == "passage":
        yield "Cut", f"passages out of {out_of(cut, before, 'documents')} ({percent(cut, before)})"
    yield "Removed", went
    touched = cleaned.touched
    old = byte_size(sum(file.bytes_before for file in touched))
    new = byte_size(sum(file.bytes_after for file in touched))
    change = f"; those took {old}, and now {new}" if touched else ""
    yield "Files", f"{out_of(len(touched), len(cleaned.files))} changed{change}"
    yield from _unscanned(cleaned)
    if left_out := cleaned.layout.left_out:
        yield "Left out", f"{several(len(left_out), 'file or folder')}: {_named(left_out)}"
    yield "Check", _check(cleaned)
    yield "Manifest", printable(str(cleaned.manifest))


def _unscanned(cleaned: Cleaned) -> Iterator[tuple[str, str]]:
    """Say what was copied without anybody having looked into it."""
    skipped = cleaned.report.corpus.skipped
    files = {each.path for each in skipped if each.row is None}
    records = sum(each.row is not None for each in skipped)
    parts = [several(len(files), "file")] if files else []
    parts += [several(records, "record")] if records else []
    if parts:
        yield "Not scanned", f"{' and '.join(parts)}, copied without a look; see the manifest"


def _named(left_out: Iterable[tuple[object, str]]) -> str:
    listed = [f"{printable(str(path))} ({reason})" for path, reason in left_out]
    more = f" and {len(listed) - _MOST_NAMED:,} more" if len(listed) > _MOST_NAMED else ""
    return ", ".join(listed[:_MOST_NAMED]) + more


def _check(cleaned: Cleaned) -> str:
    checked = cleaned.checked
    again = f" (after cutting {several(checked.rounds, 'time')} more)" if checked.rounds else ""
    stay = f"; {several(checked.stay, 'other finding')} stay" if checked.stay else ""
    return (
        f"a second scan, of {several(checked.documents, 'document')}, finds nothing that was to go"
        f"{again}{stay}"
    )

"""The lines that findings stand on, in files that have lines.

A finding knows its record, and an annotation wants a line. In JSON lines that is not the same:
blank lines are no records. So the files are looked at again, each once and only as far as needed.
Where a file is gone, has another size than when it was scanned, is compressed, or is of a format
whose records have no line of their own, no line is named: none is better than a wrong one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding
    from leakcheck.verdict.records import FileReport

__all__ = ["Lines", "line_of", "lines_of", "lines_of_records"]

Lines = dict[tuple[str, int, int], int]
"""The 1-based line by path, row and start of a finding."""

_JSON_LINES = (".jsonl", ".ndjson")
_TEXTS = (".txt", ".md", ".markdown")
_BLOCK_BYTES = 1024 * 1024


def line_of(finding: Finding, lines: Lines) -> int | None:
    """Return the line of a finding, if it is known."""
    return lines.get((finding.path, finding.row, finding.start))


def lines_of(findings: Iterable[Finding], files: Iterable[FileReport]) -> Lines:
    """Look up the lines of findings in the files, as far as they are still what was scanned."""
    sizes = {file.path: file.size_bytes for file in files}
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if PurePath(finding.path).suffix.lower() in _JSON_LINES + _TEXTS:
            by_path[finding.path].append(finding)
    lines: Lines = {}
    for path, there in by_path.items():
        if _size_of(path) == sizes.get(path, -1):
            in_records = PurePath(path).suffix.lower() in _JSON_LINES
            lines |= _in_json_lines(path, there) if in_records else _in_text(path, there)
    return lines


def lines_of_records(lines: Iterable[bytes], rows: Collection[int]) -> dict[int, int]:
    r"""Return the 1-based line of each of these records; blank lines are no records.

    >>> lines_of_records([b"{}\n", b"\n", b"{}\n"], {1})
    {1: 3}
    """
    found: dict[int, int] = {}
    last = max(rows, default=-1)
    row = 0
    for number, line in enumerate(lines, start=1):
        if row > last:
            break
        if line.strip():
            if row in rows:
                found[row] = number
            row += 1
    return found


def _size_of(path: str) -> int | None:
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return None


def _in_json_lines(path: str, findings: list[Finding]) -> Lines:
    found = lines_of_records(_lines(path), {finding.row for finding in findings})
    return {(path, each.row, each.start): found[each.row] for each in findings if each.row in found}


def _in_text(path: str, findings: list[Finding]) -> Lines:
    """Count the line feeds before each passage; from fingerprints its place is not known."""
    from leakcheck.corpus.encoding import decode

    text = decode(b"".join(_blocks(path)))
    return {
        (path, each.row, each.start): text.count("\n", 0, each.start) + 1
        for each in findings
        if each.basis == "text"
    }


def _lines(path: str) -> Iterator[bytes]:
    from leakcheck.corpus.encoding import line_blocks

    for block in line_blocks(_blocks(path)):
        yield from block.removesuffix(b"\n").split(b"\n")


def _blocks(path: str) -> Iterator[bytes]:
    """Read a file as its reader did: UTF-8 without byte order mark; nothing if it cannot be."""
    from leakcheck.corpus.compression import ByteStream
    from leakcheck.corpus.encoding import utf8_blocks

    try:
        with Path(path).open("rb") as raw:
            yield from utf8_blocks(ByteStream(raw), _BLOCK_BYTES)
    except OSError:
        return

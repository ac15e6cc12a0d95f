"""Attribute files for Dolma: what is to go is marked, and Dolma's mixer takes it out.

Beside `documents/a/b.jsonl.gz` there is `attributes/NAME/a/b.jsonl.gz` in the end: the same lines
in the same order, each with the document's id and the spans in its text. The mixer reads both side
by side, and stops where two ids differ.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from leakcheck.cleaning.choice import Wanted
from leakcheck.cleaning.compressing import compressed_file
from leakcheck.cleaning.layout import absolute
from leakcheck.cleaning.sources import files_of
from leakcheck.corpus.compression import compression_of
from leakcheck.corpus.raw import Piece, raw_pieces
from leakcheck.corpus.records import CorpusFile
from leakcheck.detection.finding import Finding
from leakcheck.errors import InputError, UsageError
from leakcheck.threads import map_in_order
from leakcheck.verdict.records import Report

__all__ = ["TEXT_FIELD", "Tagged", "write_attributes"]

TEXT_FIELD = "text"
"""The one field of a document that Dolma trains on, and that spans are counted in."""
_DOCUMENTS = "documents"
_LINES = (".json", ".jsonl", ".ndjson")
_DECODER = json.JSONDecoder(strict=False)

_Of = dict[int, list[Finding]]
"""What is to be marked in a file, by record."""


class Tagged(NamedTuple):
    """What was written."""

    folders: list[Path]
    """The folders `attributes/NAME`."""
    files: int
    documents: int
    marked: int
    """Documents with a span at least."""


def write_attributes(
    report: Report, folder: Path, name: str, wanted: Wanted, threads: int
) -> Tagged:
    """Write attribute files for all documents of a report.

    Args:
        report: of a scan of documents, that is of files below a folder `documents`.
        folder: what stands for the folder that holds `documents`, or several of these.
        name: of the attributes.
        wanted: what is marked.
        threads: how many files are written at once.

    Raises:
        UsageError: there are such attributes, or they cannot be written.
        InputError: something is no Dolma document, or was changed since the scan.
        RunError: the report is of an index.
    """
    if not name or name.startswith(".") or "/" in name or "\\" in name:
        raise UsageError(f"{name!r} cannot name attributes, which are a folder; as leakcheck")
    if report.settings.text_field != TEXT_FIELD:
        raise UsageError("attributes are of the field `text`; scan with --text-field text")
    files = [file for file, _ in files_of(report)]
    places = _places(files, name)
    for place in {head for head, _ in places.values()}:
        if (folder / place).exists():
            raise UsageError(f"{folder / place}: is there; name the attributes in another way")
    of_file = _by_file(report, wanted)
    try:
        return _written(folder, files, places, of_file, name, threads)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _places(files: list[CorpusFile], name: str) -> dict[str, tuple[Path, Path]]:
    """By the names of the files, the folder of their attributes, and the path below that."""
    split = {file.name: _split_at_documents(file) for file in files}
    root = os.path.commonpath([head for head, _ in split.values()])
    return {
        named: (Path(os.path.relpath(head, root)) / "attributes" / name, below)
        for named, (head, below) in split.items()
    }


def _split_at_documents(file: CorpusFile) -> tuple[Path, Path]:
    path = absolute(file.path or file.name)
    plain = path.name.lower().removesuffix(compression_of(path.name))
    if not plain.endswith(_LINES):
        raise InputError(f"{file.name}: is no Dolma document file, which holds JSON lines")
    parts = path.parent.parts
    if _DOCUMENTS not in parts:
        raise InputError(f"{file.name}: is not below a folder `documents`, as Dolma's files are")
    at = len(parts) - 1 - parts[::-1].index(_DOCUMENTS)
    return Path(*parts[:at]), Path(*parts[at + 1 :], path.name)


def _by_file(report: Report, wanted: Wanted) -> dict[str, _Of]:
    of_file: dict[str, _Of] = defaultdict(lambda: defaultdict(list))
    for finding in report.iter_findings():
        if wanted.goes(finding) and finding.source == TEXT_FIELD:
            of_file[finding.path][finding.row].append(finding)
    return of_file


def _written(
    folder: Path,
    files: list[CorpusFile],
    places: dict[str, tuple[Path, Path]],
    of_file: dict[str, _Of],
    name: str,
    threads: int,
) -> Tagged:
    """Write all to a hidden folder, and put the attributes in their places in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = Path(mkdtemp(prefix=".leakcheck-", dir=folder))
    try:

        def write(file: CorpusFile) -> int:
            target = temporary.joinpath(*places[file.name])
            target.parent.mkdir(parents=True, exist_ok=True)
            return _write_file(file, target, of_file.get(file.name, {}), name)

        counts = [count for _, count in map_in_order(write, iter(files), threads)]
        heads = sorted({head for head, _ in places.values()})
        for head in heads:
            (folder / head).parent.mkdir(parents=True, exist_ok=True)
            (temporary / head).rename(folder / head)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    marked = sum(len(of_row) for of_row in of_file.values())
    return Tagged([folder / head for head in heads], len(files), sum(counts), marked)


def _write_file(file: CorpusFile, target: Path, of_row: _Of, name: str) -> int:
    """Write the attributes of one file; give the number of its documents."""
    source = file.path or Path(file.name)
    documents = 0
    with compressed_file(target, compression_of(source.name)) as written:
        for piece in _records(raw_pieces(source)):
            row = _attributes(piece, file.name, of_row.get(documents, []), name)
            written.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            documents += 1
    return documents


def _records(pieces: Iterator[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.row is not None)


def _attributes(piece: Piece, path: str, findings: list[Finding], name: str) -> dict[str, Any]:
    try:
        document = _DECODER.decode(piece.text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}, record {piece.row}: is not JSON; mend it first") from error
    if not isinstance(document, dict) or document.get("id") is None:
        raise InputError(f"{path}, record {piece.row}: is no Dolma document: it has no id")
    return {
        "id": document["id"],
        "source": document.get("source", ""),
        "attributes": _spans(findings, name),
    }


def _spans(findings: list[Finding], name: str) -> dict[str, list[list[float]]]:
    """Give the spans by key, those that overlap joined: the mixer would not know what to do."""
    spans: dict[str, list[list[float]]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: (finding.start, finding.end)):
        of_key = spans[f"{name}__{finding.bench}__{finding.role}"]
        if of_key and finding.start <= of_key[-1][1]:
            start, end, score = of_key.pop()
            of_key.append([start, max(end, finding.end), max(score, finding.score)])
        else:
            of_key.append([finding.start, finding.end, finding.score])
    return spans

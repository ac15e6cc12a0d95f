"""A run in a folder: what a scan found, whole, so that nothing has to be scanned again.

RUN/
  run.json           schema, version, settings, corpus, verdicts and counts, canaries, stale
  findings.parquet   a row a finding, with the columns of `Finding`
  items.parquet      a row a test item: leaked, or clean
  files.parquet      a row a file that was read
  flagged.parquet    a row an item that a preset flags, where one decided
  parts/             while a scan goes on, and in a shard: what is done (`leakcheck.scanning`)
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from leakcheck.benchmark.durable import replace_file
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.errors import RunError, UsageError
from leakcheck.verdict.records import (
    FLAGGED_SCHEMA,
    ITEM_SCHEMA,
    BenchmarkReport,
    CanaryReport,
    CorpusReport,
    FileReport,
    Report,
    SettingsReport,
)

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["PARTS", "SCHEMA", "check_folder", "is_run", "read_run", "write_run"]

SCHEMA = "leakcheck/run/1"
"""Columns and keys may be added under this name; none is renamed, moved or taken away."""

PARTS = "parts"

_SUMMARY, _FINDINGS, _ITEMS, _FILES, _FLAGGED = (
    "run.json",
    "findings.parquet",
    "items.parquet",
    "files.parquet",
    "flagged.parquet",
)


def is_run(path: Path) -> bool:
    """Tell whether a run is in a folder."""
    return (path / _SUMMARY).is_file()


def check_folder(folder: Path) -> None:
    """See that a run may be written to a folder.

    Raises:
        UsageError: something else is there.
    """
    if folder.exists() and not is_run(folder) and not _is_left_behind(folder):
        raise UsageError(f"{folder}: holds something else than a run; name a new or empty folder")


def write_run(report: Report, folder: Path) -> None:
    """Keep a report in a folder, in place of the run that is there.

    Raises:
        UsageError: something else is there, or it cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    check_folder(folder)
    files = [msgspec.structs.asdict(each) for each in report.files]
    tables = {
        _FINDINGS: report.findings,
        _ITEMS: report.items,
        _FILES: pa.Table.from_pylist(files, _file_schema()),
    }
    if report.settings.preset:
        tables[_FLAGGED] = report.flagged
    try:
        # A run is there once its summary is, so that comes last and goes first.
        (folder / _SUMMARY).unlink(missing_ok=True)
        for name, table in tables.items():
            with replace_file(folder / name) as temporary:
                pq.write_table(table, temporary, compression="zstd")
        with replace_file(folder / _SUMMARY) as temporary:
            temporary.write_text(_summary(report), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error


def read_run(folder: Path) -> Report:
    """Read the report that is kept in a folder.

    Raises:
        RunError: no run is there, or it is damaged or of another version.
    """
    import pyarrow as pa

    if not is_run(folder):
        raise RunError(f"{folder}: no run is there; `leakcheck scan ... --run {folder}` makes one")
    try:
        told = json.loads((folder / _SUMMARY).read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            raise RunError(f"{folder}: made by another version ({told['schema']}); scan again")
        return Report(
            version=told["version"],
            settings=msgspec.convert(told["settings"], SettingsReport),
            corpus=msgspec.convert(told["corpus"], CorpusReport),
            benchmarks=tuple(msgspec.convert(told["benchmarks"], list[BenchmarkReport])),
            findings=_read_table(folder / _FINDINGS, FINDING_SCHEMA),
            canaries=tuple(msgspec.convert(told["canaries"], list[CanaryReport])),
            files=tuple(
                msgspec.convert(
                    _read_table(folder / _FILES, _file_schema()).to_pylist(), list[FileReport]
                )
            ),
            items=_read_table(folder / _ITEMS, ITEM_SCHEMA),
            stale=tuple(told["stale"]),
            flagged=(
                _read_table(folder / _FLAGGED, FLAGGED_SCHEMA)
                if told["settings"].get("preset")
                else FLAGGED_SCHEMA.empty_table()
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RunError(f"{folder}: the run is damaged: {reason}; scan again") from error


def _is_left_behind(folder: Path) -> bool:
    """Tell whether a folder is empty, or has only what a run that was stopped left there."""
    names = (_SUMMARY, _FINDINGS, _ITEMS, _FILES, _FLAGGED, PARTS)
    return folder.is_dir() and all(
        path.name in names or path.name.startswith(tuple(f".{name}." for name in names))
        for path in folder.iterdir()
    )


def _read_table(path: Path, schema: pa.Schema) -> pa.Table:
    """Read the columns of a schema; a KeyError says which one is missing."""
    import pyarrow.parquet as pq

    return pq.read_table(path).select(schema.names).cast(schema)


def _summary(report: Report) -> str:
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "version": report.version,
        "settings": report.settings,
        "corpus": report.corpus,
        "benchmarks": report.benchmarks,
        "canaries": report.canaries,
        "stale": report.stale,
    }
    # Not msgspec's encoder: it refuses file names that are not UTF-8.
    return json.dumps(msgspec.to_builtins(told), ensure_ascii=True, indent=1) + "\n"


def _file_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema(
        [
            ("path", pa.string()),
            ("size_bytes", pa.int64()),
            ("documents", pa.int64()),
            ("modified_ns", pa.int64()),
        ]
    )

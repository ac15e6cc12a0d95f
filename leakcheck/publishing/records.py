"""The audit record: what was scanned, with what, and what came of it; `leakcheck/audit/1`."""

from __future__ import annotations

import json

import msgspec

from leakcheck.errors import RunError
from leakcheck.verdict.records import (
    BenchmarkReport,
    CanaryReport,
    PackReport,
    SettingsReport,
    SkippedReport,
)

__all__ = ["SCHEMA", "AuditRecord", "AuditedFile", "AuditedIndex", "read_record", "written"]

SCHEMA = "leakcheck/audit/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""


class AuditedFile(msgspec.Struct, frozen=True):
    """A file that was read."""

    path: str
    """As it was given, or found below a folder that was given."""
    size_bytes: int
    sha256: str | None
    """None where there was no file to hash; `AuditRecord.unhashed` says why."""
    documents: int


class AuditedIndex(msgspec.Struct, frozen=True):
    """The index that was asked in place of the files."""

    path: str
    scale: int
    manifest_sha256: str
    """Of its manifest.json, which has the checksum of every file of the index."""
    from_fingerprints: int
    """Documents that were decided without their text."""


class AuditRecord(msgspec.Struct, frozen=True):
    """All that must be known to check a scan later."""

    version: str
    """Of leakcheck."""
    preset: str
    """The way of scanning; there is one."""
    settings: SettingsReport
    benchmarks: list[BenchmarkReport]
    findings: int
    accepted: int
    """Findings that a baseline or an allow entry set aside."""
    documents: int
    bytes: int
    """Of the files on disk."""
    unread_bytes: int
    files: list[AuditedFile]
    unscanned: list[SkippedReport]
    """Files and rows that could not be read, or not in full."""
    canaries: list[CanaryReport]
    unhashed: str | None = None
    """Why some files have no hash."""
    index: AuditedIndex | None = None

    @property
    def packs(self) -> list[PackReport]:
        """The packs that were used, with revisions and checksums."""
        return self.settings.packs


def written(record: AuditRecord) -> str:
    """Write a record as JSON, for people to read and compare too."""
    told = {"schema": SCHEMA, **msgspec.to_builtins(record)}
    # Not msgspec's encoder: it refuses file names that are not UTF-8.
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def read_record(text: bytes, name: str) -> AuditRecord:
    """Read a record.

    Args:
        text: of its file.
        name: of the file, for messages.

    Raises:
        RunError: it is none, or damaged, or of another version.
    """
    try:
        told = json.loads(text)
        schema = told.get("schema", "missing")
        if schema != SCHEMA:
            raise RunError(f"{name}: its schema is {schema}, this leakcheck reads {SCHEMA}")
        return msgspec.convert(told, AuditRecord)
    except (ValueError, AttributeError) as error:
        raise RunError(f"{name}: not an audit record, or a damaged one: {error}") from error

"""From a run to its audit record: the files are hashed, if they are what was scanned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leakcheck.corpus.storage import is_uri
from leakcheck.errors import InputError, UsageError
from leakcheck.publishing.hashing import sha256_of
from leakcheck.publishing.records import AuditedFile, AuditedIndex, AuditRecord
from leakcheck.run.files import STANDARD_INPUT, file_of
from leakcheck.verdict.records import FileReport, IndexReport, Report

__all__ = ["audit_of"]

PRESET = "leakcheck"
_MANIFEST = "manifest.json"

Hash = Callable[[Path], str]


def audit_of(report: Report, hash_file: Hash = sha256_of) -> AuditRecord:
    """Make the audit record of a run.

    Args:
        report: of the run.
        hash_file: gives the SHA-256 of a file.

    Raises:
        InputError: a file is gone, or is not what was scanned any more.
        UsageError: not all of the files was scanned.
    """
    settings, corpus = report.settings, report.corpus
    _check_is_whole(report)
    return AuditRecord(
        version=report.version,
        preset=PRESET,
        settings=settings,
        benchmarks=list(report.benchmarks),
        findings=len(report.findings),
        accepted=sum(each.accepted for each in report.benchmarks),
        documents=corpus.documents,
        bytes=corpus.bytes,
        unread_bytes=corpus.unread_bytes,
        files=[_audited(each, corpus.index, hash_file) for each in report.files],
        unscanned=corpus.skipped,
        canaries=list(report.canaries),
        unhashed=_unhashed(report),
        index=_audited_index(corpus.index, hash_file) if corpus.index else None,
    )


def _check_is_whole(report: Report) -> None:
    """Raise UsageError if some rows of the files were scanned, not the files."""
    whole_bytes = sum(file.size_bytes for file in report.files)
    is_part = report.corpus.index is None and report.corpus.bytes < whole_bytes
    if is_part or report.settings.diff_base is not None:
        raise UsageError(
            "no audit record can be made: only the rows that were added were scanned; scan without "
            "--diff-base"
        )


def _unhashed(report: Report) -> str | None:
    """Say why files have no hash, if any have none."""
    if report.corpus.index is not None:
        return "an index was asked, not the files; its manifest is hashed in their place"
    if any(each.path == STANDARD_INPUT for each in report.files):
        return "standard input is not kept, so it cannot be hashed or checked"
    if any(is_uri(each.path) for each in report.files):
        return "files in an object store are not hashed, which would download them once more"
    return None


def _audited(file: FileReport, index: IndexReport | None, hash_file: Hash) -> AuditedFile:
    if index is not None or file.path == STANDARD_INPUT or is_uri(file.path):
        return AuditedFile(file.path, file.size_bytes, None, file.documents)
    path = file_of(file.path)
    try:
        _check_is_scanned(file, path)
        digest = hash_file(path)
        _check_is_scanned(file, path)  # or it was written to while it was hashed
    except OSError as error:
        raise _unreadable(file.path, "file", error) from error
    return AuditedFile(file.path, file.size_bytes, digest, file.documents)


def _check_is_scanned(file: FileReport, path: Path) -> None:
    """Raise InputError if a file was written to since it was scanned."""
    status = path.stat()
    if (status.st_size, status.st_mtime_ns) != (file.size_bytes, file.modified_ns):
        raise InputError(
            f"{file.path}: no audit record can be made, the file was written to since the scan; "
            "scan again"
        )


def _audited_index(index: IndexReport, hash_file: Hash) -> AuditedIndex:
    try:
        digest = hash_file(Path(index.path) / _MANIFEST)
    except OSError as error:
        raise _unreadable(index.path, "index", error) from error
    return AuditedIndex(index.path, index.scale, digest, index.from_fingerprints)


def _unreadable(path: str, what: str, error: OSError) -> InputError:
    return InputError(
        f"{path}: no audit record can be made, the {what} cannot be read any more "
        f"({error.strerror}); scan again, and from the same folder"
    )

"""The files that a report is about, as they must still be there."""

from __future__ import annotations

from collections.abc import Sequence

from leakcheck.corpus import CorpusFile, find_files
from leakcheck.corpus.storage import is_uri
from leakcheck.errors import InputError, RunError, UsageError
from leakcheck.run.findings import with_findings
from leakcheck.verdict.records import FileReport, Report

__all__ = ["files_of", "refuse_objects"]


def files_of(report: Report) -> list[tuple[CorpusFile, FileReport]]:
    """Find the files of a report again, each with what the report says of it.

    Raises:
        UsageError: it was made from standard input, or of files in an object store.
        RunError: it was made from an index.
        InputError: a file is gone, was changed, or came to the others since.
    """
    if report.corpus.index is not None:
        raise RunError(
            f"{report.corpus.index.path}: an index holds no text to clean; scan the corpus itself"
        )
    with_findings(report, "clean")
    if report.settings.diff_base is not None:
        raise RunError(
            "the run saw only the rows added since a commit (--diff-base); scan all of the files"
        )
    if "-" in report.settings.paths:
        raise UsageError("standard input cannot be cleaned; write it to a file and name that")
    refuse_objects(report.settings.paths)
    try:
        files, _ = find_files(report.settings.paths)
    except InputError as error:
        raise InputError(f"{error} (A run has to be cleaned from where it was scanned.)") from error
    told = {file.path: file for file in report.files}
    for file in files:
        _see_that_it_is_the_same(file, told.get(file.name))
    if gone := set(told) - {file.name for file in files}:
        raise InputError(f"{min(gone)}: is not there any more; scan again")
    return [(file, told[file.name]) for file in files]


def refuse_objects(paths: Sequence[str]) -> None:
    """Raise UsageError if any of the paths is in an object store."""
    for path in filter(is_uri, paths):
        raise UsageError(
            f"{path}: only files on disk can be cleaned; copy them from the object store, and "
            "clean the copy"
        )


def _see_that_it_is_the_same(file: CorpusFile, told: FileReport | None) -> None:
    if told is None:
        raise InputError(
            f"{file.name}: was not scanned, as it came later or was excluded; scan all of it"
        )
    if (file.size_bytes, file.modified_ns) != (told.size_bytes, told.modified_ns):
        raise InputError(f"{file.name}: was changed after it was scanned; scan again")

"""The passage of a finding in its surroundings, read again from the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from leakcheck.corpus import CorpusFile, PassageBatch, find_files, read_file
from leakcheck.corpus.storage import is_uri
from leakcheck.detection.finding import Finding
from leakcheck.errors import InputError
from leakcheck.run.files import STANDARD_INPUT, file_of

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["Surroundings", "surroundings_of"]


class Surroundings(NamedTuple):
    """A passage and what stands around it."""

    before: str = ""
    passage: str = ""
    """All of it; the run keeps the excerpt."""
    after: str = ""
    problem: str = ""
    """Why the passage could not be read again; then nothing else is known."""


def surroundings_of(report: Report, finding: Finding, characters: int) -> Surroundings:
    """Read a passage and what stands around it, if its file still has it.

    Args:
        report: of the run that has the finding.
        finding: what to look for in the corpus.
        characters: the most to return of either side.
    """
    if finding.basis == "fingerprints":
        return Surroundings(problem="the run decided from fingerprints, without the text")
    if finding.path == STANDARD_INPUT:
        return Surroundings(problem="the text came from standard input, and is not kept")
    try:
        file = _found(finding.path)
    except InputError as error:
        return Surroundings(problem=str(error))
    if file is None:
        return Surroundings(problem=f"{finding.path} is not there any more from this folder")
    text = _text_of(file, report.settings.text_field, finding)
    start, end = finding.start, finding.end
    if text is None or not text[start:end].startswith(finding.excerpt):
        return Surroundings(problem=f"{finding.path} changed since the scan: the passage is gone")
    return Surroundings(
        text[max(0, start - characters) : start], text[start:end], text[end : end + characters]
    )


def _found(name: str) -> CorpusFile | None:
    """Find a file of a run again.

    Raises:
        InputError: it is in an object store that cannot be asked, or not there any more.
    """
    if is_uri(name):
        files, _ = find_files([name])
        return files[0] if files else None
    path = file_of(name)
    return CorpusFile(path, name, path.stat().st_size) if path.is_file() else None


def _text_of(file: CorpusFile, text_field: str | None, finding: Finding) -> str | None:
    """Return the text that a finding is in; None if there is no such record any more."""
    try:
        for read in read_file(file, text_field=text_field):
            if not isinstance(read, PassageBatch) or not len(read.rows):
                continue
            for place in (read.rows == finding.row).nonzero()[0].tolist():
                if read.sources[place] == finding.source:
                    return str(read.texts[place].as_py())
            if read.rows[-1] > finding.row:
                return None
    except InputError:  # the name tells of no format: another file is in its place
        return None
    return None

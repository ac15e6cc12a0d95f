"""From corpus paths to files, and from files to passages.

The flow: `find_files` names the files below the paths, on disk or in an object store (`storage`),
but for those that `excludes` leaves out; `added_since` keeps of them what is new since a commit
(`git`, `added_rows`); `stretches_of` cuts large ones into parts that are read apart (`cutting`,
`line_range`); `read_file` opens a file or a part of it (`compression`, `ahead`), picks its reader
by its suffix (`formats`), and the reader hands over blocks of records, which become batches of
passages (`batches`, by the rules of `shapes`; columns of strings go past those, by `columns`). What
cannot be read comes out of the same stream, as `Skipped`.
"""

from __future__ import annotations

from leakcheck.corpus.added import added_since
from leakcheck.corpus.batches import field_missing
from leakcheck.corpus.cutting import stretches_of
from leakcheck.corpus.excludes import NOTHING_EXCLUDED, Excludes
from leakcheck.corpus.files import find_files
from leakcheck.corpus.read import read_file
from leakcheck.corpus.records import (
    LFS_POINTER,
    NOT_A_FORMAT,
    CorpusFile,
    PassageBatch,
    Skipped,
)
from leakcheck.corpus.stretch import Stretch

__all__ = [
    "LFS_POINTER",
    "NOTHING_EXCLUDED",
    "NOT_A_FORMAT",
    "CorpusFile",
    "Excludes",
    "PassageBatch",
    "Skipped",
    "Stretch",
    "added_since",
    "field_missing",
    "find_files",
    "read_file",
    "stretches_of",
]

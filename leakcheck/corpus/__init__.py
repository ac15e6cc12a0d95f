"""From corpus paths to files, and from files to passages.

The flow: `find_files` names the files below the paths, on disk or in an object store (`storage`),
but for those that `excludes` leaves out; `added_since` keeps of them what is new since a commit
(`git`, `added_rows`); `read_file` opens one (`compression`), picks its reader by its suffix
(`formats`), and the reader hands over blocks of records, which become batches of passages
(`batches`, by the rules of `shapes`; columns of strings go past those, by `columns`). What cannot
be read comes out of the same stream, as `Skipped`.
"""

from __future__ import annotations

from leakcheck.corpus.added import added_since
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

__all__ = [
    "LFS_POINTER",
    "NOTHING_EXCLUDED",
    "NOT_A_FORMAT",
    "CorpusFile",
    "Excludes",
    "PassageBatch",
    "Skipped",
    "added_since",
    "find_files",
    "read_file",
]

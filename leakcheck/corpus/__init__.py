"""From corpus paths to files, and from files to passages.

The flow: `find_files` names the files below the paths; `read_file` opens one (`compression`),
picks its reader by its suffix (`formats`), and the reader hands over blocks of records, which
become batches of passages (`batches`, by the rules of `shapes`; columns of strings go past those,
by `columns`). What cannot be read comes out of the same stream, as `Skipped`.
"""

from __future__ import annotations

from leakcheck.corpus.files import find_files
from leakcheck.corpus.read import read_file
from leakcheck.corpus.records import CorpusFile, PassageBatch, Skipped

__all__ = ["CorpusFile", "PassageBatch", "Skipped", "find_files", "read_file"]

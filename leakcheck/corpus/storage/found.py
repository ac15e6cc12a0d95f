"""What the search for the files of a corpus asks of a disk and of an object store alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from leakcheck.corpus.records import CorpusFile, Skipped

__all__ = ["INDEX_SUFFIX", "Places"]

INDEX_SUFFIX = ".lki"
"""Of the folder of an index: made of a corpus, it is none."""


class Places(Protocol):
    """Where files are."""

    def written_out(self, path: str) -> str:
        """Return what of a path names one place: all, or of a pattern the folder it starts from."""

    def is_pattern(self, path: str) -> bool:
        """Tell whether a path is a pattern, and not the name of something that is there."""

    def is_folder(self, path: str) -> bool:
        """Tell whether a folder is there."""

    def is_there(self, path: str) -> bool:
        """Tell whether anything is there."""

    def shown(self, path: str) -> str:
        """Return the name of a file that was named."""

    def matching(self, pattern: str) -> Iterator[str]:
        """Name the files that a pattern leads to, and those in the folders it leads to."""

    def below(self, folder: str) -> Iterator[str]:
        """Name all files in a folder and the folders in it, hidden ones left out."""

    def place(self, name: str) -> str:
        """Give what is the same for all names of one file."""

    def examined(self, name: str) -> CorpusFile | Skipped:
        """Look at a file without reading it."""

"""One corpus file while it is being read: what every format is given."""

from __future__ import annotations

from dataclasses import dataclass

from leakcheck.corpus.compression import ByteStream
from leakcheck.corpus.records import CorpusFile
from leakcheck.corpus.stretch import Stretch

__all__ = ["OpenFile"]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A corpus file, its decompressed bytes, and how its reader wants it read."""

    stretch: Stretch
    """What of the file is read."""
    stream: ByteStream
    text_field: str | None
    """Take this field of every record only, as `data.text`; None to take all text."""
    batch_bytes: int
    """About how much decompressed data makes a batch."""

    @property
    def file(self) -> CorpusFile:
        """Return the file."""
        return self.stretch.file

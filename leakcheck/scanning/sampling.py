"""Drawing a sample: which parts of a corpus are looked at, for a first look at a large one.

Every unit of a corpus is drawn with the same probability, one apart from the other, by a hash of
the seed, the name of its file and its number there. So the same sample is drawn on every machine,
by any number of threads or shards. What is a unit goes by what has to be read to get at it:

- In JSON lines and parquet the lines or row groups that start in 1 MB of the file: the rest is not
  read at all.
- A file that cannot be read from its middle, if it is small, all of it: a 32nd of what the sample
  has of the corpus, or 16 MB. Of a corpus of many files so the cost falls with the share there too.
- In a larger one of these a record: the file is read through, and other records are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import compress

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, Stretch
from leakcheck.corpus.cutting import pieces_of, stretch_of
from leakcheck.corpus.formats import can_be_cut, is_one_document

__all__ = ["Drawing", "Sample", "drawing_of"]

_FEWEST_WHOLE_FILES = 32
"""Files of the most bytes that are taken whole make up the sample in such a number at least."""


class Sample(msgspec.Struct, frozen=True):
    """What is asked of a sample."""

    share: float
    """The probability with which a unit is drawn, over 0 and under 1."""
    seed: int = 0
    unit_bytes: int = 1024 * 1024
    """Of a file that can be read from its middle."""
    file_bytes: int = 16 * 1024 * 1024
    """Any file up to this size is taken or left whole."""


@dataclass(frozen=True)
class Drawing:
    """A sample of one corpus."""

    sample: Sample
    whole_bytes: int
    """Up to this size a file that cannot be cut is one unit."""

    def stretches(self, files: Iterable[CorpusFile]) -> Iterator[Stretch]:
        """Yield what is read, in the order of the corpus."""
        for file in files:
            numbers = np.arange(pieces_of(file, self.sample.unit_bytes))
            if not self.is_by_record(file):
                numbers = numbers[self._are_drawn(file, numbers)]
            for number in numbers.tolist():
                yield stretch_of(file, number, self.sample.unit_bytes)

    def is_by_record(self, file: CorpusFile) -> bool:
        """Tell whether the units of a file are its records."""
        if can_be_cut(file.name) or is_one_document(file.name):
            return False
        return file.is_standard_input or file.size_bytes > self.whole_bytes

    def records(
        self, file: CorpusFile, reads: Iterable[PassageBatch | Skipped]
    ) -> Iterator[PassageBatch | Skipped]:
        """Keep of what is read of a file the records that are drawn.

        The documents of a batch are the records drawn, those that could not be read among them.
        """
        row = 0
        for read in reads:
            if isinstance(read, Skipped):
                yield read
                continue
            drawn = self._are_drawn(file, np.arange(row, read.end_row))
            kept = drawn[read.rows - row]
            yield replace(
                read,
                texts=read.texts.filter(pa.array(kept)),
                rows=read.rows[kept],
                sources=list(compress(read.sources, kept.tolist())),
                documents=int(drawn.sum()),
            )
            row = read.end_row

    def _are_drawn(self, file: CorpusFile, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell of units of a file, by their numbers, whether they are in the sample."""
        named = f"{self.sample.seed}\n{file.name}".encode("utf-8", "surrogateescape")
        key = int.from_bytes(blake2b(named, digest_size=8).digest(), "little")
        hashes = _mixed(np.uint64(key) ^ _mixed(numbers.astype(np.uint64)))
        return hashes < np.uint64(int(self.sample.share * 2**64))


def drawing_of(sample: Sample, files: Iterable[CorpusFile]) -> Drawing:
    """Draw a sample from the files of a corpus."""
    in_sample = int(sample.share * sum(file.size_bytes for file in files))
    return Drawing(sample, max(sample.file_bytes, in_sample // _FEWEST_WHOLE_FILES))


def _mixed(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Mix the bits of each number (the finaliser of splitmix64, Steele et al. 2014)."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))

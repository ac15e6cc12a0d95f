"""Documents as the codes of their tokens, and the way back to where a token stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import allocating
from leakcheck.corpus import PassageBatch
from leakcheck.text.tokens import TokenTables, is_number, load_token_tables, tokenise_bytes

__all__ = ["DocumentTokens", "Place", "read_tokens"]

EXCERPT_CHARACTERS = 400


class Place(NamedTuple):
    """Where a run stands in the corpus."""

    path: str
    row: int
    source: str
    start: int
    """Character offsets in the text at `source`."""
    end: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class DocumentTokens:
    """The tokens of the documents of a batch. Fields and turns of a document follow each other."""

    batch: PassageBatch
    codes: npt.NDArray[np.uint16]
    """Shape (tokens,)."""
    numbers: npt.NDArray[np.bool_]
    """Shape (tokens,): whether each token is a number."""
    starts: npt.NDArray[np.int32]
    """Shape (tokens,): the byte of the batch's text that each token starts at ..."""
    ends: npt.NDArray[np.int32]
    """... and the first behind it."""
    passages: npt.NDArray[np.int64]
    """Shape (passages + 1,): the first token of each passage."""
    documents: npt.NDArray[np.int64]
    """Shape (documents + 1,): the first token of each document that has any text."""

    def without(self, left_out: npt.NDArray[np.bool_]) -> DocumentTokens:
        """Leave tokens out; `left_out` tells which codes, shape (65536,)."""
        kept = ~left_out[self.codes]
        before = np.concatenate(([0], np.cumsum(kept)))
        return replace(
            self,
            codes=self.codes[kept],
            numbers=self.numbers[kept],
            starts=self.starts[kept],
            ends=self.ends[kept],
            passages=before[self.passages],
            documents=before[self.documents],
        )

    def paragraphs(self, separator: bytes) -> npt.NDArray[np.int64]:
        """Number the paragraph of each token, shape (tokens,); one ends where its passage does."""
        offsets = _offsets(self.batch)
        first, last = (int(offset) for offset in offsets[[0, -1]])
        text = memoryview(self.batch.texts.buffers()[2] or b"")[first:last].tobytes()
        breaks = [found.start() + first for found in re.finditer(re.escape(separator), text)]
        borders = np.sort(np.concatenate((offsets, np.array(breaks, np.int64))))
        return np.searchsorted(borders, self.starts, side="right")

    def place(self, first: int, last: int) -> Place:
        """Say where the tokens from `first` to `last` stand, or those of them in one passage."""
        passage = int(np.searchsorted(self.passages, first, side="right")) - 1
        last = min(last, int(self.passages[passage + 1]) - 1)
        text = self.batch.texts[passage].as_py().encode()
        base = _offsets(self.batch)[passage]
        start, end = int(self.starts[first]) - base, int(self.ends[last]) - base
        before = len(text[:start].decode("utf-8", "replace"))
        shown = text[start:end].decode("utf-8", "replace")
        return Place(
            self.batch.file.name,
            int(self.batch.rows[passage]),
            self.batch.sources[passage],
            before,
            before + len(shown),
            shown[:EXCERPT_CHARACTERS],
        )


def _offsets(batch: PassageBatch) -> npt.NDArray[np.int64]:
    first = batch.texts.offset
    return np.frombuffer(batch.texts.buffers()[1], np.int64)[first : first + len(batch.texts) + 1]


def read_tokens(batch: PassageBatch) -> DocumentTokens:
    """Tokenise the documents of a batch."""
    offsets = _offsets(batch) if len(batch.texts) else np.zeros(1, np.int64)
    data = np.frombuffer(batch.texts.buffers()[2] or b"", np.uint8)
    # Room for the most tokens there can be; what is not written to is never in memory.
    room = 2 * int(offsets[-1] - offsets[0]) + len(offsets)
    codes, numbers = np.empty(room, np.uint16), np.empty(room, np.bool_)
    starts, ends = np.empty(room, np.int32), np.empty(room, np.int32)
    passages = np.zeros(len(offsets), np.int64)
    count = _tokenise(data, offsets, load_token_tables(), codes, numbers, starts, ends, passages)
    first_passages = np.flatnonzero(np.diff(batch.rows, prepend=-1))
    documents = np.append(passages[first_passages], count)
    return DocumentTokens(
        batch,
        codes[:count],
        numbers[:count],
        starts[:count],
        ends[:count],
        passages,
        documents,
    )


@allocating
def _tokenise(
    data: npt.NDArray[np.uint8],
    offsets: npt.NDArray[np.int64],
    tables: TokenTables,
    codes: npt.NDArray[np.uint16],
    numbers: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    passages: npt.NDArray[np.int64],
) -> int:
    """Write the tokens of all passages and where each passage's start; return their number."""
    longest = 0
    for passage in range(len(offsets) - 1):
        longest = max(longest, offsets[passage + 1] - offsets[passage])
    room = 2 * longest + 1
    hashes = np.empty(room, np.uint32)
    own_starts, own_ends = np.empty(room, np.int32), np.empty(room, np.int32)
    count = 0
    for passage in range(len(offsets) - 1):
        tokens = tokenise_bytes(
            data, offsets[passage], offsets[passage + 1], tables, hashes, own_starts, own_ends, 0
        )
        for at in range(tokens):
            codes[count] = np.uint16(hashes[at])
            numbers[count] = is_number(hashes[at])
            starts[count] = own_starts[at]
            ends[count] = own_ends[at]
            count += 1
        passages[passage + 1] = count
    return count

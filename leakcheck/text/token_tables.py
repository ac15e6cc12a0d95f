"""What the tokeniser looks up: the tables of `folding`, `number_words` and `dressing_names`."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import read_only
from leakcheck.text.dressing_names import dressing_table
from leakcheck.text.folding import load_folding_table
from leakcheck.text.hashing import word_hash
from leakcheck.text.number_words import number_word_table

__all__ = ["TokenTables", "load_token_tables"]


class TokenTables(NamedTuple):
    """What the kernel looks up: the tables of `folding`, `number_words` and `dressing`."""

    entries: npt.NDArray[np.uint32]
    expansions: npt.NDArray[np.uint32]
    words: npt.NDArray[np.uint32]
    numbers: npt.NDArray[np.uint32]
    names: npt.NDArray[np.uint64]
    values: npt.NDArray[np.int32]


@cache
def load_token_tables() -> TokenTables:
    """Load the tables of the tokeniser."""
    tables = (*load_folding_table(), *number_word_table(word_hash), *dressing_table())
    return read_only(TokenTables(*tables))

"""Words in camel case: their parts are tokens too.

`hasItem` is in camel case: each part, cut before capitals, has two letters and but one capital.
`HTTPServer`, `iPhone` and words in random case are not, and stay whole.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, kernel
from leakcheck.text.hashing import SEED, finish_word, mix
from leakcheck.vectors import leading_zeros

__all__ = ["find_camel_case", "is_camel_case", "write_parts"]

_NONE, _ONE = np.uint64(0), np.uint64(1)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


@kernel
def is_camel_case(data: npt.NDArray[np.uint8], start: int, end: int) -> bool:
    """Tell if every part of a word, cut before capitals, has two small letters behind its first.

    `hasItem` and `HTTPServer` differ here: the latter stays whole, as randomly cased words do.
    """
    small = 2 if data[start] >= 97 else 0
    if data[start] >= 97 and (start + 1 >= end or data[start + 1] < 97):
        return False
    for at in range(start + 1, end):
        if data[at] < 97:
            if small < 2:
                return False
            small = 0
        else:
            small += 1
    return small >= 2


@kernel
def write_parts(
    data: npt.NDArray[np.uint8],
    start: int,
    end: int,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> int:
    """Write the parts of a word in camel case; return the new number of tokens."""
    state = SEED
    part_start = start
    for at in range(start, end + 1):
        if at == end or (at > start and data[at] < 97):
            hashes[count] = finish_word(state)
            starts[count] = part_start
            ends[count] = at
            count += 1
            state = SEED
            part_start = at
        if at < end:
            state = mix(state, np.uint64(data[at] | 32))
    return count


@inlined
def find_camel_case(turns: np.uint64, capitals: np.uint64, small: np.uint64) -> np.uint64:
    """Return the first letters of words in camel case that end before the highest bit.

    Of 64 bytes a bit for each: `turns` are capitals right behind small letters.
    """
    letters = capitals | small
    lone = capitals & ~(small >> _ONE & small >> np.uint64(2))
    found = _NONE
    while turns:
        turn = turns & (_NONE - turns)
        first = np.uint64(64) - leading_zeros(~letters & (turn - _ONE))
        above = ~letters & (_NONE - turn)
        word = (above & (_NONE - above)) - _ONE & _ALL << first
        begins_lone = small >> first & ~(small >> first >> _ONE) & _ONE
        if above and not (lone & word | begins_lone):
            found |= _ONE << first
        turns &= ~word
    return found

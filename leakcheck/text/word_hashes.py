"""Hashes of plain words and numbers of ASCII, of some sixty together.

Each is done in as many steps as any other, so that the steps of several go on at the same time.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.text.hashing import NUMBER_BIT, SEED, finish_word, mix
from leakcheck.text.number_words import SLOT_MASK
from leakcheck.vectors import STACK_NUMBERS, load_eight, stack_numbers

__all__ = ["UNHASHED", "hash_words", "is_plural", "mix_letters", "number_or_word"]

UNHASHED = np.uint32(0xFFFFFFFF)
"""Stands for the hash of a word that has none yet: no token is both a number and unspaced."""
_EACH = np.uint64(0x0101010101010101)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)


@kernel
def hash_words(
    data: npt.NDArray[np.uint8],
    words: npt.NDArray[np.uint32],
    numbers: npt.NDArray[np.uint32],
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    first: int,
    count: int,
) -> None:
    """Write the hashes of what `find_words` found from row `first` on, of `count` rows."""
    blocks, states, longs = stack_numbers(), stack_numbers(), stack_numbers()
    for first_row in range(np.uint64(first), np.uint64(count), STACK_NUMBERS):
        rows = min(np.uint64(count) - first_row, np.uint64(STACK_NUMBERS))
        if not _is_any_unhashed(hashes, first_row, rows):
            continue
        for place in range(rows):
            row = first_row + place
            blocks[place] = _block_of_word(data, int64(starts[row]), int64(ends[row]))
        # Whole eights, whatever the last hold: the compiler does several of them at once.
        for place in range((rows + np.uint64(7)) & ~np.uint64(7)):
            states[place] = _mix_block(blocks[place])
        long = np.uint64(0)
        for place in range(rows):
            row = first_row + place
            is_unhashed = hashes[row] == UNHASHED
            longs[long] = place
            long += np.uint64(is_unhashed & (ends[row] - starts[row] > 8))
            token = _finish(states[place], blocks[place], words, numbers)
            hashes[row] = token if is_unhashed else hashes[row]
        for number in range(long):
            place = longs[number]
            row = first_row + place
            start, end = int64(starts[row]), int64(ends[row])
            state = mix_letters(states[place], data, start + 8, end - is_plural(data, start, end))
            hashes[row] = _finish(state, blocks[place], words, numbers)


@inlined
def _is_any_unhashed(hashes: npt.NDArray[np.uint32], first: int, rows: np.uint64) -> bool:
    unhashed = np.uint64(0)
    for place in range(rows):
        unhashed += np.uint64(hashes[first + place] == UNHASHED)
    return bool(unhashed != 0)


@inlined
def _block_of_word(data: npt.NDArray[np.uint8], start: int, end: int) -> np.uint64:
    """Return the first eight letters of a word in lower case, or all with zeros behind them.

    Without the `s` of a plural, if that is among them.
    """
    block = load_eight(data, start) | _EACH * np.uint64(32)
    length = np.uint64(end - start)
    spare = np.uint64(64) - np.uint64(8) * min(length, np.uint64(8))
    tail = block << spare
    last, before = tail >> np.uint64(56), (tail >> np.uint64(48)) & np.uint64(0xFF)
    cut = _ends_like_plural(length, last, before) & (length <= np.uint64(8))
    return block & (_ALL >> (spare + np.uint64(8) * np.uint64(cut)))


@inlined
def _mix_block(block: np.uint64) -> np.uint64:
    """Return the hash state of a word of up to eight letters.

    All eight steps are done and those behind the word are dropped: that takes less time than to
    guess wrongly how many there are.
    """
    state = SEED
    for step in range(8):
        letter = (block >> np.uint64(8 * step)) & np.uint64(0xFF)
        state = mix(state, letter) if letter else state
    return state


@kernel
def mix_letters(state: np.uint64, data: npt.NDArray[np.uint8], start: int, end: int) -> np.uint64:
    """Return the hash state after more letters of ASCII, or digits."""
    at = start
    while at < end:
        if at + 8 <= len(data):
            block = load_eight(data, at) | _EACH * np.uint64(32)
            left = end - at
            for step in range(8):  # as `_mix_block`
                mixed = mix(state, (block >> np.uint64(8 * step)) & np.uint64(0xFF))
                state = mixed if step < left else state
            at += 8
        else:
            state = mix(state, np.uint64(data[at] | 32))
            at += 1
    return state


@inlined
def _finish(
    state: np.uint64,
    block: np.uint64,
    words: npt.NDArray[np.uint32],
    numbers: npt.NDArray[np.uint32],
) -> np.uint32:
    """Return the hash of a word or a number from its state and its first letters."""
    is_word = block & np.uint64(64)  # letters have this bit, digits do not
    return number_or_word(state, words, numbers) if is_word else finish_word(state) | NUMBER_BIT


@inlined
def number_or_word(
    state: np.uint64, words: npt.NDArray[np.uint32], numbers: npt.NDArray[np.uint32]
) -> np.uint32:
    """Return the hash of a word, or of the number that it names."""
    word = finish_word(state)
    slot = word & np.uint32(SLOT_MASK)
    return numbers[slot] if words[slot] == word else word


@inlined
def is_plural(data: npt.NDArray[np.uint8], start: int, end: int) -> bool:
    """Tell if a word ends like a regular English plural: not `gas`, `glass`, `bus` or `axis`."""
    length = np.uint64(end - start)
    last, before = np.uint64(data[end - 1]), np.uint64(data[max(start, end - 2)])
    return _ends_like_plural(length, last | np.uint64(32), before | np.uint64(32))


@inlined
def _ends_like_plural(length: np.uint64, last: np.uint64, before: np.uint64) -> bool:
    # No branches: which words end in an s cannot be guessed.
    is_other = (before != 115) & (before != 117) & (before != 105)
    return bool((length >= 4) & (last == 115) & is_other)

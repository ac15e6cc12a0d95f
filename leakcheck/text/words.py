"""Plain words and numbers of ASCII: found 64 bytes at once, hashed many at once.

What the processor has to guess costs more here than what it has to do. Where words start and end is
read from bits, one for each of 64 bytes. Words that are found are written down with their place
only, and hashed 64 together, each in as many steps as any other, so that the steps of
several go on at the same time. Anything that may be more than a plain word is left to `tokens`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from leakcheck.compiled import inlined, int64, kernel
from leakcheck.text.camel_case import find_camel_case, write_parts
from leakcheck.text.dressing import MAY_BEGIN
from leakcheck.text.hashing import NUMBER_BIT, SEED, finish_word, mix
from leakcheck.text.number_words import SLOT_MASK
from leakcheck.vectors import (
    STACK_NUMBERS,
    between,
    load_eight,
    stack_numbers,
    trailing_zeros,
)

__all__ = [
    "READ_AHEAD_BYTES",
    "end_of_letters",
    "find_words",
    "hash_words",
    "is_letter",
    "is_plural",
    "mix_letters",
    "number_or_word",
]

READ_AHEAD_BYTES = 72
"""So much of the data is looked at behind a place: 64 bytes, and eight from the last of them."""

_UNHASHED = np.uint32(0xFFFFFFFF)
"""Stands for the hash of a word that has none yet: no token is both a number and unspaced."""
_EACH = np.uint64(0x0101010101010101)
_HIGHEST = np.uint64(0x8080808080808080)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_NONE, _ONE = np.uint64(0), np.uint64(1)
_LAST = np.uint64(1 << 63)
_LAST_THREE = np.uint64(0b111 << 61)
_BACKSLASH, _AMPERSAND, _LESS = ord("\\"), ord("&"), ord("<")
_COMMA, _POINT = ord(","), ord(".")
_SEVEN_BITS = np.uint64(0x7F)


@inlined
def find_words(
    data: npt.NDArray[np.uint8],
    at: int,
    end: int,
    hashes: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    count: int,
) -> tuple[int, int]:
    """Write the places of words until something stands there that may be more than a plain word.

    Return the offset of that, or an offset from which on no block can be read, and the new number
    of tokens. `at` is not inside of a word, and neither is what is returned.
    """
    while at < end and at + READ_AHEAD_BYTES <= len(data):
        inside = _ALL if end - at >= 64 else (_ONE << np.uint64(end - at)) - _ONE
        capitals = between(data, at, 65, 90) & inside
        small = between(data, at, 97, 122) & inside
        digits = between(data, at, 48, 57) & inside
        halts, joins = _halts(data, at, digits)
        halts &= inside
        points = between(data, at, _POINT, _POINT)
        digits |= points & digits << _ONE & (digits >> _ONE | _LAST)
        halt = halts & (_NONE - halts)  # the first
        before = halt - _ONE
        letters = capitals | small
        behind_letters, behind_digits = letters << _ONE, digits << _ONE
        firsts = (letters & ~behind_letters) | (digits & ~behind_digits)
        afters = (behind_letters & ~letters) | (behind_digits & ~digits)
        afters &= before | (halt & ~joins)
        turns = capitals & (small << _ONE)
        in_camel_case = find_camel_case(turns, capitals, small) if turns else _NONE
        while afters:
            start, after = at + int64(trailing_zeros(firsts)), at + int64(trailing_zeros(afters))
            if in_camel_case & firsts & (_NONE - firsts):
                count = write_parts(data, start, after, hashes, starts, ends, count)
            row = np.uint64(count)
            starts[row] = start
            ends[row] = after
            hashes[row] = _UNHASHED
            count += 1
            firsts &= firsts - _ONE
            afters &= afters - _ONE
        firsts &= before
        if firsts:  # a word that goes on behind the block or is left to others
            at += int64(trailing_zeros(firsts))
            if halt or firsts & _ONE:
                break
        elif halt:
            at += int64(trailing_zeros(halt))
            break
        else:
            at = min(at + 64, end)
    return at, count


@inlined
def _halts(data: npt.NDArray[np.uint8], at: int, digits: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Return what cannot be read here, of 64 bytes, and what of it may belong to what is before."""
    joins = between(data, at, 128, 255)
    commas = between(data, at, _COMMA, _COMMA) & (digits << _ONE)
    if commas:
        joins |= commas & _thousands(digits)
    halts = joins
    marks = between(data, at, _BACKSLASH, _BACKSLASH) | between(data, at, _AMPERSAND, _AMPERSAND)
    marks |= between(data, at, _LESS, _LESS)
    while marks:
        place = at + int64(trailing_zeros(marks))
        mark = marks & (_NONE - marks)
        marks ^= mark
        first, second = np.uint64(data[place + 1]), np.uint64(data[place + 2])
        kinds = MAY_BEGIN[(first & _SEVEN_BITS) << np.uint64(7) | second & _SEVEN_BITS]
        is_one = np.uint64(kinds >> (data[place] >> np.uint8(4) & np.uint8(3)) & np.uint8(1))
        halts |= mark * is_one
        joins |= mark * (is_one & np.uint64((data[place] == _AMPERSAND) | (first == 117)))
    return halts, joins


@inlined
def _thousands(digits: np.uint64) -> np.uint64:
    """Return where a comma could part a number: three digits behind, and not a fourth.

    Of what is behind the block anything is thought.
    """
    three = digits >> _ONE & digits >> np.uint64(2) & digits >> np.uint64(3)
    return three & ~(digits >> np.uint64(4)) | _LAST_THREE


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
            is_unhashed = hashes[row] == _UNHASHED
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
        unhashed += np.uint64(hashes[first + place] == _UNHASHED)
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
def is_letter(byte: int) -> bool:
    """Tell if a byte is a letter of ASCII."""
    return 97 <= byte | 32 <= 122


@inlined
def _letters_among(block: np.uint64) -> np.uint64:
    """Return the highest bit of each byte that is a letter of ASCII, of eight bytes at once."""
    folded = (block | _EACH * np.uint64(32)) & (_EACH * np.uint64(0x7F))
    from_a = folded + _EACH * np.uint64(0x80 - 97)
    above_z = folded + _EACH * np.uint64(0x80 - 123)
    return from_a & ~above_z & ~block & _HIGHEST


@inlined
def end_of_letters(data: npt.NDArray[np.uint8], start: int, end: int) -> tuple[int, bool]:
    """Return the offset after the letters from `start` on, the first of them known to be one.

    And whether there is a capital behind the first. Eight bytes are looked at together: where a
    word ends cannot be guessed byte by byte.
    """
    at = start
    capitals = np.uint64(0)
    while at + 8 <= end:
        block = load_eight(data, at)
        letters = _letters_among(block)
        others = letters ^ _HIGHEST
        inside = others - np.uint64(1)  # of what is below the first other byte
        if at == start:
            inside &= ~np.uint64(0xFF)
        capitals |= letters & ~(block << np.uint64(2)) & inside
        if others:
            return at + int64(trailing_zeros(others) >> np.uint64(3)), capitals != 0
        at += 8
    while at < end and is_letter(data[at]):
        capitals |= np.uint64(at > start and data[at] < 97)
        at += 1
    return at, capitals != 0


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

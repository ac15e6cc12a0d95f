"""Characters of UTF-8: Python's own decoder says the same."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from leakcheck.text.utf8 import decode, three_bytes, two_bytes


def decoded(data: bytes) -> list[int]:
    """Decode all characters of a text, one after another."""
    array, at, code_points = np.frombuffer(data, np.uint8), 0, []
    while at < len(data):
        code_point, at = decode(array, at, len(data))
        code_points.append(code_point)
    return code_points


@given(st.text())
@example("a\x7f\x80\u07ff\u0800\uffff\U00010000\U0010ffff")
def test_decodes_every_character(text):
    assert decoded(text.encode()) == [ord(char) for char in text]


@given(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), st.integers(1, 3))
def test_a_character_cut_short_ends_the_text(char, length):
    cut = char.encode()[:-1][:length]
    assert decode(np.frombuffer(cut, np.uint8), 0, len(cut)) == (0, len(cut))


@given(st.characters(min_codepoint=0x80, max_codepoint=0xFFFF, exclude_categories=["Cs"]))
@example("\u07ff")
@example("\u0800")
def test_reads_characters_of_a_known_length(char):
    data = np.frombuffer(char.encode(), np.uint8)
    read = two_bytes if len(data) == 2 else three_bytes
    assert read(data, 0) == ord(char)

"""Bytes to text: marks, foreign encodings, and lines."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus.compression import ByteStream
from leakcheck.corpus.encoding import (
    decode,
    line_blocks,
    shown,
    text_blocks,
    undecodable_at,
    utf8_blocks,
    without_surrogates,
)

TEXT = "naïve — 雨 — 🌧\u2028\x85"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("block_bytes", [1, 5, 1000])
def test_gives_utf8_without_a_mark(encoding, block_bytes):
    stream = ByteStream(io.BytesIO(TEXT.encode(encoding)))
    assert b"".join(utf8_blocks(stream, block_bytes)).decode() == TEXT


def test_reads_big_endian_utf16_by_its_mark():
    stream = ByteStream(io.BytesIO(b"\xfe\xff" + TEXT.encode("utf-16-be")))
    assert b"".join(utf8_blocks(stream, 3)).decode() == TEXT


def test_an_odd_end_of_utf16_is_told_in_the_text():
    stream = ByteStream(io.BytesIO("ab".encode("utf-16") + b"c"))
    assert b"".join(utf8_blocks(stream, 100)).decode() == "ab\ufffd"


@given(st.lists(st.binary(max_size=6)))
def test_line_blocks_move_cuts_behind_line_feeds(blocks):
    cut = list(line_blocks(blocks))
    assert b"".join(cut) == b"".join(blocks)
    assert all(block.endswith(b"\n") for block in cut[:-1])


@given(st.binary(max_size=40), st.integers(1, 5))
def test_text_blocks_decode_as_the_whole_would_be(data, size):
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    assert "".join(text_blocks(blocks)) == decode(data)


def test_surrogates_are_replaced_one_for_one():
    text = decode(b"caf\xe9!") + "\ud83d"
    assert undecodable_at(text) == 3
    assert without_surrogates(text) == "caf\ufffd!\ufffd"
    assert undecodable_at("\ud83d") is None, "an escape in JSON is no invalid byte"


def test_shown_stays_on_one_line():
    assert shown(" two\nlines ") == r"'two\nlines'"
    assert len(shown("x" * 500)) < 50

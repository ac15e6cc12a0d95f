"""Lines of a stretch: each line of a file is read in one stretch, the one it starts in."""

from __future__ import annotations

import io
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus import CorpusFile, Stretch
from leakcheck.corpus.line_range import LineRange


def pieces(data: bytes, borders: list[int], read_bytes: int = 3) -> list[bytes]:
    file = CorpusFile(None, "a.jsonl", len(data))
    read = []
    for ends in pairwise([0, *borders, len(data)]):
        lines = LineRange(io.BytesIO(data), Stretch(file, *ends))
        read.append(b"".join(iter(partial(lines.read, read_bytes), b"")))
    return read


def naive(data: bytes, borders: list[int]) -> list[bytes]:
    """Give each line to the stretch that has its first byte."""
    given = [b"" for _ in range(len(borders) + 1)]
    at = 0
    for line in data.splitlines(keepends=True):
        given[sum(border <= at for border in borders)] += line
        at += len(line)
    return given


@pytest.mark.parametrize(
    ("border", "first", "second"),
    [
        pytest.param(2, b"one\n", b"two\n", id="inside-a-line"),
        pytest.param(3, b"one\n", b"two\n", id="in-front-of-its-end"),
        pytest.param(4, b"one\n", b"two\n", id="between-lines"),
        pytest.param(5, b"one\ntwo\n", b"", id="inside-the-last-line"),
    ],
)
def test_a_line_is_read_where_it_starts(border, first, second):
    assert pieces(b"one\ntwo\n", [border]) == [first, second]


def test_a_line_may_reach_over_several_stretches():
    assert pieces(b"a long line\nb", [3, 6, 9]) == [b"a long line\n", b"", b"", b"b"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf16_is_all_in_its_first_stretch(encoding):
    data = "\ufeffone\n\u0a00two\n".encode(encoding)
    assert pieces(data, [5, 9]) == [data, b"", b""]


@given(st.data())
def test_every_line_is_read_once(data):
    text = data.draw(st.lists(st.sampled_from([b"\n", b"a", b"bcd", b"\r"]), max_size=40))
    text = b"".join(text).replace(b"\r", b"x")
    borders = sorted(data.draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=5)))
    borders = [border for border in borders if border < len(text)]
    assert pieces(text, borders, data.draw(st.integers(1, 50))) == naive(text, borders)

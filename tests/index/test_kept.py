"""Tables that are kept: what is read back is what was built, and nothing else is ever read."""

from __future__ import annotations

import os
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from leakcheck.index import kept as module
from leakcheck.index.kept import kept, read_tables, write_tables


class Inner(NamedTuple):
    codes: npt.NDArray[np.uint16]
    table: npt.NDArray[np.float32]


class Outer(NamedTuple):
    starts: npt.NDArray[np.int64]
    inner: Inner
    flags: npt.NDArray[np.bool_]


def tables(first=0):
    inner = Inner(np.arange(5, dtype=np.uint16), np.ones((2, 3), np.float32))
    return Outer(np.array([first, 7]), inner, np.array([True, False]))


def never():
    raise AssertionError("built although it was kept")


def columns(of):
    return [of.starts, *of.inner, of.flags]


def assert_same(one, other):
    for own, there in zip(columns(one), columns(other), strict=True):
        assert own.dtype == there.dtype
        np.testing.assert_array_equal(own, there)


def test_what_was_kept_is_not_built_again(tmp_path):
    kept(tmp_path / "one", Outer, tables)
    again = kept(tmp_path / "one", Outer, never)
    assert isinstance(again.inner, Inner)
    assert_same(again, tables())


def test_another_name_is_built_for_itself(tmp_path):
    kept(tmp_path / "one", Outer, tables)
    assert kept(tmp_path / "other", Outer, lambda: tables(3)).starts[0] == 3


@given(
    arrays.arrays(np.uint64, arrays.array_shapes(min_dims=1, max_dims=2, min_side=0)),
    arrays.arrays(np.float32, st.integers(0, 40), elements=st.floats(0, 1, width=32)),
)
def test_arrays_of_any_shape_come_back(tmp_path_factory, codes, bits):
    path = tmp_path_factory.mktemp("kept") / "any.tables"
    given = Outer(codes, Inner(bits, codes.T), bits > 0.5)
    write_tables(given, path)
    assert_same(read_tables(path, Outer), given)


def test_the_kernels_take_them_for_what_was_built(tmp_path):
    # Arrays that can be written to, or of another layout, would be compiled for once more.
    built = tables()
    write_tables(built, tmp_path / "x")
    for own, there in zip(columns(built), columns(read_tables(tmp_path / "x", Outer)), strict=True):
        assert not there.flags.writeable
        assert there.flags.c_contiguous
        assert there.flags.aligned
        assert own.ndim == there.ndim


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:-64], id="cut short"),
        pytest.param(lambda data: b"{}" + data, id="no list of places"),
        pytest.param(lambda data: b"\xff" * len(data), id="no text"),
        pytest.param(lambda data: b"[]\n" + bytes(200), id="fewer tables"),
        pytest.param(lambda data: data.replace(b"[", b'[["<i8",[1],0],', 1), id="more tables"),
    ],
)
def test_a_damaged_file_is_built_anew(tmp_path, damage):
    kept(tmp_path / "one", Outer, tables)
    file = tmp_path / "one.tables"
    file.write_bytes(damage(file.read_bytes()))
    assert_same(kept(tmp_path / "one", Outer, lambda: tables(5)), tables(5))
    assert_same(kept(tmp_path / "one", Outer, never), tables(5))


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path):
    (tmp_path / "file").touch()
    assert_same(kept(tmp_path / "file" / "one", Outer, tables), tables())


def test_what_is_too_large_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    kept(tmp_path / "one", Outer, tables)
    assert not list(tmp_path.iterdir())


def test_what_was_not_used_for_longest_makes_room(tmp_path, monkeypatch):
    for number, name in enumerate(("used", "old", "older")):
        kept(tmp_path / name, Outer, tables)
        file = tmp_path / f"{name}.tables"
        os.utime(file, (1_000_000 - number, 1_000_000 - number))
    kept(tmp_path / "used", Outer, never)
    monkeypatch.setattr(module, "MOST_BYTES", 2 * file.stat().st_size)
    kept(tmp_path / "new", Outer, tables)
    assert {each.stem for each in tmp_path.iterdir()} == {"new", "used"}

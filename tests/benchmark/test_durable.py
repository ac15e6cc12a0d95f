"""Files that are replaced as a whole or not at all."""

from __future__ import annotations

import os

import pytest

from leakcheck.benchmark.durable import replace_file


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "pack"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replace_file(target) as temporary:
        temporary.write_text("half of the new")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_where_there_was_no_file_leaves_none(tmp_path):
    with pytest.raises(KeyboardInterrupt), replace_file(tmp_path / "pack"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_the_old_file_is_there_until_the_new_one_is_complete(tmp_path):
    target = tmp_path / "pack"
    target.write_text("old")
    with replace_file(target) as temporary:
        temporary.write_text("new")
        assert target.read_text() == "old"
        assert temporary.parent == target.parent  # renaming works within one file system
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_missing_folders_are_made(tmp_path):
    with replace_file(tmp_path / "new" / "er" / "pack") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "new" / "er" / "pack").read_text() == "new"


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
def test_the_new_file_is_as_readable_as_any_other(tmp_path):
    (tmp_path / "other").touch()
    with replace_file(tmp_path / "pack") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "pack").stat().st_mode == (tmp_path / "other").stat().st_mode

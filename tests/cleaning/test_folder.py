from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from leakcheck.cleaning import folder as module
from leakcheck.cleaning.folder import new_folder, refuse_folder
from leakcheck.errors import UsageError


@pytest.fixture(autouse=True)
def corpus(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("data/a").mkdir(parents=True)
    Path("data/a/x.jsonl").write_text("{}")
    Path("link").symlink_to("data")
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "paths", "reason"),
    [
        ("data", ["data"], "is what is to be cleaned"),
        ("link", ["data"], "is what is to be cleaned"),
        ("data", ["link"], "is what is to be cleaned"),
        ("data/new", ["data"], "is inside .*data, which is read"),
        ("link/new", ["data"], "is inside"),
        ("data/a/new/deep", ["data"], "is inside"),
        ("data/new", ["data/**/*.jsonl"], "is inside"),
        ("data", ["data/a/x.jsonl"], "is there and not empty"),
        ("data/a/x.jsonl", ["data/a/x.jsonl"], "is a file"),
    ],
)
def test_a_folder_that_is_read_or_holds_something_is_refused(folder, paths, reason):
    with pytest.raises(UsageError, match=reason):
        refuse_folder(Path(folder), paths)


@pytest.mark.parametrize("folder", ["new", "empty", "data/new"])
def test_a_new_or_empty_folder_will_do(folder):
    Path("empty").mkdir()
    refuse_folder(Path(folder), ["data/a/x.jsonl"])


@pytest.mark.parametrize("is_there", [False, True])
def test_the_folder_is_there_in_the_end(is_there):
    if is_there:
        Path("new").mkdir()
    with new_folder(Path("new"), 10) as temporary:
        (temporary / "x").write_text("x")
        assert temporary.name.startswith(".new.")
        assert not list(Path("new").glob("*"))
    assert Path("new/x").read_text() == "x"
    assert sorted(path.name for path in Path().iterdir()) == ["data", "link", "new"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_nothing_is_there_if_it_was_stopped(error):
    with pytest.raises(error), new_folder(Path("new"), 10) as temporary:
        (temporary / "x").write_text("x")
        raise error
    assert sorted(path.name for path in Path().iterdir()) == ["data", "link"]


def test_a_full_disk_is_an_error_without_a_traceback():
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x.jsonl")
    with (
        pytest.raises(UsageError, match=r"new: cannot be written: No space left .*x\.jsonl"),
        new_folder(Path("new"), 10),
    ):
        raise full
    assert not Path("new").exists()


def test_room_is_looked_for_before_anything_is_written(monkeypatch):
    monkeypatch.setattr(module, "mkdtemp", lambda **_: pytest.fail("nothing is to be written"))
    with (
        pytest.raises(UsageError, match=r"needs about 1,000,000,000,000,000,000 bytes"),
        new_folder(Path("new"), 10**18),
    ):
        pass

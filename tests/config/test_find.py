"""Which file configures a call: the nearest one that says anything of leakcheck."""

from __future__ import annotations

import pytest

from leakcheck.config import find_config, read_config
from leakcheck.errors import UsageError

PROJECT = '[project]\nname = "corpus"\n\n[tool.leakcheck]\nbench = "riddles"\n'


@pytest.fixture
def here(tmp_path):
    (tmp_path / "project" / "data" / "deep").mkdir(parents=True)
    return tmp_path / "project"


def test_no_file_is_no_configuration(here):
    (here / "pyproject.toml").write_text('[project]\nname = "corpus"\n')
    (here / "data" / "leakcheck.json").write_text("{}")
    assert find_config(here / "data") is None


def test_the_nearest_file_above_is_read(here):
    (here / "pyproject.toml").write_text(PROJECT)
    config = find_config(here / "data" / "deep")
    assert (config.path, config.table) == (here / "pyproject.toml", {"bench": "riddles"})
    assert config.folder == here


def test_a_project_file_that_says_nothing_is_passed_over(here):
    (here / "pyproject.toml").write_text(PROJECT)
    (here / "data" / "pyproject.toml").write_text("[tool.black]\nline-length = 99\n")
    assert find_config(here / "data").path == here / "pyproject.toml"


def test_our_own_file_wins_in_the_same_folder(here):
    (here / "pyproject.toml").write_text(PROJECT)
    (here / "leakcheck.toml").write_text('bench = "sums"\n')
    assert find_config(here).table == {"bench": "sums"}


def test_a_broken_project_file_of_somebody_else_is_passed_over(here):
    (here / "pyproject.toml").write_text("[project\n")
    assert find_config(here) is None


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("leakcheck.toml", b"bench = \n", "not TOML: .*line 1", id="not TOML"),
        pytest.param("leakcheck.toml", b"\xff", "not UTF-8", id="not text"),
        pytest.param("pyproject.toml", b"[tool.leakcheck]\nx = \n", "line 2", id="our section"),
    ],
)
def test_a_broken_file_is_named(here, name, data, message):
    (here / name).write_bytes(data)
    with pytest.raises(UsageError, match=f"{name}: .*{message}"):
        find_config(here)


def test_a_file_that_is_named_may_be_called_anything(here):
    (here / "gate.toml").write_text('bench = "sums"\n')
    (here / "pyproject.toml").write_text(PROJECT)
    assert read_config(here / "gate.toml").table == {"bench": "sums"}
    assert read_config(here / "pyproject.toml").table == {"bench": "riddles"}


def test_a_named_project_file_without_our_section_is_an_error(here):
    (here / "pyproject.toml").write_text("[tool.black]\n")
    with pytest.raises(UsageError, match=r"has no \[tool\.leakcheck\]"):
        read_config(here / "pyproject.toml")


def test_a_byte_order_mark_does_no_harm(here):
    (here / "leakcheck.toml").write_bytes(b'\xef\xbb\xbfbench = "sums"\n')
    assert find_config(here).table == {"bench": "sums"}

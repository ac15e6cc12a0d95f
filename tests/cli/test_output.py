"""Where results go, and how wide they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.cli.output import FILE_WIDTH, page_width, width_for, write_to
from leakcheck.errors import UsageError


@pytest.mark.parametrize("columns", ["40", "80", "400"])
def test_a_page_in_a_file_is_as_wide_from_every_terminal(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert width_for(Path("page.txt")) == FILE_WIDTH
    assert width_for(None) == page_width() == min(max(int(columns), 60), 120)


def test_what_has_no_file_goes_to_standard_output(capsysbinary, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_to("a page\n", None)
    assert capsysbinary.readouterr().out == b"a page\n"
    assert list(tmp_path.iterdir()) == []


def test_what_has_a_file_goes_there_alone(capsysbinary, tmp_path):
    write_to("a page\n", tmp_path / "page.txt")
    assert capsysbinary.readouterr().out == b""
    assert (tmp_path / "page.txt").read_text("utf-8") == "a page\n"


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"page\.txt: cannot be written"):
        write_to("a page", tmp_path / "file" / "page.txt")

"""The files of a run, as they must still be there to be cleaned."""

from __future__ import annotations

import os
from dataclasses import replace

import msgspec
import pytest

from leakcheck.cleaning.sources import files_of
from leakcheck.errors import InputError, RunError, UsageError


@pytest.fixture
def report(scanner, tmp_path):
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_text("two")
    return scanner.scan([tmp_path])


def asked(report, **changes):
    return replace(report, settings=msgspec.structs.replace(report.settings, **changes))


def test_a_run_of_added_rows_only_is_refused(report):
    with pytest.raises(RunError, match="--diff-base"):
        files_of(asked(report, diff_base="main"))


def test_standard_input_is_refused(report):
    with pytest.raises(UsageError, match="standard input"):
        files_of(asked(report, paths=["-"]))


def test_a_file_that_came_later_is_an_error(report, tmp_path):
    (tmp_path / "c.txt").write_text("three")
    with pytest.raises(InputError, match=r"c\.txt: was not scanned"):
        files_of(report)


def test_a_file_that_is_gone_is_an_error(report, tmp_path):
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match=r"a\.txt: is not there any more"):
        files_of(report)


@pytest.mark.parametrize("text", ["another length", "two"], ids=["size", "date"])
def test_a_file_that_was_changed_is_an_error(report, tmp_path, text):
    (tmp_path / "b.txt").write_text(text)
    os.utime(tmp_path / "b.txt", ns=(0, 0))
    with pytest.raises(InputError, match=r"b\.txt: was changed"):
        files_of(report)


def test_each_file_comes_with_what_the_report_says_of_it(report, tmp_path):
    names = [(file.name, told.documents) for file, told in files_of(report)]
    assert names == [(str(tmp_path / "a.txt"), 1), (str(tmp_path / "b.txt"), 1)]

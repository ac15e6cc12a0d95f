"""The last run is the one that is meant where none is named."""

from __future__ import annotations

import pytest

from leakcheck.errors import RunError
from leakcheck.run.last import keep_last_run, last_run, read_run_or_last
from leakcheck.run.store import write_run


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_before_any_scan_there_is_none():
    with pytest.raises(RunError, match="no scan was kept yet"):
        read_run_or_last(None)


def test_the_last_run_takes_the_place_of_the_one_before(make):
    keep_last_run(make.run([make.finding()]))
    keep_last_run(make.run())
    assert len(read_run_or_last(None).findings) == 0


def test_a_run_that_is_named_comes_first(make, tmp_path):
    keep_last_run(make.run())
    write_run(make.run([make.finding()]), tmp_path / "named")
    assert len(read_run_or_last(tmp_path / "named").findings) == 1


def test_a_named_run_that_is_not_there_is_not_made_up_for_by_the_last(make, tmp_path):
    keep_last_run(make.run())
    with pytest.raises(RunError, match="no run is there"):
        read_run_or_last(tmp_path / "nowhere")


def test_a_cache_that_cannot_be_written_to_does_not_stop_a_scan(make, empty_cache):
    empty_cache.write_text("not a folder")
    keep_last_run(make.run())
    assert not last_run().exists()

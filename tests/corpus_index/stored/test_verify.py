"""Verifying: each file that is not as it was written is named."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from leakcheck.corpus_index.stored.store import open_index
from leakcheck.corpus_index.stored.tables import TABLES
from leakcheck.corpus_index.stored.verify import verify_index
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.errors import CorpusIndexError

X = Path("x.lki")
SEGMENT = X / "segments" / "0001"


def problems():
    return {each.path.name: each.problem for each in verify_index(X) if each.problem}


def test_refuses_what_is_no_index(corpus):
    with pytest.raises(CorpusIndexError, match="no index"):
        list(verify_index(corpus))


@pytest.mark.parametrize("how", ["gone", "cut short", "altered"])
@pytest.mark.parametrize("table", sorted(set(TABLES) - {"skipped"}))
def test_names_each_file_that_was_damaged(built, damage, how, table):
    [name] = [path.name for path in built.data_paths(table)]
    damage(SEGMENT / name, how)
    found = problems()
    assert list(found) == [name]
    assert str(SEGMENT / name) in found[name]
    assert "build the index again" in found[name]


def test_names_all_of_several(built, damage):
    damage(SEGMENT / "files.parquet", "gone")
    damage(SEGMENT / "signatures.parquet", "altered")
    assert list(problems()) == ["files.parquet", "signatures.parquet"]


@pytest.mark.parametrize("place", range(0, 1400, 35))
def test_no_byte_can_be_changed_without_notice_or_a_crash(built, place):
    """Every byte counts but those that say who wrote the file, or what its values are like."""
    path = SEGMENT / "documents.parquet"
    rows = list(open_index(X).read("documents").to_pylist())
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 0x55
    path.write_bytes(data)
    if not problems():
        assert open_index(X).read("documents").to_pylist() == rows


def test_tells_other_rows_in_a_sound_file(built):
    path = SEGMENT / "ngrams-0001.parquet"
    table = pq.read_table(path)
    size = path.stat().st_size
    pq.write_table(table.slice(1), path)
    with path.open("ab") as end:
        end.truncate(size)
    assert list(problems()) == [path.name]


def test_findings_that_cannot_be_read_are_named_too(built):
    (X / "findings").mkdir()
    pq.write_table(FINDING_SCHEMA.empty_table(), X / "findings" / "good.parquet")
    (X / "findings" / "bad.parquet").write_text("nothing")
    assert list(problems()) == ["bad.parquet"]
    assert "scan again" in problems()["bad.parquet"]


def test_what_is_whole_is_counted_and_not_complained_of(built):
    checked = list(verify_index(X))
    assert [each.problem for each in checked] == [None] * 5
    assert sum(each.bytes for each in checked) == sum(p.stat().st_size for p in SEGMENT.iterdir())

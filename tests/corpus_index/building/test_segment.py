"""Segments: what is written, in which order, and what is left when writing stops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leakcheck.corpus_index.building import segment
from leakcheck.corpus_index.building.segment import SegmentWriter
from leakcheck.corpus_index.stored.tables import read_batches
from leakcheck.errors import CorpusIndexError


def ngrams(hashes, document):
    count = len(hashes)
    return {
        "hash": np.array(hashes, np.uint64),
        "document": np.full(count, document, np.uint32),
        "position": np.arange(count, dtype=np.uint32),
    }


def written(folder, name):
    return [tuple(row.values()) for b in read_batches(folder / name) for row in b.to_pylist()]


def test_refuses_a_place_where_no_folder_can_be(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CorpusIndexError, match="cannot be written"):
        SegmentWriter(tmp_path / "file" / "0001")


def test_a_segment_of_nothing_names_no_file(tmp_path):
    writer = SegmentWriter(tmp_path / "0001")
    writer.add_rows("skipped", {"path": [], "row": [], "reason": [], "unread_bytes": []})
    assert writer.finish().data == []
    assert list((tmp_path / "0001").iterdir()) == []


def test_what_a_killed_run_left_is_no_part_of_it(tmp_path):
    (tmp_path / "0001").mkdir()
    (tmp_path / "0001" / "old.parquet").touch()
    SegmentWriter(tmp_path / "0001")
    assert list((tmp_path / "0001").iterdir()) == []


def test_fingerprints_lie_by_hash_then_document_then_position(tmp_path):
    writer = SegmentWriter(tmp_path / "0001")
    writer.add_ngrams(ngrams([9, 3, 9], 0))
    writer.add_ngrams(ngrams([3, 1], 1))
    [file] = writer.finish().data
    assert file.rows == 5
    assert written(tmp_path / "0001", file.name) == [
        (1, 1, 1), (3, 0, 1), (3, 1, 0), (9, 0, 0), (9, 0, 2),
    ]  # fmt: skip


def test_so_many_fingerprints_make_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(segment, "PART_FINGERPRINTS", 3)
    writer = SegmentWriter(tmp_path / "0001")
    for document in range(3):
        writer.add_ngrams(ngrams([5, 4], document))
    assert writer.parts == 1
    assert [(file.name, file.rows) for file in writer.finish().data] == [
        ("ngrams-0001.parquet", 4),
        ("ngrams-0002.parquet", 2),
    ]


def test_a_writer_that_is_abandoned_holds_no_file_open(tmp_path):
    writer = SegmentWriter(Path(tmp_path / "0001"))
    writer.add_rows("skipped", {"path": ["a"], "row": [1], "reason": ["b"], "unread_bytes": [0]})
    (tmp_path / "0001" / "skipped.parquet").unlink()
    writer.abandon()

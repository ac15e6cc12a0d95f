"""Where records stand in plain JSON lines: by the rules of the reader, or nowhere."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakcheck.corpus import CorpusFile, read_file
from leakcheck.corpus_index.building import lines
from leakcheck.corpus_index.building.lines import line_places


def file_of(path, data):
    path.write_bytes(data)
    return CorpusFile(path, path.name, len(data))


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.jsonl.gz", "a.parquet"])
def test_files_of_other_formats_have_no_places(tmp_path, name):
    file = file_of(tmp_path / name, gzip.compress(b"{}\n"))
    assert len(line_places(file).offsets) == 0


def test_a_file_that_is_gone_has_no_places(tmp_path):
    assert len(line_places(CorpusFile(tmp_path / "a.jsonl", "a.jsonl", 3)).offsets) == 0
    assert len(line_places(CorpusFile(None, "-", 0)).offsets) == 0


def test_rows_beyond_the_lines_have_no_places(tmp_path):
    places = line_places(file_of(tmp_path / "a.jsonl", b"{}\n{}\n"))
    columns = places.of(np.array([1, 2]))
    assert columns["offset"].to_pylist() == columns["length"].to_pylist() == [None, None]


LINE = st.sampled_from(
    [
        b'{"text": "one"}',
        b'{"text": "' + b"long " * 30 + b'"}',
        b"",
        b" \t\r",
        b"\r",
        b'  {"text": "two"} ',
        b"{}",
    ]
)


@pytest.mark.parametrize("piece", [1, 3, 1 << 24])
@given(st.lists(LINE), st.booleans())
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
def test_each_record_is_where_the_reader_found_it(tmp_path, monkeypatch, piece, made, ended):
    monkeypatch.setattr(lines, "_PIECE_BYTES", piece)
    data = b"\n".join(made) + b"\n" * ended
    file = file_of(tmp_path / "a.jsonl", data)
    places = line_places(file)
    found = [
        data[start : start + length]
        for start, length in zip(places.offsets, places.lengths, strict=True)
    ]
    assert found == [line for line in data.split(b"\n") if line.strip()]
    for batch in read_file(file):
        for row, text in zip(batch.rows, batch.texts.to_pylist(), strict=True):
            assert json.loads(found[row])["text"] == text

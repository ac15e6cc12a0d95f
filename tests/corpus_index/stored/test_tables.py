"""Tables on disk: checksums over values, and damage that does not go unnoticed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.corpus_index.stored import tables
from leakcheck.corpus_index.stored.digest import Digest
from leakcheck.corpus_index.stored.tables import (
    TABLES,
    TableWriter,
    checksum_of,
    read_batches,
    writing,
)
from leakcheck.errors import CorpusIndexError

SKIPPED = st.tuples(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4),
    st.none() | st.integers(0, 2**62),
    st.sampled_from(["", "broken"]),
    st.integers(0, 2**62),
)


def table_of(name, rows):
    columns = list(zip(*rows, strict=True)) or [()] * len(TABLES[name].names)
    return pa.table([list(column) for column in columns], TABLES[name])


def digest_of(*pieces):
    digest = Digest(pieces[0].schema.names)
    for piece in pieces:
        digest.add(piece)
    return digest.rows, digest.value()


@given(st.lists(SKIPPED, max_size=8), st.integers(0, 8))
def test_a_checksum_does_not_depend_on_how_rows_are_cut(rows, cut):
    whole = table_of("skipped", rows)
    assert digest_of(whole) == digest_of(whole.slice(0, cut), whole.slice(cut))


@given(st.lists(SKIPPED, max_size=4), st.lists(SKIPPED, max_size=4))
def test_a_checksum_tells_rows_apart(some, others):
    same = digest_of(table_of("skipped", some)) == digest_of(table_of("skipped", others))
    assert same is (some == others)


@pytest.mark.parametrize("of_first", [None, 7])
def test_a_checksum_is_that_of_the_file_where_only_some_places_are_known(tmp_path, of_first):
    rows = [(0, "a", 0, of_first, of_first, 5, 1), (1, "b", 0, 8, 8, 5, 2)]
    writer = TableWriter(tmp_path, "documents.parquet", "documents")
    for row in rows:
        writer.write(table_of("documents", [row]))
    file = writer.close()
    assert checksum_of(tmp_path / file.name, "documents") == (file.rows, file.checksum)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_written_in_pieces_is_read_as_written(tmp_path, monkeypatch, name):
    monkeypatch.setattr(tables, "LEAST_ROW_GROUP", dict.fromkeys(TABLES, 3))
    schema = TABLES[name]
    values = {"string": "é", "fixed_size_binary[512]": b"\7" * 512}
    rows = pa.table(
        {
            field.name: pa.array([values.get(str(field.type), n) for n in range(10)], field.type)
            if not pa.types.is_dictionary(field.type)
            else pa.array([f"file {n % 3}" for n in range(10)]).dictionary_encode()
            for field in schema
        },
        schema,
    )
    writer = TableWriter(tmp_path, "x.parquet", name)
    for start in range(0, 10, 2):
        writer.write(rows.slice(start, 2))
    file = writer.close()
    assert pq.ParquetFile(tmp_path / "x.parquet").num_row_groups == 3
    read = pa.Table.from_batches(read_batches(tmp_path / "x.parquet"))
    assert read.to_pylist() == rows.to_pylist()
    assert checksum_of(tmp_path / "x.parquet", name) == (10, file.checksum)


def test_a_table_without_rows_leaves_no_file(tmp_path):
    file = TableWriter(tmp_path, "x.parquet", "files").close()
    assert file.rows == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["gone", "cut short", "altered"])
def test_damage_is_told_with_the_file_and_what_to_do(tmp_path, damage, how):
    path = tmp_path / "ngrams.parquet"
    writer = TableWriter(tmp_path, path.name, "ngrams")
    numbers = np.random.default_rng(1).integers(0, 2**32, 5000)
    columns = [numbers.astype(kind) for kind in (np.uint64, np.uint32, np.uint32)]
    writer.write(pa.table(columns, TABLES["ngrams"]))
    writer.close()
    damage(path, how)
    with pytest.raises(CorpusIndexError, match=r"ngrams\.parquet: (gone|damaged).* from a copy"):
        list(read_batches(path))


def test_a_file_of_another_table_is_refused(tmp_path):
    pq.write_table(pa.table({"hash": [1]}), tmp_path / "ngrams.parquet")
    with pytest.raises(CorpusIndexError, match="other columns than the table ngrams"):
        checksum_of(tmp_path / "ngrams.parquet", "ngrams")


def test_a_disk_error_is_told_with_its_place(tmp_path):
    with (
        pytest.raises(CorpusIndexError, match=r"x: cannot be written \(Is a directory\)"),
        writing(tmp_path / "x"),
    ):
        tmp_path.open("w")

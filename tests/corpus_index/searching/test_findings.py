"""Findings that are kept beside an index."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.corpus_index.searching.findings import FINDINGS, keep_findings
from leakcheck.detection.finding import FINDING_SCHEMA


def table(*benches):
    columns = {
        name: pa.nulls(len(benches), FINDING_SCHEMA.field(name).type)
        for name in FINDING_SCHEMA.names
    }
    return pa.table({**columns, "bench": pa.array(benches, pa.string())}, FINDING_SCHEMA)


def kept(index):
    return {
        path.name: pq.read_table(path)["bench"].to_pylist()
        for path in (index.path / FINDINGS).glob("*")
    }


def test_nothing_that_was_found_is_kept_as_nothing(built):
    keep_findings(built, "demo", table())
    assert kept(built) == {"demo.parquet": []}


def test_each_benchmark_has_its_own(built):
    keep_findings(built, "demo", table("demo", "other", "demo"))
    keep_findings(built, "other", table("demo", "other"))
    assert kept(built) == {"demo.parquet": ["demo", "demo"], "other.parquet": ["other"]}


def test_the_last_scan_counts(built):
    keep_findings(built, "demo", table("demo", "demo"))
    keep_findings(built, "demo", table("demo"))
    assert kept(built) == {"demo.parquet": ["demo"]}


@pytest.mark.parametrize("name", ["../../escape", "a/b", "", ".", "two words", "c:d", "é" * 200])
def test_odd_names_stay_in_the_folder(built, name):
    before = {path.name for path in built.path.parent.iterdir()}
    keep_findings(built, name, table(name))
    assert {path.name for path in built.path.parent.iterdir()} == before
    assert list(kept(built).values()) in ([[name]], [])


def test_an_index_that_cannot_be_written_to_stays_as_it_is(built):
    (built.path / FINDINGS).write_text("a file where the folder would be")
    keep_findings(built, "demo", table("demo"))
    assert (built.path / FINDINGS).is_file()

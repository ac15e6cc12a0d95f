"""Parquet: the findings as they are, for what reads tables."""

from __future__ import annotations

import io
import json

import duckdb
import pyarrow.parquet as pq

from leakcheck.report import Sheet
from leakcheck.report.formats import parquet


def test_without_findings_there_are_the_columns(make):
    report = make.report()
    table = pq.read_table(io.BytesIO(parquet.render(report, Sheet())))
    assert (len(table), table.column_names) == (0, report.findings.column_names)


def test_arrow_reads_back_the_findings(leaked):
    table = pq.read_table(io.BytesIO(parquet.render(leaked, Sheet())))
    assert table.equals(leaked.findings, check_metadata=False)


def test_duckdb_reads_findings_and_metadata(leaked, tmp_path):
    path = tmp_path / "findings.parquet"
    path.write_bytes(parquet.render(leaked, Sheet()))
    with duckdb.connect() as database:
        counted = database.execute(
            "SELECT role, count(*), max(len(fields)) FROM read_parquet(?) GROUP BY ALL ORDER BY 1",
            [str(path)],
        ).fetchall()
        told = dict(
            database.execute(
                "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]
            ).fetchall()
        )
    assert counted == [("fewshot", 1, 2), ("test", 8, 2), ("train", 30, 2)]
    assert told["leakcheck.schema"] == "leakcheck/findings/1"
    assert told["leakcheck.version"] == "1.2.3"
    assert json.loads(told["leakcheck.packs"]) == [
        {"name": "riddles", "revisions": ["3101c7d5"], "checksum": "00ff"}
    ]


def test_the_same_report_gives_the_same_bytes(leaked):
    assert parquet.render(leaked, Sheet()) == parquet.render(leaked, Sheet())

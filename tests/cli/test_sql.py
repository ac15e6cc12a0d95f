"""`leakcheck sql`: where the query comes from, and the forms of its answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from leakcheck.corpus_index.building.build import build_index

QUERY = (
    "SELECT path, documents, [1, 2] AS list, NULL AS nothing, 1.5::DECIMAL(3,1) AS half, "
    "'\\x01'::BLOB AS bytes, 'nan'::DOUBLE AS nan, DATE '2020-02-03' AS day FROM files "
    "ORDER BY path"
)


@pytest.fixture(autouse=True)
def index(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("corpus").mkdir()
    for name in ("a", 'b "\x1b[31m'):
        Path("corpus", f"{name}.txt").write_text("five words and two more", "utf-8")
    build_index(["corpus"], Path("x.lki"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.lki", "FROM files"], "nowhere.lki: no index"),
        (
            ["x.lki", "SELEC"],
            'the query cannot be answered: Parser Error: syntax error at or near "S',
        ),
        (["x.lki", "DROP VIEW files"], "the query is not one SELECT"),
        (["x.lki", "FROM files", "--output-format", "parquet"], "name a file with --output"),
        (["x.lki", "FROM files", "-o", "corpus/a.txt/b"], "cannot be written"),
        (
            ["x.lki", "FROM files", "-o", "corpus/a.txt/b", "--output-format", "parquet"],
            "cannot be written",
        ),
    ],
)
def test_an_expected_error_is_one_line(run, arguments, message):
    result = run("sql", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["x.lki", "FROM files", "--limit", "0"]])
def test_a_wrong_call_exits_with_2(run, arguments):
    result = run("sql", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: leakcheck sql")


def test_on_a_terminal_it_says_how_to_ask(run, monkeypatch):
    monkeypatch.setattr("leakcheck.cli.sql._is_terminal", lambda: True)
    result = run("sql", "x.lki")
    assert result.exit_code == 2
    assert 'leakcheck sql corpus.lki "SELECT path FROM files"' in result.stderr


@pytest.mark.parametrize("arguments", [["x.lki"], ["x.lki", "-"]])
def test_a_query_may_come_from_standard_input(run, arguments):
    result = run("sql", *arguments, "--output-format", "csv", input="SELECT count(*) n FROM files")
    assert (result.exit_code, result.stdout) == (0, "n\n2\n")


def test_the_table_shows_what_a_terminal_can_show(run):
    result = run("sql", "x.lki", "SELECT path, documents, NULL AS none FROM files ORDER BY path")
    heading, first, second = result.stdout.splitlines()
    assert heading.split() == ["path", "documents", "none"]
    assert first.split() == ["corpus/a.txt", "1", "-"]
    assert second.startswith('corpus/b "\\x1b[31m.txt')


def test_the_table_is_cut_with_a_note(run):
    result = run("sql", "x.lki", "FROM range(1000)", "--limit", "3")
    assert result.stdout.splitlines()[1:4] == ["    0", "    1", "    2"]
    assert result.stdout.endswith("\n3 of 1,000 rows: --limit, or --output-format csv for all\n")
    assert "rows" not in run("sql", "x.lki", "FROM range(3)", "--limit", "3").stdout


def test_json_has_every_row_in_types_of_json(run):
    rows = json.loads(run("sql", "x.lki", QUERY, "--output-format", "json").stdout)
    assert rows[0] == {
        "path": "corpus/a.txt", "documents": 1, "list": [1, 2], "nothing": None, "half": 1.5,
        "bytes": "01", "nan": None, "day": "2020-02-03",
    }  # fmt: skip
    lines = run("sql", "x.lki", QUERY, "--output-format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows


@pytest.mark.parametrize(
    ("output_format", "expected"), [("json", "[]\n"), ("jsonl", ""), ("csv", "path\n")]
)
def test_no_rows_are_an_answer_too(run, output_format, expected):
    query = "SELECT path FROM files WHERE documents > 9"
    result = run("sql", "x.lki", query, "--output-format", output_format)
    assert (result.exit_code, result.stdout) == (0, expected)


def test_csv_has_every_row(run):
    result = run(
        "sql", "x.lki", "SELECT range, [range] AS l FROM range(70000)", "--output-format", "csv"
    )
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows[:2] == [["range", "l"], ["0", "[0]"]]
    assert len(rows) == 70001


def test_a_table_in_a_file_is_the_same_from_every_terminal(run, monkeypatch):
    for columns in ("60", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        run("sql", "x.lki", QUERY, "-o", f"{columns}.txt")
    assert Path("60.txt").read_bytes() == Path("120.txt").read_bytes()


def test_a_file_gets_the_rows_and_standard_output_nothing(run):
    for output_format in ("table", "csv", "json", "jsonl", "parquet"):
        arguments = ("--output-format", output_format, "-o", f"out/rows.{output_format}")
        result = run("sql", "x.lki", QUERY, *arguments)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert pq.read_table("out/rows.parquet").column("documents").to_pylist() == [1, 1]
    assert json.loads(Path("out/rows.json").read_text("utf-8"))[1]["day"] == "2020-02-03"
    assert len(list(Path("out").iterdir())) == 5

"""SQL: nothing but this index can be read, nothing written; the document's queries answer."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.building.removal import remove_from_index
from leakcheck.corpus_index.sql import VIEWS, query_index
from leakcheck.detection.finding import FINDING_SCHEMA
from leakcheck.errors import CorpusIndexError, UsageError

X = Path("x.lki")
DOCUMENT = (Path(__file__).parents[2] / "docs" / "index.md").read_text("utf-8")
QUERIES = {
    " ".join(title.split()): query
    for title, query in re.findall(r"\n\n([^`|]+?):\n\n```sql\n(.*?)```", DOCUMENT, re.DOTALL)
}


def ask(query, path=X):
    with query_index(path, query) as rows:
        return rows.read_all().to_pylist()


def write_findings(findings):
    defaults = {
        "bench": "riddles", "split": "test", "role": "test", "kind": "verbatim", "score": 1.0,
        "bits": 100.0, "e_value": 0.0, "p_value": 0.0, "fields": ["question"], "source": "",
        "start": 0, "end": 9, "also": [], "shared": False, "excerpt": "a riddle", "basis": "text",
        "row": 0,
    }  # fmt: skip
    (X / "findings").mkdir()
    for bench in {finding.get("bench", "riddles") for finding in findings}:
        rows = [{**defaults, **each} for each in findings if each.get("bench", "riddles") == bench]
        pq.write_table(
            pa.Table.from_pylist(rows, FINDING_SCHEMA), X / "findings" / f"{bench}.parquet"
        )


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="nothing"),
        pytest.param("-- SELECT 1", id="a comment"),
        pytest.param("SELECT 1; SELECT 2", id="two"),
        pytest.param("DROP VIEW files", id="drop"),
        pytest.param("CREATE TABLE t AS SELECT 1", id="create"),
        pytest.param("INSERT INTO files VALUES (1)", id="insert"),
        pytest.param("COPY (SELECT 1) TO '{file}' (FORMAT parquet)", id="write over a file"),
        pytest.param("EXPLAIN ANALYZE COPY (SELECT 1) TO '{file}'", id="write in an explanation"),
        pytest.param("ATTACH 'y.db'", id="attach"),
        pytest.param("SET memory_limit = '100GB'", id="set"),
        pytest.param("INSTALL httpfs", id="install"),
        pytest.param("PRAGMA database_list", id="pragma"),
    ],
)
def test_refuses_what_is_no_single_question(built, query):
    [file] = built.data_paths("files")
    before = file.read_bytes()
    with pytest.raises(UsageError, match="not one SELECT"):
        ask(query.format(file=file.resolve()))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM 'corpus/a.jsonl'",
        "SELECT * FROM read_csv('/etc/hosts')",
        "SELECT * FROM read_text('{root}/corpus/b.txt')",
        "SELECT * FROM read_text('{root}/x.lki/../corpus/b.txt')",
        "SELECT * FROM glob('*')",
        "SELECT getenv('HOME')",
        "SELECT * FROM DOCUMENT",
    ],
)
def test_reads_nothing_but_the_index(built, query):
    with pytest.raises(UsageError, match="cannot be answered"):
        ask(query.format(root=Path().resolve()))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC 1", 'syntax error at or near "SELEC"$'),
        ("SELECT nope FROM files", 'column "nope" not found in FROM clause!'),
        ("SELECT * FROM file", "Table with name file does not exist!"),
        ("SELECT * FROM files WHERE path = ?", "Values were not provided"),
        ("SELECT path::INTEGER FROM files", "Could not convert string 'corpus/a.jsonl' to INT32"),
    ],
)
def test_says_in_a_line_what_is_wrong_with_a_query(built, query, message):
    with pytest.raises(UsageError, match=message) as caught:
        ask(query)
    assert "\n" not in str(caught.value)


def test_refuses_an_index_that_cannot_be_opened(corpus):
    with pytest.raises(CorpusIndexError, match="no index"):
        ask("FROM files")


def test_a_file_that_vanishes_meanwhile_is_told(built, monkeypatch):
    monkeypatch.setattr("leakcheck.corpus_index.sql.open_index", lambda _: built)
    remove_from_index(X, ["corpus/a.jsonl"])
    with pytest.raises(CorpusIndexError, match="changed in the meantime, run it again"):
        ask("FROM files")


def test_an_altered_file_is_told(built, damage):
    damage(X / "segments" / "0001" / "ngrams-0001.parquet", "altered")
    with pytest.raises((CorpusIndexError, UsageError)):
        ask("SELECT sum(hash), sum(document), sum(position) FROM ngrams")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_columns_of_its_table(built, view):
    described = ask(f"DESCRIBE {view}")
    assert [row["column_name"] for row in described] == VIEWS[view].names


@pytest.mark.parametrize("view", VIEWS)
def test_every_table_and_column_is_in_the_document(view):
    assert re.search(rf"^###? .*\b{view}\b", DOCUMENT, re.MULTILINE)
    if view not in ("settings", "findings"):
        [section] = re.findall(rf"### {view}\n(.*?)\n#", DOCUMENT, re.DOTALL)
        columns = re.findall(r"^\| (\w+) \| ", section, re.MULTILINE)
        assert columns[0] == "column"
        assert columns[1:] == VIEWS[view].names


def test_rows_are_those_of_the_index(built):
    assert ask("FROM files ORDER BY first_document") == built.read("files").to_pylist()
    assert ask("SELECT count(*) AS n FROM ngrams") == [{"n": built.rows("ngrams")}]
    assert ask("FROM skipped") == ask("FROM findings") == []
    settings = {row["name"]: row["value"] for row in ask("FROM settings")}
    assert settings["scale"] == "1"
    assert settings["text_field"] is None
    assert json.loads(settings["minhash"])["num_perm"] == 128


def test_an_index_may_lie_anywhere(corpus):
    path = Path("an 'index' [é] *?.lki")
    build_index([corpus], path)
    assert ask("SELECT count(*) AS n FROM documents", path) == [{"n": 8}]


def test_findings_of_all_benchmarks_are_one_table(built):
    write_findings(
        [
            {"item": "test/1", "path": "corpus/a.jsonl"},
            {"item": "test/1", "path": "corpus/b.txt", "bench": "sums"},
        ]
    )
    query = 'SELECT bench, path, "end" FROM findings ORDER BY bench'
    assert [tuple(row.values()) for row in ask(query)] == [
        ("riddles", "corpus/a.jsonl", 9),
        ("sums", "corpus/b.txt", 9),
    ]


@pytest.fixture
def rich(corpus, write_lines):
    """An index with duplicates, something skipped, and findings."""
    write_lines(corpus / "copy.jsonl", [0, 1, 1, 77])
    (corpus / "photo.png").write_bytes(b"x")
    with (corpus / "a.jsonl").open("a") as lines:
        lines.write("no JSON: at all\n")
    build_index([corpus], X, scale=1)
    a, b, c = "corpus/a.jsonl", "corpus/b.txt", "corpus/copy.jsonl"
    write_findings(
        [
            {"item": "test/1", "path": a, "row": 1},
            {"item": "test/1", "path": c, "row": 1, "kind": "rewritten"},
            {"item": "test/1", "path": c, "row": 2},
            {"item": "test/2", "path": a, "kind": "rewritten", "score": 0.7, "bits": 90.0},
            {"item": "test/3", "path": b, "kind": "near", "score": 0.8, "bits": 120.0},
            {"item": "train/9", "path": b, "split": "train", "role": "train"},
        ]
    )


def test_the_document_has_its_queries():
    assert len(QUERIES) == 10


@pytest.mark.parametrize(
    ("title", "columns", "first"),
    [
        (
            "The largest files",
            ["path", "documents", "size_bytes", "text_bytes"],
            {"path": "corpus/copy.jsonl", "documents": 4},
        ),
        (
            "Documents of the same text, and where they stand",
            ["copies", "tokens_each", "places"],
            {
                "copies": 3,
                "places": ["corpus/a.jsonl:1", "corpus/copy.jsonl:1", "corpus/copy.jsonl:2"],
            },
        ),
        (
            "Files by the share of documents that stand elsewhere too",
            ["path", "documents", "duplicates", "share"],
            {"path": "corpus/copy.jsonl", "documents": 4, "duplicates": 3, "share": 0.75},
        ),
        (
            "What could not be read, by reason",
            ["why", "places", "unread_bytes", "example"],
            {"why": "not JSON", "places": 1, "example": "corpus/a.jsonl"},
        ),
        (
            "How long documents are, in tokens",
            ["path", "quantiles", "longest"],
            {},
        ),
        (
            "Which files hold most findings",
            ["path", "bench", "test_items", "other_items"],
            {"path": "corpus/a.jsonl", "test_items": 2, "other_items": 0},
        ),
        (
            "Test items found in most places",
            ["bench", "item", "places", "kinds", "example"],
            {"item": "test/1", "places": 3},
        ),
        (
            "Test items that are there in other words only, the surest first",
            ["bench", "item", "kind", "score", "path", "row", "excerpt"],
            {"item": "test/3", "kind": "near"},
        ),
        (
            "Boilerplate, the n-grams that most documents have, and a document that shows each",
            ["hash", "in_documents", "example", "at_token"],
            {"in_documents": 12, "example": "corpus/a.jsonl:0"},
        ),
        (
            "Which files have most text in common, by the share of the smaller one's n-grams, "
            "boilerplate of more than 50 files left out",
            ["path", "other", "shared", "share"],
            {"path": "corpus/a.jsonl", "other": "corpus/copy.jsonl"},
        ),
    ],
)
def test_each_query_of_the_document_answers(rich, title, columns, first):
    rows = ask(QUERIES[title])
    assert list(rows[0]) == columns
    assert {name: rows[0][name] for name in first} == first
    if title.startswith("Test items that are there"):
        assert [row["item"] for row in rows] == ["test/3", "test/2"]

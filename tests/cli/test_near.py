"""`leakcheck near`: wrong calls, the three questions, and what they print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leakcheck.corpus_index.building.build import build_index

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "examples" / "corpus"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Index the corpus of the examples, with two of its texts copied."""
    folder = tmp_path_factory.mktemp("near")
    first, second = (
        (ROOT / "examples" / "sources" / "web.jsonl").read_text("utf-8").splitlines()[:2]
    )
    (folder / "copies.jsonl").write_text("\n".join([first] * 3 + [second]) + "\n", "utf-8")
    build_index([CORPUS, folder / "copies.jsonl"], folder / "corpus.lki", threads=1)
    return str(folder / "corpus.lki")


@pytest.fixture
def near(run, index):
    return lambda *arguments, **options: run("near", index, *arguments, **options)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="nothing asked"),
        pytest.param(["--self", "--bench", "demo"], id="two at once"),
        pytest.param(["--self", "--doc", "-"], id="two others at once"),
        pytest.param(["--bench", "demo", "--members"], id="members without self"),
        pytest.param(["--self", "--text-field", "text"], id="field without doc"),
        pytest.param(["--self", "--threshold", "0"], id="threshold too low"),
        pytest.param(["--self", "--threshold", "1.1"], id="threshold too high"),
        pytest.param(["--self", "--limit", "-1"], id="limit below zero"),
        pytest.param(["--self", "--output-format", "sarif"], id="no such format"),
    ],
)
def test_a_wrong_call_is_refused(near, arguments):
    result = near(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: leakcheck near" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "announced"),
    [
        pytest.param(["--self"], False, id="documents"),
        pytest.param(["--bench", "demo"], False, id="items"),
        pytest.param(["--doc", str(CORPUS / "notes" / "night-train.txt")], True, id="a text"),
    ],
)
def test_compilation_is_announced_where_a_text_is_to_be_read(
    near, monkeypatch, arguments, announced
):
    monkeypatch.setattr("leakcheck.cli.first_run.is_compiled", lambda function: False)
    result = near(*arguments)
    assert result.exit_code == 0
    assert ("compiling the kernels of indexes, once" in result.stderr) is announced


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--bench", "dmeo"], "did you mean demo"),
        (["--doc", "nowhere.txt"], "no such file"),
    ],
)
def test_an_unknown_name_is_one_line_on_standard_error(near, arguments, complaint):
    result = near(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert complaint in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_is_no_index_is_refused(run, tmp_path):
    result = run("near", str(tmp_path), "--self")
    assert result.exit_code == 2
    assert "no index" in result.stderr


def test_nothing_near_is_no_failure(near):
    result = near(
        "--doc", "-", input="saltwork glassblower " * 4 + "nkechi counts the lamps at noon"
    )
    assert (result.exit_code, result.stderr) == (0, "")
    assert "0 of 1 texts have a near document" in result.stdout
    assert result.stdout.endswith("no pairs\n")


def test_items_verbatim_in_the_corpus_are_near_to_it(near):
    result = near("--bench", "demo", "--output-format", "json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert (document["schema"], document["asked"]) == ("leakcheck/near/1", "bench")
    assert (document["threshold"], document["bands"], document["rows"]) == (0.5, 32, 4)
    found = {(each["item"], Path(each["path"]).name, each["row"]) for each in document["near"]}
    planted = map(json.loads, (ROOT / "examples" / "planted.jsonl").read_text("utf-8").splitlines())
    # Alone in their record; the prompt in the notes holds six items and is near to none.
    expected = {
        (each["item"], each["file"], each["row"])
        for each in planted
        if each["change"] == "with_answer" and each["row"] is not None
    }
    assert len(expected) == 3
    assert expected <= found
    assert document["matches"] == len(document["near"])


def test_a_data_file_is_a_benchmark_too(near, tmp_path):
    source = (ROOT / "examples" / "demo_benchmark" / "test.jsonl").read_text("utf-8")
    (tmp_path / "mine.jsonl").write_text(source, "utf-8")
    result = near(
        "--bench", str(tmp_path / "mine.jsonl"), "--question-field", "question",
        "--output-format", "jsonl",
    )  # fmt: skip
    assert result.exit_code == 0
    assert "note: " in result.stderr
    rows = {json.loads(line)["row"] for line in result.stdout.splitlines()}
    assert 6 in rows  # of chat.jsonl


def test_a_table_names_items_and_documents(near):
    lines = near("--bench", "demo", "--limit", "2").stdout.splitlines()
    assert lines[0].startswith("leakcheck ")
    assert any(line.startswith("demo test: ") for line in lines)
    [heading] = [number for number, line in enumerate(lines) if line.startswith("NEAR")]
    assert lines[heading].split() == ["NEAR", "ITEM", "ROLE", "COMPARED", "DOCUMENT", "PASSAGE"]
    assert any("; --limit 0 shows all:" in line for line in lines)


def test_lines_are_the_near_of_the_document(near):
    document = json.loads(near("--bench", "demo", "--output-format", "json").stdout)
    lines = near("--bench", "demo", "--output-format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == document["near"]


def test_every_record_of_a_file_is_looked_for(near):
    source = ROOT / "examples" / "sources" / "web.jsonl"
    lines = near("--doc", str(source), "--output-format", "jsonl").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert {each["given_row"] for each in found if each["jaccard"] == 1} == set(range(57))


def test_what_cannot_be_read_of_a_file_is_a_warning(near, tmp_path):
    (tmp_path / "given.jsonl").write_text('{"text": "nkechi counts lamps"}\nbroken\n')
    result = near("--doc", str(tmp_path / "given.jsonl"))
    assert result.exit_code == 0
    assert "warning: " in result.stderr
    assert "row 1" in result.stderr
    assert "1 too short to tell" in result.stdout


def test_copies_within_the_corpus_are_clusters(near):
    result = near("--self", "--members", "--output-format", "jsonl")
    assert result.exit_code == 0
    clusters = [json.loads(line) for line in result.stdout.splitlines()]
    assert (clusters[0]["documents"], clusters[0]["exact_copies"]) == (4, 3)
    files = [Path(member["path"]).name for member in clusters[0]["members"]]
    assert sorted(files) == ["copies.jsonl"] * 3 + ["web.jsonl.zst"]


def test_members_are_told_only_when_asked_for(near):
    document = json.loads(near("--self", "--output-format", "json").stdout)
    assert (document["asked"], document["threshold"]) == ("self", 0.8)
    assert all("members" not in cluster for cluster in document["clusters"])
    assert "copies.jsonl:" not in near("--self", "--limit", "1").stdout
    table = near("--self", "--limit", "1", "--members", env={"COLUMNS": "120"}).stdout
    assert table.count("copies.jsonl:") == 3


def test_a_limit_cuts_what_is_shown_and_not_what_is_counted(near):
    every = json.loads(near("--self", "--output-format", "json").stdout)
    some = json.loads(near("--self", "--limit", "1", "--output-format", "json").stdout)
    assert some["clusters"] == every["clusters"][:1]
    assert some["count"] == every["count"] == len(every["clusters"])


def test_a_file_gets_the_result_and_standard_output_nothing(near, tmp_path):
    target = tmp_path / "new" / "near.json"
    result = near("--self", "--output-format", "json", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(target.read_text("utf-8"))["asked"] == "self"

"""Choosing benchmarks: what stands for nothing is refused; names, groups, files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from leakcheck.choosing import choose
from leakcheck.errors import CardError, PackError, UsageError

ROOT = Path(__file__).parents[1]
CARDS = {"riddles": ["puzzles"], "rhymes": ["puzzles", "verse"], "songs": ["verse"]}
"""Benchmarks by name with their groups; all have the pack of the demo but songs, which has none."""


@pytest.fixture
def cards(monkeypatch, tmp_path):
    """Let leakcheck know the benchmarks of CARDS and the demo, and nothing else."""
    monkeypatch.setenv("LEAKCHECK_CACHE_DIR", str(tmp_path / "cache"))
    for kind in ("benchmarks", "indexes"):
        (tmp_path / kind).mkdir()
    for module in ("card", "folders"):
        monkeypatch.setattr(
            f"leakcheck.benchmark.{module}.shipped_data", lambda kind: tmp_path / kind
        )
    text = (ROOT / "benchmarks" / "demo.toml").read_text("utf-8")
    for name, groups in {**CARDS, "demo": ["demo"]}.items():
        own = text.replace('name = "demo"', f'name = "{name}"', 1)
        own = own.replace('groups = ["demo"]', f"groups = {json.dumps(groups)}")
        (tmp_path / "benchmarks" / f"{name}.toml").write_text(own, "utf-8")
        if name != "songs":
            for suffix in ("parquet", "calibration.parquet"):
                demo = ROOT / "indexes" / f"demo.{suffix}"
                shutil.copy(demo, tmp_path / "indexes" / f"{name}.{suffix}")
    return tmp_path


def names_of(*names: str, **options) -> list[str]:
    return [benchmark.card.name for benchmark in choose(names, **options)]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        pytest.param("ridles", UsageError, "did you mean riddles", id="a name misspelt"),
        pytest.param("puzzle", UsageError, "did you mean puzzles", id="a group misspelt"),
        pytest.param("al", UsageError, "did you mean all", id="all misspelt"),
        pytest.param("xyz", UsageError, "it knows demo, rhymes, riddles", id="nothing near"),
        pytest.param("songs", PackError, "there is no pack of songs", id="named, without a pack"),
        pytest.param("absent.toml", CardError, "cannot be read", id="no such card"),
        pytest.param("absent.jsonl", UsageError, "no such file", id="no such data file"),
    ],
)
def test_what_stands_for_nothing_is_refused(cards, name, error, message):
    with pytest.raises(error, match=message):
        choose(["riddles", name])


def test_no_name_is_refused(cards):
    with pytest.raises(UsageError, match="at least one"):
        choose([])


def test_two_benchmarks_of_one_name_are_refused(cards):
    own = cards / "riddles.jsonl"
    own.write_text('{"question": "Which lamp of Saxcombe burns walnut oil at dusk?"}', "utf-8")
    with pytest.raises(UsageError, match="two benchmarks are called 'riddles'"):
        choose(["riddles", str(own)])


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["riddles"], ["riddles"]),
        (["riddles", "rhymes", "riddles"], ["riddles", "rhymes"]),
        (["puzzles"], ["rhymes", "riddles"]),
        (["riddles", "puzzles"], ["riddles", "rhymes"]),
        (["all"], ["rhymes", "riddles"]),
        (["all", "demo"], ["rhymes", "riddles", "demo"]),
    ],
)
def test_names_groups_and_all(cards, names, chosen):
    assert names_of(*names) == chosen


@pytest.mark.parametrize("name", ["all", "verse"])
def test_those_without_a_pack_are_left_out_in_one_note(cards, name):
    notes = []
    names_of(name, on_note=notes.append)
    assert len(notes) == 1
    assert f"left out of {name}, without a pack: songs;" in notes[0]


def test_a_damaged_pack_is_left_out_of_all_with_its_reason(cards):
    (cards / "indexes" / "rhymes.parquet").write_bytes(b"PAR1")
    notes = []
    assert names_of("all", on_note=notes.append) == ["riddles"]
    assert any("rhymes.parquet: not a pack" in note for note in notes)


def test_a_card_of_ones_own_has_its_pack_beside_it(cards):
    own = cards / "own"
    own.mkdir()
    for path in [*cards.glob("benchmarks/rhymes.toml"), *cards.glob("indexes/rhymes.*")]:
        shutil.move(path, own)
    assert names_of(str(own / "rhymes.toml")) == ["rhymes"]


def test_a_data_file_is_a_benchmark_and_it_is_said_what_was_guessed(cards):
    path = cards / "mine.csv"
    path.write_text("riddle,clue\nWhich lamp of Saxcombe burns walnut oil at dusk?,x\n", "utf-8")
    notes = []
    assert names_of(str(path), question_field="riddle", on_note=notes.append) == ["mine"]
    assert "mine.csv: 1 items; question from riddle" in notes[0]

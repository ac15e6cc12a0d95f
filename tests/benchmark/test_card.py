"""Cards: what is refused and how that is told, and that those that ship are sound."""

from __future__ import annotations

import pytest

from leakcheck.benchmark.card import FIELDS, card_names, load_card, read_card, shipped_data
from leakcheck.benchmark.pack import read_pack
from leakcheck.errors import CardError, UsageError

CARD = """
name = "riddles"
title = "Riddles of the harbour"
publisher = "nobody"
licence = "Apache-2.0"
language = "en"
in_distribution = "hard"
in_distribution_reason = "made up"
item_id = "{split}/{n}"

[[sources]]
repository = "nobody/riddles"
path = "data"
revision = "7"

[[splits]]
name = "test"
role = "test"
files = "test.jsonl"
items = 3

[[splits]]
name = "train"
role = "train"
files = "train.jsonl"
items = 5

[fields]
question = ["question"]
"""


@pytest.fixture
def read(tmp_path):
    """Read the card with one stretch of it exchanged for another."""

    def read_changed(old: str = "", new: str = ""):
        assert old in CARD
        path = tmp_path / "riddles.toml"
        path.write_text(CARD.replace(old, new, 1) if old else CARD, encoding="utf-8")
        return read_card(path)

    return read_changed


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        pytest.param("gsm9k", "did you mean gsm8k", id="one-wrong-character"),
        pytest.param("human-eval", "did you mean humaneval", id="one-too-many"),
        pytest.param("GSM8K", "gsm8k", id="capitals"),
        pytest.param("zzz", "it knows agieval, ", id="nothing-near-lists-all"),
        pytest.param("", "it knows agieval, ", id="empty"),
        pytest.param("../benchmarks/demo", "did you mean demo", id="a-path-is-no-name"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(name, hint):
    with pytest.raises(UsageError) as error:
        load_card(name)
    assert f"no benchmark {name!r}" in str(error.value)
    assert hint in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param('name = "riddles"', "name = riddles", "not a card", id="not-toml"),
        pytest.param('licence = "Apache-2.0"\n', "", "`licence`", id="missing-key"),
        pytest.param('language = "en"', 'tongue = "en"', "`tongue`", id="unknown-key"),
        pytest.param('role = "test"', 'role = "exam"', "'exam'", id="unknown-role"),
        pytest.param('"hard"', '"tough"', "'tough'", id="unknown-difficulty"),
        pytest.param("items = 3", 'items = "3"', r"splits\[0\].items", id="number-as-text"),
        pytest.param("{split}/{n}", "{n}", "'{n}'", id="unknown-item-id"),
        pytest.param("question =", "riddle =", "'riddle'", id="unknown-field"),
        pytest.param("question =", "answer =", "names no question", id="no-question"),
        pytest.param('["question"]', '"question"', "array", id="field-without-a-list"),
        pytest.param('name = "train"', 'name = "test"', "the same name", id="same-split-twice"),
        pytest.param("test.jsonl", "{subset}.jsonl", "in both or in neither", id="subset-in-files"),
        pytest.param("{split}/{n}", "{split}/{subset}/{n}", "in both", id="subset-in-item-id"),
        pytest.param("[fields]", '[drop]\nanswer = "("\n[fields]', "regular", id="not-a-pattern"),
        pytest.param(
            "items = 5", 'fields = {answer = ["a"]}', "no question", id="split-without-question"
        ),
    ],
)
def test_a_malformed_card_is_refused_with_its_path(read, tmp_path, old, new, message):
    with pytest.raises(CardError, match=message) as error:
        read(old, new)
    assert str(error.value).startswith(f"{tmp_path / 'riddles.toml'}: ")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("absent.toml", "cannot be read: No such file", id="missing"),
        pytest.param(".", "cannot be read: Is a directory", id="folder"),
        pytest.param("latin.toml", "not a card", id="not-utf-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, message):
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(CardError, match=message):
        read_card(tmp_path / name)


def test_a_card_tells_the_roles_and_the_number_of_items(read):
    card = read()
    assert [card.role_of(split.name) for split in card.splits] == ["test", "train"]
    assert card.items == 8
    assert card.drop == {}
    assert card.canary == []


def test_a_split_of_another_name_may_be_the_test_split(read):
    assert read('name = "test"', 'name = "validation"').role_of("validation") == "test"


def test_a_number_of_items_may_be_left_open_and_counted_later(read):
    card = read("items = 5\n", "")
    assert card.items == 3
    assert [split.items for split in card.counted({"train": 7, "test": 9}).splits] == [3, 7]


def test_fields_may_be_columns(read):
    assert read('["question"]', "[0, 2]").fields == {"question": [0, 2]}


def test_card_names_are_sorted_and_hold_the_demo():
    assert card_names() == sorted(card_names())
    assert "demo" in card_names()


@pytest.mark.parametrize("name", card_names())
class TestShipped:
    def test_card_has_its_own_name_a_source_and_a_test_split(self, name):
        card = load_card(name)
        assert card.name == name
        assert card.sources
        assert "test" in {split.role for split in card.splits}
        assert set(card.fields) <= set(FIELDS)

    def test_groups_and_reason_are_there(self, name):
        card = load_card(name)
        assert card.groups
        assert card.in_distribution_reason

    def test_a_benchmark_without_a_pack_can_be_built_or_fetched(self, name):
        splits = load_card(name).splits
        assert all(split.files for split in splits)
        assert all(split.items is not None for split in splits) or all(s.hub for s in splits)


PACKED = sorted(
    path.stem for path in shipped_data("indexes").glob("*.parquet") if "." not in path.stem
)


@pytest.mark.parametrize("name", PACKED)
class TestPacked:
    def test_pack_has_the_items_the_card_says_in_its_order(self, name):
        card, pack = load_card(name), read_pack(shipped_data("indexes") / f"{name}.parquet")
        assert pack.header.name == name
        assert pack.header.revisions == [source.revision for source in card.sources]
        expected = [split.name for split in card.splits for _ in range(split.items)]
        assert list(pack.splits) == expected
        assert [item.partition("/")[0] for item in pack.items] == expected
        assert len(set(pack.items)) == card.items
        assert [item.count("/") for item in pack.items] == [card.item_id.count("/")] * card.items

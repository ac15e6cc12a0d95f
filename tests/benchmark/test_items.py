"""Items: from the publisher's files to fields, and what is said when the files do not fit."""

from __future__ import annotations

import gzip
import json

import pytest
from msgspec.structs import replace

from leakcheck.benchmark.items import read_items
from leakcheck.errors import BenchmarkFilesError

RIDDLES = [
    {"question": "Which door opens at dusk?", "answer": "The third", "hints": ["low", "east"]},
    {"question": "Who keeps\u2028the lamp?", "answer": 7, "hints": []},
]
LINES = "\n".join(json.dumps(each, ensure_ascii=False) for each in RIDDLES).encode()


@pytest.fixture
def read(tmp_path, make_card):
    """Write the publisher's files and read the items of a card of one test split."""

    def read_files(files: dict[str, bytes], pattern: str = "test.jsonl", items: int = 2, **card):
        for name, data in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        made = make_card({"test": items}, **card)
        return read_items(replace(made, splits=[replace(made.splits[0], files=pattern)]), tmp_path)

    return read_files


@pytest.mark.parametrize(
    ("files", "pattern", "items", "message"),
    [
        pytest.param(
            {}, "test.jsonl", 2, "test.jsonl: no such file; name the folder", id="missing-file"
        ),
        pytest.param({}, "no/test.jsonl", 2, "no/test.jsonl: no such file", id="missing-folder"),
        pytest.param({"test.jsonl/x": b""}, "test.jsonl", 2, "no such file", id="a-folder"),
        pytest.param({"a.doc": LINES}, "a.doc", 2, r"read from \.csv, \.json", id="other-format"),
        pytest.param(
            {"t.jsonl": b'{"question"'}, "t.jsonl", 1, "t.jsonl: cannot be parsed", id="not-json"
        ),
        pytest.param(
            {"t.jsonl": b'"\xff"'}, "t.jsonl", 1, "t.jsonl: cannot be parsed", id="not-utf-8"
        ),
        pytest.param(
            {"t.jsonl.gz": LINES}, "t.jsonl.gz", 2, "t.jsonl.gz: cannot be", id="not-compressed"
        ),
        pytest.param(
            {"t.jsonl.gz": gzip.compress(LINES)[:-9]},
            "t.jsonl.gz",
            2,
            "t.jsonl.gz: cannot be",
            id="truncated",
        ),
        pytest.param(
            {"t.jsonl": LINES + b'\n{"answer": 1}'},
            "t.jsonl",
            3,
            "t.jsonl: record 2: no field 'question'",
            id="missing-field",
        ),
        pytest.param(
            {"t.jsonl": b"7"}, "t.jsonl", 1, "record 0: no field 'question'", id="not-a-record"
        ),
        pytest.param(
            {"t.csv": b"a,b\n1,2"}, "t.csv", 1, "no field 'question'", id="no-such-column"
        ),
        pytest.param({"t.jsonl": LINES}, "t.jsonl", 3, r"\b2\b.*\b3\b|\b3\b.*\b2\b", id="too-few"),
        pytest.param({"t.jsonl": b""}, "t.jsonl", 1, r"\b0\b.*\b1\b|\b1\b.*\b0\b", id="none"),
    ],
)
def test_files_that_do_not_fit_the_card_are_refused(read, files, pattern, items, message):
    with pytest.raises(BenchmarkFilesError, match=message):
        read(files, pattern, items)


def test_a_column_that_is_not_there_is_refused(read):
    with pytest.raises(BenchmarkFilesError, match="record 1: no field 2"):
        read({"t.csv": b"a,b,c\nd,e"}, "t.csv", fields={"question": [2]}, rows="no header")


def test_a_subset_without_any_file_is_refused(read):
    with pytest.raises(BenchmarkFilesError, match="no such file"):
        read({"other.jsonl": LINES}, "test/{subset}.jsonl", item_id="{split}/{subset}/{n}")


def test_json_lines_are_items_in_their_order(read):
    items = read({"test.jsonl": LINES + b"\n\n"})
    assert [(item.item, item.split) for item in items] == [("test/0", "test"), ("test/1", "test")]
    assert items[1].fields == {"question": "Who keeps\u2028the lamp?", "answer": "7"}


def test_a_field_of_several_keys_or_a_list_is_joined_by_line_breaks(read):
    fields = {"question": ["question", "answer"], "choices": ["hints"]}
    first, second = read({"test.jsonl": LINES}, fields=fields)
    assert first.fields == {
        "question": "Which door opens at dusk?\nThe third",
        "choices": "low\neast",
    }
    assert second.fields["choices"] == ""


def test_compressed_files_are_read_as_plain_ones(read):
    compressed = read({"t.jsonl.gz": gzip.compress(LINES)}, "t.jsonl.gz")
    assert compressed == read({"t.jsonl": LINES}, "t.jsonl")


def test_csv_has_columns_from_0_and_line_breaks_inside_quotes(read):
    data = b'"Which ""door""?\nSay it.",low,east,B\nWho?,up,down,A\n'
    fields = {"question": [0], "choices": [1, 2], "answer": [3]}
    first, second = read({"t.csv": data}, "t.csv", fields=fields, rows="no header")
    assert first.fields == {
        "question": 'Which "door"?\nSay it.',
        "choices": "low\neast",
        "answer": "B",
    }
    assert second.item == "test/1"


def test_subsets_are_named_by_their_files_and_sorted(read):
    files = {f"test/{name}_test.jsonl": LINES for name in ["tides", "doors", "lamps_old"]}
    items = read(files, "test/{subset}_test.jsonl", 6, item_id="{split}/{subset}/{n}")
    assert [item.item for item in items] == [
        f"test/{subset}/{n}" for subset in ["doors", "lamps_old", "tides"] for n in range(2)
    ]


def test_marks_are_dropped_from_their_field_alone(read):
    data = b'{"question": "a <<1>> b", "answer": "x <<1+2=3>> y #### 3"}'
    (item,) = read({"test.jsonl": data}, items=1, drop={"answer": "<<[^>]*>>|####"})
    assert item.fields["question"] == "a <<1>> b"
    assert item.fields["answer"].split() == ["x", "y", "3"]


def test_a_split_with_fields_of_its_own_is_laid_out_by_them_alone(tmp_path, make_card):
    (tmp_path / "test.jsonl").write_bytes(b'{"question": "a <<1>> b", "answer": "c"}')
    (tmp_path / "train.jsonl").write_bytes(b'{"q": "a <<1>> b"}')
    card = make_card({"test": 1, "train": 1}, drop={"question": "<<1>>"})
    own = replace(card.splits[1], fields={"question": ["q"]})
    test, train = read_items(replace(card, splits=[card.splits[0], own]), tmp_path)
    assert test.fields["question"].split() == ["a", "b"]
    assert train.fields == {"question": "a <<1>> b"}


def test_the_files_of_a_split_are_looked_for_in_every_folder(tmp_path, make_card):
    for name in ("test", "train"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.jsonl").write_bytes(LINES)
    items = read_items(make_card({"train": 2, "test": 2}), [tmp_path / "test", tmp_path / "train"])
    assert len(items) == 4


def test_a_file_that_no_folder_has_is_refused_with_all_of_them(tmp_path, make_card):
    with pytest.raises(BenchmarkFilesError, match=r"a/test\.jsonl nor .*b/test\.jsonl: no such"):
        read_items(make_card({"test": 2}), [tmp_path / "a", tmp_path / "b"])


def test_a_number_that_the_publisher_does_not_say_is_not_checked(tmp_path, make_card):
    (tmp_path / "test.jsonl").write_bytes(LINES)
    assert len(read_items(make_card({"test": None}), tmp_path)) == 2


def test_several_files_of_one_split_count_on(read):
    items = read({f"test{n}.jsonl": LINES for n in (1, 2)}, "test*.jsonl", 4)
    assert [item.item for item in items] == [f"test/{n}" for n in range(4)]


def test_splits_follow_each_other_as_on_the_card(tmp_path, make_card):
    for split in ("train", "test"):
        (tmp_path / f"{split}.jsonl").write_bytes(LINES)
    items = read_items(make_card({"train": 2, "test": 2}), tmp_path)
    assert [item.item for item in items] == ["train/0", "train/1", "test/0", "test/1"]

"""Hashes: the harness's own, and the items of the publisher's files that have them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from leakcheck.benchmark.card import Split, load_card
from leakcheck.benchmark.items import read_items
from leakcheck.impact.hashes import doc_hash, hashes_of_items

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_a_hash_is_that_of_the_indented_row():
    text = '{\n  "question": "Wieso?",\n  "answer": "Só."\n}'
    assert doc_hash({"question": "Wieso?", "answer": "Só."}) == (
        hashlib.sha256(text.encode()).hexdigest()
    )


def test_columns_in_another_order_are_another_row():
    assert doc_hash({"a": 1, "b": 2}) != doc_hash({"b": 2, "a": 1})


def test_every_test_row_of_the_demo_has_the_item_that_it_is(rows):
    card = load_card("demo")
    hashes = hashes_of_items(card, [EXAMPLES / "absent", EXAMPLES / "demo_benchmark"])
    assert [hashes[doc_hash(row)] for row in rows] == [[f"test/{n}"] for n in range(len(rows))]


def test_without_the_files_there_are_no_hashes(tmp_path):
    assert hashes_of_items(load_card("demo"), [tmp_path]) == {}


def test_rows_of_subsets_are_named_as_a_pack_names_them(tmp_path, make_card):
    for subset in ("art", "law"):
        lines = [json.dumps({"question": f"{subset} {n}?", "answer": "1"}) for n in range(2)]
        (tmp_path / f"{subset}_test.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    splits = [Split("test", "test", "{subset}_test.jsonl", 4)]
    card = make_card({}, item_id="{split}/{subset}/{n}", splits=splits)
    hashes = hashes_of_items(card, [tmp_path])
    names = [item for items in hashes.values() for item in items]
    assert names == [item.item for item in read_items(card, tmp_path)]
    assert hashes[doc_hash({"question": "law 1?", "answer": "1"})] == ["test/law/1"]

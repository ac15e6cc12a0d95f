"""Decisions from fingerprints: what is never said, and what can be told without the text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.searching.likeness import Question, Window, kind_from
from leakcheck.corpus_index.searching.search import find_in_index
from leakcheck.corpus_index.stored.store import open_index
from leakcheck.detection.catalogue import load_catalogue

NUMBERED = (
    "Mirabel the lockkeeper of Saxcombe opens {} sluices before breakfast and {} after the barges "
    "have passed; how many sluices does Mirabel open on a day with {} barges and a drowsy heron?"
)
OTHER = "Which of the walnut lamps in the chapel of Saxcombe was lit by the verger on a Tuesday?"


@pytest.fixture
def found(make_benchmark, tmp_path, monkeypatch):
    """Return what an index says of texts that are gone, for items of these texts."""
    monkeypatch.chdir(tmp_path)

    def find(items, texts, scale=1):
        catalogue = load_catalogue([make_benchmark(items)])
        lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
        Path("a.jsonl").write_text(lines, "utf-8")
        build_index(["a.jsonl"], Path("x.lki"), scale=scale)
        Path("a.jsonl").unlink()
        answer = find_in_index(open_index("x.lki"), catalogue, 1)
        shutil.rmtree("x.lki")
        return answer.findings

    return find


ITEMS = {"test/0": NUMBERED.format(17, 23, 41), "train/0": OTHER}


def test_another_problem_of_the_same_things_is_none(found):
    text = "Saxcombe has a drowsy heron, a chapel and a verger; the lockkeeper counts the barges."
    assert found(ITEMS, [text]) == []


def test_the_end_of_an_item_is_none(found):
    assert found(ITEMS, [ITEMS["test/0"][-60:]]) == []


def test_a_train_item_is_never_taken_for_one_of_test(found):
    (finding,) = found(ITEMS, [OTHER])
    assert (finding.item, finding.role, finding.kind) == ("train/0", "train", "verbatim")


def test_an_item_of_two_roles_is_shared(found):
    items = {"train/0": OTHER, "test/0": OTHER}
    (finding,) = found(items, [OTHER])
    assert (finding.item, finding.shared, finding.also) == ("test/0", True, ["train/0"])


@pytest.mark.parametrize("scale", [1, 4])
def test_a_copy_is_found_with_its_evidence(found, scale):
    (finding,) = found(ITEMS, [f"Solve: {ITEMS['test/0']} Show your work."], scale)
    assert (finding.item, finding.basis, finding.excerpt) == ("test/0", "fingerprints", "")
    assert finding.kind in ("verbatim", "near")
    assert finding.score > 0.9
    assert finding.row == 0


def test_other_numbers_in_the_same_words_are_a_variant(found):
    text = NUMBERED.format(18, 29, 57)
    assert {each.kind for each in found(ITEMS, [text])} <= {"variant"}


def test_it_is_told_how_a_passage_differs(found):
    inserted = "have passed and the verger has been to the old mill for a sack of white flour"
    copy, longer = found(ITEMS, [ITEMS["test/0"], ITEMS["test/0"].replace("have passed", inserted)])
    assert (copy.kind, copy.changes) == ("verbatim", [])
    assert longer.changes == ["extended"]


TESTS = (
    "assert barges_of('Saxcombe', 17, 41) == 58\n"
    "assert barges_of('Mirabel', 230, 77) == 307\n"
    "assert barges_of('Thistledown', 1919, 1000) == 2919"
)
TASK = {
    "question": "Write a function to count the barges that pass the lockkeeper of a harbour.",
    "code": "def barges_of(harbour, morning, evening):\n    return morning + evening",
    "context": TESTS,
}


def test_the_tests_of_code_count_for_a_reworded_task(found):
    asked = "Write a function to count the barges that a lockkeeper of some harbour lets pass."
    alone, with_tests = found({"test/0": TASK}, [asked, f"{asked}\n{TESTS}"])
    assert "context" not in alone.fields
    assert "context" in with_tests.fields
    assert with_tests.kind != "verbatim"
    assert with_tests.bits > alone.bits + 50


def test_each_document_is_decided_by_itself(found):
    findings = found(ITEMS, [OTHER, "Nothing.", ITEMS["test/0"], OTHER])
    assert [(each.row, each.item) for each in findings] == [
        (0, "train/0"), (2, "test/0"), (3, "train/0"),
    ]  # fmt: skip


def question(numbers=(), rare=(), kept=(), found=(), tokens=20) -> Question:
    def marks(places):
        column = np.zeros(tokens, np.bool_)
        column[list(places)] = True
        return column

    return Question(
        np.arange(100, 100 + tokens, dtype=np.uint16),
        np.full(tokens, 10, np.float32),
        *map(marks, (numbers, rare, kept, found)),
    )


ALL = range(2, 20)
WHOLE = Window(np.arange(100, 120, dtype=np.uint16), 20)


class TestKinds:
    def test_all_that_is_seen_in_order_is_verbatim(self):
        assert kind_from(question(kept=ALL, found=ALL), WHOLE) == "verbatim"

    def test_a_broken_triple_is_not_verbatim(self):
        assert kind_from(question(kept=ALL, found=range(3, 20)), WHOLE) == "near"

    def test_a_missing_rare_token_is_not_verbatim(self):
        window = Window(WHOLE.codes[1:], 20)
        assert kind_from(question(rare=[0], kept=[10], found=[10]), window) != "verbatim"

    def test_a_longer_window_is_not_verbatim(self):
        window = Window(WHOLE.codes, 25)
        assert kind_from(question(kept=ALL, found=ALL), window) == "near"

    def test_missing_numbers_in_other_words_are_nothing(self):
        asked = question(numbers=[0, 1, 2], rare=range(8))
        assert kind_from(asked, Window(WHOLE.codes[3:7], 20)) is None

    def test_numbers_that_gave_way_are_a_variant(self):
        found = set(ALL) - {8, 9, 10}
        assert kind_from(question(numbers=[8], kept=ALL, found=found), WHOLE) == "variant"

    def test_few_triples_and_no_number_missing_is_rewritten(self):
        asked = question(rare=[0, 5, 10], kept=ALL, found=[])
        assert kind_from(asked, Window(WHOLE.codes[[0, 5, 10]], 20)) == "rewritten"

"""The comparison: what each criterion flags, and where they part from leakcheck."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.errors import UsageError
from leakcheck.presets import NEED_TEXTS, PRESETS
from leakcheck.presets.comparing import OWN, compare_presets
from leakcheck.scanning import scan

CORPUS = str(Path(__file__).parents[2] / "examples" / "corpus")


@pytest.fixture(scope="module")
def comparison():
    return compare_presets([CORPUS], "demo")


@pytest.fixture(scope="module")
def demo(comparison):
    return comparison.benchmarks[0]


def test_standard_input_cannot_be_read_twice():
    with pytest.raises(UsageError, match="standard input"):
        compare_presets(["-"], "demo")


def test_an_index_cannot_be_asked(tmp_path):
    build_index([CORPUS], tmp_path / "corpus.lki")
    with pytest.raises(UsageError, match="name the files themselves"):
        compare_presets([str(tmp_path / "corpus.lki")], "demo")


def test_an_unknown_preset_is_an_error_before_anything_is_read():
    with pytest.raises(UsageError, match="no preset 'palms'"):
        compare_presets(["nowhere"], "demo", presets=["palms"])


def test_leakcheck_comes_first_and_then_the_presets(demo):
    without_texts = [name for name in PRESETS if name not in NEED_TEXTS]
    assert [each.name for each in demo.criteria] == [OWN, *without_texts]


def test_with_the_items_texts_all_presets_are_compared():
    texts = Path(CORPUS).parent / "demo_benchmark"
    (benchmark,) = compare_presets([CORPUS], "demo", item_texts=texts).benchmarks
    assert [each.name for each in benchmark.criteria] == [OWN, *PRESETS]


def test_leakchecks_own_counts_are_those_of_a_scan(demo):
    own = demo.criteria[0].flagged
    (benchmark,) = scan([CORPUS], bench="demo").benchmarks
    assert own == {name: each.matched for name, each in benchmark.splits.items() if each.matched}


def test_both_alone_and_missed_add_up(demo):
    own = demo.criteria[0].flagged["test"]
    for each in demo.criteria:
        assert each.both + each.alone == each.flagged.get("test", 0)
        assert each.both + each.missed == own


def test_every_test_item_is_agreed_on_or_in_one_group(demo):
    parts = [group.items for group in demo.disagreements]
    assert demo.agreed + sum(parts) == 24
    assert parts == sorted(parts, reverse=True)


def test_ngrams_miss_what_was_rewritten(demo):
    flagged = {each.name: each for each in demo.criteria}
    assert flagged["palm"].missed > flagged["s1"].missed > 0


def test_llama2_has_its_four_classes(demo):
    grades = next(each.grades for each in demo.criteria if each.name == "llama2")
    assert list(grades) == ["clean", "not clean", "not dirty", "dirty"]
    assert grades["clean"] + grades["not clean"] == grades["not dirty"] + grades["dirty"]


def test_several_benchmarks_are_told_apart():
    benchmarks = compare_presets([CORPUS], ["demo", "demo_trivia"], presets=["s1"]).benchmarks
    alone = compare_presets([CORPUS], "demo_trivia", presets=["s1"]).benchmarks
    assert [each.name for each in benchmarks] == ["demo", "demo_trivia"]
    assert benchmarks[1] == alone[0]


def test_threads_change_nothing(comparison):
    assert compare_presets([CORPUS], "demo", threads=1) == comparison

"""Proximity: texts of one kind come closer than others do, and only like is compared with like."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leakcheck.benchmark.closeness import BackgroundCloseness, Closeness, closeness_of
from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.closeness.proximity import COMPARED_SCALES, measure_proximity
from leakcheck.corpus_index.closeness.similarity import _whole_documents, items_of_role
from leakcheck.corpus_index.searching.hits import Hits
from leakcheck.errors import CorpusIndexError

SIZES = (256, 1024)
STOCK = (
    "the market stall opened before sunrise and the baker sold {a} loaves at {b} coins each while "
    "his sister carried {c} baskets of plums from the orchard by the river; how many coins did "
    "they have together after {d} hours of rain"
)
"""What the problems of the benchmark have in common."""


def problem(seed: int) -> str:
    """Return a problem of the benchmark's kind, with words of its own."""
    drawn = np.random.default_rng(seed)
    words = ["".join(letters) for letters in drawn.choice(list("bdfgklmnoaeiu"), (12, 6))]
    numbers = dict(zip("abcd", drawn.integers(2, 90, 4).tolist(), strict=True))
    stock = STOCK.format(**numbers).split()
    start = int(drawn.integers(0, len(stock) - 12))
    return " ".join([*words[:6], *stock[start : start + 12], *words[6:]])


def other(seed: int) -> str:
    drawn = np.random.default_rng(seed)
    return " ".join("".join(letters) for letters in drawn.choice(list("prstvwxzyjqh"), (30, 5)))


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def index_of(folder):
    def build(name: str, texts: list[str], scale: int = 1):
        (folder / name).mkdir()
        path = folder / name / "a.jsonl"
        path.write_text("".join(json.dumps({"text": each}) + "\n" for each in texts), "utf-8")
        return build_index([path], Path(f"{name}.lki"), scale=scale).index

    return build


@pytest.fixture
def benchmark_of(make_benchmark):
    def make(test: int = 40, train: int = 60, background: tuple[BackgroundCloseness, ...] = ()):
        texts = {f"test/{n}": problem(n) for n in range(test)}
        texts |= {f"train/{n}": problem(1000 + n) for n in range(train)}
        made = make_benchmark(texts)
        return replace(made, calibration=replace(made.calibration, background=background))

    return make


def measure(index, benchmark, *beside):
    return measure_proximity(index, benchmark, beside, threads=1, sample_tokens=SIZES)


def by_text(proximity) -> dict[str, Closeness | None]:
    return {each.text: each.sample for each in proximity.measured}


def flat(similarity: float, tokens: int) -> Closeness:
    return closeness_of(np.full(40, similarity, np.float32), tokens)


def test_a_corpus_of_nothing_alike_is_not_close_at_all(index_of, benchmark_of):
    found = measure(index_of("other", [other(n) for n in range(40)]), benchmark_of())
    assert found.measured[0].all.quantile(99) == 0
    assert found.measured[0].all.copied == 0


def test_a_corpus_that_is_too_small_is_compared_with_nothing(index_of, benchmark_of):
    found = measure(index_of("small", [problem(1000)]), benchmark_of())
    assert found.sample_tokens is None
    assert by_text(found) == {"corpus": None, "train": None}
    assert found.measured[0].all.tokens < SIZES[0]


def test_a_train_split_that_is_too_small_is_left_out(index_of, benchmark_of):
    found = measure(index_of("kind", [problem(n) for n in range(500, 600)]), benchmark_of(train=2))
    assert found.sample_tokens == SIZES[1]
    assert by_text(found)["train"] is None


def test_without_a_train_split_there_is_nothing_said_of_one(index_of, benchmark_of):
    found = measure(index_of("kind", [problem(n) for n in range(500, 600)]), benchmark_of(train=0))
    assert [each.text for each in found.measured] == ["corpus"]


def test_without_background_no_share_is_close(index_of, benchmark_of):
    found = measure(index_of("kind", [problem(n) for n in range(500, 600)]), benchmark_of())
    assert {each.close for each in found.measured} == {None}


def test_background_of_another_scale_is_not_compared_with(index_of, benchmark_of):
    background = (BackgroundCloseness(4, [flat(0.1, 1024)]),)
    index = index_of("kind", [problem(n) for n in range(500, 600)], scale=8)
    found = measure(index, benchmark_of(background=background))
    assert (found.scale, found.background_scales) == (8, [4])
    assert "background" not in by_text(found)


def test_a_damaged_index_is_an_error(index_of, benchmark_of):
    index = index_of("kind", [problem(n) for n in range(500, 600)])
    index.data_paths("ngrams")[0].write_bytes(b"PAR1")
    with pytest.raises(CorpusIndexError, match="leakcheck index verify"):
        measure(index, benchmark_of())


def test_texts_of_the_same_kind_are_as_close_as_the_train_split(index_of, benchmark_of):
    found = by_text(
        measure(index_of("kind", [problem(n) for n in range(500, 600)]), benchmark_of())
    )
    assert found["corpus"].quantile(75) > 0.1
    assert found["corpus"].quantile(75) == pytest.approx(found["train"].quantile(75), rel=0.5)


def test_a_copied_item_is_a_copy_and_not_more(index_of, benchmark_of):
    texts = [problem(3), *(other(n) for n in range(40))]
    found = measure(index_of("leaks", texts), benchmark_of())
    assert found.measured[0].all.copied == 1
    assert found.measured[0].all.quantile(100) == 1


def test_more_of_the_same_text_makes_no_sample_closer(index_of, benchmark_of):
    texts = [problem(n) for n in range(500, 550)]
    once = measure(index_of("once", texts), benchmark_of())
    thrice = measure(index_of("thrice", 3 * texts), benchmark_of())
    assert by_text(once)["corpus"] == by_text(thrice)["corpus"]
    assert thrice.measured[0].all.tokens == 3 * once.measured[0].all.tokens


def test_all_samples_have_the_size_that_the_least_can_give(index_of, benchmark_of):
    large = index_of("large", [problem(n) for n in range(500, 600)])
    small = index_of("beside", [problem(n) for n in range(600, 620)])
    background = (BackgroundCloseness(1, [flat(0.1, 260), flat(0.2, 1030)]),)
    found = measure(large, benchmark_of(background=background), small)
    assert found.sample_tokens == SIZES[0]
    assert [each.text for each in found.measured] == ["corpus", "beside", "train", "background"]
    assert all(256 <= each.sample.tokens < 256 + 1024 for each in found.measured)
    assert by_text(found)["background"].tokens == 260


def test_close_is_what_is_closer_than_nine_tenths_are_to_background(index_of, benchmark_of):
    background = (BackgroundCloseness(1, [flat(0.05, 1030)]),)
    found = measure(
        index_of("kind", [problem(n) for n in range(500, 600)]), benchmark_of(background=background)
    )
    assert found.measured[0].close == found.measured[0].sample.share_above(0.05)
    assert found.measured[-1].close == 0


def test_an_index_of_a_scale_in_between_is_compared_at_the_coarser_one(index_of, benchmark_of):
    texts = [problem(n) for n in range(500, 600)]
    fine, coarse = index_of("fine", texts, scale=2), index_of("coarse", texts, scale=4)
    benchmark = benchmark_of()
    assert by_text(measure(fine, benchmark)) == by_text(measure(coarse, benchmark))


def test_the_coarsest_index_sets_the_scale_for_all(index_of, benchmark_of):
    texts = [problem(n) for n in range(500, 600)]
    fine, coarse = index_of("fine", texts, scale=1), index_of("coarse", texts, scale=4)
    assert measure(fine, benchmark_of()).scale == COMPARED_SCALES[0]
    corpus, beside, _ = measure(fine, benchmark_of(), coarse).measured
    assert corpus.sample == beside.sample


def test_items_are_chosen_by_the_role_of_their_split(make_benchmark):
    made = make_benchmark(
        {"a/0": "one two three", "b/0": "four five six", "c/0": "seven"},
        roles={"a": "test", "b": "train", "c": "test"},
    )
    assert items_of_role(made.card, made.pack, "test").tolist() == [0, 2]
    assert items_of_role(made.card, made.pack, "dev").tolist() == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_hits_come_in_whole_documents_however_they_are_cut(size):
    documents = np.repeat(np.arange(5, dtype=np.uint32), [3, 1, 6, 0, 2])
    hits = Hits(documents, np.arange(12, dtype=np.uint32), np.arange(12, dtype=np.uint64))
    cut = [hits.at(slice(start, start + size)) for start in range(0, 12, size)]
    pieces = list(_whole_documents(cut))
    assert np.concatenate([piece.positions for piece in pieces]).tolist() == list(range(12))
    borders = [(one.documents[-1], other.documents[0]) for one, other in zip(pieces, pieces[1:])]  # noqa: B905, RUF007
    assert all(one < other for one, other in borders)

"""Evidence of paragraphs, against a naive twin on invented words."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakcheck.presets import preset_of
from leakcheck.presets.looking import look_for_presets
from leakcheck.scanning.files import Where

from .conftest import text, words

WORDS = [*words(3), "17"]
PIECE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=22)
GRAM = 13


def features(piece: list[str]) -> list[tuple[str, ...]]:
    """Return the n-grams with a word of a paragraph, or all of it if it is short."""
    if len(piece) < 3:
        return []
    short = len(piece) < GRAM
    grams = [piece] if short else [piece[at : at + GRAM] for at in range(len(piece) - GRAM + 1)]
    return [tuple(gram) for gram in grams if set(gram) != {"17"}]


def naive_scores(items: dict[str, list[str]], documents: list[list[list[str]]]) -> dict[str, float]:
    scores = dict.fromkeys(items, 0.0)
    for split in {name.partition("/")[0] for name in items}:
        own = {name: set(features(each)) for name, each in items.items() if name.startswith(split)}
        held = set().union(*own.values())
        for document in documents:
            grams = [features(piece) for piece in document]
            share = max(sum(g in held for g in each) / max(1, len(each)) for each in grams)
            there = {gram for each in grams for gram in each}
            for name, mine in own.items():
                if mine & there:
                    scores[name] = max(scores[name], share)
    return scores


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    questions=st.lists(PIECE, min_size=1, max_size=4),
    documents=st.lists(st.lists(PIECE, min_size=1, max_size=3), min_size=1, max_size=3),
    copied=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=2),
)
def test_scores_are_those_of_the_twin(make_benchmark, tmp_path, questions, documents, copied):
    items = {f"{'train' if n % 2 else 'test'}/{n // 2}": each for n, each in enumerate(questions)}
    for question, document in copied:
        documents[document % len(documents)].append(questions[question % len(questions)])
    corpus = tmp_path / "corpus.jsonl"
    records = [{"text": "\n\n".join(map(text, pieces))} for pieces in documents]
    corpus.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
    benchmark = make_benchmark({name: text(each) for name, each in items.items()})
    looked = look_for_presets(Where([str(corpus)]), [benchmark], [preset_of("marin")])
    found = dict(zip(benchmark.pack.items, looked.scored["marin"].scores.tolist(), strict=True))
    expected = naive_scores(items, documents)
    assert np.allclose([found[name] for name in items], [expected[name] for name in items])

"""Items and documents of invented words, decided by a preset as a scan decides them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

import pytest

from leakcheck.presets import preset_of
from leakcheck.presets.looking import look_for_presets
from leakcheck.scanning.files import Where

SYLLABLES = [first + second for first in "bdfghklmnprtvz" for second in "aeiou"]


def words(count: int, first: int = 0) -> list[str]:
    """Return so many different words that mean nothing, from the one of number `first` on."""
    size = len(SYLLABLES)
    return [
        SYLLABLES[n // size % size] + SYLLABLES[n % size] + "lo"
        for n in range(first, first + count)
    ]


def text(*parts: Sequence[str]) -> str:
    return " ".join(word for part in parts for word in part)


@pytest.fixture
def scores(make_benchmark, tmp_path) -> Callable[..., dict[str, float]]:
    """Return the score of every item by a preset; documents are texts or records."""

    def decide(
        preset: str,
        items: Mapping[str, str | Mapping[str, str]],
        documents: Sequence[str | Mapping[str, object]],
    ) -> dict[str, float]:
        corpus = tmp_path / "corpus.jsonl"
        records = [{"text": each} if isinstance(each, str) else each for each in documents]
        corpus.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
        benchmark = make_benchmark(items)
        texts = {
            (benchmark.card.name, item): {"question": given} if isinstance(given, str) else given
            for item, given in items.items()
        }
        chosen = [preset_of(preset)]
        looked = look_for_presets(Where([str(corpus)]), [benchmark], chosen, texts=texts)
        return dict(zip(benchmark.pack.items, looked.scored[preset].scores.tolist(), strict=True))

    return decide


@pytest.fixture
def flagged(scores) -> Callable[..., list[str]]:
    """Return the items that a preset flags."""

    def decide(preset: str, items, documents) -> list[str]:
        import numpy as np

        found = scores(preset, items, documents)
        flags = preset_of(preset).flags(np.array(list(found.values())))
        return [item for item, flag in zip(found, flags.tolist(), strict=True) if flag]

    return decide

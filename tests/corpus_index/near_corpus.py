"""Texts of our own, copies that differ in a word now and then, and an index of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.stored.store import CorpusIndex

LETTERS = list("bdfgklmnprtvz")


def words(seed: int, count: int) -> list[str]:
    """Return words nobody uses."""
    drawn = np.random.default_rng(seed).choice(LETTERS, (count, 5))
    return ["o".join(word) for word in drawn]


def text(seed: int, count: int = 80) -> str:
    return " ".join(words(seed, count))


def changed(original: str, *places: int) -> str:
    """Put another word in some places; each changes three triples."""
    other = original.split()
    for place in places:
        other[place] = f"kinokonomo{LETTERS[place % 13]}"
    return " ".join(other)


def indexed(folder: Path, documents: Sequence[str], name: str = "corpus.jsonl") -> CorpusIndex:
    """Index texts as the records of one file."""
    corpus = folder / name
    lines = (json.dumps({"text": each}, ensure_ascii=False) + "\n" for each in documents)
    corpus.write_text("".join(lines), "utf-8")
    return build_index([corpus], folder / "corpus.lki", threads=1).index

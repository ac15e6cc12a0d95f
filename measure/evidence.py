"""The evidence that a model is fitted on: rewrites of our own, clean corpora, other benchmarks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from candidates import Candidates, candidates, joined, matches_of, with_low_floors
from clean_corpora import FREE, NOT_FREE, TRUE, readings
from rewording import WORD, reworded
from rows_found import even_spaces, every_benchmark, items_by_question, items_of, read_rows

from leakcheck.corpus import PassageBatch, find_files, read_file
from leakcheck.detection.catalogue import Catalogue, load_benchmark, load_catalogue
from leakcheck.index.item_table import QUESTION

__all__ = ["Gathered", "gather", "own_rewrites"]

BY_OTHERS = (
    "groundtruth/benbench/GSM8K_rewritten-test-3.jsonl.gz",
    "groundtruth/benbench/GSM8K_rewritten-train-3.jsonl.gz",
)
REWRITES = 400
"""Items that are reworded, of each benchmark."""
COPY_SHARE = 0.6
"""An item of another benchmark with this share of a question is made from the same text."""
VOCABULARY_ITEMS = 3000


class Gathered(NamedTuple):
    """Candidates of three sorts; `source` says which benchmark a document of others is from."""

    names: list[str]
    rewrites: Candidates
    by_others: dict[str, Candidates]
    """Rewrites of gsm8k that others made, by file: for measuring alone."""
    clean: Candidates
    others: Candidates
    other_sources: npt.NDArray[np.int64]


def gather(data: Path) -> Gathered:
    """Gather what a model is fitted on and tried on."""
    names = every_benchmark()
    catalogue = with_low_floors(load_catalogue([load_benchmark(name) for name in names]))
    questions = [[item.fields["question"] for item in items_of(name, data)] for name in names]
    parts = [own_rewrites(questions[n], n, names[n], catalogue) for n in range(len(names))]
    clean = [_clean(corpus, data, names, catalogue) for corpus in FREE]
    others, sources = _others(questions, catalogue)
    return Gathered(
        names, joined(parts), _by_others(data, catalogue), joined(clean), others, sources
    )


def own_rewrites(
    questions: Sequence[str], number: int, name: str, catalogue: Catalogue
) -> Candidates:
    """Reword some items of a benchmark, and keep the documents whose best match is their own."""
    chance = random.Random(name)
    chosen = chance.sample(range(len(questions)), min(REWRITES, len(questions)))
    words = [
        word
        for question in questions[:VOCABULARY_ITEMS]
        for word in WORD.findall(question)
        if word.isalpha() and (len(word) > 3 or not word.isascii())
    ]
    documents = [reworded(questions[item], words, f"{name}/{item}") for item in chosen]
    found = candidates(documents, catalogue)
    own = catalogue.starts[number] + np.array(chosen)[found.documents]
    return found.at((found.benchmarks == number) & (found.items == own))


def _by_others(data: Path, catalogue: Catalogue) -> dict[str, Candidates]:
    of_question = items_by_question("gsm8k", data)
    first = catalogue.starts[[each.card.name for each in catalogue.benchmarks].index("gsm8k")]
    gathered = {}
    for name in BY_OTHERS:
        rows = read_rows(data / name)
        found = candidates([row["rewritten_question"] for row in rows], catalogue)
        own = [of_question[even_spaces(row["question"])] for row in rows]
        named = [
            item >= first and catalogue.name(int(item)) == own[document]
            for item, document in zip(found.items, found.documents, strict=True)
        ]
        gsm8k = found.benchmarks == catalogue.benchmark_of(first)
        gathered[name] = found.at(np.array(named, np.bool_) & gsm8k)
    return gathered


def _clean(corpus: str, data: Path, names: Sequence[str], catalogue: Catalogue) -> Candidates:
    """Gather the candidates of a clean corpus, but those of items that somebody copied there."""
    found = candidates(list(_documents(data / corpus)), catalogue)
    copied = {
        tuple(place.split(":")[-2:])
        for place, reading in readings().items()
        if reading.startswith(TRUE) and not reading.startswith("true by its words")
    }
    free = [
        (corpus, names[benchmark]) not in NOT_FREE
        and (names[benchmark], catalogue.name(int(item))) not in copied
        for benchmark, item in zip(found.benchmarks, found.items, strict=True)
    ]
    return found.at(np.array(free, np.bool_))


def _documents(path: Path) -> Iterator[str]:
    for file in find_files([str(path)])[0]:
        for batch in read_file(file, text_field=None):
            if isinstance(batch, PassageBatch):
                texts, rows = batch.texts.to_pylist(), batch.rows
                for part in np.split(np.arange(len(rows)), np.flatnonzero(np.diff(rows)) + 1):
                    yield "\n\n".join(texts[place] for place in part)


def _others(
    questions: Sequence[Sequence[str]], catalogue: Catalogue
) -> tuple[Candidates, npt.NDArray[np.int64]]:
    """Gather the items of benchmarks that match items of others.

    Nulls were measured on the very same texts, so they are measured anew: on the items of the own
    benchmark, and on every second item of the others; the odd ones are tried on the nulls of the
    even ones, and the other way round.
    """
    owner = np.repeat(np.arange(len(questions)), [len(each) for each in questions])
    texts = [question for each in questions for question in each]
    items, documents, scores = _scores(texts, catalogue)
    sizes = [len(benchmark.pack.items) for benchmark in catalogue.benchmarks]
    bench = np.repeat(np.arange(len(sizes)), sizes)
    families = np.concatenate([each.pack.families for each in catalogue.benchmarks])
    whole = catalogue.lookups.items.word_bits + catalogue.lookups.items.number_bits
    same = owner[documents] == bench[items]
    counts = np.where(
        same, families[items] != families[documents], scores < COPY_SHARE * whole[items, QUESTION]
    )
    parts, sources = [], []
    for half in (0, 1):
        nulls = np.zeros(len(bench), np.float32)
        used = counts & (same | (documents % 2 != half))
        np.maximum.at(nulls, items[used], scores[used])
        tried = np.arange(half, len(texts), 2)
        found = candidates([texts[n] for n in tried], _with_nulls(catalogue, nulls))
        documents_of = tried[found.documents]
        bits = {(i, d): s for i, d, s in zip(items, documents, scores, strict=True)}
        other = np.array(
            [
                owner[d] != b and bits.get((i, d), 0.0) < COPY_SHARE * whole[i, QUESTION]
                for b, i, d in zip(found.benchmarks, found.items, documents_of, strict=True)
            ],
            np.bool_,
        )
        parts.append(found.at(other))
        sources.append(owner[documents_of[other]])
    return joined(parts), np.concatenate(sources)


def _scores(
    texts: Sequence[str], catalogue: Catalogue
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return item, document and score of all matches."""
    found = [
        (matches.items, matches.documents + first, matches.field_scores[:, QUESTION])
        for first, _, matches in matches_of(texts, catalogue)
    ]
    items, documents, scores = (np.concatenate(column) for column in zip(*found, strict=True))
    return items.astype(np.int64), documents.astype(np.int64), scores


def _with_nulls(catalogue: Catalogue, nulls: npt.NDArray[np.float32]) -> Catalogue:
    """Return a catalogue whose items have other nulls."""
    benchmarks = []
    for benchmark, first in zip(catalogue.benchmarks, catalogue.starts, strict=True):
        part = nulls[first : first + len(benchmark.pack.items)]
        calibration = replace(benchmark.calibration, nulls=part)
        benchmarks.append(replace(benchmark, calibration=calibration))
    least = np.where(
        np.isfinite(catalogue.least_bits), np.maximum(65.0, nulls + 20.0), np.inf
    ).astype(np.float32)
    return Catalogue(tuple(benchmarks), catalogue.lookups, catalogue.starts, least)

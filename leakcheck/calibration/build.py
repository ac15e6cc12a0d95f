"""Building a benchmark: its pack and its calibration, from a card and the publisher's files."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.build import build_pack
from leakcheck.benchmark.calibration import (
    FALSE_RATE,
    OTHER_UNMEASURED,
    VERBATIM_UNMEASURED,
    Calibration,
    Summary,
    Tail,
    write_calibration,
)
from leakcheck.benchmark.card import Card
from leakcheck.benchmark.items import read_items
from leakcheck.benchmark.pack import read_pack, write_pack
from leakcheck.benchmark.seal import seal
from leakcheck.calibration.background import DocumentSample, background_closeness
from leakcheck.calibration.chance import fit_chance
from leakcheck.calibration.near import near_findings
from leakcheck.calibration.nulls import (
    BackgroundScores,
    background_scores,
    calibration_lookups,
    own_nulls,
)
from leakcheck.calibration.tails import POOLED_DECAY, fit_tail
from leakcheck.corpus import PassageBatch, find_files, read_file
from leakcheck.detection.catalogue import Benchmark
from leakcheck.detection.lookups import Lookups
from leakcheck.errors import InputError
from leakcheck.index.item_table import QUESTION

__all__ = ["build_benchmark"]

MARGIN_BITS = 20.0
"""What a match must score above the item's null."""
LEAST_BITS = 80.0
"""No match that is not verbatim is believed with less ..."""
SHORT_BITS = 200.0
SHORT_RATE = 0.25
"""... and a question of under 200 bits needs a quarter of what it lacks more: the less there is of
it, the more likely all of it was written twice."""
VERBATIM_SHARE = 0.9
"""A match with this share of what a verbatim copy scores is no null of its item."""

COPY_SHARE = 0.6
"""An item of another benchmark with this share of it is made from the same text."""

SUMMARY_SHARE = 0.999
"""The share of nulls that the summary names the bound of."""

UNMEASURED = Tail(math.log2(FALSE_RATE) + POOLED_DECAY * LEAST_BITS, POOLED_DECAY, 0)
"""The tails without background text: the rate that is promised, at the least threshold."""


def build_benchmark(
    card: Card,
    source: Path | Sequence[Path],
    output: Path,
    background: Path | None,
    key: bytes | None = None,
    relatives: Path | None = None,
) -> list[Path]:
    """Build the pack and the calibration of a benchmark; return the files written.

    Args:
        card: of the benchmark.
        source: the publisher's folders; the files of each split are looked for in all of them.
        output: the folder to write to.
        background: JSON lines of documents that have nothing to do with the benchmark; without
            them an item's null is measured on the other items alone.
        key: seals the pack of a private benchmark.
        relatives: a folder with the items of other benchmarks, a file of JSON lines each, named
            after the benchmark: they raise the nulls of items about what many ask.

    Raises:
        BenchmarkFilesError: the publisher's files are not what the card says.
        InputError: the background or the relatives cannot be read.
    """
    items = read_items(card, source)
    pack = build_pack(card, items)
    lookups = calibration_lookups(pack)
    nulls, families = own_nulls([item.fields["question"] for item in items], lookups)
    pack = replace(pack, families=families)
    pack_path = output / f"{card.name}.parquet"
    write_pack(seal(pack, key) if key else pack, pack_path)
    checksum = read_pack(pack_path).header.checksum
    sample = DocumentSample()
    scores = background_scores(
        sample.passing(_documents(background)) if background else [], lookups
    )
    calibration_path = output / f"{card.name}.calibration.parquet"
    whole = lookups.items.word_bits[:, QUESTION] + lookups.items.number_bits[:, QUESTION]
    if relatives is not None:
        nulls = np.maximum(nulls, _nulls_among(relatives, card.name, whole, lookups))
    calibration = _calibrate(checksum, whole, nulls, scores)
    if background is not None:
        halves = _halves(Benchmark(card, pack, calibration), whole, nulls, scores)
        calibration = _with_chance(calibration, _documents(background), halves)
    summary = _summary(Benchmark(card, pack, calibration))
    closeness = background_closeness(card, pack, sample.documents()) if background else ()
    write_calibration(replace(calibration, summary=summary, background=closeness), calibration_path)
    return [pack_path, calibration_path]


def _summary(benchmark: Benchmark) -> Summary:
    splits = np.array(benchmark.pack.splits)
    return Summary(
        null_bits=round(float(np.quantile(benchmark.calibration.nulls, SUMMARY_SHARE)), 1),
        items=Counter(benchmark.pack.splits),
        testable=Counter(splits[benchmark.testable].tolist()),
    )


def _documents(path: Path) -> Iterator[str]:
    files, _ = find_files([path])
    found = False
    for file in files:
        for batch in read_file(file, text_field="text"):
            if isinstance(batch, PassageBatch) and len(batch.texts):
                found = True
                yield from batch.texts.to_pylist()
    if not found:
        raise InputError(f"{path}: no document with a `text`; each line must be an object with one")


def _nulls_among(
    relatives: Path, name: str, whole: npt.NDArray[np.float32], lookups: Lookups
) -> npt.NDArray[np.float32]:
    """Return the best score of each item among the items of others, copies of it left out."""
    others = [path for path in sorted(relatives.iterdir()) if path.name.partition(".")[0] != name]
    texts = (text for path in others for text in _documents(path))
    scores = background_scores(texts, lookups)
    return _nulls_of(scores, scores.scores < COPY_SHARE * whole[scores.items], len(whole))


def _calibrate(
    checksum: str,
    whole: npt.NDArray[np.float32],
    own: npt.NDArray[np.float32],
    scores: BackgroundScores,
) -> Calibration:
    """Set the thresholds.

    Args:
        checksum: of the pack.
        whole: what a verbatim copy of each question scores, shape (items,).
        own: the null of each item among the others, shape (items,).
        scores: in background text.
    """
    other = _not_verbatim(whole, scores)
    tail = _tail(_surprises(own, scores, other), scores.trials)
    nulls = np.maximum(own, _nulls_of(scores, other, len(own)))
    return Calibration(
        pack=checksum,
        by_document=tail,
        by_item=fit_tail(own[own > 0], len(own)),
        documents=scores.trials,
        nulls=nulls,
        thresholds=_thresholds(whole, nulls, tail),
    )


def _not_verbatim(
    whole: npt.NDArray[np.float32], scores: BackgroundScores
) -> npt.NDArray[np.bool_]:
    return np.asarray(scores.scores < VERBATIM_SHARE * whole[scores.items])


def _thresholds(
    whole: npt.NDArray[np.float32], nulls: npt.NDArray[np.float32], tail: Tail
) -> npt.NDArray[np.float32]:
    least = max(LEAST_BITS, tail.bits_at(FALSE_RATE))
    by_length = LEAST_BITS + SHORT_RATE * np.maximum(0, SHORT_BITS - whole)
    thresholds = np.maximum(np.maximum(least, by_length), nulls + MARGIN_BITS)
    return np.asarray(thresholds, np.float32)


def _halves(
    benchmark: Benchmark,
    whole: npt.NDArray[np.float32],
    own: npt.NDArray[np.float32],
    scores: BackgroundScores,
) -> tuple[Benchmark, Benchmark]:
    """Return the benchmark with nulls that do not know even documents, and with the others."""
    other, even = _not_verbatim(whole, scores), scores.documents % 2 == 0
    halves = []
    for known in (~even, even):
        nulls = np.maximum(own, _nulls_of(scores, other & known, len(own)))
        thresholds = _thresholds(whole, nulls, benchmark.calibration.by_document)
        calibration = replace(benchmark.calibration, nulls=nulls, thresholds=thresholds)
        halves.append(Benchmark(benchmark.card, benchmark.pack, calibration))
    return halves[0], halves[1]


def _with_chance(
    calibration: Calibration, documents: Iterable[str], halves: tuple[Benchmark, Benchmark]
) -> Calibration:
    """Fit how often chance gives a finding."""
    near = near_findings(documents, *halves)
    verbatim = [each for each in near.findings if each.verbatim]
    others = [each for each in near.findings if not each.verbatim]
    return replace(
        calibration,
        verbatim_chance=fit_chance(verbatim, near.documents, VERBATIM_UNMEASURED),
        other_chance=fit_chance(others, near.documents, OTHER_UNMEASURED),
    )


def _tail(best: npt.NDArray[np.float32], trials: int) -> Tail:
    return fit_tail(best, trials) if trials else UNMEASURED


def _nulls_of(
    scores: BackgroundScores, chosen: npt.NDArray[np.bool_], items: int
) -> npt.NDArray[np.float32]:
    nulls = np.zeros(items, np.float32)
    np.maximum.at(nulls, scores.items[chosen], scores.scores[chosen])
    return nulls


def _surprises(
    own: npt.NDArray[np.float32], scores: BackgroundScores, chosen: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    """Return the best score of each background document that the nulls would not have foreseen.

    The nulls come from every second document and are tried on the others, and the other way round.
    """
    even = scores.documents % 2 == 0
    surprising = np.zeros(len(chosen), np.bool_)
    for tried in (even, ~even):
        nulls = np.maximum(own, _nulls_of(scores, chosen & ~tried, len(own)))
        surprising |= chosen & tried & (scores.scores >= nulls[scores.items] + MARGIN_BITS)
    return _best_by_document(scores, surprising)


def _best_by_document(
    scores: BackgroundScores, chosen: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float32]:
    best = np.zeros(scores.trials, np.float32)
    np.maximum.at(best, scores.documents[chosen], scores.scores[chosen])
    return best[best > 0]

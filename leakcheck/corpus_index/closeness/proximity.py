"""Proximity: how close a corpus comes to the test items of a benchmark without holding them.

Textbooks made up by a model, evolved instructions and paraphrased sets share the wording and the
matter of a benchmark's problems. So each test item is compared with all text, and what the best
window of a text holds of the item's evidence is its *similarity*. The more text, the more similar
the best of it is, by chance alone: fifty thousand instructions of all kinds come closer to GSM8K
than three thousand word problems. Therefore texts are compared by samples of equally many tokens.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from leakcheck.benchmark.closeness import Closeness
from leakcheck.corpus_index.closeness.evidence import Evidence, item_evidence
from leakcheck.corpus_index.closeness.pieces import Pieces, TextSizes, draw_pieces
from leakcheck.corpus_index.closeness.similarity import (
    ItemTexts,
    document_sizes,
    index_closeness,
    index_sample_closeness,
    items_of_role,
    sample_closeness,
)
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.detection.catalogue import Benchmark
from leakcheck.index.item_table import item_table

__all__ = [
    "CLOSE_PERCENT",
    "COMPARED_SCALES",
    "SAMPLE_TOKENS",
    "Measured",
    "Proximity",
    "measure_proximity",
]

COMPARED_SCALES = (1, 4)
"""The scales that background text is measured at: that of an index is rounded up to one of them."""

SAMPLE_TOKENS = tuple(1 << power for power in range(16, 21))
"""Tokens of samples: the largest is taken that all that is compared can give."""

CLOSE_PERCENT = 90
"""What is closer than so many per cent of items are to background text counts as close."""

Text = Literal["corpus", "beside", "train", "background"]


class Measured(msgspec.Struct, frozen=True):
    """How close some text comes to the test items."""

    text: Text
    name: str
    """The path of an index, or nothing."""
    all: Closeness | None
    """Of all of it: only of the corpus."""
    sample: Closeness | None
    """Of a sample; None if there is too little text for one."""
    close: float | None = None
    """Share of items that the sample is closer to than 90 % are to background text."""


class Proximity(msgspec.Struct, frozen=True):
    """How close a corpus, and what it is compared with, come to one benchmark."""

    bench: str
    items: int
    """Test items that were compared."""
    too_short: int
    """Test items that were left out, for want of triples."""
    scale: int
    sample_tokens: int | None
    """Tokens of the samples; None if the corpus has too few for the smallest."""
    background_scales: list[int]
    """Those that background text was measured at when the benchmark was built."""
    measured: list[Measured]
    """The corpus, the indexes beside it, the benchmark's own train split, background text."""


def measure_proximity(
    index: CorpusIndex,
    benchmark: Benchmark,
    beside: Sequence[CorpusIndex] = (),
    *,
    threads: int | None = None,
    sample_tokens: Sequence[int] = SAMPLE_TOKENS,
) -> Proximity:
    """Measure how close a corpus comes to the test items of a benchmark.

    Args:
        index: of the corpus.
        benchmark: one with test items.
        beside: of other corpora, to compare with.
        threads: that DuckDB may use; by default one a core.
        sample_tokens: sizes of samples to choose from, ascending.

    Raises:
        CorpusIndexError: a file of an index is damaged or gone.
    """
    scale = _compared_scale(each.settings.scale for each in (index, *beside))
    card, pack = benchmark.card, benchmark.pack
    table = item_table([pack])
    evidence = item_evidence(table, items_of_role(card, pack, "test"), scale)
    sources = [
        _of_index("corpus" if each is index else "beside", each, evidence, threads)
        for each in (index, *beside)
    ]
    if len(train := items_of_role(card, pack, "train")):
        sources.append(_of_items(ItemTexts(table, train), evidence, scale))
    kept = {each.scale: each.samples for each in benchmark.calibration.background}
    background = kept.get(scale, [])
    drawn = [draw_pieces(source.sizes(), sample_tokens[-1]) for source in sources]
    tokens = _choose_tokens(drawn, background, sample_tokens)
    measured = [
        source.measured(pieces, tokens) for source, pieces in zip(sources, drawn, strict=True)
    ]
    reference = _of_tokens(background, tokens)
    if reference is not None:
        measured.append(Measured("background", "", None, reference))
    return Proximity(
        bench=card.name,
        items=int(evidence.enough.sum()),
        too_short=int((~evidence.enough).sum()),
        scale=scale,
        sample_tokens=tokens,
        background_scales=list(kept),
        measured=_with_shares(measured, reference),
    )


class _Source(NamedTuple):
    """Something to measure."""

    text: Text
    name: str
    sizes: Callable[[], Iterable[TextSizes]]
    whole: Callable[[], Closeness | None]
    sample: Callable[[Pieces], Closeness]

    def measured(self, pieces: Pieces, tokens: int | None) -> Measured:
        """Measure all of it, if that is asked for, and a sample of so many tokens."""
        sample = None
        if tokens is not None and pieces.all_tokens >= tokens:
            sample = self.sample(pieces.cut(tokens))
        return Measured(self.text, self.name, self.whole(), sample)


def _of_index(text: Text, index: CorpusIndex, evidence: Evidence, threads: int | None) -> _Source:
    threads = threads or os.cpu_count() or 1
    return _Source(
        text,
        str(index.path),
        lambda: document_sizes(index),
        lambda: index_closeness(index, evidence, threads) if text == "corpus" else None,
        lambda pieces: index_sample_closeness(index, evidence, pieces, threads),
    )


def _of_items(items: ItemTexts, evidence: Evidence, scale: int) -> _Source:
    return _Source(
        "train",
        "",
        lambda: [items.sizes],
        lambda: None,
        lambda pieces: sample_closeness(evidence, items.found(evidence, scale), pieces),
    )


def _compared_scale(scales: Iterable[int]) -> int:
    """Return the finest scale that all indexes and, if possible, background text can show."""
    coarsest = max(scales)
    return next((scale for scale in COMPARED_SCALES if scale >= coarsest), coarsest)


def _choose_tokens(
    drawn: Sequence[Pieces], background: Sequence[Closeness], sizes: Sequence[int]
) -> int | None:
    """Choose the largest size that all can give, of those that can give the smallest.

    Without enough of the corpus itself, the first, there is nothing to compare.
    """
    given = [pieces.all_tokens for pieces in drawn]
    if given[0] < sizes[0]:
        return None
    given += [max((sample.tokens for sample in background), default=0)]
    least = min(tokens for tokens in given if tokens >= sizes[0])
    return max(size for size in sizes if size <= least)


def _of_tokens(samples: Iterable[Closeness], tokens: int | None) -> Closeness | None:
    """Return the smallest sample of so many tokens."""
    enough = [each for each in samples if tokens is not None and each.tokens >= tokens]
    return min(enough, key=lambda each: each.tokens, default=None)


def _with_shares(measured: Sequence[Measured], reference: Closeness | None) -> list[Measured]:
    """Tell of each sample how many items it is close to."""
    if reference is None or not reference.percentiles:
        return list(measured)
    mark = reference.quantile(CLOSE_PERCENT)
    return [
        msgspec.structs.replace(each, close=each.sample.share_above(mark))
        if each.sample is not None
        else each
        for each in measured
    ]

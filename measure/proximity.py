"""Measures what tells texts that are close to a benchmark from others, for docs/proximity.md.

    python measure/proximity.py DATA

DATA has the corpora and the ground truth. For the test items of GSM8K and samples of as many tokens
of each corpus: the median of the best similarity, and the share of items that are closer than 90 %
are to ordinary text. In several ways, of which `leakcheck proximity` has the first two:

- triples by bits: each weighs what its tokens tell; with an index of scale 4, and of scale 1
- triples alike: each weighs the same
- rare tokens: those of the index in place of triples, by bits
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pages import table

from leakcheck.benchmark.closeness import Closeness
from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.closeness.evidence import LEAST_TRIPLES, Evidence, item_evidence
from leakcheck.corpus_index.closeness.pieces import draw_pieces
from leakcheck.corpus_index.closeness.proximity import CLOSE_PERCENT
from leakcheck.corpus_index.closeness.similarity import (
    document_sizes,
    items_of_role,
    sample_closeness,
)
from leakcheck.corpus_index.closeness.windows import find_triples
from leakcheck.corpus_index.stored.store import CorpusIndex
from leakcheck.detection.catalogue import load_benchmark
from leakcheck.index.item_table import QUESTION, ItemTable, item_table
from leakcheck.index.shingles import RARE_ITEM_BITS

SAMPLE = 1 << 17
SCALE = 4
ORDINARY = "ordinary text (C4, Wikipedia)"

REWRITTEN = "groundtruth/benbench/GSM8K_rewritten-train-3.jsonl.gz"
CORPORA: dict[str, tuple[str, str | None]] = {
    "GSM8K's own train split (FLAN)": ("corpora/flan_cot/gsm8k_train.tsv", None),
    "its train split, rewritten (BenBench)": (REWRITTEN, "rewritten_question"),
    "AQuA-RAT: word problems of another source": ("corpora/flan_cot/aqua_train.tsv", None),
    "Alpaca: instructions of all kinds": ("corpora/alpaca", None),
    "Dolly: instructions of all kinds": ("corpora/dolly_3k_alpagasus", None),
    "ECQA: common sense": ("corpora/flan_cot/ecqa_train.tsv", None),
    "CodeAlpaca: code": ("corpora/codealpaca", None),
    ORDINARY: ("corpora/background_text", None),
}

Places = tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]
"""Fingerprints or codes, their documents and positions."""


class Measure(NamedTuple):
    """One way to tell."""

    name: str
    evidence: Evidence
    read: Callable[[CorpusIndex], Places]


def main(data: Path) -> None:
    """Print the table."""
    benchmark = load_benchmark("gsm8k")
    items = item_table([benchmark.pack])
    test = items_of_role(benchmark.card, benchmark.pack, "test")
    by_bits = item_evidence(items, test, SCALE)
    measures = [
        Measure(f"triples by bits, scale {SCALE}", by_bits, _triples),
        Measure("triples by bits, scale 1", item_evidence(items, test, 1), _triples),
        Measure(f"triples alike, scale {SCALE}", _alike(by_bits), _triples),
        Measure("rare tokens", _rare_evidence(items, test, by_bits), _rare_tokens),
    ]
    with TemporaryDirectory(prefix="leakcheck-") as folder:
        indexes = {
            name: build_index(
                [data / path], Path(folder) / f"{number}.lki", scale=1, text_field=field
            ).index
            for number, (name, (path, field)) in enumerate(CORPORA.items())
        }
        found = {
            (name, measure.name): _measured(index, measure)
            for name, index in indexes.items()
            for measure in measures
        }
    marks = {each.name: found[ORDINARY, each.name].quantile(CLOSE_PERCENT) for each in measures}
    rows = [
        [name, *(_cell(found[name, each.name], marks[each.name]) for each in measures)]
        for name in CORPORA
    ]
    print(table(["corpus", *(each.name for each in measures)], rows, "lrrrr"))


def _measured(index: CorpusIndex, measure: Measure) -> Closeness:
    pieces = draw_pieces(document_sizes(index), SAMPLE)
    return sample_closeness(
        measure.evidence, find_triples(measure.evidence, *measure.read(index)), pieces
    )


def _cell(found: Closeness, mark: float) -> str:
    return f"{found.quantile(50):.3f}, {100 * found.share_above(mark):.0f} %"


def _triples(index: CorpusIndex) -> Places:
    return _in_order(index.batches("ngrams"), ("hash", "document", "position"))


def _rare_tokens(index: CorpusIndex) -> Places:
    codes, documents, positions = _in_order(
        index.batches("rare_tokens"), ("code", "document", "position")
    )
    return codes.astype(np.uint64), documents, positions


def _in_order(batches: Iterable, names: tuple[str, str, str]) -> Places:  # type: ignore[type-arg]
    read = [[batch.column(name).to_numpy() for name in names] for batch in batches]
    values, documents, positions = (np.concatenate(column) for column in zip(*read, strict=True))
    order = np.lexsort((positions, documents))
    return values[order], documents[order], positions[order]


def _alike(evidence: Evidence) -> Evidence:
    counts = np.bincount(evidence.owners, minlength=len(evidence.whole)).astype(np.float32)
    return evidence._replace(bits=np.ones_like(evidence.bits), whole=counts)


def _rare_evidence(items: ItemTable, test: npt.NDArray[np.int64], triples: Evidence) -> Evidence:
    """Gather the rare tokens of questions in place of their triples."""
    rows: dict[tuple[int, int], float] = {}
    for owner, item in enumerate(test):
        for place in range(items.starts[item, QUESTION], items.ends[item, QUESTION]):
            if items.bits[place] >= RARE_ITEM_BITS:
                rows.setdefault((int(items.codes[place]), owner), float(items.bits[place]))
    codes = np.array([code for code, _ in sorted(rows)], np.uint64)
    owners = np.array([owner for _, owner in sorted(rows)], np.int32)
    bits = np.array([rows[row] for row in sorted(rows)], np.float32)
    distinct, starts = np.unique(codes, return_index=True)
    return Evidence(
        hashes=distinct,
        starts=np.append(starts, len(codes)).astype(np.int64),
        owners=owners,
        bits=bits,
        whole=np.bincount(owners, bits, len(test)).astype(np.float32),
        reach=triples.reach,
        enough=np.bincount(owners, minlength=len(test)) >= LEAST_TRIPLES,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

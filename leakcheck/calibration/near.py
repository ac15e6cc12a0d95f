"""Near findings: what is nearly a finding in background text, where nothing is one but by chance.

Findings are too rare there to be counted. So less is asked for, step by step: of the evidence, and
of the odds of what is reworded. How far that must go is what a document lacks of a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.detection.catalogue import Benchmark, Catalogue, load_catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch

__all__ = ["DOCUMENT_BYTES", "LOWERED_BITS", "STEP_BITS", "Near", "NearFinding", "near_findings"]

DOCUMENT_BYTES = 2_000
"""A longer document of the background counts as several: so much documentation has about as many
near findings as a document of instruction data, which is shorter but made of questions."""

LOWERED_BITS = 40.0
"""What a near finding lacks at most."""
STEP_BITS = 2.0
"""How finely it is told what one lacks."""
_BATCH_DOCUMENTS = 2000
"""Even, so that even documents stay even."""


class NearFinding(NamedTuple):
    """The nearest that background text comes to a finding of an item, verbatim or not."""

    item: str
    verbatim: bool
    lacking_bits: float
    """How much too little evidence there is; 0 of a finding."""
    bits: float
    """The evidence there is."""


class Near(NamedTuple):
    """All near findings in background text."""

    findings: list[NearFinding]
    documents: float
    """How many it counts as."""


def near_findings(documents: Iterable[str], of_even: Benchmark, of_odd: Benchmark) -> Near:
    """Look for what is nearly a finding; variants, which no verdict counts, are none.

    Args:
        documents: of background text.
        of_even: the benchmark that even documents are looked through for. Its nulls must not know
            these documents, or nothing in them could exceed the nulls.
        of_odd: the same for the odd ones.
    """
    catalogues = [load_catalogue([each], LOWERED_BITS) for each in (of_even, of_odd)]
    nearest: dict[tuple[str, bool], NearFinding] = {}
    count = 0.0
    for batch in _batches(documents):
        for parity, catalogue in enumerate(catalogues):
            for found in _nearest(batch[parity::2], catalogue):
                key = (found.item, found.verbatim)
                if key not in nearest or found.lacking_bits < nearest[key].lacking_bits:
                    nearest[key] = found
        count += sum(map(_size, batch))
    return Near([nearest[key] for key in sorted(nearest)], count)


def _size(document: str) -> float:
    return max(1.0, len(document.encode("utf-8", "replace")) / DOCUMENT_BYTES)


def _nearest(documents: list[str], catalogue: Catalogue) -> Iterable[NearFinding]:
    """Return the nearest findings of each item: what is found still when more is asked for."""
    nearest: dict[tuple[str, bool], NearFinding] = {}
    for lowered in np.arange(LOWERED_BITS, -STEP_BITS, -STEP_BITS).tolist():
        found = _look(documents, replace(catalogue, lowered_bits=lowered))
        for finding in sorted(found, key=lambda finding: finding.bits):
            verbatim = finding.kind == "verbatim"
            nearest[finding.item, verbatim] = NearFinding(
                finding.item, verbatim, lowered, finding.bits
            )
        documents = [documents[row] for row in sorted({finding.row for finding in found})]
    return nearest.values()


def _look(documents: Sequence[str], catalogue: Catalogue) -> list[Finding]:
    if not documents:
        return []
    batch = PassageBatch(
        file=CorpusFile(None, "-", 0),
        texts=pa.array(documents, pa.large_string()),
        rows=np.arange(len(documents), dtype=np.int64),
        sources=["text"] * len(documents),
        documents=len(documents),
        bytes_read=0,
    )
    return [each for each in find_in_batch(batch, catalogue) if each.kind != "variant"]


def _batches(documents: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(documents)
    while batch := list(islice(iterator, _BATCH_DOCUMENTS)):
        yield batch

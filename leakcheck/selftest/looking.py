"""Looking: what a scan finds in documents that are held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
import pyarrow as pa

from leakcheck.corpus import CorpusFile, PassageBatch
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import Finding
from leakcheck.detection.resolve import find_in_batch
from leakcheck.selftest.planting import Host
from leakcheck.threads import map_in_order

__all__ = ["look"]

BATCH_DOCUMENTS = 256


def look(documents: Iterable[Host], catalogue: Catalogue, threads: int) -> list[list[Finding]]:
    """Return the findings in each document, as a scan of a corpus with it gives them."""
    found: list[list[Finding]] = []
    batches = _batches(iter(documents))
    for batch, findings in map_in_order(
        lambda batch: find_in_batch(batch, catalogue), batches, threads
    ):
        of_batch: list[list[Finding]] = [[] for _ in range(batch.documents)]
        for finding in findings:
            of_batch[finding.row].append(finding)
        found += of_batch
    return found


def _batches(documents: Iterator[Host]) -> Iterator[PassageBatch]:
    while some := list(islice(documents, BATCH_DOCUMENTS)):
        passages = [passage for each in some for passage in each.passages]
        rows = [row for row, each in enumerate(some) for _ in each.passages]
        yield PassageBatch(
            file=CorpusFile(None, "", 0),
            texts=pa.array([text for _, text in passages], pa.large_string()),
            rows=np.array(rows, np.int64),
            sources=[source for source, _ in passages],
            documents=len(some),
            bytes_read=0,
        )

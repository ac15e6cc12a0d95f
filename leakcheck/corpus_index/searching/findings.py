"""What the last scan of an index found, kept beside it for `leakcheck sql`."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from leakcheck.benchmark.durable import replace_file
from leakcheck.corpus_index.stored.store import CorpusIndex

__all__ = ["FINDINGS", "keep_findings"]

FINDINGS = "findings"
"""The folder, with a file a benchmark."""


def keep_findings(index: CorpusIndex, bench: str, findings: pa.Table) -> None:
    """Replace what is kept of a benchmark; an index that cannot be written to stays as it is."""
    name = re.sub(r"[^\w.-]", "_", bench)
    try:
        with replace_file(index.path / FINDINGS / f"{name}.parquet") as temporary:
            pq.write_table(findings.filter(pc.equal(findings["bench"], bench)), temporary)
    except OSError:
        return

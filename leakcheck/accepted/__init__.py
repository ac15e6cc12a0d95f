"""What is found and yet not counted: known findings, and findings that somebody allowed.

The flow: `read_baseline` reads what was known before, `read_allowed` the entries of a
configuration; `Accepting` says of a finding why it is not counted, and in the end which entries fit
nothing any more; `renewed` and `extended` make the next baseline of a report. Both kinds of entry
go by what was found and not by where, so that a corpus may be cut up anew.
"""

from __future__ import annotations

from leakcheck.accepted.accepting import Accepting, changed_packs, is_of_everything
from leakcheck.accepted.allow import Allowed, read_allowed
from leakcheck.accepted.baseline import (
    BASELINE_NAME,
    Baseline,
    Known,
    read_baseline,
    write_baseline,
)
from leakcheck.accepted.renewal import counts_for, extended, renewed

__all__ = [
    "BASELINE_NAME",
    "Accepting",
    "Allowed",
    "Baseline",
    "Known",
    "changed_packs",
    "counts_for",
    "extended",
    "is_of_everything",
    "read_allowed",
    "read_baseline",
    "renewed",
    "write_baseline",
]

"""Proximity as one JSON document, `leakcheck/proximity/1`: the fields of `Proximity`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from leakcheck.version import __version__

if TYPE_CHECKING:
    from leakcheck.corpus_index.closeness.proximity import Proximity

__all__ = ["SCHEMA", "render"]

SCHEMA = "leakcheck/proximity/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""


def render(proximities: Sequence[Proximity]) -> str:
    """Render what was measured, benchmark by benchmark."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": "leakcheck", "version": __version__},
        "benchmarks": [msgspec.to_builtins(each) for each in proximities],
    }
    # Not msgspec's encoder: it refuses file names that are not UTF-8.
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

"""Two runs compared, as one JSON document, `leakcheck/comparison/1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from leakcheck.run.comparison import Comparison

__all__ = ["SCHEMA", "compare_json"]

SCHEMA = "leakcheck/comparison/1"
"""Keys may be added under this name; none is renamed, moved or taken away."""


def compare_json(comparison: Comparison) -> str:
    """Render all that changed."""
    document = {
        "schema": SCHEMA,
        "same": comparison.is_same,
        "settings": [each._asdict() for each in comparison.settings],
        "coverage": [each._asdict() for each in comparison.coverage],
        "benchmarks": [msgspec.to_builtins(each) for each in comparison.benchmarks],
        "newly_leaked": [each._asdict() for each in comparison.newly_leaked],
        "no_longer_leaked": [each._asdict() for each in comparison.no_longer_leaked],
        "other_kind": [each._asdict() for each in comparison.other_kind],
        "findings": [each._asdict() for each in comparison.findings],
    }
    # Not msgspec's encoder: it refuses file names that are not UTF-8.
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

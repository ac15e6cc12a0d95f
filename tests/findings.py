"""Findings made by hand."""

from __future__ import annotations

from typing import Any

__all__ = ["finding_fields"]


def finding_fields(item: str = "test/3", **changes: Any) -> dict[str, Any]:
    """Return the fields of a finding that counts, of a split that is its own role."""
    split = item.partition("/")[0]
    finding = {
        "bench": "riddles",
        "split": split,
        "role": split,
        "item": item,
        "kind": "verbatim",
        "score": 1.0,
        "bits": 212.5,
        "e_value": 1e-12,
        "p_value": 0.001,
        "fields": ["question", "answer"],
        "path": "corpus/web.jsonl",
        "row": 4,
        "source": "messages[1].content",
        "start": 0,
        "end": 48,
        "also": [],
        "shared": False,
        "excerpt": "Which door does the lantern keeper open at dusk?",
        "basis": "text",
        "fingerprint": "00c0ffee00c0ffee",
        "changes": [],
        "matched": [0, 48],
        "accepted": "",
    }
    return {**finding, **changes}

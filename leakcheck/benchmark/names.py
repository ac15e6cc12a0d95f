"""Names that are not known, and those they may have been meant for."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["unknown_name"]

LIKELY = 60
"""The least likeness out of 100 of a name that is worth naming."""


def unknown_name(name: str, names: Sequence[str], noun: str = "benchmark") -> str:
    """Say that a name is not known, with the nearest of those that are.

    >>> unknown_name("gsm9k", ["gsm8k", "mmlu"])
    "leakcheck knows no benchmark 'gsm9k'; did you mean gsm8k?"
    """
    from rapidfuzz import process

    near = [match for match, score, _ in process.extract(name, names, limit=3) if score >= LIKELY]
    hint = f"did you mean {' or '.join(near)}?" if near else f"it knows {', '.join(names)}"
    return f"leakcheck knows no {noun} {name!r}; {hint}"

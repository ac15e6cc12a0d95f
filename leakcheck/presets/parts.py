"""The parts of an item that criteria look at."""

from __future__ import annotations

from leakcheck.benchmark.card import Field

__all__ = ["CONTEXT", "ORDER", "PROMPT", "QUESTION", "TARGET", "WHOLE", "Part"]

ORDER: tuple[Field, ...] = ("context", "question", "choices", "answer", "code")
"""The fields of an item as they are put before a model."""

Part = tuple[Field, ...]
"""Fields that follow each other in `ORDER`."""

CONTEXT: Part = ("context",)
QUESTION: Part = ("question",)
PROMPT: Part = ("context", "question", "choices")
TARGET: Part = ("answer", "code")
WHOLE: Part = ORDER

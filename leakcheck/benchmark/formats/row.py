"""A row of one of the publisher's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

__all__ = ["Record", "Row"]

Record = Mapping[str, Any] | Sequence[Any]


class Row(NamedTuple):
    """What becomes one item."""

    record: Record
    """Fields by name, or columns by place."""
    subset: str = ""
    """Where the file itself is divided; most are not, and the file's name tells the subset."""

"""What a report is rendered on, and with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from leakcheck.benchmark.card import Field

__all__ = ["ItemTexts", "Sheet"]

ItemTexts = Mapping[tuple[str, str], Mapping[Field, str]]
"""The fields of items by benchmark and item, where the user has the publisher's files."""


class Sheet(NamedTuple):
    """The page, and what is known beside the report."""

    width: int = 100
    """Columns of a text for people."""
    colour: bool = False
    """Whether that text has colour codes."""
    item_texts: ItemTexts = MappingProxyType({})

"""Plain text, as prompts of worked examples: `rows` is a regular expression with named groups.

Every match is an item, and the names of the groups are its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from leakcheck.benchmark.formats.row import Row

__all__ = ["read"]


def read(file: BinaryIO, rows: str) -> Iterator[Row]:
    """Yield the matches in the whole text; without `rows` the text itself is the item."""
    text = file.read().decode("utf-8-sig")
    if not rows:
        yield Row([text])
        return
    yield from (Row(match.groupdict()) for match in re.finditer(rows, text))

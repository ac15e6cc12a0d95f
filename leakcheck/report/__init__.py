"""Rendering: what is known becomes text, or bytes; nothing here prints.

`formats` has one module for each format that a scan's report is written in, and the table of them;
`pages` what other commands show. Both are made of the pieces that stand beside them: words,
numbers, places, and the `Sheet` a report is rendered on.
"""

from __future__ import annotations

from leakcheck.report.formats import FORMATS, Format, format_of
from leakcheck.report.sheet import ItemTexts, Sheet

__all__ = ["FORMATS", "Format", "ItemTexts", "Sheet", "format_of"]

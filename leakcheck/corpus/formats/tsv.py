"""Tab-separated values: nothing is quoted; line feed and tab inside a cell are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakcheck.corpus.batches import batches
from leakcheck.corpus.encoding import decode, line_blocks, utf8_blocks
from leakcheck.corpus.formats.delimited import Row, row_blocks
from leakcheck.corpus.opened import OpenFile
from leakcheck.corpus.records import PassageBatch, Skipped

__all__ = ["ESCAPE", "read_tsv", "unescape"]

_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\\": "\\"}
ESCAPE = re.compile(
    r"""\\
    (?: \\
      # LaTeX commands, which files that escape nothing are full of
      | n (?! (?: abla | e | eg | eq | ot | otin | u ) \b )
      | t (?! (?: an | au | ext | extbf | frac | heta | ilde | imes | o | op | riangle ) \b )
    )""",
    re.VERBOSE,
)
"""Two characters that stand for one."""


def read_tsv(opened: OpenFile) -> Iterator[PassageBatch | Skipped]:
    """Read tab-separated values, with or without a header."""
    yield from batches(opened, row_blocks(opened, _rows(opened)))


def _rows(opened: OpenFile) -> Iterator[Row]:
    for block in line_blocks(utf8_blocks(opened.stream, opened.batch_bytes)):
        for line in decode(block).split("\n"):
            if line.strip():
                yield [unescape(cell) for cell in line.removesuffix("\r").split("\t")]


def unescape(cell: str) -> str:
    r"""Put back the line feeds, tabs and backslashes that were written as two characters.

    >>> unescape(r"one\ntwo"), unescape(r"3 \times 4")
    ('one\ntwo', '3 \\times 4')
    """
    return ESCAPE.sub(lambda found: _ESCAPES[found.group()], cell) if "\\" in cell else cell

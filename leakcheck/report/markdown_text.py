"""Texts of others inside Markdown, so that GitHub shows them and obeys nothing in them."""

from __future__ import annotations

import re

from leakcheck.report.words import printable

__all__ = ["code", "plain", "shortened", "table"]

_AWKWARD = re.compile(r"[`|\\]")
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_<>[]|~#&$"})
_ENTITIES = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\`*_<>[]()|~#&@!:$"})


def code(text: str) -> str:
    r"""Write a text as code, on one line; in code no name is mentioned and no tag is obeyed.

    What backticks cannot hold in a table, a backtick, a bar and a backslash, is written with
    entities.

    >>> code("@team/<b>.jsonl"), code("a|b")
    ('`@team/<b>.jsonl`', '<code>a&#124;b</code>')
    """
    line = printable(" ".join(text.split()))
    if not line:
        return ""
    return f"<code>{line.translate(_ENTITIES)}</code>" if _AWKWARD.search(line) else f"`{line}`"


def plain(text: str) -> str:
    r"""Write a sentence as text; a name in it cannot become anything else.

    >>> plain("2 of 9 items of my_*set* are new.")
    '2 of 9 items of my\\_\\*set\\* are new.'
    """
    return printable(text).translate(_MARKS).replace("@", "@<!-- -->")


def shortened(text: str, most: int) -> str:
    """Cut a text to so many characters, at a space if there is one near.

    >>> shortened("Which door does the keeper open?", 20)
    'Which door does the...'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most].rpartition(" ")[0]
    return (cut if len(cut) > most // 2 else line[:most]) + "..."


def table(header: list[str], rows: list[list[str]]) -> str:
    """Write a table; its cells are Markdown already."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)

"""A page of text for people, with colour codes or without."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["labelled", "rendered"]

AS_IT_IS = "    "


def rendered(parts: Iterable[RenderableType], sheet: Sheet) -> str:
    """Set parts one below the other, without spaces at the ends of lines."""
    from rich.console import Console, Group

    console = Console(
        file=io.StringIO(),
        width=sheet.width,
        height=25,  # both are given and nothing is asked of the terminal this happens to run in
        force_terminal=sheet.colour,
        force_jupyter=False,
        no_color=not sheet.colour,
        color_system="standard" if sheet.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as capture:
        for part in parts:
            # Alone, a text would lose its own word on whether it may be broken into lines.
            console.print(Group(part), crop=False)
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())


def labelled(
    label: str, texts: Iterable[str], label_width: int, width: int
) -> Iterator[RenderableType]:
    """Set texts one below the other beside a label, their further lines indented by two.

    A text that begins with four spaces is to be copied, and is not broken into lines.
    """
    from rich.text import Text

    lead = f"  {label}".ljust(label_width)
    room = max(20, width - label_width)
    for text in texts:
        broken = wrap(text, room, subsequent_indent="  ", break_on_hyphens=False) or [""]
        for line in [text] if text.startswith(AS_IT_IS) else broken:
            yield Text.assemble((lead, "bold"), line, no_wrap=True, overflow="ignore")
            lead = " " * label_width

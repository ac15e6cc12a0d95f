"""Where results go: standard output, or a file that is whole or not there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from leakcheck.errors import UsageError

__all__ = [
    "FILE_WIDTH",
    "page_width",
    "wants_colour",
    "width_for",
    "write",
    "write_file",
    "write_to",
]

FILE_WIDTH = 100
"""Columns of a page in a file: the same from whatever terminal it was written, so that the same run
gives the same bytes; wider than the 80 of a plain terminal, as tables with paths fit better."""


LEAST_WIDTH, MOST_WIDTH = 60, 120


def page_width() -> int:
    """Return the width of the terminal, within what is good to read; 80 where there is none."""
    return min(max(shutil.get_terminal_size().columns, LEAST_WIDTH), MOST_WIDTH)


def width_for(file: Path | None) -> int:
    """Return the width of a page that goes to a file, or to standard output if there is none."""
    return page_width() if file is None else FILE_WIDTH


def wants_colour(is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Tell whether to colour what is printed, as NO_COLOR, FORCE_COLOR and TERM ask for.

    >>> wants_colour(True, {}), wants_colour(True, {"NO_COLOR": "1"})
    (True, False)
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"


def write(text: str | bytes) -> None:
    """Write to standard output; a reader that has seen enough, like `head`, is no error."""
    try:
        click.echo(_encoded(text), nl=False)
    except BrokenPipeError:
        # What is still in the buffer would raise once more when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_file(text: str | bytes, path: Path) -> None:
    """Write a file in one piece; devices and pipes, which cannot be replaced, are written to.

    Raises:
        UsageError: the file cannot be written.
    """
    from leakcheck.benchmark.durable import replace_file

    try:
        if path.exists() and not path.is_file():
            path.write_bytes(_encoded(text))
            return
        with replace_file(path.resolve()) as temporary:
            temporary.write_bytes(_encoded(text))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; see --output") from error


def write_to(text: str | bytes, file: Path | None) -> None:
    """Write to a file, or to standard output if there is none.

    Raises:
        UsageError: the file cannot be written.
    """
    if file is None:
        write(text)
    else:
        write_file(text, file)


def _encoded(text: str | bytes) -> bytes:
    if isinstance(text, bytes):
        return text
    # File names need not be UTF-8; what is no character is escaped as JSON escapes it.
    return text.encode("utf-8", "backslashreplace")

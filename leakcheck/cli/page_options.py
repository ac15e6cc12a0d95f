"""The options of a command that shows one page: in which format, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["TABLE_OR_JSON", "file_option", "format_option"]

TABLE_OR_JSON = ("table", "json")
"""A page for people, or one document for programs."""

Command = TypeVar("Command", bound=Callable[..., Any])


def format_option(formats: Sequence[str], meaning: str) -> Callable[[Command], Command]:
    """Add the option that chooses the format.

    Args:
        formats: their names, that of the page for people first: it is taken if none is named.
        meaning: what they are, for the help.
    """
    return click.option(
        "-f",
        "--output-format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=meaning,
    )


def file_option(command: Command) -> Command:
    """Give a command the option that names a file for its page."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead of standard output.",
    )(command)

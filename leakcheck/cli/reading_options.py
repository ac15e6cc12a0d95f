"""The options of commands that read: what they read, by how many threads, and how it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["item_texts_option", "progress_option", "text_field_option", "threads_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def text_field_option(command: Command) -> Command:
    """Give a command the option that names the field with the text."""
    return click.option(
        "--text-field", metavar="FIELD", help="Take only this field, as data.text."
    )(command)


def item_texts_option(meaning: str) -> Callable[[Command], Command]:
    """Add the option that names the folder with the publisher's files.

    Args:
        meaning: what they are for, for the help.
    """
    return click.option(
        "--item-texts",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help=meaning,
    )


def threads_option(command: Command) -> Command:
    """Give a command the option that says how many threads there are."""
    return click.option("--threads", type=click.IntRange(min=1), help="By default one a core.")(
        command
    )


def progress_option(command: Command) -> Command:
    """Give a command the option that leaves the progress line out."""
    return click.option("--no-progress", is_flag=True, help="Show no progress line.")(command)

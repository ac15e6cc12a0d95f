"""The options of a gate: which files and rows are looked at, and what is known already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["choice_options", "known_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def choice_options(command: Command) -> Command:
    """Give a command the options that choose among files and rows."""
    options = (
        click.option(
            "--exclude",
            "excludes",
            multiple=True,
            metavar="PATTERN",
            help="Leave these files and folders out, as .gitignore has patterns: raw/, *.bak.json, "
            "data/**/old. May be repeated.",
        ),
        click.option(
            "--force-exclude",
            is_flag=True,
            help="Leave them out also where PATHS name them, as a hook does; that nothing is left "
            "to read is then no error.",
        ),
        click.option(
            "--diff-base",
            metavar="REF",
            help="Look only at what was added since this commit: the new rows of jsonl, csv and "
            "tsv, other files that changed whole.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def known_options(command: Command) -> Command:
    """Give a command the options that say what is known already."""
    update = click.option(
        "--update-baseline",
        is_flag=True,
        help="Write what fails now to the baseline, and pass.",
    )
    baseline = click.option(
        "--baseline",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Do not count the findings in FILE; by default in .leakcheck-baseline.json, here or "
        "beside the configuration, if it is there.",
    )
    return baseline(update(command))

"""The options that name benchmarks, the same for every command that looks for some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakcheck.cli.completion import complete_benchmarks
from leakcheck.cli.failures import note

if TYPE_CHECKING:
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["bench_options", "chosen", "names_in", "read_names"]


def bench_options(
    wanted: str, *, required: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option that names benchmarks, and the one for a data file among them.

    Args:
        wanted: what the command does with them, for its help.
        required: whether there is nothing to do without.
    """
    bench = click.option(
        "--bench",
        "benchmarks",
        multiple=True,
        required=required,
        metavar="NAME[,NAME]",
        callback=read_names,
        shell_complete=complete_benchmarks,
        help=wanted,
    )
    question_field = click.option(
        "--question-field", metavar="FIELD", help="The question in a data file given to --bench."
    )
    return lambda command: bench(question_field(command))


def chosen(
    names: Sequence[str], question_field: str | None, keys: Sequence[bytes]
) -> Sequence[Benchmark]:
    """Load the benchmarks that were named, and tell what is to be known of them."""
    from leakcheck.choosing import choose

    return choose(names, question_field=question_field, keys=keys, on_note=note)


def read_names(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[str, ...]:
    """Read the value of an option that takes names."""
    return names_in(values)


def names_in(values: Sequence[str]) -> tuple[str, ...]:
    """Part the names of benchmarks at commas, but for those in the name of a file that is there.

    >>> names_in(["gsm8k, math", "gsm8k"])
    ('gsm8k', 'math')
    """
    parts = [[value] if Path(value).is_file() else value.split(",") for value in values]
    names = [name.strip() for part in parts for name in part]
    return tuple(dict.fromkeys(filter(None, names)))

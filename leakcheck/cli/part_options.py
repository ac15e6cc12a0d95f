"""The options of a scan that does a part of the work, or looks at a part of the corpus."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from leakcheck.scanning.plan import Plan

__all__ = ["ShardOption", "part_options", "plan_of"]

Command = TypeVar("Command", bound=Callable[..., Any])


class ShardOption(NamedTuple):
    """One of the parts that a scan is divided into."""

    number: int
    shards: int


def _shard(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> ShardOption | None:
    """Read `i/n`."""
    if value is None:
        return None
    number, _, shards = value.partition("/")
    if number.isdecimal() and shards.isdecimal() and 1 <= int(number) <= int(shards):
        return ShardOption(int(number), int(shards))
    raise click.BadParameter(f"{value}: a shard is i/n, from 1/n to n/n, as 3/16.")


def _share(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Read a share, as `1%`, `0.5 %`, `1/1000` or `0.01`."""
    if value is None:
        return None
    written = value.replace(" ", "")
    try:
        share = Fraction(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if 0 < share < 1:
        return float(share)
    raise click.BadParameter(
        f"{value}: a sample is a share of the corpus, over 0 and under all of it, as 1% or 1/1000."
    )


def part_options(command: Command) -> Command:
    """Give a command the options that choose a part."""
    options = (
        click.option(
            "--shard",
            metavar="I/N",
            callback=_shard,
            help="Do only the I-th of N parts of the scan, for an array of jobs; `leakcheck merge` "
            "joins their runs. Needs --run.",
        ),
        click.option(
            "--sample",
            metavar="SHARE",
            callback=_share,
            help="Look at this share only, as 1% or 1/1000, and estimate how much all of the "
            "corpus has.",
        ),
        click.option(
            "--seed",
            type=click.IntRange(min=0),
            metavar="N",
            help="Draw another sample; by default 0.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def plan_of(shard: ShardOption | None, share: float | None, seed: int | None) -> Plan | None:
    """Return what is to be looked at; None for all of it.

    Raises:
        UsageError: a seed without a sample.
    """
    if share is None and seed is not None:
        raise click.UsageError("--seed draws another sample: give --sample too.")
    if shard is None and share is None:
        return None
    from leakcheck.scanning.plan import Plan
    from leakcheck.scanning.sampling import Sample
    from leakcheck.verdict.records import ShardReport

    return Plan(
        shard=None if shard is None else ShardReport(*shard),
        sample=None if share is None else Sample(share, seed or 0),
    )

"""What `leakcheck impact` is asked for: many files after one option, scores and tasks by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from leakcheck.impact.tasks import TaskName

__all__ = ["RESULTS", "ManyResults", "one_value_each", "read_scores", "read_tasks"]

RESULTS = "--results"


class ManyResults(click.Command):
    """A command whose --results takes all files up to the next option, as a shell expands `*`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, with --results before each of its values."""
        return super().parse_args(ctx, one_value_each(args))


def one_value_each(arguments: Sequence[str]) -> list[str]:
    """Repeat --results before each of its values.

    >>> one_value_each(["run", "--results", "a.jsonl", "b.jsonl", "--metric", "acc"])
    ['run', '--results', 'a.jsonl', '--results', 'b.jsonl', '--metric', 'acc']
    """
    told: list[str] = []
    within = 0
    for argument in arguments:
        if argument == RESULTS:
            within = 1
        elif argument.startswith("-") or not within:
            within = 0
        else:
            told += [RESULTS] if within > 1 else []
            within += 1
        told.append(argument)
    return told


def _named(value: str, option: str, example: str) -> tuple[str, str]:
    name, equals, rest = value.partition("=")
    if not (name and equals and rest):
        raise click.BadParameter(f"{value}: write {option} {example}")
    return name, rest


def read_tasks(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> list[TaskName]:
    """Read what the user calls tasks, as `BENCHMARK=TASK`."""
    from leakcheck.impact.tasks import TaskName

    return [TaskName(*_named(value, "--task", "BENCHMARK=TASK")) for value in values]


def read_scores(
    context: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> dict[str, float]:
    """Read scores with the benchmark they are of; the name may be left out where there is one."""
    scores = {}
    for value in values:
        bench, _, number = value.rpartition("=")
        try:
            scores[bench] = float(number)
        except ValueError:
            scores[bench] = -1.0
        if not 0.0 <= scores[bench] <= 1.0:
            raise click.BadParameter(f"{value}: a score is from 0 to 1, as 0.83 or gsm8k=0.83")
    return scores

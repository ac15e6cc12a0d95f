"""The options of a command that shows one page: the same ones everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from leakcheck.cli import leakcheck

SHOWING = "leakcheck compare-presets"


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            assert below is not None
            yield from commands(below, f"{name} {each}")


OPTIONS = {
    name: {option.opts[-1]: option for option in command.params}
    for name, command in commands(leakcheck, "leakcheck")
}
WITH_FORMATS = [name for name, options in OPTIONS.items() if "--output-format" in options]


def test_there_are_commands_to_look_at():
    assert SHOWING in WITH_FORMATS
    assert len(WITH_FORMATS) > 8


@pytest.mark.parametrize("name", WITH_FORMATS)
def test_a_format_has_a_short_option_a_default_for_people_and_a_meaning(name):
    option = OPTIONS[name]["--output-format"]
    assert option.opts == ["-f", "--output-format"]
    assert option.default == option.type.choices[0] == "table"
    assert option.help


def test_a_format_that_is_not_there_is_refused_with_those_that_are(run):
    result = run("compare-presets", "corpus", "--bench", "demo", "-f", "yaml")
    assert result.exit_code == 2
    assert "'yaml' is not one of 'table', 'json'" in result.stderr

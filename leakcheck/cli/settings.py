"""Options from elsewhere than the command line: the environment, then a configuration file.

A command of the class `Configured` reads both. What is on the command line wins over the
environment, that over the file, and the file over what the command does by default.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from leakcheck.config import Config, Option

__all__ = [
    "ALLOW",
    "Configured",
    "config_of",
    "config_options",
    "is_from_config",
    "is_isolated",
    "known_keys",
]

ALLOW = "allow"
"""The key of the entries that are no option."""

_CONFIGURED_VERBS = ("scan",)
"""The verbs whose options a file may hold; each verb takes those that it has."""

_NOT_IN_A_FILE = frozenset(
    {"config", "isolated", "update-baseline", "diff-base", "shard", "sample", "seed", "help"}
)
"""What is said of one call."""

_CONFIG = "leakcheck.config"
"""Under which the context of a call keeps the file it read."""

Command = TypeVar("Command", bound=Callable[..., Any])


def config_options(command: Command) -> Command:
    """Give a command the options that say which configuration it reads."""
    isolated = click.option(
        "--isolated",
        is_flag=True,
        help="Read no configuration file, and no baseline that is not named.",
    )
    config = click.option(
        "--config",
        "config_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Read this configuration, in place of the nearest leakcheck.toml or "
        "[tool.leakcheck] in pyproject.toml.",
    )
    return config(isolated(command))


class Configured(click.Command):
    """A command whose options may stand in the environment and in a configuration file."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 (as click has it)
        super().__init__(*arguments, **options)
        for option in _options_of(self):
            option.envvar = option.envvar or _variable(option)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the configuration first: click asks it for what is not on the command line."""
        if not ctx.resilient_parsing:
            given, _, _ = self.make_parser(ctx).parse_args(list(args))
            wants_help = self.get_help_option(ctx)
            if wants_help is None or wants_help.name not in given:
                self._read_config(ctx, _config(given, os.environ))
        return super().parse_args(ctx, args)

    def _read_config(self, ctx: click.Context, config: Config | None) -> None:
        if config is not None:
            ctx.meta[_CONFIG] = config
            ctx.default_map = _defaults(self, config)


def config_of(ctx: click.Context) -> Config | None:
    """Return the configuration that a call reads."""
    config: Config | None = ctx.meta.get(_CONFIG)
    return config


def is_from_config(ctx: click.Context, parameter: str) -> bool:
    """Tell whether the file gave an option its value."""
    return ctx.get_parameter_source(parameter) is click.core.ParameterSource.DEFAULT_MAP


def is_isolated(ctx: click.Context) -> bool:
    """Tell whether a call reads no file that it does not name."""
    return bool(ctx.params.get("isolated"))


def _config(given: Mapping[str, Any], environment: Mapping[str, str]) -> Config | None:
    """Find the configuration for a call.

    Raises:
        UsageError: it cannot be read.
    """
    from leakcheck.config import find_config, read_config

    named = given.get("config_file") or environment.get("LEAKCHECK_CONFIG")
    if given.get("isolated"):
        return None
    return read_config(Path(named)) if isinstance(named, str) else find_config(Path())


def _defaults(command: click.Command, config: Config) -> dict[str, Any]:
    """Return what a configuration says of a command, by parameter.

    Raises:
        UsageError: it says what makes no sense, of this command or of another.
    """
    from leakcheck.config import checked

    table = {key: value for key, value in config.table.items() if key != ALLOW}
    values = checked(config._replace(table=table), known_keys(command))
    names = {key: each.name or "" for each in _options_of(command) for key in _keys(each)}
    return {names[key]: value for key, value in values.items() if key in names}


def known_keys(command: click.Command) -> dict[str, Option]:
    """Return all keys that may stand in a file, those of other commands too."""
    others = [
        getattr(import_module(f"leakcheck.cli.{verb}"), verb)
        for verb in _CONFIGURED_VERBS
        if verb != command.name
    ]
    return {
        key: _option(each)
        for verb in [command, *others]
        for each in _options_of(verb)
        for key in _keys(each)
    }


def _options_of(command: click.Command) -> Iterable[click.Option]:
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not _NOT_IN_A_FILE & {*_keys(parameter)}:
            yield parameter


def _keys(option: click.Option) -> list[str]:
    return [name.removeprefix("--") for name in option.opts if name.startswith("--")]


def _variable(option: click.Option) -> str:
    """Name the variable of an option by its longest name; LEAKCHECK_KEY is a key itself."""
    return "LEAKCHECK_" + max(_keys(option), key=len).replace("-", "_").upper()


def _option(option: click.Option) -> Option:
    from leakcheck.config import Option

    kind = option.type
    if option.is_flag:
        return Option("flag")
    if isinstance(kind, click.IntRange):
        return Option("number", least=int(kind.min or 0))
    placed = _PLACED.get(option.name or "", _beside if isinstance(kind, click.Path) else _as_it_is)
    choices = tuple(map(str, kind.choices)) if isinstance(kind, click.Choice) else ()
    return Option("texts" if option.multiple else "text", choices, placed=placed)


def _as_it_is(text: str, folder: Path) -> str:
    return text


def _beside(text: str, folder: Path) -> str:
    """Write a path that starts from a folder as one that starts from here, if it is below here."""
    path = Path(os.path.normpath(folder / text))
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _benchmarks_beside(text: str, folder: Path) -> str:
    """Take a benchmark for a file if there is one."""
    names = [text] if (folder / text).is_file() else text.split(",")
    return ",".join(_beside(name, folder) if (folder / name).is_file() else name for name in names)


def _output_beside(text: str, folder: Path) -> str:
    form, equals, path = text.rpartition("=")
    return f"{form}{equals}{_beside(path, folder)}"


_PLACED: dict[str, Callable[[str, Path], str]] = {
    "benchmarks": _benchmarks_beside,
    "outputs": _output_beside,
}
"""How paths are read that are more than a path, by parameter."""

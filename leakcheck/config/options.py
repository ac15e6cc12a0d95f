"""Holding what a configuration says against the options that there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple, assert_never

from leakcheck.config.find import Config
from leakcheck.errors import UsageError

__all__ = ["Option", "checked"]


class Option(NamedTuple):
    """What a key may hold."""

    kind: Literal["flag", "number", "text", "texts"]
    """`texts` is a list of texts, or one."""
    choices: tuple[str, ...] = ()
    """All that a text may be; empty if it may be anything."""
    least: int = 0
    """Of a number."""
    placed: Callable[[str, Path], str] = lambda text, folder: text
    """Reads a text in a file as one that holds where the command was called, if it is a path."""


def checked(config: Config, options: Mapping[str, Option]) -> dict[str, Any]:
    """Return the values of a configuration by key, paths with the file's folder before them.

    Args:
        config: as it was read.
        options: all keys that there are.

    Raises:
        UsageError: a key is not known, or has a value of another kind.

    >>> config = Config(Path("leakcheck.toml"), {"strict": True, "bench": "demo"})
    >>> checked(config, {"strict": Option("flag"), "bench": Option("texts")})
    {'strict': True, 'bench': ['demo']}
    """
    values = {}
    for key, value in config.table.items():
        if key not in options:
            raise UsageError(f"{config.path}: no option is called {key!r}; {_hint(key, options)}")
        problem = _problem(value, options[key])
        if problem:
            raise UsageError(f"{config.path}: {key}: {problem}")
        values[key] = _placed(value, options[key], config.folder)
    return values


def _hint(key: str, options: Mapping[str, Option]) -> str:
    near = get_close_matches(key.replace("_", "-").lower(), options, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(options))}"


def _problem(value: object, option: Option) -> str:
    """Say what is wrong with a value, or nothing."""
    match option.kind:
        case "flag":
            return "" if isinstance(value, bool) else f"true or false is expected, not {value!r}"
        case "number":
            is_number = isinstance(value, int) and not isinstance(value, bool)
            if is_number and int(str(value)) >= option.least:
                return ""
            return f"a whole number from {option.least} on is expected, not {value!r}"
        case "text":
            return _text_problem(value, option)
        case "texts":
            texts = value if isinstance(value, list) else [value]
            return next(filter(None, (_text_problem(text, option) for text in texts)), "")
        case _:
            assert_never(option.kind)


def _text_problem(value: object, option: Option) -> str:
    if not isinstance(value, str):
        return f"text is expected, not {value!r}"
    if option.choices and value not in option.choices:
        return f"one of {', '.join(option.choices)} is expected, not {value!r}"
    return ""


def _placed(value: Any, option: Option, folder: Path) -> object:  # noqa: ANN401 (as TOML gives it)
    if option.kind == "texts":
        texts = value if isinstance(value, list) else [value]
        return [option.placed(text, folder) for text in texts]
    return option.placed(value, folder) if option.kind == "text" else value

"""Finding and reading the file that configures leakcheck."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from leakcheck.errors import UsageError

__all__ = ["CONFIG_NAME", "Config", "find_config", "read_config"]

CONFIG_NAME = "leakcheck.toml"
_PROJECT_NAME = "pyproject.toml"
_SECTION = "[tool.leakcheck]"


class Config(NamedTuple):
    """What a configuration file says."""

    path: Path
    table: dict[str, Any]

    @property
    def folder(self) -> Path:
        """Return the folder that paths in the file start from."""
        return self.path.parent


def find_config(folder: Path) -> Config | None:
    """Read the nearest configuration, in a folder or in those above it.

    A leakcheck.toml wins over a pyproject.toml in the same folder. A pyproject.toml without
    `[tool.leakcheck]` is none.

    Raises:
        UsageError: a file cannot be read, or is not TOML.
    """
    absolute = folder.absolute()
    for place in (absolute, *absolute.parents):
        if (place / CONFIG_NAME).is_file():
            return read_config(place / CONFIG_NAME)
        if (place / _PROJECT_NAME).is_file():
            text = _text(place / _PROJECT_NAME)
            # Somebody else's broken file is not ours to complain about.
            if "tool" in text and "leakcheck" in text:
                table = _section(_parsed(place / _PROJECT_NAME, text))
                if table is not None:
                    return Config(place / _PROJECT_NAME, table)
    return None


def read_config(path: Path) -> Config:
    """Read a configuration that was named: a pyproject.toml, or any other TOML file.

    Raises:
        UsageError: it cannot be read, is not TOML, or is a pyproject.toml of something else.
    """
    table = _parsed(path, _text(path))
    if path.name != _PROJECT_NAME:
        return Config(path.absolute(), table)
    section = _section(table)
    if section is None:
        raise UsageError(f"{path}: has no {_SECTION}; add it, or name another file")
    return Config(path.absolute(), section)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(f"{path}: cannot be read: {reason}") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: not TOML: {error}") from error


def _section(table: dict[str, Any]) -> dict[str, Any] | None:
    tools = table.get("tool")
    section = tools.get("leakcheck") if isinstance(tools, dict) else None
    return section if isinstance(section, dict) else None

"""Keys of sealed packs: from a file or the environment, never from the command line.

What stands on a command line is kept in the shell's history, and every process can see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from leakcheck.errors import UsageError

__all__ = ["KEY_VARIABLE", "key_option", "read_keys"]

KEY_VARIABLE = "LEAKCHECK_KEY"

LEAST_BYTES = 8
"""A shorter key is guessed too soon."""


def key_option(*, multiple: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the option that names files with keys."""
    more = f"; may be repeated. Or set {KEY_VARIABLE}" if multiple else ""
    return click.option(
        "--key",
        "--key-file",
        "key_files",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        multiple=multiple,
        help=f"A file that holds the key of a sealed pack{more}.",
    )


def read_keys(paths: Iterable[Path], environment: Mapping[str, str]) -> list[bytes]:
    """Read the keys from files, and from the environment.

    Raises:
        UsageError: a file cannot be read, or a key is too short to protect anything.
    """
    keys = []
    for path in paths:
        try:
            keys.append((str(path), path.read_bytes().strip()))
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    if environment.get(KEY_VARIABLE):
        keys.append((KEY_VARIABLE, environment[KEY_VARIABLE].strip().encode()))
    for where, key in keys:
        if len(key) < LEAST_BYTES:
            raise UsageError(f"{where}: a key has at least {LEAST_BYTES} characters")
    return [key for _, key in keys]

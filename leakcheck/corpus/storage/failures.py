"""What goes wrong with a store, in words that say what to do about it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CHANGED", "GONE", "Advice", "ChangedError", "StorageError", "first_line"]

CHANGED = "changed while it was read; scan again"
"""The reason for which a file is skipped that was another one at the end than at the start."""

GONE = "is not there any more since it was listed; scan again"


class StorageError(OSError):
    """A store cannot be asked, or does not answer; the text says where and what to do."""


class ChangedError(StorageError):
    """An object is not what was listed or opened any more."""

    def __init__(self, reason: str = CHANGED) -> None:
        super().__init__(reason)


class Advice(NamedTuple):
    """What an error of a store's library means."""

    text: str
    """What is wrong and what to do, without the name of the object."""
    may_pass: bool
    """Whether it may go better the next time."""


def first_line(error: Exception) -> str:
    """Return the first line of an error's text, or its kind if it has none."""
    return str(error).strip().partition("\n")[0] or type(error).__name__

"""The kinds of object store that leakcheck reads: one module each, and this table of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from leakcheck.corpus.storage.failures import StorageError, first_line

if TYPE_CHECKING:
    from leakcheck.corpus.storage.stores import Store
    from leakcheck.corpus.storage.uris import Location

__all__ = ["KINDS", "Kind", "store_at"]


class Kind(NamedTuple):
    """What is known of a kind of store before it is asked anything."""

    module: str
    """Beside this one; it has `open_store(root)`."""
    root_parts: int
    """How many parts of a uri name the bucket or the repository."""
    example: str


KINDS = {
    "gs": Kind("gs", 1, "gs://bucket/corpus"),
    "hf": Kind("hub", 3, "hf://datasets/owner/name/data"),
    "s3": Kind("s3", 1, "s3://bucket/corpus"),
}
"""By scheme."""


def store_at(location: Location) -> Store:
    """Return the store of a location; its connection is made once a process.

    Raises StorageError if there can be no connection.
    """
    module = import_module(f"leakcheck.corpus.storage.{KINDS[location.scheme].module}")
    try:
        return cast("Callable[[str], Store]", module.open_store)(location.root)
    except (ImportError, ValueError) as error:  # Arrow was built without it, or a bad endpoint
        raise StorageError(first_line(error)) from error

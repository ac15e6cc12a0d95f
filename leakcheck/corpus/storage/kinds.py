"""The kinds of object store that leakcheck reads: one module each, and this table of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakcheck.corpus.storage import gs, hub, s3

if TYPE_CHECKING:
    from collections.abc import Callable

    from leakcheck.corpus.storage.stores import Store
    from leakcheck.corpus.storage.uris import Location

__all__ = ["store_at"]

_KINDS: dict[str, Callable[[str], Store]] = {
    "gs": gs.open_store,
    "hf": hub.open_store,
    "s3": s3.open_store,
}


def store_at(location: Location) -> Store:
    """Return the store of a location; its connection is made once a process.

    Raises StorageError if the store cannot be asked.
    """
    return _KINDS[location.scheme](location.root)

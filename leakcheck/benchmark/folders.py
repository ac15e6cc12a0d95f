"""Where packs are: those that came with leakcheck, and those of the user."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from leakcheck.benchmark.card import Card, shipped_data
from leakcheck.errors import PackError

__all__ = ["pack_folder", "user_cache", "user_packs"]


def user_cache(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the folder of what is kept for a user: LEAKCHECK_CACHE_DIR, or one in the cache.

    >>> user_cache({"XDG_CACHE_HOME": "/cache"}).as_posix()
    '/cache/leakcheck'
    """
    if environment.get("LEAKCHECK_CACHE_DIR"):
        return Path(environment["LEAKCHECK_CACHE_DIR"])
    if environment.get("XDG_CACHE_HOME"):
        caches = Path(environment["XDG_CACHE_HOME"])
    elif platform == "darwin":
        caches = Path.home() / "Library" / "Caches"
    elif platform == "win32" and environment.get("LOCALAPPDATA"):
        caches = Path(environment["LOCALAPPDATA"])
    else:
        caches = Path.home() / ".cache"
    return caches / "leakcheck"


def user_packs() -> Path:
    """Return the folder of packs that were fetched, or built for a file of the user's own."""
    return user_cache() / "packs"


def pack_folder(card: Card, beside: Path | None = None) -> Path:
    """Return the first folder that has the pack of a benchmark.

    Args:
        card: of the benchmark.
        beside: the folder of a card of the user's own, in place of what came with leakcheck.

    Raises:
        PackError: no folder has it.
    """
    folders = [beside or shipped_data("indexes"), user_packs()]
    for folder in folders:
        if (folder / f"{card.name}.parquet").is_file():
            return folder
    named = f"{card.name}.toml" if beside else card.name
    way = (
        f"`leakcheck bench fetch {named}` downloads its files"
        if any(split.hub for split in card.splits)
        else f"`leakcheck bench build {named} --from DIR` makes one of the publisher's files"
    )
    raise PackError(f"there is no pack of {card.name}; {way}")

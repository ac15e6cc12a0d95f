"""Whether all contestants do their work: each is given pages with an item in the middle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from contestants import GSM8K
from loaded import Loaded
from pages import table
from speed_corpora import Input, build_planted
from speed_decon import DECON, decon_finds
from speed_peers import TIMED, peer_finds

__all__ = ["planted_found"]

LEAST_FOUND = 0.9
"""A tool that finds less of what is there word for word was not run as it is meant to be."""


def planted_found(folder: Path, data: Path, pythons: Mapping[str, str]) -> str:
    """Lay out how many documents with a planted item each contestant finds.

    Raises:
        SystemExit: one finds less than nine of ten.
    """
    planted = build_planted(folder, data)
    found = dict(_found(planted, folder, data, pythons))
    for name, number in found.items():
        if number < LEAST_FOUND * planted.documents:
            raise SystemExit(f"{name} finds {number} of {planted.documents} planted items")
    head = ["", f"found, of {planted.documents}"]
    return table(head, [[name, number] for name, number in found.items()], "lr")


def _found(
    planted: Input, folder: Path, data: Path, pythons: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    with Loaded(GSM8K, 1) as child:
        yield "leakcheck", child.scan([planted.folder]).found
    yield DECON, decon_finds(pythons[DECON], planted, folder / "decon-planted", data)
    for timed in TIMED:
        yield timed.name, peer_finds(timed, pythons[timed.peer.name], planted, data)

"""The peers in Python in the race: those of `peers.py`, each in a process for all corpora."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from child_files import write_rows
from contestants import GSM8K, ONE, Contestant, Timing
from peer_documents import benchmark_rows
from peers import PEERS, Peer, Setting
from processes import first_cores, run
from speed_corpora import Input

__all__ = ["PARTS", "TIMED", "Timed", "peer_contestants", "peer_finds"]

PARTS = {"corpus-assay": 8, "dolma": 8, "overlapy": 8, "lm-eval": 16, "datatrove": 64}
"""A peer is given the first of so many parts of the corpora; the slower, the more."""

_HERE = Path(__file__).parent


class Timed(NamedTuple):
    """A peer in one of its settings."""

    peer: Peer
    setting: Setting

    @property
    def name(self) -> str:
        """Its name, with the setting if it is timed in several."""
        several = sum(each.peer is self.peer for each in TIMED) > 1
        return f"{self.peer.name}, {self.setting.name}" if several else self.peer.name


TIMED = tuple(
    Timed(peer, setting)
    for peer in PEERS
    if peer.name in PARTS
    # dolma has no default: both ways to use its filter are timed.
    for setting in (peer.settings if peer.name == "dolma" else peer.settings[:1])
)


def peer_contestants(
    pythons: Mapping[str, str], parts: Mapping[str, Sequence[Input]], data: Path
) -> Iterator[Contestant]:
    """Yield the peers, on one core each.

    Args:
        pythons: by peer, that of its environment.
        parts: by peer, what it is given.
        data: the folder with the publishers' files.
    """
    for timed in TIMED:
        name = timed.peer.name
        yield Contestant(timed.name, GSM8K, ONE, _looking(timed, pythons[name], parts[name], data))


def peer_finds(timed: Timed, python: str, planted: Input, data: Path) -> int:
    """Return the documents that a peer flags."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _look(timed, python, [planted], folder, data)
        return len(json.loads((folder / "found" / f"{planted.corpus}.json").read_bytes()))


def _looking(
    timed: Timed, python: str, inputs: Sequence[Input], data: Path
) -> Callable[[], Iterator[tuple[Input, Timing]]]:
    def go() -> Iterator[tuple[Input, Timing]]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            whole_seconds = _look(timed, python, inputs, folder, data)
            seconds = [_seconds(folder, each) for each in inputs]
            loading_seconds = whole_seconds - sum(seconds)
            for each, spent in zip(inputs, seconds, strict=True):
                yield each, Timing(spent, loading_seconds, each.megabytes, each.documents)

    return go


def _look(timed: Timed, python: str, inputs: Sequence[Input], folder: Path, data: Path) -> float:
    """Run a peer over some documents; return the seconds of the whole process."""
    write_rows(folder / "items.jsonl", benchmark_rows(data, "test"))
    documents = folder / "documents"
    documents.mkdir()
    for each in inputs:
        with (documents / f"{each.corpus}.jsonl").open("wb") as file:
            for path in each.paths:
                file.write(path.read_bytes())
    child = os.fspath(_HERE / timed.peer.child)
    command = [python, child, os.fspath(folder), timed.setting.argument]
    return run(command, cores=first_cores(1))[0]


def _seconds(folder: Path, given: Input) -> float:
    return float(json.loads((folder / "seconds" / f"{given.corpus}.json").read_bytes()))

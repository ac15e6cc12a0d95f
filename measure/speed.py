"""Measures how fast leakcheck is and how much memory it takes, beside its peers and mere reading.

    python measure/speed.py DATA --peers VENVS --output docs/speed.md

DATA is the folder `measure/accuracy.py` takes, and VENVS the one it takes for its peers: each peer
is in an environment of its own there, and so are the libraries that merely read; what is missing is
made with uv, from PyPI. leakcheck must be importable in the Python that runs this. Web text and
code are taken from the files of the machine, a Debian one. Two of its cores are used. The exit code
is 1 if a demand fell short. Leave the machine alone meanwhile. To see whether all of it works, with
figures that mean little:

    python measure/speed.py DATA --peers VENVS --rounds 1 --megabytes 8
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from commands import command_demands, commit_demands
from contestants import commands, scans
from pages import Demand, write_page
from peer_runs import python_of
from peers import PEERS
from race import race
from speed_corpora import Input, build_corpora
from speed_decon import DECON, decon_contestants
from speed_demands import rate_demands
from speed_forms import FORMS, first_part, in_form
from speed_limits import limits, python_of_limits
from speed_machine import machine
from speed_memory import memory_demands
from speed_page import speed_page
from speed_peers import PARTS, TIMED, peer_contestants
from speed_planted import planted_found

DECON_PART = 4
"""It is given the first of so many parts of the corpora."""


def main() -> None:
    """Measure, write the page, and leave with 1 if a demand fell short."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument(
        "--peers", type=Path, required=True, metavar="VENVS", help="environments of the peers"
    )
    parser.add_argument("--rounds", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument(
        "--megabytes", type=int, default=64, help="of web text and of code (default: 64)"
    )
    parser.add_argument("--output", type=Path, help="write the page to this file too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        demands, text = _measure(Path(folder), arguments)
    write_page(text, arguments.output)
    raise SystemExit(int(not all(demand.passed for demand in demands)))


def _measure(folder: Path, arguments: argparse.Namespace) -> tuple[list[Demand], str]:
    """Measure everything and put the page together."""
    data, rounds, megabytes = arguments.data, arguments.rounds, arguments.megabytes
    with _said("environments and corpora"):
        peers = [peer for peer in PEERS if peer.name in (DECON, *PARTS)]
        pythons = {peer.name: python_of(peer, arguments.peers) for peer in peers}
        python_of_reading = python_of_limits(arguments.peers)
        corpora = build_corpora(folder, data, megabytes)
        forms = [in_form(corpora[0], form, folder) for form in FORMS]
        parts = _parts(corpora, megabytes, folder)
    with _said("planted items"):
        checked = planted_found(folder, data, pythons)
    every = [
        *limits(python_of_reading, [*corpora, *forms]),
        *scans(corpora, forms),
        *commands(corpora[0]),
        *decon_contestants(pythons[DECON], parts[DECON], folder / "decon", data),
        *peer_contestants(pythons, parts, data),
    ]
    with _said("the race"):
        results = race(every, rounds)
    demands = rate_demands(results, [timed.name for timed in TIMED])
    with _said("memory"):
        demands += memory_demands(corpora[0], folder)
    with _said("commands"):
        demands += commit_demands(folder, data, rounds)
        demands += command_demands(folder, data, rounds)
    command = "python measure/speed.py DATA --peers VENVS --output docs/speed.md"
    options = f" --rounds {rounds} --megabytes {megabytes}"
    return demands, speed_page(
        demands=demands,
        command=command + options,
        machine=machine(peers, pythons, python_of_reading),
        corpora=corpora,
        forms=[corpora[0], *forms],
        every=every,
        results=results,
        checked=checked,
    )


def _parts(corpora: Sequence[Input], megabytes: int, folder: Path) -> dict[str, list[Input]]:
    """Write the parts of the corpora that each peer is given."""
    shares = {DECON: DECON_PART, **PARTS}
    by_share = {
        share: [first_part(corpus, megabytes / share, folder) for corpus in corpora]
        for share in sorted(set(shares.values()))
    }
    return {name: by_share[share] for name, share in shares.items()}


@contextmanager
def _said(what: str) -> Iterator[None]:
    """Say on standard error how long something took."""
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:8.1f} s  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

"""`leakcheck bench`: the benchmarks that leakcheck knows, and the packs it knows them by."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.failures import FAILED, complain
from leakcheck.cli.first_run import announce_compilation, load_kernel
from leakcheck.cli.output import page_width, write
from leakcheck.errors import LeakcheckError, PackError

if TYPE_CHECKING:
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["bench"]


@click.group()
def bench() -> None:
    """Build, list, show and verify benchmarks."""


@bench.command()
@click.argument("name")
@click.option(
    "--from",
    "sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    multiple=True,
    help="A folder with files of the publisher; may be repeated.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for pack and calibration; by default the one that scans read.",
)
@click.option(
    "--background",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Documents that hold no item, as JSON lines; else items are measured on each other only.",
)
def build(
    name: str, sources: tuple[Path, ...], output: Path | None, background: Path | None
) -> None:
    """Build the pack of the benchmark NAME from the publisher's files, and calibrate it."""
    announce_compilation(complain)
    from leakcheck.benchmark.card import load_card, shipped_data
    from leakcheck.calibration.build import build_benchmark

    card = load_card(name)
    for path in build_benchmark(card, sources, output or shipped_data("indexes"), background):
        write(f"{path}\n")


@bench.command(name="list")
def list_benchmarks() -> None:
    """List the benchmarks: their items by role, and what it takes to use them."""
    from leakcheck.benchmark.card import card_names, load_card
    from leakcheck.cli.cards import card_table

    write(card_table([load_card(name) for name in card_names()], page_width()))


@bench.command()
@click.argument("name")
def show(name: str) -> None:
    """Show the card of the benchmark NAME, and what its pack can and cannot find."""
    from leakcheck.benchmark.card import load_card
    from leakcheck.cli.cards import card_text, pack_text

    card = load_card(name)
    write(card_text(card))
    write(pack_text(_loaded(name)))


@bench.command()
def verify() -> None:
    """Read every pack and calibration, and compare them with their checksums and cards."""
    from leakcheck.benchmark.card import card_names

    broken = []
    for name in card_names():
        try:
            benchmark = _loaded(name)
            _check_fit(benchmark)
        except LeakcheckError as error:
            broken.append(name)
            complain(f"error: {name}: {error}")
        else:
            items = len(benchmark.pack.items)
            write(f"{name}: {items:,} items, checksum {benchmark.pack.header.checksum}\n")
    if broken:
        complain(f"error: {len(broken)} of {len(card_names())} cannot be used: {', '.join(broken)}")
        sys.exit(FAILED)


def _loaded(name: str) -> Benchmark:
    load_kernel(complain)
    from leakcheck.detection.catalogue import load_benchmark

    return load_benchmark(name)


def _check_fit(benchmark: Benchmark) -> None:
    """Compare a pack with its card.

    Raises:
        PackError: the pack holds other splits, or was built from another revision.
    """
    from collections import Counter

    card, pack = benchmark.card, benchmark.pack
    if Counter(pack.splits) != Counter({split.name: split.items for split in card.splits}):
        raise PackError("the pack has other splits or items than the card; build it again")
    if pack.header.revisions != [source.revision for source in card.sources]:
        raise PackError("the pack was built from another revision than the card names")

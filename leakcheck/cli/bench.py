"""`leakcheck bench`: the benchmarks that leakcheck knows, and the packs it knows them by."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakcheck.cli.failures import FAILED, complain, note
from leakcheck.cli.first_run import announce_compilation, load_kernel
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import page_width, write
from leakcheck.errors import LeakcheckError, PackError, UsageError

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Card
    from leakcheck.detection.catalogue import Benchmark

__all__ = ["bench"]


@click.group()
def bench() -> None:
    """Build, fetch, list, show and verify benchmarks."""


def _pack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of what writes a pack."""
    for option in (
        click.option(
            "--background",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Documents that hold no item, as JSON lines; else items are measured on each "
            "other only.",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(file_okay=False, path_type=Path),
            help="The folder for pack and calibration; by default one that scans read.",
        ),
    ):
        command = option(command)
    return command


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
    "--beside",
    "relatives",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the items of other benchmarks, a file of JSON lines each.",
)
@_pack_options
@key_option(multiple=False)
def build(
    name: str,
    sources: tuple[Path, ...],
    relatives: Path | None,
    output: Path | None,
    background: Path | None,
    key_files: Path | None,
) -> None:
    """Build the pack of the benchmark NAME from the publisher's files, and calibrate it.

    NAME is one of `leakcheck bench list`, or a card of your own, as my.toml; its pack goes beside
    it. With a key the pack is sealed: to scan with it takes the same key.
    """
    # Not from the environment: a key that is set for scans would seal what nobody meant to seal.
    keys = read_keys([key_files] if key_files else [], {})
    card = _card(name)
    announce_compilation(complain)
    from leakcheck.benchmark.card import shipped_data
    from leakcheck.calibration.build import build_benchmark

    folder = output or (Path(name).parent if _is_path(name) else shipped_data("indexes"))
    key = keys[0] if keys else None
    for path in build_benchmark(card, sources, folder, background, key, relatives):
        write(f"{path}\n")


@bench.command()
@click.argument("name")
@_pack_options
def fetch(name: str, output: Path | None, background: Path | None) -> None:
    """Download the files of the benchmark NAME from the model hub, and build its pack.

    The pack goes to your cache, where scans find it; the downloaded files are deleted. Needs the
    extra [hub].
    """
    card = _card(name)
    from leakcheck.benchmark.card import shipped_data
    from leakcheck.benchmark.folders import user_packs

    if output is None and (shipped_data("indexes") / f"{card.name}.parquet").is_file():
        raise UsageError(f"{card.name} came with leakcheck; to build another pack of it, see -o")
    announce_compilation(complain)
    from leakcheck.calibration.fetch import fetch_benchmark

    for path in fetch_benchmark(card, output or user_packs(), background):
        write(f"{path}\n")


@bench.command(name="list")
def list_benchmarks() -> None:
    """List the benchmarks: their items by role, and what it takes to use them."""
    from leakcheck.benchmark.calibration import read_summary
    from leakcheck.benchmark.card import card_names, load_card
    from leakcheck.cli.bench_table import Listed, bench_table

    listed = []
    for name in card_names():
        card = load_card(name)
        folder = _folder(card)
        summary = read_summary(folder / f"{name}.calibration.parquet") if folder else None
        listed.append(Listed(card, folder is not None, summary))
    write(bench_table(listed, page_width()))


@bench.command()
@click.argument("name")
@key_option(multiple=True)
def show(name: str, key_files: tuple[Path, ...]) -> None:
    """Show the card of the benchmark NAME, and what its pack can and cannot find."""
    from leakcheck.cli.cards import card_text, no_pack_text, pack_text

    card = _card(name)
    keys = read_keys(key_files, os.environ)
    write(card_text(card))
    try:
        folder = _own_folder(card, name)
    except PackError as error:
        write(no_pack_text(str(error)))
        return
    write(pack_text(_loaded(card, folder, keys), folder))


@bench.command()
@key_option(multiple=True)
def verify(key_files: tuple[Path, ...]) -> None:
    """Read every pack and calibration, and compare them with their checksums and cards."""
    from leakcheck.benchmark.card import card_names, load_card

    keys = read_keys(key_files, os.environ)
    broken, without = [], []
    for name in card_names():
        try:
            card = load_card(name)
            folder = _folder(card)
            if folder is None:
                without.append(name)
                continue
            benchmark = _loaded(card, folder, keys)
            _check_fit(card, benchmark, folder)
        except LeakcheckError as error:
            broken.append(name)
            complain(f"error: {name}: {error}")
        else:
            items = len(benchmark.pack.items)
            write(f"{name}: {items:,} items, checksum {benchmark.pack.header.checksum}\n")
    if without:
        note(f"without a pack: {', '.join(without)}")
    if broken:
        complain(f"error: {len(broken)} of {len(card_names())} cannot be used: {', '.join(broken)}")
        sys.exit(FAILED)


def _is_path(name: str) -> bool:
    return name.endswith(".toml")


def _card(name: str) -> Card:
    """Load the card of a benchmark, or read one of the user's own."""
    from leakcheck.benchmark.card import load_card, read_card

    return read_card(Path(name)) if _is_path(name) else load_card(name)


def _own_folder(card: Card, name: str) -> Path:
    from leakcheck.benchmark.folders import pack_folder

    return pack_folder(card, Path(name).parent if _is_path(name) else None)


def _folder(card: Card) -> Path | None:
    from leakcheck.benchmark.folders import pack_folder

    try:
        return pack_folder(card)
    except PackError:
        return None


def _loaded(card: Card, folder: Path, keys: list[bytes]) -> Benchmark:
    load_kernel(complain)
    from leakcheck.detection.catalogue import benchmark_of

    return benchmark_of(card, folder, keys)


def _check_fit(card: Card, benchmark: Benchmark, folder: Path) -> None:
    """Compare a pack with its card.

    Raises:
        PackError: the pack holds other splits, or was built from another revision.
    """
    from collections import Counter

    from leakcheck.benchmark.folders import user_packs

    fetched = folder == user_packs()
    if fetched:  # of whatever revision the hub had, and of the splits that the hub has
        card = benchmark.card
    said = {split.name: split.items for split in card.splits if split.items is not None}
    found = Counter(benchmark.pack.splits)
    if {name: found[name] for name in said} != said or not set(found) <= {
        split.name for split in card.splits
    }:
        raise PackError("the pack has other splits or items than the card; build it again")
    revisions = [source.revision for source in card.sources]
    if not fetched and benchmark.pack.header.revisions != revisions:
        raise PackError("the pack was built from another revision than the card names")

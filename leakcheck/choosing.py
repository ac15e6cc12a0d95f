"""Choosing: from what a user names to the benchmarks of a scan.

A name may be that of a benchmark, of a group of them, or `all`; the path of a card, with its pack
beside it; or the path of a data file, every row of which is an item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from leakcheck.benchmark.card import Card, card_names, load_card, read_card
from leakcheck.benchmark.folders import pack_folder
from leakcheck.benchmark.guess import DATA_SUFFIXES
from leakcheck.benchmark.names import unknown_name
from leakcheck.detection.catalogue import Benchmark, benchmark_of
from leakcheck.errors import PackError, UsageError

__all__ = ["choose"]

ALL = "all"
NOT_IN_ALL = "demo"
"""The group of benchmarks that nobody reports on."""


def choose(
    names: Iterable[str],
    *,
    question_field: str | None = None,
    keys: Sequence[bytes] = (),
    on_note: Callable[[str], None] = lambda _: None,
) -> tuple[Benchmark, ...]:
    """Load the benchmarks that names stand for, each once, in the order they were named in.

    Args:
        names: of benchmarks, groups, cards or data files.
        question_field: of a data file, in place of a guess.
        keys: one for each sealed pack, in any order.
        on_note: called with what the user should know: what was guessed, what was left out.

    Raises:
        UsageError: a name stands for nothing; the nearest names are in the message.
        PackError: the pack of a benchmark that was named itself cannot be used.
        CardError: a card of the user's own cannot be used.
        BenchmarkFilesError: a data file cannot be read.

    >>> [benchmark.card.name for benchmark in choose(["demo", "demo"])]
    ['demo']
    """
    chosen: dict[str, Benchmark] = {}
    for name in dict.fromkeys(names):
        for benchmark in _loaded(name, question_field, keys, on_note):
            own = benchmark.card.name
            if own in chosen and chosen[own].pack.header != benchmark.pack.header:
                raise UsageError(f"two benchmarks are called {own!r}; give one another name")
            chosen.setdefault(own, benchmark)
    if not chosen:
        raise UsageError("name at least one benchmark; `leakcheck bench list` names them")
    return tuple(chosen.values())


def _loaded(
    name: str,
    question_field: str | None,
    keys: Sequence[bytes],
    on_note: Callable[[str], None],
) -> Iterator[Benchmark]:
    path = Path(name)
    if name in card_names():
        card = load_card(name)
        yield benchmark_of(card, pack_folder(card), keys)
    elif path.suffix == ".toml":
        card = read_card(path)
        yield benchmark_of(card, pack_folder(card, path.parent), keys)
    elif name.endswith(DATA_SUFFIXES):
        if not path.is_file():
            raise UsageError(f"{name}: there is no such file to take for a benchmark")
        # What builds packs is slow to import, and most scans need none built.
        from leakcheck.calibration.own_file import benchmark_of_file, what_was_guessed

        benchmark = benchmark_of_file(path, question_field)
        on_note(what_was_guessed(benchmark))
        yield benchmark
    else:
        yield from _group(name, keys, on_note)


def _group(name: str, keys: Sequence[bytes], on_note: Callable[[str], None]) -> Iterator[Benchmark]:
    """Load those of a group that can be used, and name the others."""
    cards = [load_card(each) for each in card_names()]
    members = [card for card in cards if _belongs(card, name)]
    if not members:
        groups = {group for card in cards for group in card.groups}
        raise UsageError(unknown_name(name, [*card_names(), *sorted(groups), ALL]))
    without: list[str] = []
    for card in members:
        try:
            folder = pack_folder(card)
        except PackError:
            without.append(card.name)
            continue
        try:
            yield benchmark_of(card, folder, keys)
        except PackError as error:
            on_note(f"left out of {name}: {error}")
    if without:
        on_note(
            f"left out of {name}, without a pack: {', '.join(without)}; "
            "`leakcheck bench fetch NAME` downloads what the model hub has"
        )


def _belongs(card: Card, group: str) -> bool:
    return NOT_IN_ALL not in card.groups if group == ALL else group in card.groups

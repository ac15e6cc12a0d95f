"""The catalogue: all that a scan knows of the items it looks for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from leakcheck.benchmark.calibration import (
    FALSE_RATE,
    QUESTION_BITS,
    VERBATIM_BITS,
    Calibration,
    read_calibration,
)
from leakcheck.benchmark.card import FIELDS, Card, Role, load_card
from leakcheck.benchmark.folders import pack_folder
from leakcheck.benchmark.pack import Pack
from leakcheck.benchmark.seal import open_pack
from leakcheck.detection.layout import layout_of, tables_of
from leakcheck.detection.lookups import Lookups
from leakcheck.index.item_table import ANSWER, CHOICES, CONTEXT, QUESTION, ItemTable, item_table
from leakcheck.text.whole import WholeText

__all__ = ["Benchmark", "Catalogue", "benchmark_of", "load_benchmark", "load_catalogue"]

TEMPLATE_FAMILY = 20
"""So many items of one template are made by a rule."""
PUZZLE_BITS = 35.0
"""What the words and symbols of a puzzle weigh at least ..."""
MARK_BITS = 2.0
"""... a symbol taken for this much."""


@dataclass(frozen=True)
class Benchmark:
    """One benchmark of a scan: its card, its pack, and what chance does to it."""

    card: Card
    pack: Pack
    calibration: Calibration
    table: ItemTable | None = field(default=None, repr=False, compare=False)
    """Its items, if they are laid out already."""

    @cached_property
    def testable(self) -> npt.NDArray[np.bool_]:
        """Shape (items,): whether a verbatim copy of all fields of an item would be found.

        The evidence of the whole item, context aside, must reach what a verbatim match needs, or it
        must be a puzzle; and there must be a shingle to find it by.
        """
        items = self._table
        lengths = items.ends - items.starts
        shingles = lengths[:, [QUESTION, CHOICES]].max(axis=1) >= 3
        question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
        alone = self._evidence <= question
        enough = self._evidence >= np.where(alone, QUESTION_BITS, VERBATIM_BITS)
        return np.asarray((enough | self.puzzles) & shingles)

    @cached_property
    def chance_bits(self) -> float:
        """What a match that is not verbatim reaches in background text at the promised rate."""
        return self.calibration.by_document.bits_at(FALSE_RATE)

    @cached_property
    def puzzles(self) -> npt.NDArray[np.bool_]:
        """Shape (items,): whether an item is known by all of its characters, its words too few.

        One of many made by a rule from the same few words, as truth values or sums: the words of
        such an item weigh less than a verbatim match needs, their order and symbols tell it.
        """
        alike = self.templated
        if not alike.any():
            return alike
        items = self._table
        question = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
        whole = question + MARK_BITS * self.pack.wholes.marks
        return np.asarray(alike & (self._evidence < VERBATIM_BITS) & (whole >= PUZZLE_BITS))

    @cached_property
    def templated(self) -> npt.NDArray[np.bool_]:
        """Shape (items,): whether an item is one of twenty or more that were made by a rule."""
        sizes = np.bincount(self.pack.families)
        return np.asarray(sizes[self.pack.families] >= TEMPLATE_FAMILY)

    @cached_property
    def _table(self) -> ItemTable:
        return self.table or item_table([self.pack])

    @cached_property
    def puzzle_names(self) -> frozenset[str]:
        """The names of the items that are puzzles."""
        return frozenset(self.pack.items[place] for place in np.flatnonzero(self.puzzles))

    @cached_property
    def _evidence(self) -> npt.NDArray[np.float32]:
        """Shape (items,): bits of the fields that count; an answer among choices says nothing."""
        items = self._table
        bits = items.word_bits + items.number_bits
        lengths = items.ends - items.starts
        counted = [field for field in range(len(FIELDS)) if field not in (CONTEXT, ANSWER)]
        answers = np.where(lengths[:, CHOICES] > 0, np.float32(0), bits[:, ANSWER])
        return np.asarray(bits[:, counted].sum(axis=1) + answers)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The benchmarks of a scan. Their items are numbered one benchmark after the other."""

    benchmarks: tuple[Benchmark, ...]
    lookups: Lookups
    starts: list[int]
    """The first item of each benchmark."""
    least_bits: npt.NDArray[np.float32]
    """Shape (items,): what a question in other words needs, whatever its odds are."""
    lowered_bits: float = 0.0
    """How much less than a scan asks for is asked of every match: a calibration looks that way at
    what is nearly a finding."""

    def benchmark_of(self, item: int) -> int:
        """Return the number of the benchmark that an item belongs to."""
        return bisect_right(self.starts, item) - 1

    def look_up(self, item: int) -> tuple[Benchmark, int]:
        """Return the benchmark of an item, and the item's place in its pack."""
        number = self.benchmark_of(item)
        return self.benchmarks[number], int(item) - self.starts[number]

    def name(self, item: int) -> str:
        """Return the name of an item in its benchmark, as `test/3`."""
        benchmark, place = self.look_up(item)
        return benchmark.pack.items[place]

    def split(self, item: int) -> str:
        """Return the publisher's split of an item."""
        benchmark, place = self.look_up(item)
        return benchmark.pack.splits[place]

    def role(self, item: int) -> Role:
        """Return the role of an item's split."""
        return self.look_up(item)[0].card.role_of(self.split(item))

    def is_puzzle(self, item: int) -> bool:
        """Tell whether an item is known by all of its characters alone."""
        benchmark, place = self.look_up(item)
        return bool(benchmark.puzzles[place])

    def is_templated(self, item: int) -> bool:
        """Tell whether an item is one of many that were made by a rule."""
        benchmark, place = self.look_up(item)
        return bool(benchmark.templated[place])

    def whole(self, item: int) -> WholeText:
        """Return the question of an item by its characters."""
        benchmark, place = self.look_up(item)
        return WholeText(*(int(column[place]) for column in benchmark.pack.wholes))

    def symbols(self, item: int) -> int:
        """Return the hash of an item's question with its symbols."""
        benchmark, place = self.look_up(item)
        return int(benchmark.pack.symbols[place])

    def threshold_bits(self, item: int) -> float:
        """Return the score that anything but a verbatim match of an item must reach."""
        benchmark, place = self.look_up(item)
        return float(benchmark.calibration.thresholds[place]) - self.lowered_bits

    def rewritten_bits(self, item: int) -> float:
        """Return the score that a question in other words must reach, whatever its odds are."""
        return float(self.least_bits[item]) - self.lowered_bits

    def question_tokens(self, item: int) -> slice:
        """Return where the question of an item stands in the item table."""
        items = self.lookups.items
        return slice(int(items.starts[item, QUESTION]), int(items.ends[item, QUESTION]))

    def codes(self, item: int, field: int) -> npt.NDArray[np.uint16]:
        """Return the codes of a field of an item, shape (tokens,)."""
        items = self.lookups.items
        return items.codes[items.starts[item, field] : items.ends[item, field]]

    def question_codes(self, item: int) -> npt.NDArray[np.uint16]:
        """Return the codes of an item's question, shape (tokens,)."""
        return self.codes(item, QUESTION)


def load_benchmark(name: str, packs: Path | None = None) -> Benchmark:
    """Load card, pack and calibration of a benchmark that leakcheck has a card of.

    Args:
        name: as `gsm8k`.
        packs: a folder to take the pack from instead of those of leakcheck and the user.

    Raises:
        UsageError: there is no benchmark of that name.
        PackError: its pack cannot be used.
    """
    card = load_card(name)
    return benchmark_of(card, packs or pack_folder(card))


def benchmark_of(card: Card, folder: Path, keys: Sequence[bytes] = ()) -> Benchmark:
    """Load pack and calibration of a card from a folder; `keys` are for a sealed pack.

    Raises:
        PackError: the pack cannot be used.
    """
    pack = open_pack(folder / f"{card.name}.parquet", keys)
    calibration = read_calibration(folder / f"{card.name}.calibration.parquet", pack)
    return Benchmark(card.counted(Counter(pack.splits)), pack, calibration)


def load_catalogue(benchmarks: Sequence[Benchmark], lowered_bits: float = 0.0) -> Catalogue:
    """Lay out benchmarks for a scan, or for one that asks for less than a scan does."""
    layout = layout_of(benchmarks, lowered_bits)
    items = layout.lookups.items
    return Catalogue(
        tuple(
            replace(benchmark, table=own)
            for benchmark, own in zip(benchmarks, tables_of(items), strict=True)
        ),
        layout.lookups,
        items.bench_starts[:-1].tolist(),
        layout.least_bits,
        lowered_bits,
    )

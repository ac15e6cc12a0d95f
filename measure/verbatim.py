"""Every test item of the benchmarks, word for word, bare and in the middle of a page."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pages import Demand, percent, share, table
from rows_found import FIVE, by_row, items_of, names, read_rows, scanner

from leakcheck.benchmark.calibration import VERBATIM_BITS
from leakcheck.benchmark.card import FIELDS, Field
from leakcheck.benchmark.items import Item
from leakcheck.detection.catalogue import Benchmark
from leakcheck.index.item_table import QUESTION, item_table

__all__ = ["Planted", "plant_all", "verbatim_demands", "verbatim_table"]

LEAST_FOUND = 0.995
SEED = 5
_SAID: tuple[Field, ...] = tuple(field for field in FIELDS if field != "context")
_TEXTS: dict[str, tuple[Field, ...]] = {"question alone": ("question",), "all fields": _SAID}
_PLACES = ("bare", "in a page")


class Planted(NamedTuple):
    """The test items of a benchmark, planted in one way."""

    benchmark: str
    fields: str
    place: str
    items: int
    testable: int
    missed: list[str]
    """The testable items that were not found."""

    @property
    def found(self) -> int:
        """How many of the testable items were found."""
        return self.testable - len(self.missed)


def plant_all(data: Path) -> list[Planted]:
    """Plant and look for the test items of the five benchmarks in each of the four ways."""
    rows = read_rows(data / "corpora/background_text/c4_demo.jsonl")
    pages = [row["text"] for row in rows]
    return [planted for benchmark in FIVE for planted in _plant(benchmark, pages, data)]


def _plant(name: str, pages: Sequence[str], data: Path) -> Iterator[Planted]:
    benchmark = scanner(name).benchmarks[0]
    chances = random.Random(SEED)
    items = items_of(name, data)
    test = [item for item in items if benchmark.card.role_of(item.split) == "test"]
    for said, fields in _TEXTS.items():
        able = [item for item, yes in zip(items, _testable(benchmark, said), strict=True) if yes]
        tested = {item.item for item in able} & {item.item for item in test}
        texts = [_text(item, fields) for item in test]
        for place in _PLACES:
            placed = (
                texts if place == "bare" else [_in_page(text, pages, chances) for text in texts]
            )
            found = _found(name, placed, [item.item for item in test])
            missed = [item.item for item in test if item.item in tested - found]
            yield Planted(name, said, place, len(test), len(tested), missed)


def _testable(benchmark: Benchmark, said: str) -> list[bool]:
    """Tell for each item whether what is planted of it has the evidence of a verbatim match."""
    if said == "all fields":
        return list(map(bool, benchmark.testable))
    items = item_table([benchmark.pack])
    bits = items.word_bits[:, QUESTION] + items.number_bits[:, QUESTION]
    return list(map(bool, bits >= VERBATIM_BITS))


def _text(item: Item, fields: Sequence[Field]) -> str:
    return "\n".join(item.fields[field] for field in fields if item.fields.get(field))


def _in_page(text: str, pages: Sequence[str], chances: random.Random) -> str:
    """Put a text between two paragraphs of a page, cut at a space near its middle."""
    page = chances.choice(pages)
    middle = page.find(" ", len(page) // 2)
    return f"{page[:middle]}\n\n{text}\n\n{page[middle:]}"


def _found(benchmark: str, texts: Sequence[str], items: Sequence[str]) -> set[str]:
    """Return the items that were found in their own documents."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.jsonl"
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
        rows = by_row(scanner(benchmark).scan([path]).iter_findings())
    return {
        item
        for row, item in enumerate(items)
        if any(
            item in names(finding) and finding.kind != "variant" for finding in rows.get(row, ())
        )
    }


def verbatim_demands(planted: Sequence[Planted]) -> list[Demand]:
    """Hold each way of planting, over all five benchmarks, against what is demanded."""
    demands = []
    for fields in _TEXTS:
        for place in _PLACES:
            ways = [each for each in planted if (each.fields, each.place) == (fields, place)]
            found, able = (sum(getattr(each, of) for each in ways) for of in ("found", "testable"))
            worst = min(ways, key=lambda each: each.found / each.testable)
            demands.append(
                Demand(
                    f"test items of the five benchmarks, {fields}, {place}",
                    f"at least {percent(LEAST_FOUND)} of the testable found, in each benchmark",
                    f"{share(found, able)}; least: {worst.benchmark} "
                    f"{share(worst.found, worst.testable)}",
                    worst.found >= LEAST_FOUND * worst.testable,
                )
            )
    return demands


def verbatim_table(planted: Sequence[Planted]) -> str:
    """Lay out each benchmark and way of planting, with the first of the items missed."""
    return table(
        ["benchmark", "planted", "place", "test items", "testable", "found", "missed"],
        [
            [
                each.benchmark,
                each.fields,
                each.place,
                each.items,
                each.testable,
                share(each.found, each.testable),
                ", ".join(each.missed[:5]) + (", ..." if len(each.missed) > 5 else ""),
            ]
            for each in planted
        ],
        "lllrrr",
    )

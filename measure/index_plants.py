"""What is planted in the corpus of `index.py`: test items word for word, and rewritten ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from rows_found import FIVE, even_spaces, items_by_question, items_of, read_rows

from leakcheck.benchmark.card import FIELDS, load_card
from leakcheck.benchmark.items import Item

__all__ = ["Made", "Place", "Plant", "plants"]

Made = Literal["question", "all fields", "rewritten", "reordered", "changed"]
"""How the text of a plant was made from its item."""
Place = Literal["bare", "in a page"]

MOST_OF_A_BENCHMARK = 600

_REWRITES: tuple[tuple[Made, str, str, str], ...] = (
    (
        "rewritten",
        "gsm8k",
        "groundtruth/benbench/GSM8K_rewritten-test-3.jsonl.gz",
        "rewritten_question",
    ),
    ("reordered", "gsm8k", "groundtruth/r_gsm/r-gsm.jsonl", "new_question"),
    ("changed", "math", "groundtruth/math_perturb/math_perturb_simple.jsonl", "problem"),
)


class Plant(NamedTuple):
    """A text to put into the corpus."""

    bench: str
    item: str | None
    """None where the publisher of a rewrite does not say which item it was made from."""
    made: Made
    place: Place
    text: str


def plants(data: Path, chances: random.Random) -> list[Plant]:
    """Return all there is to plant, shuffled; each way of planting has its share."""
    found = [plant for name in FIVE for plant in _test_items(name, data, chances)]
    for made, benchmark, path, field in _REWRITES:
        found += _rewrites(made, benchmark, data / path, field, data)
    chances.shuffle(found)
    return found


def _test_items(name: str, data: Path, chances: random.Random) -> Iterator[Plant]:
    card = load_card(name)
    items = [item for item in items_of(name, data) if card.role_of(item.split) == "test"]
    chosen = chances.sample(items, min(len(items), MOST_OF_A_BENCHMARK))
    for number, item in enumerate(chosen):
        made: Made = "question" if number % 2 else "all fields"
        yield Plant(name, item.item, made, _place(number // 2), _said(item, made))


def _said(item: Item, made: Made) -> str:
    fields = ("question",) if made == "question" else FIELDS
    said = (item.fields.get(field) for field in fields if field != "context")
    return "\n".join(filter(None, said))


def _rewrites(made: Made, benchmark: str, path: Path, field: str, data: Path) -> Iterator[Plant]:
    of_question = items_by_question(benchmark, data)
    for number, row in enumerate(read_rows(path)):
        item = of_question.get(even_spaces(row.get("question", "")))
        yield Plant(benchmark, item, made, _place(number), row[field])


def _place(number: int) -> Place:
    return "in a page" if number % 2 else "bare"

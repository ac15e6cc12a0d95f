"""Cards: what a benchmark is, where it comes from, and what each of its splits is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

import msgspec

from leakcheck.benchmark.names import unknown_name
from leakcheck.errors import CardError, UsageError

__all__ = [
    "FIELDS",
    "Card",
    "Difficulty",
    "Field",
    "HubFiles",
    "Layout",
    "Role",
    "Source",
    "Split",
    "card_names",
    "load_card",
    "read_card",
    "shipped_data",
]

Field = Literal["question", "choices", "answer", "code", "context"]
FIELDS: tuple[Field, ...] = get_args(Field)
"""The question decides; the others raise its evidence. In this order everywhere."""

Role = Literal["test", "train", "dev", "fewshot"]
"""What a split serves for; `test` is what people report on, whatever the publisher calls it."""

Difficulty = Literal["easy", "medium", "hard", "unknown"]
"""How hard a benchmark stays for a model that was trained in its distribution."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the publisher's files come from."""

    repository: str
    path: str
    revision: str


class HubFiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the files of a split lie on the model hub."""

    repository: str
    """A dataset, as `owner/name`."""
    path: str
    """Inside the repository; `*` and `{subset}` as in `Split.files`."""
    revision: str = "main"


class Layout(msgspec.Struct, frozen=True):
    """How the fields of an item stand in the publisher's files."""

    fields: dict[Field, list[str | int]]
    rows: str = ""
    take: dict[Field, str] = {}
    drop: dict[Field, str] = {}
    labels: list[str] = []


class Split(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the publisher's splits.

    A split with `fields` of its own is laid out by its own `rows`, `fields`, `take`, `drop` and
    `labels` alone, the others by those of the card.
    """

    name: str
    role: Role
    files: str
    """Path below one of the publisher's folders. `*` stands for anything, `{subset}` for the name
    of a subset."""
    items: int | None = None
    """How many items the publisher says there are; a build with another number is refused. It may
    be left out where the publisher does not say."""
    hub: HubFiles | None = None
    """The same split on the model hub."""
    rows: str = ""
    fields: dict[Field, list[str | int]] = {}
    take: dict[Field, str] = {}
    drop: dict[Field, str] = {}
    labels: list[str] = []


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A benchmark, as `benchmarks/<name>.toml` describes it."""

    name: str
    title: str
    publisher: str
    licence: str
    language: str
    in_distribution: Difficulty
    in_distribution_reason: str
    item_id: Literal["{split}/{n}", "{split}/{subset}/{n}"]
    """How items are named; `n` counts from 0 in the publisher's order."""
    sources: list[Source]
    splits: list[Split]
    fields: dict[Field, list[str | int]]
    """Each field with the publisher's keys, or columns counted from 0; see `leakcheck.benchmark.
    values` for paths such as `question.choices[].text`."""
    rows: str = ""
    """Where the items are in a file that is not one item a row; each file format says how."""
    take: dict[Field, str] = {}
    """What to take of a field: a regular expression, each match of which is a piece of it."""
    drop: dict[Field, str] = {}
    """Marks to take out of the pieces of a field: a regular expression."""
    labels: list[str] = []
    """What the answer calls the choices, in their order; the text of the choice takes its place."""
    canary: list[str] = []
    """Strings that the publisher asks to be left out of training data."""
    groups: list[str] = []
    """Names that stand for several benchmarks, as `--bench code`."""
    note: str = ""
    """What a user of the pack must know, as a split that is missing."""

    def role_of(self, split: str) -> Role:
        """Return the role of one of the publisher's splits."""
        return next(each.role for each in self.splits if each.name == split)

    @property
    def items(self) -> int:
        """All items of all splits whose number is known."""
        return sum(split.items or 0 for split in self.splits)

    def layout_of(self, split: Split) -> Layout:
        """Return how a split is laid out: in its own way, or in that of the card."""
        own = split if split.fields else self
        return Layout(own.fields, own.rows, own.take, own.drop, own.labels)

    def counted(self, items: Mapping[str, int]) -> Card:
        """Return the card as a pack has it.

        The number of items that the publisher does not say is that of the pack; a split that the
        pack has not, since its files were not to be had, is left out.
        """
        return msgspec.structs.replace(
            self,
            splits=[
                msgspec.structs.replace(split, items=items[split.name])
                if split.items is None
                else split
                for split in self.splits
                if items.get(split.name)
            ],
        )


def shipped_data(kind: Literal["benchmarks", "examples", "indexes"]) -> Path:
    """Return the folder of the cards, packs or examples that came with leakcheck.

    An installed wheel has it inside the package, a checkout beside it.
    """
    package = Path(str(files("leakcheck")))
    inside = package / "data" / kind
    return inside if inside.is_dir() else package.parent / kind


def card_names() -> list[str]:
    """Return the names of all cards that came with leakcheck, sorted."""
    return sorted(path.stem for path in shipped_data("benchmarks").glob("*.toml"))


def load_card(name: str) -> Card:
    """Load the card of a benchmark by its name.

    Raises:
        UsageError: there is no card of that name; the nearest names are in the message.

    >>> load_card("gsm8k").role_of("test")
    'test'
    """
    path = shipped_data("benchmarks") / f"{name}.toml"
    if name not in card_names():
        raise UsageError(unknown_name(name, card_names()))
    return read_card(path)


def read_card(path: Path) -> Card:
    """Read a card from a file.

    Raises:
        CardError: the file is not there, is not TOML, or says something a card cannot say.
    """
    try:
        card = msgspec.toml.decode(path.read_bytes(), type=Card)
    except OSError as error:
        raise CardError(f"{path}: cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CardError(f"{path}: not a card: {error}; compare it with a shipped one") from error
    _check(card, path)
    return card


def _check(card: Card, path: Path) -> None:
    names = [split.name for split in card.splits]
    if len(set(names)) != len(names):
        raise CardError(f"{path}: two splits have the same name; rename one of {names}")
    for split in card.splits:
        layout = card.layout_of(split)
        if "question" not in layout.fields:
            raise CardError(f"{path}: [fields] names no question, the field that decides")
        if ("{subset}" in split.files + layout.rows) != ("{subset}" in card.item_id):
            raise CardError(
                f"{path}: item_id is {card.item_id!r} but the files of split {split.name!r} are "
                f"{split.files!r}; {{subset}} must stand in both or in neither"
            )
        for pattern in (*layout.take.values(), *layout.drop.values()):
            try:
                re.compile(pattern)
            except re.error as error:
                raise CardError(f"{path}: {pattern!r} is no regular expression: {error}") from error

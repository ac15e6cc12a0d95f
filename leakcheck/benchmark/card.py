"""Cards: what a benchmark is, where it comes from, and what each of its splits is for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

import msgspec
from rapidfuzz import process

from leakcheck.errors import CardError, UsageError

__all__ = [
    "FIELDS",
    "Card",
    "Difficulty",
    "Field",
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


class Split(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the publisher's splits."""

    name: str
    role: Role
    files: str
    """Path below the publisher's folder; `{subset}` in it stands for the name of a subset."""
    items: int
    """How many items the publisher says there are; a build with another number is refused."""


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
    """Each field with the publisher's keys, or columns counted from 0, joined by line breaks."""
    drop: dict[Field, str] = {}
    """Marks to take out of a field before anything else: a regular expression."""
    canary: list[str] = []
    """Strings that the publisher asks to be left out of training data."""

    def role_of(self, split: str) -> Role:
        """Return the role of one of the publisher's splits."""
        return next(each.role for each in self.splits if each.name == split)

    @property
    def items(self) -> int:
        """All items of all splits."""
        return sum(split.items for split in self.splits)


def shipped_data(kind: Literal["benchmarks", "indexes"]) -> Path:
    """Return the folder of the cards or packs that came with leakcheck.

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
        raise UsageError(_unknown_name(name, card_names()))
    return read_card(path)


def _unknown_name(name: str, names: Sequence[str]) -> str:
    near = [match for match, score, _ in process.extract(name, names, limit=3) if score >= 60]
    hint = f"did you mean {' or '.join(near)}?" if near else "it knows"
    return (
        f"leakcheck knows no benchmark {name!r}; {hint} {'' if near else ', '.join(names)}".strip()
    )


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
    if "question" not in card.fields:
        raise CardError(f"{path}: [fields] names no question, the field that decides")
    names = [split.name for split in card.splits]
    if len(set(names)) != len(names):
        raise CardError(f"{path}: two splits have the same name; rename one of {names}")
    for split in card.splits:
        if ("{subset}" in split.files) != ("{subset}" in card.item_id):
            raise CardError(
                f"{path}: item_id is {card.item_id!r} but the files of split {split.name!r} are "
                f"{split.files!r}; {{subset}} must stand in both or in neither"
            )

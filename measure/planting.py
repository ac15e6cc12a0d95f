"""Ways to plant an item: from its fields to a document that holds it as corpora hold items."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from dressed import DISGUISES

from leakcheck.benchmark.card import FIELDS, Field
from leakcheck.benchmark.items import Item

__all__ = [
    "MIDDLE",
    "OTHERS",
    "RIGHT",
    "SAID",
    "SHUFFLED",
    "WRONG",
    "Document",
    "Material",
    "Said",
    "Way",
    "ways",
    "whole_text_of",
]

Document = str | dict[str, object]
Said = Literal["all fields", "question alone"]
SAID: tuple[Said, ...] = ("all fields", "question alone")
"""What is planted of an item: all fields but the context, or its question."""

MIDDLE = "middle of a page"
WHOLE = ("bare", MIDDLE)
"""The places where every item is planted, not only some of them."""
SHUFFLED = "choices shuffled and relettered"
RIGHT = "question and right answer"
WRONG = "question and wrong answer"
OTHERS = 20
"""Questions around the one that is looked for in a list."""
_PLANTED: tuple[Field, ...] = tuple(field for field in FIELDS if field != "context")


class Material(NamedTuple):
    """What items are planted in."""

    pages: Sequence[str]
    items: Sequence[Item]
    """All items of the benchmark, for wrong answers and for lists."""
    others: Sequence[str]
    """Questions of other benchmarks."""


class Way(NamedTuple):
    """A way to plant an item."""

    family: Literal["places", "disguises", "fields"]
    name: str
    said: Said
    make: Callable[[Item, Material, random.Random], Document | None]
    """Makes the document; None of an item that cannot be planted so."""
    sampled: bool
    """Whether some items are enough."""


def whole_text_of(item: Item) -> str:
    """Write all fields of an item but its context, one below the other."""
    return "\n".join(item.fields[field] for field in _PLANTED if item.fields.get(field))


def _text(item: Item, said: Said) -> str:
    return whole_text_of(item) if said == "all fields" else item.fields["question"]


def ways() -> Iterator[Way]:
    """Yield every way to plant an item."""
    for said in SAID:
        for name, place in _PLACES.items():
            yield Way("places", name, said, _placed(said, place), sampled=name not in WHOLE)
        yield Way("places", "list of its own kind", said, _list_of_own(said), sampled=True)
        yield Way("places", "list of others", said, _list_of_others(said), sampled=True)
    yield Way("places", "chat", "all fields", _chat, sampled=True)
    for name, (suits, disguise) in DISGUISES.items():
        yield Way("disguises", name, "all fields", _disguised(suits, disguise), sampled=True)
    yield Way("fields", SHUFFLED, "all fields", _shuffled, sampled=True)
    yield Way("fields", RIGHT, "question alone", _right_answer, sampled=True)
    yield Way("fields", WRONG, "question alone", _wrong_answer, sampled=True)


def _bare(text: str, page: str) -> str:
    return text


def _beginning(text: str, page: str) -> str:
    return f"{text}\n\n{page}"


def _middle(text: str, page: str) -> str:
    cut = page.find(" ", len(page) // 2)
    return f"{page[:cut]}\n\n{text}\n\n{page[cut:]}"


def _end(text: str, page: str) -> str:
    return f"{page}\n\n{text}"


_PLACES: dict[str, Callable[[str, str], str]] = {
    "bare": _bare,
    "beginning of a page": _beginning,
    MIDDLE: _middle,
    "end of a page": _end,
}


def _placed(
    said: Said, place: Callable[[str, str], str]
) -> Callable[[Item, Material, random.Random], Document]:
    def make(item: Item, material: Material, chances: random.Random) -> Document:
        return place(_text(item, said), chances.choice(material.pages))

    return make


def _chat(item: Item, material: Material, chances: random.Random) -> Document:
    asked = "\n".join([item.fields["question"], *_lettered(_choices(item), "ABCDEFGHIJ")])
    answered = "\n".join(item.fields.get(field, "") for field in ("code", "answer")).strip()
    turns = [{"role": "user", "content": asked}]
    if answered:
        turns.append({"role": "assistant", "content": answered})
    return {"messages": turns}


def _list_of_own(said: Said) -> Callable[[Item, Material, random.Random], Document]:
    def make(item: Item, material: Material, chances: random.Random) -> Document:
        around = [_text(each, said) for each in chances.sample(material.items, OTHERS)]
        return _list([*around[: OTHERS // 2], _text(item, said), *around[OTHERS // 2 :]])

    return make


def _list_of_others(said: Said) -> Callable[[Item, Material, random.Random], Document]:
    def make(item: Item, material: Material, chances: random.Random) -> Document:
        around = chances.sample(material.others, OTHERS)
        return _list([*around[: OTHERS // 2], _text(item, said), *around[OTHERS // 2 :]])

    return make


def _list(texts: Sequence[str]) -> str:
    return "\n".join(f"{number}. {text.strip()}" for number, text in enumerate(texts, 1))


def _disguised(
    suits: Callable[[str], bool], disguise: Callable[[str], str]
) -> Callable[[Item, Material, random.Random], Document | None]:
    def make(item: Item, material: Material, chances: random.Random) -> Document | None:
        text = whole_text_of(item)
        page = chances.choice(material.pages)
        return disguise(_middle(text, page)) if suits(text) else None

    return make


def _choices(item: Item) -> list[str]:
    return [choice for choice in item.fields.get("choices", "").split("\n") if choice.strip()]


def _lettered(choices: Sequence[str], letters: str) -> list[str]:
    return [f"({letter}) {choice}" for letter, choice in zip(letters, choices, strict=False)]


def _shuffled(item: Item, material: Material, chances: random.Random) -> Document | None:
    choices = _choices(item)
    if len(choices) < 2:
        return None
    chances.shuffle(choices)
    text = "\n".join([item.fields["question"], *_lettered(choices, "123456789")])
    return _middle(text, chances.choice(material.pages))


def _right_answer(item: Item, material: Material, chances: random.Random) -> Document | None:
    answer = item.fields.get("answer", "").strip()
    return _asked_and_answered(item, answer, material, chances) if answer else None


def _wrong_answer(item: Item, material: Material, chances: random.Random) -> Document | None:
    """Answer with another choice, or with the answer of another item."""
    right = item.fields.get("answer", "").strip()
    wrong = _choices(item) or [
        each.fields.get("answer", "").strip() for each in chances.sample(material.items, OTHERS)
    ]
    # An answer inside a longer one, as 1 in 12 or "true" in "not true", is not a wrong one.
    wrong = [each for each in wrong if each and right not in each and each not in right]
    if not right or not wrong:
        return None
    return _asked_and_answered(item, chances.choice(wrong), material, chances)


def _asked_and_answered(
    item: Item, answer: str, material: Material, chances: random.Random
) -> Document:
    text = f"Question: {item.fields['question']}\nAnswer: {answer}"
    return _middle(text, chances.choice(material.pages))

"""The kinds of change: what is planted of an item, and in which place of a document."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Literal, NamedTuple

from leakcheck.selftest import edits
from leakcheck.selftest.dressings import (
    Fields,
    as_chat,
    as_html,
    as_markdown,
    asked,
    whole,
)
from leakcheck.selftest.edits import Edit

__all__ = ["CHANGES", "QUESTION_ALONE", "Change", "Group", "Place"]

QUESTION_ALONE = "question alone"
Group = Literal["copied", "dressed", "edited", "variant"]
"""Word for word; the words as they are and written down in another way; changed by rule; another
problem of the same wording."""
Place = Literal["alone", "start", "middle", "paragraph", "end"]
"""Of a document; `alone` is a document of its own."""


class Change(NamedTuple):
    """One way in which an item gets into a corpus."""

    name: str
    group: Group
    make: Callable[[Fields, Random], str | None]
    """Returns the text that is planted, or None of an item that cannot be changed so."""
    place: Place = "middle"
    promised: bool = False
    """Whether the docs promise that it is found."""


def _whole(fields: Fields, chances: Random) -> str | None:
    return whole(fields)


def _question(fields: Fields, chances: Random) -> str | None:
    return fields["question"] if whole(fields) != fields["question"] else None


def _with_choices(fields: Fields, chances: Random) -> str | None:
    return asked(fields) if asked(fields) not in (fields["question"], whole(fields)) else None


def _dressed(dress: Callable[[Fields], str]) -> Callable[[Fields, Random], str | None]:
    return lambda fields, chances: dress(fields)


def _edited(edit: Edit) -> Callable[[Fields, Random], str | None]:
    """Edit the question, leave the choices below it as they are, and the answer out."""

    def make(fields: Fields, chances: Random) -> str | None:
        question = edit(fields["question"], chances)
        return None if question is None else asked({**fields, "question": question})

    return make


def _other_numbers(fields: Fields, chances: Random) -> str | None:
    return edits.with_other_numbers(fields["question"], chances)


_EDITS: dict[str, Edit] = {
    "capitals, no punctuation": edits.in_capitals,
    "typos in 1 of 10 words": edits.with_typos,
    "sentences in another order": edits.with_sentences_in_another_order,
    "a sentence added": edits.with_a_sentence_added,
    "a sentence or clause less": edits.with_less_said,
    "other names": edits.with_other_names,
    "other common words": edits.with_other_words,
    "no function words": edits.without_function_words,
    "names, words and order": edits.one_after_the_other(
        edits.with_other_names, edits.with_other_words, edits.with_sentences_in_another_order
    ),
}

CHANGES: tuple[Change, ...] = (
    Change("a document of its own", "copied", _whole, "alone", promised=True),
    Change("at the start", "copied", _whole, "start", promised=True),
    Change("in the middle", "copied", _whole, "middle", promised=True),
    Change("at the end", "copied", _whole, "end", promised=True),
    Change("inside a paragraph", "copied", _whole, "paragraph"),
    Change("question and choices", "copied", _with_choices),
    Change(QUESTION_ALONE, "copied", _question),
    Change("chat in JSON, escaped", "dressed", _dressed(as_chat)),
    Change("HTML", "dressed", _dressed(as_html)),
    Change("Markdown", "dressed", _dressed(as_markdown)),
    *(Change(name, "edited", _edited(edit)) for name, edit in _EDITS.items()),
    Change("other numbers", "variant", _other_numbers),
)
"""All that is tried, those that change least first."""

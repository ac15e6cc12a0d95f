"""Edits: a question in changed form, by rule and by chance; None of one that cannot be changed so.

All are mechanical. A person or a model that rewrites a question changes more, and more cleverly.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from leakcheck.selftest.wording import ADDED_SENTENCES, LEFT_OUT, NAMES, NOT_NAMES, OTHER_WORDS

__all__ = [
    "Edit",
    "in_capitals",
    "one_after_the_other",
    "with_a_sentence_added",
    "with_less_said",
    "with_other_names",
    "with_other_numbers",
    "with_other_words",
    "with_sentences_in_another_order",
    "with_typos",
    "without_function_words",
]

Edit = Callable[[str, Random], str | None]

WORDS_A_TYPO = 10
LEAST_OTHER_WORDS = 2
LEAST_LEFT_OUT = 3

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*|\n+")
_CLAUSE_END = re.compile(r"(?<=[,;])\s+|(?<=[，；])")
_WORD = re.compile(r"[^\W\d_]{4,}")
_ANY_WORD = re.compile(r"[A-Za-z']+\s*")
_MARKS = re.compile(r"[,;:!?\"'。，；：！？]|(?<!\d)\.|\.(?!\d)")
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][a-z]+\b")
_NUMBER = re.compile(r"\d+")
_OTHER_WORD = re.compile(
    r"\b(?:" + "|".join(sorted(OTHER_WORDS, key=len, reverse=True)) + r")\b", re.IGNORECASE
)


def in_capitals(text: str, chances: Random) -> str | None:
    """Write a text in capitals and without punctuation, but for points inside of numbers.

    >>> in_capitals("Is it 1.5, or less?", Random(0))
    'IS IT 1.5 OR LESS'
    """
    changed = _MARKS.sub("", text.upper())
    return changed if changed != text else None


def with_typos(text: str, chances: Random) -> str | None:
    """Exchange two letters in the middle of one in ten words, of those with four letters or more.

    >>> with_typos("Which of these is the longest?", Random(1))
    'Wihch of these is the longest?'
    """
    places = [match.start() for match in _WORD.finditer(text) if _exchangeable(match.group())]
    count = max(1, len(text.split()) // WORDS_A_TYPO)
    if len(places) < count:
        return None
    letters = list(text)
    for start in chances.sample(places, count):
        word = _WORD.match(text, start)
        assert word is not None
        place = start + chances.choice(_exchangeable(word.group()))
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


def _exchangeable(word: str) -> list[int]:
    """Return the letters inside of a word that are not as the next."""
    return [n for n in range(1, len(word) - 2) if word[n] != word[n + 1]]


def with_sentences_in_another_order(text: str, chances: Random) -> str | None:
    """Put the sentences of a text into another order.

    >>> with_sentences_in_another_order("One. Two.", Random(0))
    'Two. One.'
    """
    sentences = _sentences(text)
    if len(set(sentences)) < 2:
        return None
    changed = list(sentences)
    while changed == sentences:
        chances.shuffle(changed)
    return " ".join(changed)


def with_a_sentence_added(text: str, chances: Random) -> str | None:
    """Put a sentence that says nothing in front of one of the sentences."""
    sentences = _sentences(text)
    sentences.insert(chances.randrange(len(sentences) + 1), chances.choice(ADDED_SENTENCES))
    return " ".join(sentences)


def with_less_said(text: str, chances: Random) -> str | None:
    """Drop a sentence of three or more, or else a clause of three or more; never the last.

    >>> with_less_said("It is red, it is round, what is it?", Random(0))
    'It is red, what is it?'
    """
    for parts in (_sentences(text), _CLAUSE_END.split(text)):
        if len(parts) > 2:
            del parts[chances.randrange(len(parts) - 1)]
            return " ".join(parts)
    return None


def with_other_names(text: str, chances: Random) -> str | None:
    """Replace every name by another: each word that has a capital in the middle of a sentence.

    >>> with_other_names("Then Anna met Ole. Anna smiled.", Random(1))
    'Then Ilse met Eskil. Ilse smiled.'
    """
    found = dict.fromkeys(name for name in _NAME.findall(text) if name not in NOT_NAMES)
    if not found or len(found) > len(NAMES):
        return None
    other = dict(zip(found, chances.sample(NAMES, len(found)), strict=True))
    return re.sub(rf"\b(?:{'|'.join(other)})\b", lambda match: other[match.group()], text)


def with_other_words(text: str, chances: Random) -> str | None:
    """Write other words for the common ones of a table, two or more.

    >>> with_other_words("How many has each?", Random(0))
    'What number of owns every?'
    """
    changed, count = _OTHER_WORD.subn(_other_word, text)
    return changed if count >= LEAST_OTHER_WORDS else None


def _other_word(match: re.Match[str]) -> str:
    other = OTHER_WORDS[match.group().lower()]
    return other.capitalize() if match.group()[0].isupper() else other


def without_function_words(text: str, chances: Random) -> str | None:
    """Leave out articles, auxiliaries and the like, three or more.

    >>> without_function_words("The sum of the parts is in the box.", Random(0))
    'sum parts box.'
    """
    words = _ANY_WORD.findall(text)
    if sum(word.strip().lower() in LEFT_OUT for word in words) < LEAST_LEFT_OUT:
        return None
    return _ANY_WORD.sub(_unless_left_out, text)


def _unless_left_out(match: re.Match[str]) -> str:
    return "" if match.group().strip().lower() in LEFT_OUT else match.group()


def with_other_numbers(text: str, chances: Random) -> str | None:
    """Replace every number in digits by another with as many: another problem of the same wording.

    >>> with_other_numbers("Add 3 and 12, then 3.", Random(0))
    'Add 7 and 70, then 7.'
    """
    other: dict[str, str] = {}
    for number in _NUMBER.findall(text):
        while other.get(number, number) == number:
            first = chances.choice("123456789")
            other[number] = first + "".join(chances.choices("0123456789", k=len(number) - 1))
    return _NUMBER.sub(lambda match: other[match.group()], text) if other else None


def one_after_the_other(*edits: Edit) -> Edit:
    """Return an edit that makes all of these that a text allows, two or more."""

    def edit(text: str, chances: Random) -> str | None:
        made = 0
        for each in edits:
            changed = each(text, chances)
            if changed is not None:
                text, made = changed, made + 1
        return text if made > 1 else None

    return edit


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence]

"""Rewording: documents made from an item as somebody would who hides where it comes from.

Every step is mechanical and drawn from a seeded generator, so the same item gives the same
document: words replaced by others of a short table, words replaced by words of other items where
the table knows none (as a paraphrase has words that its source has not), clauses dropped, swapped
and moved, words and sentences reordered, people renamed, an opening put before it. How much of each
is drawn anew for every document. Most numbers stay, as they do when people rewrite problems; some
are said in words that are no numbers, or left out.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

__all__ = ["WORD", "reworded"]

LEAST_REPLACED, MOST_REPLACED = 0.05, 0.55
"""The share of words that are replaced by others in one document, drawn between these."""
RENAMED = 0.3
SHUFFLED = 0.3
OPENED = 0.2
DROPPED = 0.15
SWAPPED = 0.4
TURNED = 0.4
"""The share of sentences whose words come in another order, a few at a time."""
FEWEST_TOGETHER, MOST_TOGETHER = 2, 4
DROPPED_SMALL_WORDS = 0.3
MOST_LOST_NUMBERS = 0.25
"""The largest share of numbers that one document loses; half of those lost come as another one."""

_SENTENCE = re.compile(r"(?<=[.?!])\s+|(?<=[。？！])")
WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*|\s+|.", re.DOTALL)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b|^[A-Z][a-z]{2,}(?='s| has| is| had| was)")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def _tables() -> tuple[dict[str, list[str]], list[str], list[str]]:
    """Return synonyms by word, openings, and names."""
    read = tomllib.loads(Path(__file__).with_name("rewording.toml").read_text(encoding="utf-8"))
    synonyms: dict[str, list[str]] = {}
    for group in read["groups"]:
        words = [word.replace("-", " ") for word in group.split()]
        for word in words:
            synonyms.setdefault(word, []).extend(other for other in words if other != word)
    return synonyms, read["openings"], read["names"]


def reworded(question: str, others: Sequence[str], seed: str) -> str:
    """Reword a question.

    Args:
        question: the text of the item.
        others: words of other items, which stand where the table knows no synonym.
        seed: names the document; the same gives the same.

    >>> reworded("Ann has 3 red apples. How many apples has she?", ["pears"], "a") == reworded(
    ...     "Ann has 3 red apples. How many apples has she?", ["pears"], "a"
    ... )
    True
    """
    chance = random.Random(seed)
    sentences = [part for part in _SENTENCE.split(question) if part.strip()]
    if chance.random() < SHUFFLED and len(sentences) > 2:
        head = sentences[:-1]
        chance.shuffle(head)
        sentences = [*head, sentences[-1]]
    sentences = [_turned(_clauses(sentence, chance), chance) for sentence in sentences]
    text = " ".join(sentences)
    if chance.random() < RENAMED:
        text = _renamed(text, chance)
    text = _replaced(text, others, chance.uniform(LEAST_REPLACED, MOST_REPLACED), chance)
    text = _with_fewer_numbers(text, chance.uniform(0.0, MOST_LOST_NUMBERS), chance)
    if chance.random() < OPENED:
        text = f"{chance.choice(_tables()[1])} {text}"
    return text


def _clauses(sentence: str, chance: random.Random) -> str:
    """Swap two clauses of a sentence, or drop one that has no number."""
    clauses = sentence.split(", ")
    if len(clauses) < 2:
        return sentence
    place = chance.randrange(len(clauses))
    if chance.random() < DROPPED and not re.search(r"\d", clauses[place]):
        del clauses[place]
    elif chance.random() < SWAPPED:
        other = chance.randrange(len(clauses))
        clauses[place], clauses[other] = clauses[other], clauses[place]
    return ", ".join(clauses)


def _turned(sentence: str, chance: random.Random) -> str:
    """Put the words of a sentence in another order, two to four of them staying together."""
    if chance.random() >= TURNED:
        return sentence
    words = sentence.split(" ")
    parts, place = [], 0
    while place < len(words):
        together = chance.randint(FEWEST_TOGETHER, MOST_TOGETHER)
        parts.append(words[place : place + together])
        place += together
    chance.shuffle(parts)
    return " ".join(word for part in parts for word in part)


def _renamed(text: str, chance: random.Random) -> str:
    """Give people other names, the same one everywhere."""
    names = _tables()[2]
    for old in sorted(set(_NAME.findall(text))):
        text = re.sub(rf"\b{old}\b", chance.choice(names), text)
    return text


def _replaced(text: str, others: Sequence[str], share: float, chance: random.Random) -> str:
    """Replace a share of the words: by a synonym, by another word, or by nothing."""
    synonyms = _tables()[0]
    written = []
    for piece in WORD.findall(text):
        known = synonyms.get(piece.lower())
        if not piece.isalpha() or (chance.random() >= (2 * share if known else share)):
            written.append(piece)
        elif known:
            written.append(chance.choice(known))
        elif _HAN.search(piece):
            written.append(_some_characters(piece, others, share, chance))
        elif len(piece) > 3 or chance.random() >= DROPPED_SMALL_WORDS:
            written.append(chance.choice(others))
    return "".join(written)


def _with_fewer_numbers(text: str, share: float, chance: random.Random) -> str:
    """Say a share of the numbers in words, or as another that comes to the same, as a rate does."""

    def changed(number: re.Match[str]) -> str:
        if chance.random() >= share:
            return number.group()
        return chance.choice((str(chance.randint(2, 99)), chance.choice(("some", "a number of"))))

    return re.sub(r"\d+(?:[.,]\d+)*", changed, text)


def _some_characters(text: str, others: Sequence[str], share: float, chance: random.Random) -> str:
    """Replace pairs of characters, in scripts that are written without spaces."""
    written, place = [], 0
    while place < len(text):
        if chance.random() < share:
            written.append(chance.choice(others)[:2])
        else:
            written.append(text[place : place + 2])
        place += 2
    return "".join(written)

"""What verdicts, kinds, changes and grades of difficulty are called before people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Difficulty
    from leakcheck.detection.finding import Change, Kind
    from leakcheck.verdict.records import Verdict

__all__ = [
    "CHANGE_WORDS",
    "IN_DISTRIBUTION",
    "KIND_MEANINGS",
    "KIND_WORDS",
    "VERDICT_COLOURS",
    "VERDICT_WORDS",
    "printable",
    "sentence",
]

VERDICT_WORDS: dict[Verdict, str] = {
    "leaked": "LEAKED",
    "in_distribution": "IN DISTRIBUTION",
    "clean": "CLEAN",
    "inconclusive": "INCONCLUSIVE",
}

VERDICT_COLOURS: dict[Verdict, str] = {
    "leaked": "bold red",
    "in_distribution": "bold yellow",
    "clean": "bold green",
    "inconclusive": "bold magenta",
}

KIND_WORDS: dict[Kind, str] = {
    "verbatim": "verbatim",
    "near": "lightly edited",
    "rewritten": "in other words",
    "variant": "with other numbers",
}
"""How an item of each kind was found."""

KIND_MEANINGS: dict[Kind, str] = {
    "verbatim": "the item, up to dressing: at least 0.95 of the tokens in order, all numbers the "
    "same",
    "near": "lightly edited: at least 0.6 of the tokens in order",
    "rewritten": "in other words, with the numbers of the item",
    "variant": "in the words of the item, with other numbers: another problem made from it",
}
"""How a passage of each kind holds the item."""

CHANGE_WORDS: dict[Change, str] = {
    "numbers": "other numbers",
    "names": "other names",
    "reordered": "the same words in another order",
    "reworded": "words missing, or others in their place",
    "translated": "code in another programming language",
    "answer": "another answer",
    "extended": "longer by more than a fifth",
    "shortened": "shorter by more than a fifth",
}
"""How a passage differs from the item's question."""

IN_DISTRIBUTION: dict[Difficulty, str] = {
    "easy": "Easy in distribution: such training data alone raises the score.",
    "medium": "Medium in distribution: such training data alone raises the score in part.",
    "hard": "Hard in distribution: such training data alone does not raise the score.",
    "unknown": "How much such training data alone raises the score is not known.",
}
"""What training on items of the other splits means for the score."""


def sentence(text: str) -> str:
    """Write a reason as a sentence of its own.

    >>> sentence("no test leakage")
    'No test leakage.'
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def printable(text: str) -> str:
    r"""Escape what a terminal would obey or could not show; file names may hold anything.

    >>> printable("a\x1b[31m.jsonl")
    'a\\x1b[31m.jsonl'
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )

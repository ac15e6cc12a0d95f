"""What verdicts, kinds and grades of difficulty are called before people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakcheck.benchmark.card import Difficulty
    from leakcheck.verdict.records import Verdict

__all__ = ["IN_DISTRIBUTION", "VERDICT_COLOURS", "VERDICT_WORDS", "printable", "sentence"]

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

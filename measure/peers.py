"""The peers that are measured beside leakcheck: what is installed of each, and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from peer_documents import Kind

__all__ = ["PEERS", "Column", "Found", "Peer", "Setting"]

Found = Mapping[int, Sequence[str]]
"""By document that was flagged, the items that are named."""


class Setting(NamedTuple):
    """A way to run a peer."""

    name: str
    argument: str
    """What the child is told."""
    told: str
    """What it comes to, and who recommends it."""


class Peer(NamedTuple):
    """A tool that looks for benchmarks in corpora."""

    name: str
    package: str
    requirements: tuple[str, ...]
    python: str
    child: str
    settings: tuple[Setting, ...]
    knows_splits: bool = False
    """Whether what it finds has a split: then it is given the train items, too."""
    names_items: bool = True
    every: int = 1
    """A slow peer is given every so many documents of each kind, not all."""


class Column(NamedTuple):
    """What one tool found under one setting."""

    tool: str
    setting: str
    told: str
    version: str
    python: str
    kinds: Sequence[Kind]
    """The documents it was given."""
    found: Sequence[Found]
    """Of each of these kinds."""
    names_items: bool
    knows_splits: bool


PEERS = (
    Peer(
        "decon",
        "decontaminate",
        ("decontaminate==0.3.0.post4",),
        "3.12",
        "child_peer_decon.py",
        (
            Setting("as it ships", "", "threshold 0.8, all options as they are"),
            Setting(
                "questions",
                "questions",
                "`index_answers=False`: an answer weighs nothing, so that a question alone can "
                "reach the threshold",
            ),
        ),
        knows_splits=True,
    ),
    Peer(
        "corpus-assay",
        "corpus-assay",
        ("corpus-assay==0.1.0",),
        "3.12",
        "child_corpus_assay.py",
        (
            Setting("as it ships", "", "3 hits of 13-grams, 0.1 % of the document"),
            Setting("spaced seeds", "spaced", "its experimental channel for edited copies, too"),
        ),
    ),
    Peer(
        "datatrove",
        "datatrove",
        ("datatrove[processing,io]==0.10.1", "spacy==3.8.18"),
        "3.11",
        "child_datatrove.py",
        (
            Setting(
                "as it ships",
                "",
                "any 12-gram with a word of the answer; all numbers are alike to it",
            ),
            Setting("queries", "queries", "`find_query_ngrams=True`: of the question, too"),
        ),
        names_items=False,
    ),
    Peer(
        "dolma",
        "dolma",
        ("dolma==1.2.1",),
        "3.11",
        "child_dolma.py",
        (
            Setting(
                "its runbook",
                "",
                "any whole paragraph of 13 words or more, the configuration of dolma v1.6; it has "
                "no default for decontamination",
            ),
            Setting(
                "13-grams",
                "ngrams",
                "any 13-gram of words of these paragraphs, by its option `by_ngram`",
            ),
        ),
        names_items=False,
    ),
    Peer(
        "overlapy",
        "overlapy",
        ("overlapy==0.0.1",),
        "3.11",
        "child_overlapy.py",
        (
            Setting(
                "as it ships",
                "",
                "any N-gram, N the 5th percentile of lengths between 8 and 13; tokens are up to "
                "the user: words in lower case without punctuation, as in its README",
            ),
        ),
    ),
    Peer(
        "lm-eval",
        "lm-eval",
        # Its janitor needs nothing but Python; the harness around it brings torch and more.
        ("--no-deps", "lm-eval==0.4.13"),
        "3.11",
        "child_lm_eval.py",
        (
            Setting(
                "its janitor",
                "",
                "any 13-gram of words in lower case without punctuation; pieces of 20 characters "
                "are kept, and 10 on each side of an n-gram are cut (the defaults, 200 and 200, "
                "drop every short document); in Python, because its C++ form drops all documents",
            ),
        ),
        names_items=False,
    ),
    Peer(
        "verascan",
        "verascan",
        ("verascan==0.4.1",),
        "3.11",
        "child_verascan.py",
        (
            Setting("as it ships", "exact,fuzzy", "methods exact and fuzzy, threshold 0.85"),
            Setting(
                "with n-grams",
                "exact,ngram,fuzzy",
                "13-grams, too, as its README has it for long shared phrases; its method semantic "
                "needs a model from a hub and was not run",
            ),
        ),
        every=4,
    ),
)

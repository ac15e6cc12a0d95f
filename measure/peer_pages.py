"""The page of peers side by side: one table, how each was run, and where a peer is better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pages import made_by, share, table
from peer_documents import IN_PAGE, NUMBERS, Kind
from peers import Column

__all__ = ["COMMAND", "peers_page"]

COMMAND = "python measure/accuracy.py DATA --peers VENVS --output docs/peers.md"

_BEFORE = {
    "test": "",
    "train": "called test: ",
    "new": "called test: ",
    "nothing": "clean: ",
}

INTRODUCTION = """\
# Peers side by side

What leakcheck and tools like it find in the same documents. The benchmark is gsm8k, because every
tool here can take it. No text of a benchmark or of a corpus is on this page, only names and counts.

How to read the table:

- A cell has the documents that were flagged. Those made from a test item are in percent of the
  documents, more is better; train items called test and clean text are counts, fewer is better.
- *Numbers changed* is neither: a problem with other numbers is no copy to leakcheck, which calls it
  a variant and does not count it; to the others it is flagged or it is not.
- For *own item named* the documents are those that were flagged, of a tool that names items.
- A tool that tells splits apart (leakcheck, decon) was given both splits, and a document counts as
  called test if a test item is among what it named. The others say nothing of splits and were given
  the test split, so that whatever they flag is called test.
- Clean text counts whatever is named, of whichever split.
- Every kind of documents has each item once. verascan, which looks at how frequent n-grams are in
  the corpus and looks no further for an item it has found, was given each kind as a corpus of its
  own. It is slow: it was given every fourth document of each kind.
- These are documents that leakcheck was developed on; the others were not. Rewordings by another
  model, or of another benchmark, may fare otherwise.
"""

DOCUMENTS = """\
Items are the publisher's text, questions and worked answers. Pages are of background_text, cut to
2,000 characters, chosen with a fixed seed. Numbers were changed by program: each digit string to
another one of the same length, the same wherever it stands. The rewordings are those of benbench,
the reordered questions those of R-GSM. One problem of gsm1k is not new: it is `train/799` of gsm8k
with another last sentence, so that it counts only if it is called test.
"""

BETTER = """\
## Where a peer is better

Every row in which a peer does better than leakcheck as it ships, with the setting that does; where
numbers were changed, better than leakcheck with its variants. What is not measured here may be a
reason to take another tool, too: corpora that are spread over a cluster (datatrove, dolma, decon),
or a filter that knows no benchmark but only texts (dolma).
"""

HOW = """\
## How each was run

Each tool is in an environment of its own, from PyPI; the children named `measure/child_*.py` are
the programs that call it. *Items named* says whether a flagged document comes with the items.
"""


def peers_page(kinds: Sequence[Kind], columns: Sequence[Column], missing: Mapping[str, str]) -> str:
    """Put the page together.

    Args:
        kinds: the documents.
        columns: what every tool found under every setting, leakcheck's first.
        missing: the tools that could not be run, with the reason.
    """
    head = ["documents", "number", *(f"{each.tool}, {each.setting}" for each in columns)]
    rows = [*_rows(kinds, columns), _own(kinds, columns)]
    parts = [
        INTRODUCTION,
        made_by(COMMAND, ["gsm8k"]),
        table(head, rows, "lr" + "r" * len(columns)),
        DOCUMENTS,
        BETTER,
        "\n".join(_better(kinds, columns)) or "No row.",
        HOW,
        _settings(columns),
        *([_not_run(missing)] if missing else []),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


class _Row(NamedTuple):
    """What a tool flagged of one kind of documents."""

    flagged: int
    documents: int

    @property
    def share(self) -> float:
        return self.flagged / self.documents


def _flagged(kind: int, column: Column) -> _Row:
    """Count the documents of a kind that a tool flags as what is asked for."""
    found, given = column.found[kind], column.kinds[kind]
    count = len(found)
    if column.knows_splits and given.holds != "nothing":
        count = sum(any(item.startswith("test/") for item in items) for items in found.values())
    return _Row(count, len(given.texts))


def _rows(kinds: Sequence[Kind], columns: Sequence[Column]) -> Iterator[list[object]]:
    for number, kind in enumerate(kinds):
        cells = [_cell(kind, _flagged(number, column)) for column in columns]
        yield [_BEFORE[kind.holds] + kind.name, f"{len(kind.texts):,}", *cells]
        if kind.holds == "train":
            cells = [_as_train(number, column) for column in columns]
            yield [f"called train: {kind.name}", f"{len(kind.texts):,}", *cells]


def _as_train(number: int, column: Column) -> str:
    if not column.knows_splits:
        return "no splits"
    found = column.found[number].values()
    right = sum(any(item.startswith("train/") for item in items) for items in found)
    return f"{100 * right / len(column.kinds[number].texts):.1f} %"


def _cell(kind: Kind, row: _Row) -> str:
    if kind.holds == "test":
        return f"{100 * row.share:.1f} %"
    whole = len(kind.texts)
    return f"{row.flagged:,}" if row.documents == whole else f"{row.flagged:,} of {row.documents:,}"


def _own(kinds: Sequence[Kind], columns: Sequence[Column]) -> list[object]:
    """Tell how many of the flagged documents name the item they were made from."""
    number = [kind.name for kind in kinds].index(IN_PAGE)
    return [f"own item named: {IN_PAGE}", "", *(_own_named(number, each) for each in columns)]


def _own_named(number: int, column: Column) -> str:
    if not column.names_items:
        return "no items"
    found, items = column.found[number], column.kinds[number].items
    own = sum(items[document] in named for document, named in found.items())
    return f"{100 * own / len(found):.1f} %" if found else "none flagged"


def _better(kinds: Sequence[Kind], columns: Sequence[Column]) -> Iterator[str]:
    for number, kind in enumerate(kinds):
        # A variant is what leakcheck should say of other numbers, so it counts in that row.
        ours = _flagged(number, columns[1 if kind.name == NUMBERS else 0])
        more = 1 if kind.holds == "test" else -1
        peers = [(each, _flagged(number, each)) for each in columns if each.tool != columns[0].tool]
        above = [(each, row) for each, row in peers if more * (row.share - ours.share) > 0]
        if above:
            of = "; ".join(f"{each.tool}, {each.setting}, {share(*row)}" for each, row in above)
            yield f"- {_BEFORE[kind.holds]}{kind.name}: {of}; leakcheck {share(*ours)}."


def _settings(columns: Sequence[Column]) -> str:
    return table(
        [
            "tool",
            "version",
            "Python",
            "setting",
            "what that is",
            "documents",
            "items given",
            "items named",
        ],
        [
            [
                each.tool,
                each.version,
                each.python,
                each.setting,
                each.told,
                f"{sum(len(kind.texts) for kind in each.kinds):,}",
                "test and train" if each.knows_splits else "test",
                "yes" if each.names_items else "no",
            ]
            for each in columns
        ],
    )


def _not_run(missing: Mapping[str, str]) -> str:
    lines = [f"- {name}: {reason}." for name, reason in missing.items()]
    return "\n".join(["Not run:", "", *lines])

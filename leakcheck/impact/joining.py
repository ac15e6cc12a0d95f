"""Joining: from the documents of a task to the items of a benchmark.

A document's hash decides where the publisher's rows are known. Else its id does, as the place of
the item in the split, so far as the texts of the documents agree that ids are places. Else, or
where they do not agree (a task may leave out rows, or shuffle them), its text decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from leakcheck.errors import ResultsError
from leakcheck.impact.results import Document
from leakcheck.impact.tasks import Place, place_of_item, subset_of_task

__all__ = ["By", "Joined", "join"]

By = Literal["hash", "id", "text"]

_AGREE = 0.9
"""Ids are places where the texts say so of this share of the documents they know."""
_TO_TELL = 20
"""Of so many documents with a text one at least is known, or they are of another benchmark."""


class Joined(NamedTuple):
    """The items of a task's documents."""

    items: list[str | None]
    """One for each document; None where it is no item of the benchmark."""
    by: dict[By, int]
    """How many were joined by what."""
    recognised: int
    """Documents whose text is known as an item, ..."""
    with_text: int
    """... of those that have one that was looked at."""
    contradicted: int
    """Documents at the place of an item that their text is not, though other ids are places."""


class _Numbering(NamedTuple):
    split: str
    subset: str
    first: int


def join(
    documents: Sequence[Document],
    found: Sequence[Sequence[str]] | None,
    items: Sequence[str],
    *,
    where: str,
    task: str = "",
    first_id: int | None = None,
    hashes: Mapping[str, Sequence[str]] = {},
) -> Joined:
    """Join documents to the test items of one benchmark.

    Args:
        documents: of one task.
        found: for each document the items that its text is; None where no text was looked at.
        items: of the benchmark.
        where: the file, for errors.
        task: whose name may tell the subset.
        first_id: the number of a split's first document, where the format fixes it.
        hashes: the items of each known hash.

    Raises:
        ResultsError: by their texts the documents are none of the benchmark's.

    >>> documents = [Document("0"), Document("test/2")]
    >>> join(documents, None, ["test/0", "test/1", "test/2"], where="a.csv").items
    ['test/0', 'test/2']
    """
    with_text = 0 if found is None else sum(bool(each.passages) for each in documents)
    found = found or [[] for _ in documents]
    recognised = sum(bool(each) for each in found)
    names = set(items)
    hashed = [[item for item in hashes.get(each.hash, ()) if item in names] for each in documents]
    if with_text >= _TO_TELL and not recognised and not any(hashed):
        raise ResultsError(
            f"{where}: none of the {with_text:,} documents is a test item of the benchmark by its "
            "text; is it another benchmark, another language or a changed copy? --task "
            "BENCHMARK=TASK says which benchmark a task is"
        )
    at = _items_at_ids(documents, found, items, task, first_id)
    return _joined(documents, found, hashed, at, with_text, recognised)


def _joined(
    documents: Sequence[Document],
    found: Sequence[Sequence[str]],
    hashed: Sequence[Sequence[str]],
    at: Sequence[str | None],
    with_text: int,
    recognised: int,
) -> Joined:
    taken: set[str] = set()
    joined: list[str | None] = []
    by: Counter[By] = Counter()
    contradicted = 0
    for own_hashed, own_found, own_at in zip(hashed, found, at, strict=True):
        how: By = "id"
        item = own_at
        if own_hashed:
            item, how = _chosen(own_hashed, own_at, taken), "hash"
        elif own_found and own_at not in own_found:
            contradicted += own_at is not None
            item, how = _chosen(own_found, own_at, taken), "text"
        if item is not None:
            taken.add(item)
            by[how] += 1
        joined.append(item)
    return Joined(joined, dict(by), recognised, with_text, contradicted)


def _chosen(candidates: Sequence[str], at: str | None, taken: set[str]) -> str:
    """Choose among items that are alike: the one at the id's place, else one not taken yet."""
    if at in candidates:
        return next(item for item in candidates if item == at)
    return next((item for item in candidates if item not in taken), candidates[0])


def _items_at_ids(
    documents: Sequence[Document],
    found: Sequence[Sequence[str]],
    items: Sequence[str],
    task: str,
    first_id: int | None,
) -> list[str | None]:
    """Return the items that the ids name; None for numbers where these are not places."""
    names = set(items)
    numbers = [int(each.id) if each.id.isdecimal() else None for each in documents]
    places = {place_of_item(item): item for item in items}
    best, most = None, -1.0
    for numbering in _numberings(places, numbers, task, first_id):
        at = [_at(number, numbering, places) for number in numbers]
        share = _agreement(at, found)
        if share > most:
            best, most = at, share
    numbered = best if best is not None and most >= _AGREE else [None] * len(documents)
    return [
        each.id if each.id in names else item
        for each, item in zip(documents, numbered, strict=True)
    ]


def _numberings(
    places: Mapping[Place, str], numbers: Sequence[int | None], task: str, first_id: int | None
) -> Iterator[_Numbering]:
    """Yield the ways in which ids may count, the likeliest first."""
    known = [number for number in numbers if number is not None]
    if not known:
        return
    splits: defaultdict[str, set[str]] = defaultdict(set)
    for place in places:
        splits[place.split].add(place.subset)
    firsts = [first_id] if first_id is not None else ([1, 0] if min(known) >= 1 else [0])
    for split, subsets in splits.items():
        subset = subset_of_task(task, subsets)
        if subset in subsets:
            for first in firsts:
                yield _Numbering(split, subset, first)


def _at(number: int | None, numbering: _Numbering, places: Mapping[Place, str]) -> str | None:
    if number is None:
        return None
    split, subset, first = numbering
    return places.get(Place(split, subset, number - first))


def _agreement(at: Sequence[str | None], found: Sequence[Sequence[str]]) -> float:
    """Return the share of the documents known by text whose id names the same item; 1 for none."""
    known = [(item, own) for item, own in zip(at, found, strict=True) if own]
    if not known:
        return 1.0
    return sum(item in own for item, own in known) / len(known)

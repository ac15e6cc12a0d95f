"""The engine in plain Python, slow and plain to see through: the oracle of the kernels."""

from __future__ import annotations

from collections.abc import Sequence


def naive_runs(
    documents: Sequence[Sequence[int]], items: Sequence[Sequence[int]], n: int
) -> set[tuple[int, int, int, int, int]]:
    """Return document, item, start in the item, place in the document and length of every run."""
    found = set()
    for d, document in enumerate(documents):
        for i, item in enumerate(items):
            for place in range(len(document)):
                for start in range(len(item)):
                    if place and start and document[place - 1] == item[start - 1]:
                        continue  # begun before
                    length = common(document[place:], item[start:])
                    if length >= n:
                        found.add((d, i, start, place, length))
    return found


def common(left: Sequence[int], right: Sequence[int]) -> int:
    length = 0
    while length < min(len(left), len(right)) and left[length] == right[length]:
        length += 1
    return length


def naive_seen(documents: Sequence[Sequence[int]], item: Sequence[int], n: int) -> list[bool]:
    """Tell which n-grams of an item stand in any document."""
    grams = {
        tuple(document[at : at + n])
        for document in documents
        for at in range(len(document) - n + 1)
    }
    return [tuple(item[at : at + n]) in grams for at in range(len(item) - n + 1)]


def naive_skipping(
    documents: Sequence[Sequence[int]],
    item: Sequence[int],
    exact: int,
    longer_than: int,
    budget: int,
) -> list[bool]:
    """Mark the tokens of an item that are alike in any span that may skip."""
    marks = [False] * len(item)
    for document in documents:
        for place in range(len(document)):
            for start in range(len(item)):
                most = min(len(document) - place, len(item) - start)
                alike = [document[place + at] == item[start + at] for at in range(most)]
                for length in range(longer_than + 1, most + 1):
                    span = alike[:length]
                    if all(span[:exact]) and span[-1] and span.count(False) <= budget:
                        for at, same in enumerate(span):
                            marks[start + at] |= same
    return marks

"""Findings through an index beside those of a direct scan of the same corpus."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from index_corpus import Planted
from index_plants import Made, Place
from pages import share, table

from leakcheck.detection.finding import Kind

__all__ = ["Agreement", "Found", "compare", "plants_found", "read_findings"]


class Found(NamedTuple):
    """A finding, as far as two of them are compared."""

    bench: str
    item: str
    kind: Kind
    path: str
    """Below the folder of the corpus."""
    row: int
    source: str
    start: int
    end: int
    also: tuple[str, ...]
    basis: str
    """What decided: `text` or `fingerprints`."""

    @property
    def document(self) -> tuple[str, str, int]:
        """The benchmark, and the record it was found in."""
        return self.bench, self.path, self.row

    @property
    def names(self) -> frozenset[str]:
        """The items of the text that was found."""
        return frozenset((self.item, *self.also))


class Agreement(NamedTuple):
    """What an index found of that which a direct scan finds."""

    direct: Counter[Kind]
    """Findings of the direct scan."""
    again: Counter[Kind]
    """Those of them whose item was found in the same record, as whatever kind."""
    same_kind: Counter[Kind]
    """Those of them that were called the same kind."""
    missing: list[Found]
    extra: list[Found]
    """Findings through the index of an item that the direct scan does not find in that record."""
    basis: Counter[str]
    """Findings through the index by what decided."""
    different: int
    """Findings that one of the two has and the other not, to the character and with its kind."""

    @property
    def identical(self) -> bool:
        """Whether both have the same findings at the same places."""
        return not self.different


def read_findings(path: Path, corpus: Path) -> list[Found]:
    """Read what `--output-format jsonl` wrote."""
    found = []
    for line in path.read_bytes().split(b"\n"):
        if line:
            row = json.loads(line)
            row["path"] = Path(row["path"]).relative_to(corpus).as_posix()
            row["also"] = tuple(row["also"])
            row.setdefault("basis", "text")
            found.append(Found(*(row[name] for name in Found._fields)))
    return found


def compare(direct: Sequence[Found], indexed: Sequence[Found]) -> Agreement:
    """Hold the findings through an index against those of the direct scan."""
    kinds_of = _kinds_by_item(indexed)
    again = [each for each in direct if _kinds(each, kinds_of)]
    known = _kinds_by_item(direct)
    exact_direct, exact_indexed = (Counter(map(_exact, each)) for each in (direct, indexed))
    return Agreement(
        Counter(each.kind for each in direct),
        Counter(each.kind for each in again),
        Counter(each.kind for each in again if each.kind in _kinds(each, kinds_of)),
        [each for each in direct if not _kinds(each, kinds_of)],
        [each for each in indexed if not _kinds(each, known)],
        Counter(each.basis for each in indexed),
        ((exact_direct - exact_indexed) + (exact_indexed - exact_direct)).total(),
    )


_Kinds = dict[tuple[str, str, int, str], set[Kind]]


def _kinds_by_item(findings: Iterable[Found]) -> _Kinds:
    """Return the kinds of the findings by record and item, those of the same text included."""
    kinds: _Kinds = defaultdict(set)
    for each in findings:
        for name in each.names:
            kinds[*each.document, name].add(each.kind)
    return dict(kinds)


def _kinds(found: Found, kinds_of: _Kinds) -> set[Kind]:
    return {kind for name in found.names for kind in kinds_of.get((*found.document, name), ())}


def _exact(found: Found) -> Found:
    return found._replace(basis="")


def plants_found(planted: Iterable[Planted], found: Sequence[Found]) -> str:
    """Lay out, by benchmark and way of planting, how many plants a scan finds."""
    by_document: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for each in found:
        by_document[each.document] |= each.names
    seen: dict[tuple[str, Made, Place], list[bool]] = defaultdict(list)
    for plant in planted:
        items = by_document.get((plant.bench, plant.path, plant.row), set())
        known = plant.item in items or (plant.item is None and bool(items))
        seen[plant.bench, plant.made, plant.place].append(known)
    return table(
        ["benchmark", "planted", "place", "found by the direct scan"],
        [[*way, share(sum(seen[way]), len(seen[way]))] for way in sorted(seen)],
        "lllr",
    )

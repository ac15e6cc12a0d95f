"""The data that the page's script shows: columns, and every text once.

All that repeats is a number that points into `strings` or `lists`; what belongs together, as the
places of a passage, is a range between two neighbours of an `ends` column.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args

from leakcheck.detection.finding import KINDS, Change
from leakcheck.report.formats.html.found import GROUPS, Evidence, Found, FoundItem
from leakcheck.report.formats.html.sides import Sides, sides_of
from leakcheck.report.words import CHANGE_WORDS, KIND_MEANINGS

if TYPE_CHECKING:
    from leakcheck.report.sheet import ItemTexts

__all__ = ["content_of", "script_json"]

Value = TypeVar("Value", bound=Hashable)

_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")
"""What would end a script, a line of it, or cannot be written as UTF-8."""


class _Table(Generic[Value]):
    """Values by number, each of them once."""

    def __init__(self, first: Iterable[Value] = ()) -> None:
        self._numbers = {value: number for number, value in enumerate(first)}

    def number(self, value: Value) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def values(self) -> list[Value]:
        return list(self._numbers)


def script_json(content: object) -> str:
    r"""Write JSON that is safe between the tags of a script.

    >>> script_json({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def content_of(
    found: Found, benchmarks: list[str], files: list[str], item_texts: ItemTexts
) -> dict[str, Any]:
    """Lay out what was found for the page's script.

    Args:
        found: as `found_in` has it.
        benchmarks: the names of the benchmarks, in the order of the report.
        files: the paths of the page's table of files, in its order.
        item_texts: the fields of the items whose texts are known.
    """
    strings: _Table[str] = _Table([""])
    lists: _Table[tuple[str, ...]] = _Table([()])
    names = _Table(benchmarks)
    content = {
        "kinds": list(KINDS),
        "kindWords": [KIND_MEANINGS[kind] for kind in KINDS],
        "changeWords": {change: CHANGE_WORDS[change] for change in get_args(Change)},
        "groups": list(GROUPS),
        "files": [strings.number(path) for path in files],
        "items": _items(found.items, strings, names, item_texts),
        "evidence": _evidence(found.evidence, strings, lists),
        "places": _places(found, strings),
        "sides": _sides(found, item_texts),
    }
    return {
        **content,
        "benchmarks": names.values(),
        "lists": [list(each) for each in lists.values()],
        "strings": strings.values(),
    }


def _items(
    items: tuple[FoundItem, ...],
    strings: _Table[str],
    names: _Table[str],
    item_texts: ItemTexts,
) -> dict[str, Any]:
    texts = [item_texts.get((each.bench, each.name), {}) for each in items]
    return {
        "bench": [names.number(each.bench) for each in items],
        "split": [strings.number(each.split) for each in items],
        "name": [strings.number(each.name) for each in items],
        "group": [GROUPS.index(each.group) for each in items],
        "evidence": [list(each.evidence) for each in items],
        "texts": [
            [number for pair in fields.items() for number in map(strings.number, pair)]
            for fields in texts
        ],
    }


def _evidence(
    evidence: tuple[Evidence, ...], strings: _Table[str], lists: _Table[tuple[str, ...]]
) -> dict[str, Any]:
    return {
        "kind": [KINDS.index(each.kind) for each in evidence],
        "score": [each.score for each in evidence],
        "bits": [each.bits for each in evidence],
        "eValue": [_short(each.e_value) for each in evidence],
        "pValue": [_short(each.p_value) for each in evidence],
        "item": [strings.number(each.item) for each in evidence],
        "fields": [lists.number(each.fields) for each in evidence],
        "also": [lists.number(each.also) for each in evidence],
        "changes": [lists.number(each.changes) for each in evidence],
        "shared": [int(each.shared) for each in evidence],
        "basis": [strings.number(each.basis) for each in evidence],
        "accepted": [strings.number(each.accepted) for each in evidence],
        "fingerprint": [each.fingerprint for each in evidence],
        "excerpt": [strings.number(each.excerpt) for each in evidence],
        "matched": [list(each.matched) for each in evidence],
    }


def _places(found: Found, strings: _Table[str]) -> dict[str, Any]:
    places = [place for places in found.places for place in places]
    ends, end = [], 0
    for each in found.places:
        end += len(each)
        ends.append(end)
    return {
        "ends": ends,
        "path": [strings.number(place.path) for place in places],
        "row": [place.row for place in places],
        "source": [strings.number(place.source) for place in places],
        "start": [place.start for place in places],
        "end": [place.end for place in places],
    }


def _sides(found: Found, item_texts: ItemTexts) -> dict[str, Sides]:
    """Compare questions and passages where both are known, by `item number:evidence number`."""
    return {
        f"{number}:{one}": sides_of(question, found.evidence[one].excerpt)
        for number, item in enumerate(found.items)
        if (question := item_texts.get((item.bench, item.name), {}).get("question", ""))
        for one in item.evidence
        if found.evidence[one].excerpt
    }


def _short(value: float) -> float:
    """Round to three digits; more would say more than is known.

    >>> _short(1.23456e-09)
    1.23e-09
    """
    return float(f"{value:.3g}")

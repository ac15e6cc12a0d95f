"""Ground truth: documents made from an item by rewording or by other changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pages import Demand, percent, share, table
from rows_found import by_row, even_spaces, items_by_question, items_of, names, read_rows, scanner

from leakcheck import Finding
from leakcheck.detection.finding import KINDS

__all__ = ["changed_code", "changed_problems", "rewritten_questions"]


_DIGITS = re.compile(r"\d+")


class _Rewrites(NamedTuple):
    path: str
    field: str
    """The field of a row that is scanned; its `question` says which item it was made from."""
    role: str
    least_found: float
    most_called: float | None
    """The largest share that may be given to the other split."""


_REWRITES = (
    _Rewrites(
        "groundtruth/benbench/GSM8K_rewritten-test-3.jsonl.gz",
        "rewritten_question",
        "test",
        0.97,
        0.001,
    ),
    _Rewrites(
        "groundtruth/benbench/GSM8K_rewritten-train-3.jsonl.gz",
        "rewritten_question",
        "train",
        0.97,
        0.001,
    ),
    _Rewrites("groundtruth/r_gsm/r-gsm.jsonl", "new_question", "test", 0.97, None),
)


def rewritten_questions(data: Path) -> list[Demand]:
    """Look for gsm8k in its questions reworded or reordered, and for mbpp in its prompts."""
    return [*(_measure(rewrites, data) for rewrites in _REWRITES), _changed_prompts(data)]


LEAST_OF_CHANGES, LEAST_OF_CHANGE, LEAST_IN_SPLIT = 0.97, 0.93, 0.995


def _changed_prompts(data: Path) -> Demand:
    """Hold what is reported of the changed prompts against what is demanded of the nearest item."""
    changes = [_of_change(path) for path in _changed_paths(data)]
    shares = [change.own / change.rows for change in changes]
    mean, worst = sum(shares) / len(shares), min(changes, key=lambda each: each.own / each.rows)
    found, right = sum(each.found for each in changes), sum(each.in_split for each in changes)
    return Demand(
        f"groundtruth/recode_mbpp, prompt, {len(changes)} changes, mbpp",
        f"own item at least {percent(LEAST_OF_CHANGES)} in the mean and {percent(LEAST_OF_CHANGE)} "
        f"of each change; of those found in its split at least {percent(LEAST_IN_SPLIT)}",
        f"at the default threshold {percent(mean)} in the mean; least: {worst.change} "
        f"{share(worst.own, worst.rows)}; in its split {share(right, found)}",
        mean >= LEAST_OF_CHANGES
        and worst.own >= LEAST_OF_CHANGE * worst.rows
        and right >= LEAST_IN_SPLIT * found,
    )


def _measure(rewrites: _Rewrites, data: Path) -> Demand:
    rows = read_rows(data / rewrites.path)
    of_question = items_by_question("gsm8k", data)
    items = [of_question.get(even_spaces(row["question"])) for row in rows]
    found = _scan(data / rewrites.path, rewrites.field, "gsm8k")
    in_split = sum(_is_found(found.get(n, ()), rewrites.role) for n in range(len(rows)))
    own = sum(_is_found(found.get(n, ()), rewrites.role, item) for n, item in enumerate(items))
    elsewhere = sum(
        any(finding.role != rewrites.role for finding in found.get(n, ())) for n in range(len(rows))
    )
    unknown = items.count(None)
    # Where the question is not among the items, only the split can be right.
    known = f" ({unknown} of them known by their split only)" if unknown else ""
    most = rewrites.most_called
    allowed = "" if most is None else f", other split at most {percent(most)}"
    return Demand(
        f"{rewrites.path}, {rewrites.field}",
        f"own {rewrites.role} item found at least {percent(rewrites.least_found)}{allowed}",
        f"own item {share(own, len(rows))}{known}, any {rewrites.role} item "
        f"{share(in_split, len(rows))}, other split {share(elsewhere, len(rows))}",
        own >= rewrites.least_found * len(rows) and (most is None or elsewhere <= most * len(rows)),
    )


def _scan(path: Path, field: str, benchmark: str) -> Mapping[int, list[Finding]]:
    return by_row(scanner(benchmark).scan([path], text_field=field).iter_findings())


def _is_found(findings: Sequence[Finding], role: str, item: str | None = None) -> bool:
    """Tell whether the item, or any of that role, is among the findings that count as matched."""
    return any(
        finding.kind != "variant"
        and finding.role == role
        and (item is None or item in names(finding))
        for finding in findings
    )


def _kinds(findings: Sequence[Finding]) -> list[int]:
    counts = Counter(finding.kind for finding in findings)
    return [counts[kind] for kind in KINDS]


def changed_problems(data: Path) -> str:
    """Lay out what was found of the changed MATH problems; the split of each original is known."""
    path = data / "groundtruth/math_perturb/math_perturb_simple.jsonl"
    rows, found = read_rows(path), _scan(path, "problem", "math")
    items = {item.item: item.fields["question"] for item in items_of("math", data)}
    best = {row: findings[0] for row, findings in found.items()}
    right = sum(finding.split == rows[row]["original_split"] for row, finding in best.items())
    other_numbers = [
        finding
        for row, finding in best.items()
        if _numbers(rows[row]["problem"]) != _numbers(items[finding.item])
    ]
    return table(
        ["rows of math_perturb_simple", "number", *KINDS],
        [
            ["all", len(rows), *[""] * len(KINDS)],
            ["found", share(len(best), len(rows)), *_kinds(list(best.values()))],
            ["of these, with numbers the item has not", len(other_numbers), *_kinds(other_numbers)],
            ["of those found, in the split of the original", share(right, len(best))]
            + [""] * len(KINDS),
        ],
        "lr" + "r" * len(KINDS),
    )


def _numbers(text: str) -> Counter[str]:
    return Counter(_DIGITS.findall(text))


def changed_code(data: Path) -> str:
    """Lay out what was found of mbpp's prompts, by the way they were changed."""
    return table(
        ["change", "rows", "own item", "another item only", *KINDS],
        [
            [each.change, each.rows, share(each.own, each.rows), each.found - each.own, *each.kinds]
            for each in map(_of_change, _changed_paths(data))
        ],
        "lrrr" + "r" * len(KINDS),
    )


class _Changed(NamedTuple):
    """What was found of prompts changed in one way."""

    change: str
    rows: int
    found: int
    own: int
    in_split: int
    """Of those found, in the split of their own item."""
    kinds: list[int]


def _changed_paths(data: Path) -> list[Path]:
    return sorted((data / "groundtruth/recode_mbpp").glob("*/*.jsonl.gz"))


@cache
def _of_change(path: Path) -> _Changed:
    rows, found = read_rows(path), _scan(path, "prompt", "mbpp")
    own = [
        next((finding for finding in found.get(n, ()) if mbpp_item(row) in names(finding)), None)
        for n, row in enumerate(rows)
    ]
    owned = [finding for finding in own if finding is not None]
    splits = [mbpp_item(rows[row]).partition("/")[0] for row in found]
    return _Changed(
        f"{path.parent.name}/{path.name.removeprefix('mbpp_').partition('_s0')[0]}",
        len(rows),
        len(found),
        len(owned),
        sum(
            findings[0].split == split
            for findings, split in zip(found.values(), splits, strict=True)
        ),
        _kinds(owned),
    )


_MBPP_SPLITS = (("prompt", 1), ("test", 11), ("validation", 511), ("train", 601))


def mbpp_item(row: Mapping[str, str]) -> str:
    """Name the mbpp item of a task; its splits are ranges of task numbers.

    >>> mbpp_item({"task_id": "MBPP/16"})
    'test/5'
    """
    task = int(row["task_id"].partition("/")[2])
    split, first = max((each for each in _MBPP_SPLITS if each[1] <= task), key=lambda each: each[1])
    return f"{split}/{task - first}"

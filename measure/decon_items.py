"""Benchmarks as decon reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from child_files import write_rows
from rows_found import items_of

from leakcheck.benchmark.items import Item

__all__ = ["write_decon_items"]


def write_decon_items(folder: Path, benchmarks: Sequence[str], data: Path) -> Path:
    """Write benchmarks, one row an item; return the folder."""
    for benchmark in benchmarks:
        rows = _rows(benchmark, items_of(benchmark, data))
        write_rows(folder / f"{benchmark}.jsonl", rows)
    return folder


def _rows(benchmark: str, items: Sequence[Item]) -> Iterator[dict[str, object]]:
    for number, item in enumerate(items):
        question, answer = item.fields["question"], _answer(item)
        yield {
            "eval_key": benchmark,
            "eval_instance_index": number,
            "split": item.split,
            "doc_id": number,
            "question": question,
            "answer": answer,
            "fingerprint": hashlib.sha256((question + answer).encode()).hexdigest()[:16],
        }


def _answer(item: Item) -> str:
    """Return what decon takes for the answer: the right choice, the solution, or the program."""
    answer = item.fields.get("answer") or item.fields.get("code", "")
    choices = item.fields.get("choices", "").split("\n")
    if len(choices) == 4 and answer in tuple("ABCD"):
        return choices["ABCD".index(answer)]
    return answer

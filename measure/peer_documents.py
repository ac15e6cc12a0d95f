"""The documents that leakcheck and its peers are given: made from gsm8k, or free of it."""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from rows_found import even_spaces, read_rows

__all__ = ["IN_PAGE", "NUMBERS", "Kind", "benchmark_rows", "kinds_of_documents"]

NUMBERS = "question and answer, every number changed"
IN_PAGE = "question and answer, in the middle of a page"

SEED = 6
EACH = 5
"""Every fifth document of alpaca is taken: some peers are slow."""
PAGE = 2000
"""Characters of a page that are taken."""

_NUMBER = re.compile(r"\d+")

Row = Mapping[str, str]


class Kind(NamedTuple):
    """Documents made in one way."""

    name: str
    holds: Literal["test", "train", "new", "nothing"]
    """The split of the items they were made from, new problems of the same kind, or none."""
    texts: Sequence[str]
    items: Sequence[str | None] = ()
    """The item each was made from; None where only its split is known."""


def benchmark_rows(data: Path, split: str) -> list[dict[str, str]]:
    """Read a split of gsm8k as its publisher wrote it, with names for the items."""
    rows = read_rows(data / "benchmarks" / "gsm8k" / f"{split}.jsonl")
    return [
        {
            "item": f"{split}/{n}",
            "split": split,
            **{key: row[key] for key in ("question", "answer")},
        }
        for n, row in enumerate(rows)
    ]


def kinds_of_documents(data: Path) -> list[Kind]:
    """Make all documents; the same every time."""
    return [*_of_test(data), *_of_train(data), *_clean(data)]


def _of_test(data: Path) -> list[Kind]:
    rows, chances = benchmark_rows(data, "test"), random.Random(SEED)
    names = [row["item"] for row in rows]
    both, alone = [_both(row) for row in rows], [row["question"] for row in rows]
    pages = [row["text"] for row in read_rows(data / "corpora/background_text/c4_demo.jsonl")]
    rewritten = read_rows(data / "groundtruth/benbench/GSM8K_rewritten-test-3.jsonl.gz")
    reordered = read_rows(data / "groundtruth/r_gsm/r-gsm.jsonl")
    return [
        Kind("question and answer", "test", both, names),
        Kind(IN_PAGE, "test", [_in_page(text, chances.choice(pages)) for text in both], names),
        Kind("question alone", "test", alone, names),
        Kind(
            "question alone, in the middle of a page",
            "test",
            [_in_page(text, chances.choice(pages)) for text in alone],
            names,
        ),
        Kind(NUMBERS, "test", [_other_numbers(text, chances) for text in both], names),
        Kind(
            "question and answer, reworded by a model",
            "test",
            [f"{row['rewritten_question']}\n{row['rewritten_answer']}" for row in rewritten],
            _made_from(rewritten, rows),
        ),
        Kind(
            "question alone, reworded by a model",
            "test",
            [row["rewritten_question"] for row in rewritten],
            _made_from(rewritten, rows),
        ),
        Kind(
            "question alone, its sentences reordered",
            "test",
            [row["new_question"] for row in reordered],
            _made_from(reordered, rows),
        ),
    ]


def _of_train(data: Path) -> list[Kind]:
    rows = benchmark_rows(data, "train")
    rewritten = read_rows(data / "groundtruth/benbench/GSM8K_rewritten-train-3.jsonl.gz")
    return [
        Kind(
            "train items, question and answer",
            "train",
            [_both(row) for row in rows],
            [row["item"] for row in rows],
        ),
        Kind(
            "train items, reworded by a model",
            "train",
            [f"{row['rewritten_question']}\n{row['rewritten_answer']}" for row in rewritten],
            _made_from(rewritten, rows),
        ),
    ]


def _clean(data: Path) -> list[Kind]:
    """Take corpora in which nothing of gsm8k stands."""
    corpora = data / "corpora"
    alpaca = json.loads(gzip.decompress((corpora / "alpaca/alpaca_data.json.gz").read_bytes()))
    dolly = json.loads((corpora / "dolly_3k_alpagasus/dolly_3k.json").read_bytes())
    wiki = (corpora / "background_text/wiki_demo.txt").read_text("utf-8").split("\n")
    web = [row["text"] for row in read_rows(corpora / "background_text/c4_demo.jsonl")]
    path = data / "benchmarks/gsm1k_public50/test.csv"
    with path.open(encoding="utf-8", newline="") as file:
        new = [f"{row['question']}\n{row['answer']}" for row in csv.DictReader(file)]
    return [
        Kind("alpaca, every fifth", "nothing", [_instruction(row) for row in alpaca[::EACH]]),
        Kind("dolly_3k_alpagasus", "nothing", [_instruction(row) for row in dolly]),
        Kind("background_text", "nothing", [*web, *(line for line in wiki if line.strip())]),
        Kind("gsm1k, new problems like those of gsm8k", "new", new),
    ]


def _both(row: Row) -> str:
    return f"{row['question']}\n{row['answer']}"


def _instruction(row: Row) -> str:
    return "\n".join(row[field] for field in ("instruction", "input", "output") if row[field])


def _in_page(text: str, page: str) -> str:
    page = page[:PAGE]
    cut = page.find(" ", len(page) // 2)
    return f"{page[:cut]}\n\n{text}\n\n{page[cut:]}"


def _other_numbers(text: str, chances: random.Random) -> str:
    """Put another number of as many digits in the place of each, the same for the same one.

    >>> _other_numbers("3 of 12, and 3", random.Random(1))
    '4 of 82, and 4'
    """
    others: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        if found[0] not in others:
            least = 10 ** (len(found[0]) - 1)
            chosen = chances.randrange(least, 10 * least - 1)
            others[found[0]] = str(chosen if str(chosen) != found[0] else chosen + 1)
        return others[found[0]]

    return _NUMBER.sub(other, text)


def _made_from(rewrites: Iterable[Row], rows: Iterable[Row]) -> list[str | None]:
    names = {even_spaces(row["question"]): row["item"] for row in rows}
    return [names.get(even_spaces(rewrite["question"])) for rewrite in rewrites]

"""Corpora of made-up text with items of the demo benchmarks in it: copied, cut, edited, buried."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

EXAMPLES = Path(__file__).parents[2] / "examples"
BENCHES = ["demo", "demo_trivia"]


def _questions() -> list[tuple[str, str]]:
    found = []
    for folder in ("demo_benchmark", "demo_trivia"):
        for path in sorted((EXAMPLES / folder).glob("*.jsonl")):
            found += [
                (path.stem, json.loads(line)["question"])
                for line in path.read_text("utf-8").splitlines()
            ]
    return found


QUESTIONS = _questions()
"""Split and text of each."""

_NOTHING = (
    "harbour kettle walnut orchard the a of and to in was it for on with as they meadow copper "
    "lantern before after seven 12 40 ledger boats quietly morning gate miller wrote sold bought "
    "half each how many did 3 9 250 river Saxcombe ferry cormorant thistle"
)
_WORDS = _NOTHING.split()


def filler(random_: random.Random, words: int) -> str:
    """Return text about nothing."""
    return " ".join(random_.choice(_WORDS) for _ in range(words))


def edited(random_: random.Random, text: str) -> str:
    """Drop, replace and swap some words, and change a number."""
    words = text.split()
    for _ in range(random_.randrange(0, 1 + len(words) // 3)):
        place = random_.randrange(len(words))
        match random_.randrange(4):
            case 0 if len(words) > 4:
                del words[place]
            case 1:
                words[place] = random_.choice(_WORDS)
            case 2:
                other = random_.randrange(len(words))
                words[place], words[other] = words[other], words[place]
            case _:
                numbers = [n for n, word in enumerate(words) if word.isdigit()]
                if numbers:
                    words[random_.choice(numbers)] = str(random_.randrange(2, 90))
    return " ".join(words)


def document(random_: random.Random) -> str:
    """Return a page with no item, one, or several of them, whole or not."""
    parts = [filler(random_, random_.choice((0, 5, 40, 700)))]
    for _ in range(random_.choice((0, 1, 1, 2, 5))):
        _, text = random_.choice(QUESTIONS)
        match random_.randrange(4):
            case 0:
                text = edited(random_, text)
            case 1:
                words = text.split()
                cut = random_.randrange(len(words))
                text = " ".join(words[: cut + 3] if random_.random() < 0.5 else words[cut // 2 :])
            case 2:
                text = f"{text} {filler(random_, 8)} {text}"
        parts += [text, filler(random_, random_.choice((0, 3, 30, 300)))]
    return "\n".join(parts)


def write_corpus(folder: Path, seed: int, documents: int = 30) -> None:
    """Write a file of every sort."""
    random_ = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)

    def texts() -> list[str]:
        return [document(random_) for _ in range(documents)]

    def lines(records: list[object]) -> bytes:
        return b"".join(json.dumps(each).encode() + b"\n" for each in records)

    (folder / "a.jsonl").write_bytes(lines([{"text": text} for text in texts()]))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines([{"text": t} for t in texts()])))
    pq.write_table(pa.table({"text": texts(), "n": range(documents)}), folder / "c.parquet")
    out = io.StringIO()
    csv.writer(out).writerows([("text", "note"), *((text, "none") for text in texts())])
    (folder / "d.csv").write_text(out.getvalue(), "utf-8")
    (folder / "e.txt").write_text(document(random_), "utf-8")
    (folder / "f.json").write_text(json.dumps([{"text": text} for text in texts()]), "utf-8")
    chats = [
        {"messages": [{"role": "user", "content": one}, {"role": "assistant", "content": other}]}
        for one, other in zip(texts(), texts(), strict=True)
    ]
    (folder / "g.jsonl").write_bytes(b"\n" + lines(chats).replace(b"\n", b"\r\n"))

"""Runs dolma's paragraph filter over every kind of documents: FOLDER SETTING, SETTING being ``.

As its runbook for decontamination (configs/dolma-v1_6/decontamination): a Bloom filter of the
benchmark's paragraphs of 13 words or more, then the documents with a paragraph in it. The short
ones are left out here, as the runbook does before the filter is made; dolma's own option min_words
is not for that, because with it no paragraph at all is looked up (1.2.1).
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import uniseg.wordbreak  # type: ignore[import-not-found]
from child_files import documents_of, items_of, write_found

ATTRIBUTE = "bff_duplicates"
LEAST_WORDS = 13
"""Words of a paragraph that goes into the filter."""


def main() -> None:
    """Fill the filter with the items, then look every kind of documents up in it."""
    folder = Path(sys.argv[1])
    bloom = folder / "filter.bin"
    texts = [_long(f"{item['question']}\n{item['answer']}") for item in items_of(folder)]
    _write(folder / "benchmark", "items", texts)
    _dedupe(folder / "benchmark", bloom, read_only=False)
    kinds = dict(documents_of(folder))
    for kind, documents in kinds.items():
        _write(folder / "corpus", kind, documents)
    _dedupe(folder / "corpus", bloom, read_only=True)
    for kind in kinds:
        duplicates = _duplicates(folder / "corpus", kind)
        write_found(folder, kind, dict.fromkeys(duplicates, ()))


def _long(text: str) -> str:
    """Leave the short paragraphs out; words are counted as by dolma's tagger."""
    lengths = {
        paragraph: sum(1 for word in uniseg.wordbreak.words(paragraph) if word.strip())
        for paragraph in text.split("\n")
    }
    return "\n".join(each for each, words in lengths.items() if words >= LEAST_WORDS)


def _write(home: Path, name: str, texts: Iterable[str]) -> None:
    path = home / "documents" / f"{name}.jsonl.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ({"id": str(row), "text": text, "source": "s"} for row, text in enumerate(texts))
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


def _dedupe(home: Path, bloom: Path, *, read_only: bool) -> None:
    config = {
        "documents": [str(home / "documents" / "*.gz")],
        "dedupe": {
            "name": "decon",
            "paragraphs": {"attribute_name": ATTRIBUTE},
            "skip_empty": True,
        },
        "bloom_filter": {
            "file": str(bloom),
            "read_only": read_only,
            "estimated_doc_count": 100_000,
            "desired_false_positive_rate": 1e-15,
        },
        "processes": 1,
    }
    path = bloom.with_name("config.json")
    path.write_text(json.dumps(config), encoding="utf-8")
    program = Path(sys.executable).with_name("dolma")
    subprocess.run([str(program), "-c", str(path), "dedupe"], check=True)


def _duplicates(home: Path, name: str) -> Iterable[int]:
    path = home / "attributes" / "decon" / f"{name}.jsonl.gz"
    for line in gzip.decompress(path.read_bytes()).decode().split("\n"):
        row = json.loads(line) if line else {"attributes": {}}
        # Its mixing step takes out what scores 1; a span is start, end and score.
        spans = (spans for key, spans in row["attributes"].items() if key.endswith(ATTRIBUTE))
        if any(span[2] >= 1.0 for of in spans for span in of):
            yield int(row["id"])


if __name__ == "__main__":
    main()

"""Runs dolma's filter over every kind of documents: FOLDER SETTING, SETTING `` or `ngrams`.

As its runbook for decontamination (configs/dolma-v1_6/decontamination): a Bloom filter of the
benchmark's paragraphs of 13 words or more, then the documents with a paragraph in it. The short
ones are left out here, as the runbook does before the filter is made; dolma's own option min_words
is not for that, because with it no paragraph at all is looked up (1.2.1). With `ngrams` the filter
holds the 13-grams of the paragraphs, and a document with one of them is flagged.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import uniseg.wordbreak  # type: ignore[import-not-found]
from child_files import documents_of, items_of, timed, write_found
from dolma.cli.__main__ import main as dolma  # type: ignore[import-not-found]

ATTRIBUTE = "bff_duplicates"
LEAST_WORDS = 13
"""Words of a paragraph that goes into the filter."""
NGRAMS = {"ngram_length": LEAST_WORDS, "stride": 0, "overlap_threshold": 0.0}


def main() -> None:
    """Fill the filter with the items, then look every kind of documents up in it."""
    folder, setting = Path(sys.argv[1]), sys.argv[2]
    bloom = folder / "filter.bin"
    paragraphs = {"attribute_name": ATTRIBUTE, **({"by_ngram": NGRAMS} if setting else {})}
    texts = [_long(f"{item['question']}\n{item['answer']}") for item in items_of(folder)]
    _write(folder / "benchmark", "items", texts)
    _dedupe(folder / "benchmark", bloom, paragraphs, read_only=False)
    for kind, documents in documents_of(folder):
        corpus = folder / "corpora" / kind
        _write(corpus, kind, documents)
        with timed(folder, kind):
            _dedupe(corpus, bloom, paragraphs, read_only=True)
        # Its mixing step takes a paragraph out that scores 1; of n-grams, one is enough here.
        scores = _scores(corpus, kind)
        flagged = [row for row, score in scores if (score > 0 if setting else score >= 1)]
        write_found(folder, kind, dict.fromkeys(flagged, ()))


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


def _dedupe(home: Path, bloom: Path, paragraphs: Mapping[str, object], *, read_only: bool) -> None:
    config = {
        "documents": [str(home / "documents" / "*.gz")],
        "dedupe": {"name": "decon", "paragraphs": paragraphs, "skip_empty": True},
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
    dolma(["-c", str(path), "dedupe"])


def _scores(home: Path, name: str) -> Iterator[tuple[int, float]]:
    """Yield the documents with the greatest score of their paragraphs."""
    path = home / "attributes" / "decon" / f"{name}.jsonl.gz"
    for line in gzip.decompress(path.read_bytes()).decode().split("\n"):
        row = json.loads(line) if line else {"attributes": {}}
        # A span is start, end and score.
        spans = [spans for key, spans in row["attributes"].items() if key.endswith(ATTRIBUTE)]
        if scores := [span[2] for of in spans for span in of]:
            yield int(row["id"]), max(scores)


if __name__ == "__main__":
    main()

"""Runs overlapy over every kind of documents: FOLDER SETTING, SETTING being ``."""

from __future__ import annotations

import string
import sys
from collections import defaultdict
from pathlib import Path

from child_files import documents_of, items_of, write_found
from overlapy import Overlapy, OverlapyTestSet  # type: ignore[import-not-found]


def main() -> None:
    """Look for the N-grams of the items, N chosen by overlapy."""
    folder = Path(sys.argv[1])
    items = items_of(folder)
    examples = [_tokens(f"{item['question']} {item['answer']}") for item in items]
    test_set = OverlapyTestSet("gsm8k", examples=examples)
    places, dataset = [], []
    found: dict[str, dict[int, set[str]]] = {}
    for kind, texts in documents_of(folder):
        places += [(kind, row) for row in range(len(texts))]
        dataset += [_tokens(text) for text in texts]
        found[kind] = defaultdict(set)
    matches = Overlapy(testsets=[test_set], dataset=dataset, n_workers=2).run()
    for example, ngram, _ in test_set.get_matches(matches):
        for document in set(matches[ngram]):
            kind, row = places[document]
            found[kind][row].add(items[example]["item"])
    for kind, documents in found.items():
        write_found(folder, kind, documents)


def _tokens(text: str) -> list[str]:
    """Cut a text as the paper that overlapy follows: words in lower case, no punctuation."""
    words = (word.strip(string.punctuation) for word in text.lower().split())
    return [word for word in words if word]


if __name__ == "__main__":
    main()

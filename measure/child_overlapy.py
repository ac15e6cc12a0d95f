"""Runs overlapy over every kind of documents: FOLDER SETTING, SETTING being ``."""

from __future__ import annotations

import string
import sys
from collections import defaultdict
from pathlib import Path

from child_files import documents_of, items_of, timed, write_found
from overlapy import OverlapyNgramMatcher, OverlapyTestSet  # type: ignore[import-not-found]


def main() -> None:
    """Look for the N-grams of the items, N chosen by overlapy, as each of its workers does."""
    folder = Path(sys.argv[1])
    items = items_of(folder)
    examples = [_tokens(f"{item['question']} {item['answer']}") for item in items]
    test_set = OverlapyTestSet("gsm8k", examples=examples)
    matcher = OverlapyNgramMatcher(set(map(tuple, test_set.ngrams())))
    for kind, texts in documents_of(folder):
        with timed(folder, kind):
            matches = matcher(map(_tokens, texts))
        found = defaultdict(set)
        for example, ngram, _ in test_set.get_matches(matches):
            for row in set(matches[ngram]):
                found[row].add(items[example]["item"])
        write_found(folder, kind, found)


def _tokens(text: str) -> list[str]:
    """Cut a text as the paper that overlapy follows: words in lower case, no punctuation."""
    words = (word.strip(string.punctuation) for word in text.lower().split())
    return [word for word in words if word]


if __name__ == "__main__":
    main()

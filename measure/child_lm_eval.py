"""Runs the janitor of lm-eval over every kind of documents: FOLDER SETTING, SETTING being ``."""

from __future__ import annotations

import sys
from pathlib import Path

from child_files import documents_of, items_of, timed, write_found
from lm_eval.decontamination.janitor import Janitor  # type: ignore[import-not-found]

SHORTEST = 20
"""Characters of a piece that is kept."""
CUT = 10
"""Characters that are cut on both sides of an n-gram."""


def main() -> None:
    """Register the items and flag every document of which something is cut."""
    folder = Path(sys.argv[1])
    janitor = Janitor(ngram_n=13, minimum_slice_length=SHORTEST, window_to_remove=CUT)
    for item in items_of(folder):
        janitor.register_contaminant_python(f"{item['question']} {item['answer']}")
    for kind, texts in documents_of(folder):
        with timed(folder, kind):
            left = [janitor.clean_python(text) for text in texts]
        pairs = zip(texts, left, strict=True)
        cut = [len(text) > SHORTEST and pieces != [text] for text, pieces in pairs]
        write_found(folder, kind, {row: () for row, flagged in enumerate(cut) if flagged})


if __name__ == "__main__":
    main()

"""Runs verascan over every kind of documents: FOLDER SETTING, SETTING naming the methods."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import verascan  # type: ignore[import-not-found]
from child_files import documents_of, items_of, write_found


def main() -> None:
    """Check each kind of documents as the training data; an item's text is its question."""
    folder, methods = Path(sys.argv[1]), sys.argv[2].split(",")
    items = items_of(folder)
    questions = [item["question"] for item in items]
    for kind, texts in documents_of(folder):
        report = verascan.check(train=texts, eval=questions, methods=methods, show_progress=False)
        found: dict[int, list[str]] = defaultdict(list)
        for match in report.matches:
            found[match.train_index].append(items[match.eval_index]["item"])
        write_found(folder, kind, found)


if __name__ == "__main__":
    main()

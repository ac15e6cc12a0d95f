"""Runs decon over every kind of documents: FOLDER SETTING, where SETTING is `` or `questions`."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

import decon  # type: ignore[import-not-found]
from child_files import documents_of, items_of, write_found, write_rows


def main() -> None:
    """Detect with everything as decon ships it, or with questions as whole items."""
    folder, setting = Path(sys.argv[1]), sys.argv[2]
    items = items_of(folder)
    evals = folder / "evals"
    write_rows(evals / "gsm8k.jsonl", (_eval(number, item) for number, item in enumerate(items)))
    options = {"index_answers": False} if setting == "questions" else {}
    training, reports = folder / "training", folder / "reports"
    found: dict[str, dict[int, list[str]]] = {}
    for kind, texts in documents_of(folder):
        write_rows(training / f"{kind}.jsonl", ({"text": text} for text in texts))
        found[kind] = defaultdict(list)
    decon.detect(decon.Config(str(training), str(evals), str(reports), worker_threads=2, **options))
    for path in reports.glob("*.jsonl"):
        for line in path.read_text("utf-8").split("\n"):
            if line:
                row = json.loads(line)
                kind = row["training_file"].removesuffix(".jsonl")
                item = items[row["eval_instance_index"]]["item"]
                found[kind][row["training_line"]].append(item)
    for kind, documents in found.items():
        write_found(folder, kind, documents)


def _eval(number: int, item: dict[str, str]) -> dict[str, object]:
    text = item["question"] + item["answer"]
    return {
        "eval_key": "gsm8k",
        "eval_instance_index": number,
        "split": item["split"],
        "doc_id": number,
        "question": item["question"],
        "answer": item["answer"],
        "fingerprint": hashlib.sha256(text.encode()).hexdigest()[:16],
    }


if __name__ == "__main__":
    main()

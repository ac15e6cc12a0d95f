"""Runs corpus-assay over every kind of documents: FOLDER SETTING, SETTING being `` or `spaced`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from child_files import documents_of, items_of, timed, write_found, write_rows
from corpus_assay.config import ScanConfig  # type: ignore[import-not-found]
from corpus_assay.scanner import OutputLayout  # type: ignore[import-not-found]
from corpus_assay.scanner.fingerprint import (  # type: ignore[import-not-found]
    build_run_fingerprint,
)
from corpus_assay.scanner.worker import scan_one_file_worker  # type: ignore[import-not-found]

ALL = 1_000_000
"""More records than there are documents; it keeps 500 by default."""


def main() -> None:
    """Build the index, as the README says for a benchmark in a file, and scan a shard a kind."""
    folder, setting = Path(sys.argv[1]), sys.argv[2]
    items = items_of(folder)
    config, index = folder / "config.yaml", folder / "index.native"
    config.write_text(json.dumps(_config(folder)), encoding="utf-8")
    _run("build-index", "--config", config, "--out-index", index, "--allow-unpinned")
    spaced = folder / "index.spaced" if setting == "spaced" else None
    if spaced is not None:
        _run("build-spaced-index", "--config", config, "--out", spaced, "--allow-unpinned")
    for kind, texts in documents_of(folder):
        shard = folder / "shards" / f"{kind}.jsonl"
        write_rows(shard, ({"id": str(row), "text": text} for row, text in enumerate(texts)))
        # What `corpus-assay scan --workers 1` makes of its arguments; its worker is called here,
        # because the command takes most of its time to start one.
        scan = ScanConfig(
            inputs=[str(shard)],
            text_key="text",
            id_key="id",
            index_path=str(index),
            out_dir=str(folder / "scan"),
            workers=1,
            max_return_records=ALL,
            spaced_path=None if spaced is None else str(spaced),
        )
        with timed(folder, kind):
            done = scan_one_file_worker(shard, scan, build_run_fingerprint(scan))
        if done.error is not None:
            raise SystemExit(done.error)
        path = OutputLayout(folder / "scan").contaminated_docs_path(kind)
        write_found(folder, kind, _found(path, [item["item"] for item in items]))


def _config(folder: Path) -> dict[str, object]:
    # Splits and fields as its registry has them for gsm8k; the numbers are its defaults.
    benchmark = {
        "name": "GSM8K",
        "dataset": "json",
        "data_files": {"test": str(folder / "items.jsonl")},
        "splits": ["test"],
        "fields": ["question", "answer"],
    }
    return {"benchmarks": [benchmark], "ngram": 13, "min_hits": 3, "min_coverage": 0.001}


def _run(*arguments: object) -> None:
    program = Path(sys.executable).with_name("corpus-assay")
    environment = os.environ | {"HF_HUB_OFFLINE": "1"}
    command = [str(program), *(str(argument) for argument in arguments)]
    subprocess.run(command, check=True, env=environment)


def _found(path: Path, names: list[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for line in path.read_text("utf-8").split("\n") if path.exists() else ():
        if line:
            row = json.loads(line)
            hits = [hit["item_id"] for hit in row.get("item_hits", ())]
            hits += [row["spaced_item"]] if row.get("spaced_item") is not None else []
            document = int(row["doc_id"].partition("-part-")[0])
            found.setdefault(document, []).extend(names[hit] for hit in hits)
    return found


if __name__ == "__main__":
    main()

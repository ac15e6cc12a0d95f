"""Writes the items of all benchmarks whose files are at hand, to calibrate each on the others.

    python measure/background/relatives.py DATA -o relatives

DATA is a folder with `benchmarks/` (the publishers' files) and `fewshot_prompts/`. The folder
`relatives` gets a file of JSON lines a benchmark, each line the question and choices of an item.
It holds their text: keep it out of any repository and of anything published.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from leakcheck.benchmark.card import card_names, load_card
from leakcheck.benchmark.items import read_items


def main() -> None:
    """Write a file for each benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in card_names():
        folder = arguments.data / "benchmarks" / name
        if folder.is_dir():
            _write(name, [folder, arguments.data / "fewshot_prompts"], arguments.output)


def _write(name: str, folders: list[Path], output: Path) -> None:
    items = read_items(load_card(name), folders)
    with (output / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        for item in items:
            fields = (item.fields.get("question"), item.fields.get("choices"))
            text = "\n".join(filter(None, fields))
            file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

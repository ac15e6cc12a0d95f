"""Parse every line of a folder of JSON lines and do nothing with it: FOLDER LIBRARY."""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Read, parse, and print the seconds."""
    folder, library = sys.argv[1:]
    parse = (
        importlib.import_module("orjson").loads
        if library == "orjson"
        else importlib.import_module("msgspec.json").decode
    )
    start = time.perf_counter()
    for path in sorted(Path(folder).glob("*.jsonl")):
        with path.open("rb") as file:
            for line in file:
                parse(line)
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()

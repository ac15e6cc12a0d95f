"""Measures what a scan costs by the number of benchmarks, and what that makes of large corpora.

    python measure/scale.py --output docs/scale.md

Needs a Debian machine, whose documentation is the text that is scanned. What docs/scale.md has from
its heading "What it costs" on is written anew. With Ray installed its start is timed as well. It
takes about three minutes and 7 GB of memory; leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from machine_texts import machine_documents
from scale_model import Measured, Model
from scale_page import Started, page

HEADING = "## What it costs"
FIVE = ("gsm8k", "math", "mmlu", "humaneval", "mbpp")
TEN = (*FIVE, "bbh", "ds1000", "svamp", "commonsenseqa", "arc_challenge")
CHOSEN = {
    "gsm8k": (FIVE[:1], 1),
    "five": (FIVE, 1),
    "ten": (TEN, 1),
    "all": (("all",), 1),
    "all, 4 times over": (("all",), 4),
    "all, 8 times over": (("all",), 8),
}
"""Benchmarks, and how often each is loaded: as if there were as many others like them."""
REPEATS = 5
_CHILD = Path(__file__).with_name("child_scale.py")


def main() -> None:
    """Measure, and write what the page has on costs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=32, help="of text (default: 32)")
    parser.add_argument("--core-hour", type=float, default=0.04, help="price (default: 0.04)")
    parser.add_argument("--gigabyte", type=float, default=0.01, help="price (default: 0.01)")
    parser.add_argument("--output", type=Path, help="the page to write to (default: print)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        corpus.write_text("".join(_lines(arguments.megabytes * 1_000_000)), encoding="utf-8")
        measured = [_measured(corpus, label, *chosen) for label, chosen in CHOSEN.items()]
        started = list(_started(Path(folder)))
    text = page(Model(measured), started, arguments.core_hour, arguments.gigabyte)
    if arguments.output is None:
        sys.stdout.write(f"{HEADING}\n\n{text}")
        return
    kept = arguments.output.read_text(encoding="utf-8").partition(HEADING)[0]
    arguments.output.write_text(f"{kept}{HEADING}\n\n{text}", encoding="utf-8")


def _lines(most_bytes: int) -> Iterator[str]:
    """Yield JSON lines of text up to a size."""
    size = 0
    for text in machine_documents(random.Random(5)):
        line = json.dumps({"text": text}, ensure_ascii=False) + "\n"
        size += len(line.encode())
        if size > most_bytes:
            return
        yield line


def _measured(corpus: Path, chosen: str, names: Sequence[str], times: int) -> Measured:
    command = [sys.executable, str(_CHILD), str(corpus), ",".join(names), str(times), str(REPEATS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(chosen, corpus_mb=corpus.stat().st_size / 1e6, **json.loads(done.stdout))


def _started(folder: Path) -> Iterator[Started]:
    """Time commands that have next to nothing to scan."""
    one = folder / "one.jsonl"
    one.write_text('{"text": "next to nothing"}\n', encoding="utf-8")
    engines: dict[str, tuple[str, ...]] = {"this machine": ()}
    if find_spec("ray"):
        engines |= {"a new Ray on this machine": ("--engine", "ray", "--address", "local")}
    for engine, options in engines.items():
        for names in (FIVE[:1], ("all",)):
            command = [sys.executable, "-m", "leakcheck", "scan", str(one), *options]
            command += ["--bench", ",".join(names), "--quiet", "--fail-on", "never"]
            yield Started(engine, ",".join(names), [_wall_seconds(command) for _ in range(3)])


def _wall_seconds(command: list[str]) -> float:
    begun = os.times().elapsed
    environment = os.environ | {"RAY_USAGE_STATS_ENABLED": "0"}
    subprocess.run(command, capture_output=True, check=True, env=environment)
    return os.times().elapsed - begun


if __name__ == "__main__":
    main()

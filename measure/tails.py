"""Fits anew how often chance gives a finding, in the calibrations that ship.

    python measure/tails.py DATA --background background.jsonl.zst --relatives relatives

DATA is a folder with `benchmarks/` (the publishers' files) and `fewshot_prompts/`; background and
relatives are made by `background/collect.py` and `background/relatives.py`. Each benchmark is
built in a folder that passes; of its calibration the two tails of chance go into the one that
ships, whose nulls and thresholds, and with them every finding, stay as they are.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from leakcheck.benchmark.calibration import Calibration, read_calibration, write_calibration
from leakcheck.benchmark.card import card_names, load_card
from leakcheck.benchmark.folders import pack_folder
from leakcheck.benchmark.pack import read_pack
from leakcheck.calibration import build_benchmark

EXAMPLES = Path(__file__).parents[1] / "examples"
OWN = {"demo": EXAMPLES / "demo_benchmark", "demo_trivia": EXAMPLES / "demo_trivia"}
"""Where our own benchmarks are."""


def main() -> None:
    """Fit the tails of some benchmarks, or of all whose files are at hand."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument("--background", type=Path, required=True, metavar="FILE")
    parser.add_argument("--relatives", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--bench", action="append", choices=card_names(), metavar="NAME")
    arguments = parser.parse_args()
    for name in arguments.bench or card_names():
        folder = OWN.get(name, arguments.data / "benchmarks" / name)
        if folder.is_dir():
            sources = [folder, arguments.data / "fewshot_prompts"]
            fitted = _built(name, sources, arguments.background, arguments.relatives)
            _take_over(name, fitted)
            print(name, fitted.verbatim_chance, fitted.other_chance, flush=True)


def _built(name: str, sources: list[Path], background: Path, relatives: Path) -> Calibration:
    with TemporaryDirectory(prefix="leakcheck-") as folder:
        pack, calibration = build_benchmark(
            load_card(name), sources, Path(folder), background, relatives=relatives
        )
        return read_calibration(calibration, read_pack(pack))


def _take_over(name: str, fitted: Calibration) -> None:
    folder = pack_folder(load_card(name))
    path = folder / f"{name}.calibration.parquet"
    known = read_calibration(path, read_pack(folder / f"{name}.parquet"))
    write_calibration(
        replace(known, verbatim_chance=fitted.verbatim_chance, other_chance=fitted.other_chance),
        path,
    )


if __name__ == "__main__":
    main()

"""A data file as a benchmark: its pack is built once, and kept for as long as the file is as it is.

The pack is measured on itself alone: nobody has shown it background text, so an item that looks
like common text is not known to.
"""

from __future__ import annotations

import hashlib
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from leakcheck.benchmark.card import Card, Source
from leakcheck.benchmark.folders import user_packs
from leakcheck.benchmark.guess import card_of_file
from leakcheck.benchmark.pack import PACK_FORMAT
from leakcheck.calibration.build import build_benchmark
from leakcheck.detection.catalogue import Benchmark, benchmark_of
from leakcheck.errors import PackError, UsageError
from leakcheck.text.tokens import TOKENISER_VERSION
from leakcheck.version import __version__

__all__ = ["benchmark_of_file", "what_was_guessed"]


def benchmark_of_file(path: Path, question_field: str | None = None) -> Benchmark:
    """Load a data file as a benchmark, from the pack of an earlier time if there is one.

    Raises:
        UsageError: it has no rows, or no field that is called as a question is.
        BenchmarkFilesError: it cannot be read.
    """
    card = card_of_file(path, question_field)
    content = _content(path, card)
    card = msgspec.structs.replace(card, sources=[Source(path.name, ".", content)])
    folder = user_packs() / "files" / content
    try:
        return benchmark_of(card, folder)
    except PackError:
        return _built(card, path, folder)


def _built(card: Card, path: Path, folder: Path) -> Benchmark:
    split = msgspec.structs.replace(card.splits[0], files=escape(path.name))
    described = msgspec.structs.replace(card, splits=[split])
    try:
        build_benchmark(described, path.parent, folder, None)
    except OSError:  # no place to keep it
        with TemporaryDirectory(prefix="leakcheck-") as passing:
            build_benchmark(described, path.parent, Path(passing), None)
            return benchmark_of(card, Path(passing))
    return benchmark_of(card, folder)


def _content(path: Path, card: Card) -> str:
    """Return a name for all that the pack depends on."""
    made_by = f"{__version__} {PACK_FORMAT} {TOKENISER_VERSION} {card.fields} {card.rows}"
    digest = hashlib.blake2b(made_by.encode(), digest_size=12)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def what_was_guessed(benchmark: Benchmark) -> str:
    """Say of a data file what was taken for what."""
    card = benchmark.card
    if not len(benchmark.pack.items):
        raise UsageError(f"{card.title}: it holds no items")
    taken = ", ".join(
        f"{field} from {' and '.join(str(key).removesuffix('?') for key in keys)}"
        for field, keys in card.fields.items()
    )
    return (
        f"{card.title}: {len(benchmark.pack.items):,} items; {taken}; another field for the "
        "question: --question-field"
    )

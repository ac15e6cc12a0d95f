"""The corpus that `index.py` measures on: instruction data and machine texts, items planted in it.

DIR/corpus/instructions/0001/...    DATA/corpora file by file, over and over
DIR/corpus/texts/0001/0001.jsonl    documentation and source code, every eighth file Parquet,
                                    every eighth JSON lines in Zstandard
DIR/corpus.json                     how it was made, and what stands where
"""

from __future__ import annotations

import gzip
import itertools
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from index_plants import Made, Place, Plant, plants
from machine_texts import machine_documents

from leakcheck.corpus import PassageBatch, find_files, read_file

__all__ = ["Corpus", "Planted", "build_corpus", "build_larger"]

SEED = 7
INSTRUCTION_SHARE = 0.2
FILE_BYTES = 8_000_000
"""Of the text in a file of machine texts."""
ROW_GROUP = 1_000
"""What the Hugging Face libraries write by default."""
_FIRST_OF_ALL = "llm_adapters_math"
"""It leaks gsm8k: a small corpus must have it too."""


class Planted(msgspec.Struct, frozen=True):
    """Where a planted text stands."""

    path: str
    """Below the folder of the corpus."""
    row: int
    bench: str
    item: str | None
    made: Made
    place: Place


class Corpus(msgspec.Struct, frozen=True):
    """What was made; written beside the corpus, never into it."""

    megabytes: int
    """What was asked for."""
    seed: int
    files: int
    documents: int
    text_bytes: int
    """Of the passages, as leakcheck reads them: no quotes, names of fields or compression."""
    instruction_bytes: int
    """Of text_bytes, in `instructions/`."""
    stored_bytes: int
    instruction_rounds: int
    """How many times DATA/corpora was begun."""
    text_rounds: int
    """How many times the files of the machine were begun."""
    planted: list[Planted]

    @property
    def text_megabytes(self) -> float:
        """The size that every rate and every share refers to."""
        return self.text_bytes / 1e6


def build_corpus(folder: Path, data: Path, megabytes: int) -> Corpus:
    """Make the corpus, or take the one that was made there with the same settings."""
    record = folder / "corpus.json"
    if record.is_file():
        made = msgspec.json.decode(record.read_bytes(), type=Corpus)
        if (made.megabytes, made.seed) == (megabytes, SEED) and (folder / "corpus").is_dir():
            return made
    shutil.rmtree(folder / "corpus", ignore_errors=True)
    record.unlink(missing_ok=True)
    corpus = _build(folder / "corpus", data, 1_000_000 * megabytes)
    record.write_bytes(msgspec.json.format(msgspec.json.encode(corpus), indent=1) + b"\n")
    return corpus


def build_larger(folder: Path, times: int) -> Path:
    """Make a corpus of all files of the corpus, some times over, without more room on the disk."""
    larger = folder / f"corpus-{times}-times"
    shutil.rmtree(larger, ignore_errors=True)
    for number in range(times):
        for path in sorted((folder / "corpus").rglob("*")):
            if path.is_file():
                place = larger / f"{number:02}" / path.relative_to(folder / "corpus")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.hardlink_to(path)
    return larger


def _build(root: Path, data: Path, wanted_bytes: int) -> Corpus:
    chances = random.Random(SEED)
    of_instructions = int(wanted_bytes * INSTRUCTION_SHARE)
    instruction_rounds = _copy_instructions(root / "instructions", data, of_instructions)
    instruction_bytes, _ = _text_size(root / "instructions")
    text_rounds, planted = _write_texts(
        root, wanted_bytes - instruction_bytes, plants(data, chances), chances
    )
    text_bytes, documents = _text_size(root)
    stored = [path.stat().st_size for path in root.rglob("*") if path.is_file()]
    return Corpus(
        wanted_bytes // 1_000_000,
        SEED,
        len(stored),
        documents,
        text_bytes,
        instruction_bytes,
        sum(stored),
        instruction_rounds,
        text_rounds,
        planted,
    )


def _copy_instructions(folder: Path, data: Path, wanted_bytes: int) -> int:
    """Copy the files of DATA/corpora until there are enough; return how often it was begun."""
    corpora = data / "corpora"
    files = sorted(path for path in corpora.rglob("*") if path.is_file())
    random.Random(SEED).shuffle(files)
    files.sort(key=lambda path: _FIRST_OF_ALL not in path.parts)
    for number in itertools.count(1):
        for path in files:
            place = folder / f"{number:04}" / path.relative_to(corpora)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            wanted_bytes -= _unpacked_size(path)
            if wanted_bytes <= 0:
                return number
    raise AssertionError("there is no end to counting")


def _unpacked_size(path: Path) -> int:
    data = path.read_bytes()
    return len(gzip.decompress(data) if path.suffix == ".gz" else data)


def _text_size(root: Path) -> tuple[int, int]:
    """Return the bytes of the passages that leakcheck reads, and its documents."""
    size = documents = 0
    for file in find_files([root])[0]:
        for read in read_file(file):
            if isinstance(read, PassageBatch):
                size += pc.sum(pc.binary_length(read.texts)).as_py() or 0
                documents += read.documents
    return size, documents


class _Row(NamedTuple):
    """A document, and what is planted in it."""

    text: str
    plant: Plant | None = None


def _write_texts(
    root: Path, wanted_bytes: int, to_plant: Sequence[Plant], chances: random.Random
) -> tuple[int, list[Planted]]:
    """Write machine texts with plants until there is enough.

    Return how often the machine's files were begun, and where everything stands.
    """
    planted: list[Planted] = []
    left = wanted_bytes
    for number in itertools.count(1):
        folder = root / "texts" / f"{number:04}"
        folder.mkdir(parents=True)
        documents = machine_documents(random.Random(SEED))
        for file in itertools.count(1):
            texts = list(_up_to(min(FILE_BYTES, left), documents))
            if not texts:
                break
            left -= sum(len(text.encode()) for text in texts)
            due = len(to_plant) - len(to_plant) * max(left, 0) // wanted_bytes
            rows = _with_plants(texts, to_plant[len(planted) : due], chances)
            path = _write(rows, folder, file)
            planted += _places(rows, path.relative_to(root).as_posix())
            if left <= 0:
                return number, planted
    raise AssertionError("there is no end to counting")


def _up_to(size_bytes: int, documents: Iterator[str]) -> Iterator[str]:
    """Yield documents until they have so many bytes."""
    for text in documents:
        yield text
        size_bytes -= len(text.encode())
        if size_bytes <= 0:
            return


def _with_plants(
    texts: Sequence[str], to_plant: Sequence[Plant], chances: random.Random
) -> list[_Row]:
    """Put plants into some of the texts or among them, as each is meant to stand."""
    rows = list(map(_Row, texts))
    bare = [plant for plant in to_plant if plant.place == "bare"]
    paged = [plant for plant in to_plant if plant.place == "in a page"]
    for place, plant in zip(chances.sample(range(len(rows)), len(paged)), paged, strict=True):
        rows[place] = _Row(_in_page(plant.text, rows[place].text), plant)
    rows += [_Row(plant.text, plant) for plant in bare]
    chances.shuffle(rows)
    return rows


def _in_page(text: str, page: str) -> str:
    """Put a text between two lines of a page, near its middle."""
    middle = page.find("\n", len(page) // 2)
    return f"{page[:middle]}\n\n{text}\n\n{page[middle:]}"


def _write(rows: Sequence[_Row], folder: Path, number: int) -> Path:
    """Write a file: two of eight are Parquet or compressed, the others plain JSON lines."""
    texts = [row.text for row in rows]
    match number % 8:
        case 3:
            path = folder / f"{number:04}.parquet"
            pq.write_table(pa.table({"text": texts}), path, row_group_size=ROW_GROUP)
        case 6:
            path = folder / f"{number:04}.jsonl.zst"
            with pa.CompressedOutputStream(str(path), "zstd") as file:
                file.write(_lines(texts))
        case _:
            path = folder / f"{number:04}.jsonl"
            path.write_bytes(_lines(texts))
    return path


def _lines(texts: Iterable[str]) -> bytes:
    return b"".join(msgspec.json.encode({"text": text}) + b"\n" for text in texts)


def _places(rows: Iterable[_Row], path: str) -> Iterator[Planted]:
    for number, (_, plant) in enumerate(rows):
        if plant is not None:
            yield Planted(path, number, plant.bench, plant.item, plant.made, plant.place)

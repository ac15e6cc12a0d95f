"""Small corpora, and what an index of one says, however it came about."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from leakcheck.corpus_index.building.build import build_index
from leakcheck.corpus_index.stored.store import CorpusIndex, open_index
from leakcheck.corpus_index.stored.tables import TABLES

SENTENCE = "The {n}th lighthouse keeper of Harbour {n} counts {n} cormorants before breakfast."

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    """Three files of eight documents, in a folder of the current one."""
    monkeypatch.chdir(tmp_path)
    folder = Path("corpus")
    (folder / "deep").mkdir(parents=True)
    write_lines(folder / "a.jsonl", range(4))
    (folder / "b.txt").write_text(SENTENCE.format(n=100), "utf-8")
    write_lines(folder / "deep" / "c é.jsonl", range(200, 203))
    return folder


def write_lines(path: Path, numbers) -> None:
    lines = [json.dumps({"text": SENTENCE.format(n=n)}) for n in numbers]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(name="write_lines")
def _write_lines() -> Callable[..., None]:
    return write_lines


@pytest.fixture
def built(corpus) -> CorpusIndex:
    """An index of the corpus that keeps every fingerprint."""
    return build_index([corpus], Path("x.lki"), scale=1).index


@pytest.fixture
def rows_of() -> Callable[[CorpusIndex], Rows]:
    """Return the rows of all tables, documents by their place: numbers may have gaps."""

    def rows_of_index(index: CorpusIndex) -> Rows:
        open_index(index.path)
        documents = index.read("documents").to_pylist()
        places = {row["document"]: (row["path"], row["row"]) for row in documents}
        rows: Rows = {}
        for table in TABLES:
            rows[table] = []
            for row in index.read(table).to_pylist():
                row.pop("first_document", None)
                if "document" in row:
                    row["document"] = places[row["document"]]
                rows[table].append(tuple(row.values()))
            rows[table].sort(key=repr)
        return rows

    return rows_of_index


@pytest.fixture
def damage() -> Callable[[Path, str], None]:
    """Cut a file short, turn some of its bytes over, or take it away."""

    def damage_file(path: Path, how: str) -> None:
        data = bytearray(path.read_bytes())
        match how:
            case "gone":
                path.unlink()
            case "cut short":
                path.write_bytes(data[:-9])
            case "altered":
                middle = data.index(b"PAR1") + 60
                data[middle : middle + 4] = (byte ^ 0xFF for byte in data[middle : middle + 4])
                path.write_bytes(data)

    return damage_file


@pytest.fixture
def copied(built) -> Callable[[str], CorpusIndex]:
    """Copy the index under another name."""

    def copy(name: str) -> CorpusIndex:
        shutil.copytree(built.path, name)
        return open_index(name)

    return copy

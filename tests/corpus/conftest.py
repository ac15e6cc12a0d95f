"""Put bytes into a file, read the file, and keep what came out of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, read_file

Passage = tuple[int, str, str]


@dataclass
class Reading:
    """All that reading one file yielded; a passage is (row, source, text)."""

    passages: list[Passage] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    batches: list[PassageBatch] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [text for _, _, text in self.passages]

    @property
    def documents(self) -> int:
        return sum(batch.documents for batch in self.batches)

    @property
    def bytes_read(self) -> int:
        return sum(batch.bytes_read for batch in self.batches)


@pytest.fixture(scope="session")
def put(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., CorpusFile]:
    """Write bytes to a new file of the given name."""

    def write(name: str, data: bytes) -> CorpusFile:
        path: Path = tmp_path_factory.mktemp("corpus") / name
        path.write_bytes(data)
        return CorpusFile(path, name, len(data))

    return write


@pytest.fixture(scope="session")
def read(put) -> Callable[..., Reading]:
    """Write bytes to a file and read it; the name `-` stands for standard input."""

    def read_bytes(name: str, data: bytes, **options) -> Reading:
        if name == "-":
            file = CorpusFile(None, "-", 0)
            options["standard_input"] = io.BytesIO(data)
        else:
            file = put(name, data)
        reading = Reading()
        for item in read_file(file, **options):
            if isinstance(item, Skipped):
                reading.skipped.append(item)
                continue
            reading.batches.append(item)
            found = zip(item.rows.tolist(), item.sources, item.texts.to_pylist(), strict=True)
            reading.passages.extend(found)
        return reading

    return read_bytes

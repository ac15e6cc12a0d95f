"""Corpora to time scans on: JSON lines of one text each, in eight files a corpus."""

from __future__ import annotations

import gzip
import json
import random
import re
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from machine_texts import documents_of, texts_of
from rows_found import items_of, read_rows

__all__ = ["MADE_OF", "Corpus", "build_corpora", "build_planted", "join", "unzip_alpaca"]

SHARDS = 8
SEED = 5
PLANTED = 200

_TEXT_ROOTS = ("/usr/share/doc", "/usr/share/man", "/usr/share/info")
_TEXT_NAMES = re.compile(r"copyright|.*\.(gz|txt|md|rst)")
_CODE_ROOTS = ("/usr/lib/python3", "/usr/lib/python3.*", "/usr/share/perl*")
_CODE_NAMES = re.compile(r".*\.(py|p[lm])")

MADE_OF = {
    "alpaca": "the 52,002 records of alpaca_data.json, instruction, input and output joined",
    "web": "web pages and encyclopaedia articles (corpora/background_text), then documentation, "
    "manual pages and at last changelogs of a Debian machine, paragraphs seen before left out, "
    "in documents of 1,000 to 20,000 characters",
    "code": "Python and Perl files of the same machine, in the same way",
}


class Corpus(NamedTuple):
    """A folder of JSON lines."""

    name: str
    folder: Path
    documents: int
    megabytes: float


def build_corpora(folder: Path, data: Path, megabytes: int) -> list[Corpus]:
    """Write the three corpora, those of web text and of code up to a size."""
    chances = random.Random(SEED)
    limit = megabytes * 1_000_000
    web, code = (documents_of(texts, chances) for texts in (_web_texts(data), _code_texts()))
    return [
        _write("alpaca", folder, _alpaca_texts(data), 1 << 40, chances),
        _write("web", folder, web, limit, chances),
        _write("code", folder, code, limit, chances),
    ]


def build_planted(folder: Path, data: Path) -> Corpus:
    """Write web pages with a test item of gsm8k, question and answer, in the middle of each."""
    pages = [row["text"] for row in read_rows(data / "corpora/background_text/c4_demo.jsonl")]
    items = [item for item in items_of("gsm8k", data) if item.split == "test"][:PLANTED]
    texts = [
        f"{page}\n\n{item.fields['question']}\n{item.fields['answer']}\n\n{page}"
        for page, item in zip(pages, items, strict=False)
    ]
    return _write("planted", folder, texts, 1 << 40, random.Random(SEED))


def unzip_alpaca(folder: Path, data: Path) -> Path:
    """Write alpaca_data.json as it was published."""
    path = folder / "alpaca_data.json"
    path.write_bytes(gzip.decompress(_alpaca(data).read_bytes()))
    return path


def join(corpus: Corpus, path: Path, times: int) -> Path:
    """Write all of a corpus, some times over, into one file."""
    with path.open("wb") as file:
        for _ in range(times):
            for shard in sorted(corpus.folder.glob("*.jsonl")):
                file.write(shard.read_bytes())
    return path


def _write(
    name: str, folder: Path, texts: Iterable[str], limit: int, chances: random.Random
) -> Corpus:
    lines, size = [], 0
    for text in texts:
        lines.append(msgspec.json.encode({"text": text}) + b"\n")
        size += len(lines[-1])
        if size >= limit:
            break
    if name != "alpaca":
        chances.shuffle(lines)
    corpus = folder / name
    corpus.mkdir()
    for shard in range(SHARDS):
        (corpus / f"part-{shard}.jsonl").write_bytes(b"".join(lines[shard::SHARDS]))
    return Corpus(name, corpus, len(lines), size / 1e6)


def _alpaca(data: Path) -> Path:
    return data / "corpora/alpaca/alpaca_data.json.gz"


def _alpaca_texts(data: Path) -> Iterator[str]:
    for row in json.loads(gzip.decompress(_alpaca(data).read_bytes())):
        yield "\n".join(filter(None, (row["instruction"], row["input"], row["output"])))


def _web_texts(data: Path) -> Iterator[str]:
    background = data / "corpora/background_text"
    yield from (row["text"] for row in read_rows(background / "c4_demo.jsonl"))
    yield (background / "wiki_demo.txt").read_text("utf-8")
    paths = _files([Path(root) for root in _TEXT_ROOTS], _TEXT_NAMES)
    # Changelogs are the least like prose: only as many as are needed.
    yield from texts_of(sorted(paths, key=lambda path: ("changelog" in path.name, path)))


def _code_texts() -> Iterator[str]:
    roots = [found for root in _CODE_ROOTS for found in sorted(Path("/").glob(root[1:]))]
    roots += [Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib"))]
    yield from texts_of(sorted(_files(roots, _CODE_NAMES)))


def _files(roots: Iterable[Path], wanted: re.Pattern[str]) -> set[Path]:
    return {
        path
        for root in roots
        for path in root.rglob("*")
        if wanted.fullmatch(path.name) and path.is_file() and not path.is_symlink()
    }

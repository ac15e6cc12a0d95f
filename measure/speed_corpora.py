"""Corpora to time scans on: documents of one text each, in eight files of JSON lines a corpus."""

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

__all__ = ["MADE_OF", "Input", "build_corpora", "build_planted", "first_records", "unzip_alpaca"]

SHARDS = 8
SEED = 5
PLANTED = 200
NO_LIMIT = 1 << 40

_TEXT_ROOTS = ("/usr/share/doc", "/usr/share/man", "/usr/share/info")
_TEXT_NAMES = re.compile(r"copyright|.*\.(gz|txt|md|rst)")
_CODE_ROOTS = ("/usr/lib/python3", "/usr/lib/python3.*", "/usr/share/perl*")
_CODE_NAMES = re.compile(r".*\.(py|p[lm])")
_FIELDS = ("instruction", "input", "output")
_CHINESE = ("alpaca_zh_carbonz0", "alpaca_zh_hikariming", "huatuo_zh")

MADE_OF = {
    "web": "English: web pages and encyclopaedia articles (corpora/background_text), then "
    "documentation, manual pages and at last changelogs of a Debian machine, paragraphs seen "
    "before left out, in documents of 1,000 to 20,000 characters",
    "code": "Python and Perl files of the same machine, in the same way",
    "instructions": "the 52,002 records of alpaca_data.json, instruction, input and output joined",
    "Chinese": f"the records of corpora/{', corpora/'.join(_CHINESE)}, joined in the same way",
}


class Input(NamedTuple):
    """A corpus, or a part of it, as files of one form."""

    corpus: str
    form: str
    """`plain` is eight files of JSON lines, the others are named in `speed_forms`."""
    folder: Path
    """Nothing else stands in it."""
    documents: int
    megabytes: float
    """Of the texts of the documents in UTF-8, whatever they are wrapped in."""

    @property
    def paths(self) -> list[Path]:
        """The files, in order."""
        return sorted(self.folder.iterdir())


def build_corpora(folder: Path, data: Path, megabytes: int) -> list[Input]:
    """Write the four corpora, those of web text and of code up to a size."""
    chances = random.Random(SEED)
    limit = megabytes * 1_000_000
    web, code = (documents_of(texts, chances) for texts in (_web_texts(data), _code_texts()))
    corpora = data / "corpora"
    chinese = [path for name in _CHINESE for path in sorted((corpora / name).glob("*.json"))]
    return [
        _write("web", folder, web, limit, chances),
        _write("code", folder, code, limit, chances),
        _write("instructions", folder, _joined([_alpaca(data)]), NO_LIMIT, chances),
        _write("Chinese", folder, _joined(chinese), NO_LIMIT, chances),
    ]


def build_planted(folder: Path, data: Path) -> Input:
    """Write web pages with a test item of gsm8k, question and answer, in the middle of each."""
    pages = [row["text"] for row in read_rows(data / "corpora/background_text/c4_demo.jsonl")]
    items = [item for item in items_of("gsm8k", data) if item.split == "test"][:PLANTED]
    texts = [
        f"{page}\n\n{item.fields['question']}\n{item.fields['answer']}\n\n{page}"
        for page, item in zip(pages, items, strict=False)
    ]
    return _write("planted", folder, texts, NO_LIMIT, random.Random(SEED))


def unzip_alpaca(folder: Path, data: Path) -> Path:
    """Write alpaca_data.json as it was published."""
    path = folder / "alpaca_data.json"
    path.write_bytes(gzip.decompress(_alpaca(data).read_bytes()))
    return path


def first_records(data: Path, number: int) -> bytes:
    """Return the first records of alpaca as JSON lines."""
    records = json.loads(gzip.decompress(_alpaca(data).read_bytes()))[:number]
    return b"".join(msgspec.json.encode(record) + b"\n" for record in records)


def _write(
    name: str, folder: Path, texts: Iterable[str], limit: int, chances: random.Random
) -> Input:
    lines, size = [], 0
    for text in texts:
        lines.append(msgspec.json.encode({"text": text}) + b"\n")
        size += len(text.encode())
        if size >= limit:
            break
    # A part of a corpus must be like the whole.
    chances.shuffle(lines)
    corpus = folder / name
    corpus.mkdir()
    for shard in range(SHARDS):
        (corpus / f"part-{shard}.jsonl").write_bytes(b"".join(lines[shard::SHARDS]))
    return Input(name, "plain", corpus, len(lines), size / 1e6)


def _alpaca(data: Path) -> Path:
    return data / "corpora/alpaca/alpaca_data.json.gz"


def _joined(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the records of instruction data as texts, from JSON or JSON lines."""
    for path in paths:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
        lines = text.strip().split("\n") if text.lstrip().startswith("{") else ()
        for row in map(json.loads, lines) if lines else json.loads(text):
            yield "\n".join(filter(None, map(row.get, _FIELDS)))


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

"""Documents of documentation and of source code, from the files of the machine."""

from __future__ import annotations

import gzip
import math
import random
import re
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["documents_of", "machine_documents", "texts_of"]

SMALLEST, LARGEST = 1_000, 20_000
"""Characters of a document."""
LARGEST_FILE_BYTES = 4_000_000
"""What is larger is a table or a list of data more often than a text."""

_ROOTS = (
    "/usr/share/doc",
    "/usr/share/info",
    "/usr/share/man",
    "/usr/share/perl*",
    "/usr/lib/python3",
    "/usr/lib/python3.*",
)
_WANTED = re.compile(r".*\.(gz|txt|md|rst|html?|py|pyi|pyx|p[lm]|c|h|hpp)|README.*|NEWS.*")
_LICENCES = re.compile(r"(copyright|licen[cs]e|copying).*", re.IGNORECASE)
"""Files whose text stands in hundreds of packages."""


def machine_documents(chances: random.Random) -> Iterator[str]:
    """Yield documents of 1,000 to 20,000 characters, no paragraph twice, the files shuffled."""
    paths = sorted(_files())
    chances.shuffle(paths)
    return documents_of(texts_of(paths), chances)


def documents_of(texts: Iterable[str], chances: random.Random) -> Iterator[str]:
    """Cut texts at blank lines into documents of many sizes; leave out paragraphs seen before."""
    seen: set[int] = set()
    for text in texts:
        document, wanted = "", _size(chances)
        for paragraph in text.split("\n\n"):
            if (key := hash(" ".join(paragraph.split()))) in seen:
                continue
            seen.add(key)
            document += paragraph[:LARGEST] + "\n\n"
            if len(document) >= wanted:
                yield document[:LARGEST]
                document, wanted = "", _size(chances)
        if len(document) >= SMALLEST:
            yield document


def _size(chances: random.Random) -> float:
    """Choose the size of a document; small ones are as likely as large ones on a log scale."""
    return SMALLEST * math.exp(chances.random() * math.log(LARGEST / SMALLEST))


def _files() -> set[Path]:
    roots = [found for root in _ROOTS for found in Path("/").glob(root[1:])]
    roots += [Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")]
    return {path for root in roots for path in root.rglob("*") if _is_text(path)}


def _is_text(path: Path) -> bool:
    return (
        _WANTED.fullmatch(path.name) is not None
        and _LICENCES.fullmatch(path.name) is None
        and path.is_file()
        and not path.is_symlink()
        and path.stat().st_size <= LARGEST_FILE_BYTES
    )


def texts_of(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the text of files, those in gzip too; what is no text is left out."""
    for path in paths:
        try:
            data = path.read_bytes()
            yield (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        except (OSError, EOFError, UnicodeDecodeError):
            continue  # not text, or not ours to read

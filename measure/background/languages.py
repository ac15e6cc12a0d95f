"""Collects text in languages whose words the background table cannot have from word lists.

    python measure/background/languages.py --output languages.jsonl.zst

Telugu, Thai and Swahili are in no list of wordfreq; Chinese and Japanese ones tell nothing of how
characters follow each other, which `entropy.py` measures. Their text is taken from Debian's
translations and manuals, in the way of `collect.py`. A line is `{"language", "source", "text"}`.
"""

from __future__ import annotations

import argparse
import json
import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pyarrow as pa
from collect import fetch, from_manual, from_markup

SOURCES = """
    te  libreoffice-l10n-te       *.mo
    te  mediawiki                 */i18n/te.json
    th  libreoffice-l10n-th       *.mo
    th  mediawiki                 */i18n/th.json
    th  wordpress-l10n            */languages/th.mo
    sw  mediawiki                 */i18n/sw.json
    sw  wordpress-l10n            */languages/sw.mo
    zh  libreoffice-help-zh-cn    *.html
    zh  debian-reference-zh-cn    *.html
    zh  gimp-help-zh-cn           *.html
    zh  manpages-zh               */zh_CN/man*
    zh  fortunes-zh               */fortunes/[!.]*
    ja  libreoffice-help-ja       *.html
    ja  debian-reference-ja       *.html
    ja  gimp-help-ja              *.html
    ja  manpages-ja               */ja/man*
"""
LETTERS = {
    "te": re.compile("[\u0c00-\u0c7f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "sw": re.compile("[a-z]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
}
LEAST_LETTERS = 0.5  # of a paragraph's letters; code and names stay below
PLACEHOLDERS = re.compile(
    r"%\d*\$?[a-zA-Z]|\$[\w()]+|\{\{[^{}]*\}\}|<[^<>]*>|https?:\S+|[_~&](?=\w)"
)


def from_translations(data: bytes) -> str:
    """The other side of a gettext catalogue, without what was left in English."""
    count, originals, translations = struct.unpack_from("<III", data, 8)
    texts = []
    for row in range(count):
        pair = []
        for table in (originals, translations):
            size, at = struct.unpack_from("<II", data, table + 8 * row)
            pair.append(data[at : at + size].decode("utf-8", "replace").replace("\0", "\n\n"))
        if pair[0] and pair[0].rpartition("\4")[2] != pair[1]:  # the first one is a header
            texts.append(pair[1])
    return "\n\n".join(texts)


def from_messages(data: bytes) -> str:
    """The messages of MediaWiki in one language."""
    messages = json.loads(data)
    return "\n\n".join(text for key, text in messages.items() if not key.startswith("@"))


def plain_text(path: Path) -> str:
    """The text of one file."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = subprocess.run(["gzip", "-cd", path], check=True, capture_output=True).stdout
    if path.suffix == ".mo":
        return from_translations(data)
    if path.suffix == ".json":
        return from_messages(data)
    text = data.decode("utf-8", "replace")
    if path.suffix == ".html":
        return from_markup(text)
    return from_manual(text) if "/man" in path.as_posix() else text


def paragraphs(text: str, language: str, seen: set[str]) -> Iterator[str]:
    """The paragraphs of a text that are in the language and were not there before."""
    for block in re.split(r"\n\s*\n|\n%\n", text):
        paragraph = " ".join(PLACEHOLDERS.sub(" ", block).split())
        letters = sum(map(str.isalpha, paragraph))
        own = len(LETTERS[language].findall(paragraph.lower()))
        if own > LEAST_LETTERS * letters and paragraph not in seen:
            seen.add(paragraph)
            yield paragraph


def read_package(language: str, folder: Path, pattern: str, seen: set[str]) -> Iterator[str]:
    """The text of every file of an unpacked package."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    for path in files:
        if fnmatch(path.relative_to(folder).as_posix(), pattern):
            yield "\n\n".join(paragraphs(plain_text(path), language, seen))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--output", type=Path, required=True, help="a .jsonl.zst file")
    parser.add_argument("--debs", type=Path, help="keep the downloaded packages in this folder")
    arguments = parser.parse_args()
    seen: set[str] = set()
    with (
        tempfile.TemporaryDirectory() as temporary,
        pa.CompressedOutputStream(str(arguments.output), "zstd") as output,
    ):
        debs = arguments.debs or Path(temporary)
        debs.mkdir(parents=True, exist_ok=True)
        for row in filter(None, map(str.split, SOURCES.splitlines())):
            language, name, pattern = row
            deb = fetch(name, debs)
            if deb is None:
                print(f"{name}: not available here, left out", file=sys.stderr)
                continue
            with tempfile.TemporaryDirectory(dir=temporary) as unpacked:
                subprocess.run(["dpkg-deb", "-x", deb, unpacked], check=True)
                texts = list(filter(None, read_package(language, Path(unpacked), pattern, seen)))
            for text in texts:
                record = {"language": language, "source": name, "text": text}
                output.write(json.dumps(record).encode() + b"\n")
            size = sum(map(len, texts)) / 1e6
            print(f"{size:8.2f} million characters  {language}  {name}", file=sys.stderr)


if __name__ == "__main__":
    main()

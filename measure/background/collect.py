"""Collects the background texts: what ordinary English and technical prose looks like.

    python measure/background/collect.py --output background.jsonl.zst --mb 300

Reads the documentation packages listed in packages.txt, none of which gets installed: each is
downloaded with apt-get, unpacked in a temporary folder, turned into plain text and thrown away.
Runs on Debian, or wherever apt-get and dpkg-deb are. See README.md for what comes out.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyarrow as pa

PIECE = 20_000  # characters in a document, at most
LARGEST_SHARE = 0.05  # of all text, for one package
ENGLISH = re.compile(
    r"\b(?:the|of|and|to|an?|in|is|that|it|for|you|with|as|are|on|be|this|or|by|not|from|at|was|"
    r"his|i|we|they|he|she|but|if|have|will|can|all|which|there|their|our|your|my|has|so|what|who|"
    r"one|me|no|do)\b"
)
ENGLISH_SHARE = 0.25  # of a document's words; listings of names and other languages stay below
BLOCKS = re.compile(
    "p|div|li|d[dt]|h[1-6r]|pre|t[dh]|table|blockquote|br|title|section|article|"
    "para|simpara|listitem|term|entry|screen|programlisting|example|note|item"
)
SKIPPED = re.compile("script|style|nav|footer|svg|math|select|button")
SKIPPED_FILES = re.compile(
    r"(^|/)(changelog|copyright|news|thanks|authors|todo|licen[cs]e|gpl|_modules/|_sources/|"
    r"genindex|py-modindex|search\.html|doxygen)",
    re.IGNORECASE,
)
MARKUP = frozenset({".html", ".htm", ".xhtml", ".xml", ".docbook", ".page", ".sgml"})
PLAIN = re.compile(r"\.(?:te?xt|md|rst|info(?:-\d+)?|dict|pod|adoc|xhf|\d+)")
MANUAL = re.compile(r"\.[1-8][a-z]*")
SIGNED = re.compile(  # who wrote it, below every entry of GCIDE and of Metamath
    r"\[(?:1913 Webster|PJC|WordNet)[^\]]*\]|\((?:Contributed|Revised|Proof\s+\w+)\s+by[^)]*\)"
)
# Readers named in packages.txt, for files that hold text among other things.
PARTS = {
    "glosses": re.compile(r" \| (.+)"),  # WordNet: the explanation of a word
    "backquoted": re.compile(r"`([^`]+)`"),  # Endless Sky: what the player reads
    "quoted": re.compile(r'_ *"([^"]+)"'),  # Battle for Wesnoth: what the player reads
    "comments": re.compile(r"\$\((.*?)\$\)", re.DOTALL),  # Metamath: what a theorem says
}


class Package(NamedTuple):
    """One line of packages.txt."""

    name: str
    reader: str
    pattern: str


class _Text(HTMLParser):
    """The text of a page of HTML, DocBook or Mallard, a blank line around every block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += SKIPPED.fullmatch(tag) is not None
        if BLOCKS.fullmatch(tag):
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if SKIPPED.fullmatch(tag) and self._skipping:
            self._skipping -= 1
        if BLOCKS.fullmatch(tag):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(data)


def from_markup(text: str) -> str:
    parser = _Text()
    parser.feed(text)
    return "".join(parser.parts)


def from_manual(text: str) -> str:
    """A manual page without its roff requests and font changes."""
    text = re.sub(r"^[.'](?:PP?|LP|TP|IP|SH|SS|Sh|Pp|It)\b[ \t]*", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"^[.'](?:[BI]|[BIR]{2}|Nm|Fl|Ar)[ \t]+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[.'].*$", "", text, flags=re.MULTILINE)
    text = text.replace(r"\-", "-").replace(r"\(aq", "'")
    return re.sub(r"\\(?:f(?:\(..|\[[^\]]*\]|.)|\((?:..)|[&%|^/,e]|s[-+]?\d+)", "", text)


def from_catalogue(data: bytes) -> str:
    """The English side of a gettext catalogue, whatever language it translates into."""
    count, table = struct.unpack_from("<II", data, 8)
    spans = (struct.unpack_from("<II", data, table + 8 * row) for row in range(count))
    texts = (data[at : at + size].decode("utf-8", "replace") for size, at in spans)
    return "\n\n".join(text.rpartition("\4")[2].partition("\0")[0] for text in texts)


def plain_text(path: Path, reader: str) -> str:
    """The text of one file, or nothing where it is of no format known here."""
    data = path.read_bytes()
    name = path.name
    if name.endswith((".gz", ".dz")):
        data, name = gzip.decompress(data), name[:-3]
    suffix = Path(name).suffix.lower()
    if suffix == ".mo":
        return from_catalogue(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = SIGNED.sub("", text)
    if reader in PARTS:
        return "\n\n".join(PARTS[reader].findall(text))
    if suffix in MARKUP:
        return from_markup(text)
    if "/man/" in path.as_posix() and MANUAL.fullmatch(suffix):
        return from_manual(text)
    return text if reader == "plain" or PLAIN.fullmatch(suffix) else ""


def english(text: str) -> bool:
    text = text.lower()
    words = len(re.findall(r"[^\W\d_]+", text))
    return len(ENGLISH.findall(text)) >= max(ENGLISH_SHARE * words, 1)


def _shuffled(text: str) -> bytes:
    """A key that puts texts in an order of no meaning, the same one every time."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


def documents(text: str, seen: set[bytes]) -> Iterator[str]:
    """Cuts a text at blank lines, leaving out every paragraph that was there before."""
    piece: list[str] = []
    size = 0
    for block in re.split(r"\n\s*\n|\n%\n", text.replace("\r\n", "\n")):
        for match in re.finditer(rf"\S.{{0,{PIECE - 2}}}", block, re.DOTALL):
            paragraph = match[0].rstrip()
            key = _shuffled(" ".join(paragraph.split()))
            if key in seen:
                continue
            seen.add(key)
            if size + len(paragraph) > PIECE:
                yield "\n\n".join(piece)
                piece, size = [], 0
            piece.append(paragraph)
            size += len(paragraph) + 2
    if piece:
        yield "\n\n".join(piece)


def read_package(
    package: Package, folder: Path, limit: int, seen: set[bytes]
) -> Iterator[tuple[str, str]]:
    """The documents of an unpacked package, in an order that favours no part of it."""
    files = [
        (path, path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    ]
    files.sort(key=lambda file: _shuffled(file[1]))
    for path, name in files:
        if not fnmatch(name, package.pattern) or SKIPPED_FILES.search(name):
            continue
        texts = filter(english, documents(plain_text(path, package.reader), seen))
        for text in sorted(texts, key=_shuffled):
            limit -= len(text)
            if limit < 0:
                return
            yield f"{package.name}/{name}", text


def even_share(sizes: Collection[int], total: int) -> int:
    """The size to cut every package to so that together they come to the total.

    >>> even_share([10, 50, 90], 70)
    30
    """
    left = sorted(sizes)
    while left and left[0] * len(left) <= total:
        total -= left.pop(0)
    return total // len(left) if left else max(sizes)


def fetch(name: str, folder: Path) -> Path | None:
    """The package's file, downloaded unless it is there already."""
    if not list(folder.glob(f"{name}_*.deb")):
        command = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", name]
        subprocess.run(command, cwd=folder, check=False)
    return max(folder.glob(f"{name}_*.deb"), default=None)


def packages() -> list[Package]:
    text = Path(__file__).with_name("packages.txt").read_text("utf-8")
    rows = [line.split("#")[0].split() for line in text.splitlines()]
    return [Package(*row) for row in rows if row]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--output", type=Path, required=True, help="a .jsonl.zst file")
    parser.add_argument("--mb", type=float, default=300, help="megabytes of text, at most")
    parser.add_argument("--debs", type=Path, help="keep the downloaded packages in this folder")
    arguments = parser.parse_args()
    total = int(arguments.mb * 1e6)
    seen: set[bytes] = set()
    found: dict[Path, int] = {}
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        debs = arguments.debs or work
        debs.mkdir(parents=True, exist_ok=True)
        for package in packages():
            deb = fetch(package.name, debs)
            if deb is None:
                print(f"{package.name}: not available here, left out", file=sys.stderr)
                continue
            with tempfile.TemporaryDirectory(dir=work) as unpacked:
                subprocess.run(["dpkg-deb", "-x", deb, unpacked], check=True)
                lines = work / f"{deb.stem}.jsonl"
                size = 0
                with lines.open("w", encoding="utf-8") as file:
                    limit = int(total * LARGEST_SHARE)
                    for source, text in read_package(package, Path(unpacked), limit, seen):
                        file.write(json.dumps({"source": source, "text": text}) + "\n")
                        size += len(text)
                found[lines] = size
            if arguments.debs is None:
                deb.unlink()
            print(f"{size / 1e6:8.2f} MB  {unquote(deb.stem)}", file=sys.stderr, flush=True)
        share = even_share(found.values(), total)
        kept = 0
        with pa.CompressedOutputStream(str(arguments.output), "zstd") as output:
            for lines in found:
                size = 0
                for line in lines.open("rb"):
                    size += len(json.loads(line)["text"])
                    if size > share:
                        break
                    output.write(line)
                kept += min(size, share)
        print(f"{kept / 1e6:8.2f} MB in all, {share / 1e6:.2f} MB at most of one package")


if __name__ == "__main__":
    main()

"""What to leave out of a corpus: patterns as in .gitignore."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePath
from typing import NamedTuple

from leakcheck.corpus.storage.uris import is_uri, location_of

__all__ = ["NOTHING_EXCLUDED", "Excludes"]


class Excludes(NamedTuple):
    """Patterns, and the folder that they start from.

    `*` stands for anything but a slash, `**` for folders of any depth, `?` and `[a-z]` for a
    character. A pattern with a slash at its start or inside starts from `root`, one without fits a
    name at any depth, one with a slash at its end fits folders only. What lies below a folder that
    fits is left out with it. There is no `!`. Of a uri the pattern starts from the bucket, or from
    the repository of the model hub.
    """

    patterns: tuple[str, ...] = ()
    root: Path = Path()
    forced: bool = False
    """Whether what was named is left out too, as it must be where a program names the files."""

    def leave_out(self, name: str, named: str) -> bool:
        """Tell whether a file is left out.

        Args:
            name: the path of the file.
            named: the part of it that the user wrote out, itself or a folder above it.

        >>> Excludes(("raw/", "*.bak.jsonl")).leave_out("data/raw/a.jsonl", "data")
        True
        >>> Excludes(("raw/",)).leave_out("data/raw/a.jsonl", "data/raw")
        False
        """
        if not self.patterns:
            return False
        exempt = 0 if self.forced else len(self._parts(named))
        return any(
            _regex(pattern).fullmatch(folder)
            for pattern in self.patterns
            for folder in _with_folders(self._parts(name), exempt)
        )

    def _parts(self, name: str) -> Sequence[str]:
        """Part a path, from the root if it is below that; a uri from its bucket."""
        if is_uri(name):
            return [part for part in location_of(name).key.split("/") if part]
        place, root = Path(os.path.abspath(name)), Path(os.path.abspath(self.root))  # noqa: PTH100
        if place.is_relative_to(root):
            return place.relative_to(root).parts
        return [part for part in PurePath(name).parts if part not in ("..", "/")]


NOTHING_EXCLUDED = Excludes()


def _with_folders(parts: Sequence[str], exempt: int) -> Iterator[str]:
    """Yield the folders above a file, then the file; folders end with a slash.

    >>> list(_with_folders(["data", "raw", "a.jsonl"], 1))
    ['data/raw/', 'data/raw/a.jsonl']
    """
    for depth in range(exempt + 1, len(parts) + 1):
        yield "/".join(parts[:depth]) + ("/" if depth < len(parts) else "")


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; it fits folders with a slash at their end, and files without.

    >>> bool(_regex("a/**/b").fullmatch("a/x/y/b")), bool(_regex("*.md").fullmatch("docs/"))
    (True, False)
    """
    body = pattern.removesuffix("/")
    end = "/" if body != pattern else "/?"
    start = "" if "/" in body else "(?:.*/)?"
    return re.compile(start + _translated(body.removeprefix("/")) + end, re.DOTALL)


_TOKEN = re.compile(
    r"""(?P<any_folders> (?:^|(?<=/)) \*\*/ )
      | (?P<all_below>   (?:^|(?<=/)) \*\*$ )
      | (?P<any>         \*+ )
      | (?P<one>         \? )
      | (?P<set>         \[ [!^]? \]? [^\]]* \] )
      | \\ (?P<escaped>  . )
      | (?P<plain>       . )""",
    re.VERBOSE | re.DOTALL,
)
_MEANING = {"any_folders": "(?:.*/)?", "all_below": ".+", "any": "[^/]*", "one": "[^/]"}


def _translated(pattern: str) -> str:
    return "".join(map(_token, _TOKEN.finditer(pattern)))


def _token(found: re.Match[str]) -> str:
    kind, text = found.lastgroup or "", found[found.lastgroup or 0]
    if kind == "set":
        negated = "^/" if text[1] in "!^" else ""
        inside = text[2 if negated else 1 : -1].replace("\\", "\\\\").replace("[", "\\[")
        inside = inside.replace("]", "\\]").replace("&&", "&\\&").replace("||", "|\\|")
        return f"[{negated}{inside}]"
    return _MEANING.get(kind) or re.escape(text)

"""What was added to a corpus since a commit: new files whole, of text formats the new rows."""

from __future__ import annotations

import codecs
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from leakcheck.corpus.git import Since, added_lines, changed_since, root_of
from leakcheck.corpus.records import CorpusFile, Skipped
from leakcheck.errors import UsageError

__all__ = ["added_since"]

_HAVE_ROWS = (".csv", ".jsonl", ".ndjson", ".tab", ".tsv")
"""Suffixes of files whose lines tell their rows."""
_ONE_DOCUMENT = (".markdown", ".md", ".txt")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_NAMED = 3


class _Place(NamedTuple):
    """Where a file is for git."""

    root: Path
    path: str


def added_since(
    reference: str,
    files: Sequence[CorpusFile],
    skipped: Sequence[Skipped],
    on_note: Callable[[str], None],
) -> tuple[list[CorpusFile], list[Skipped]]:
    """Keep of a corpus what was added since a commit.

    Rows can be told apart in jsonl, ndjson, csv and tsv. Other files are kept whole if they
    changed, and so are files that were compressed or that git keeps in another form (LFS). Files
    that are as they were are left out, also under a new name.

    Raises:
        UsageError: a file is in no git repository, or that knows no such commit.
    """
    roots: dict[Path, Path] = {}
    places = [_place(_on_disk(file), roots) for file in files]
    # Of what could not be read only the name is known; it may be no path, with its bytes escaped.
    names = [Path(each.name) for each in skipped]
    beside = [_place(name, roots) if name.exists() else None for name in names]
    since = _since(reference, [*places, *filter(None, beside)])
    kept, whole = [], []
    for file, place in zip(files, places, strict=True):
        added = _added(file, place, since[place.root])
        if added is None:
            continue
        kept.append(added)
        if added.part is None and _might_have_been_parted(file, place, since[place.root]):
            whole.append(file.name)
    if whole:
        on_note(_whole_note(whole))
    unread = [
        each
        for each, place in zip(skipped, beside, strict=True)
        if place is None or not since[place.root].is_unchanged(place.path)
    ]
    return kept, unread


def _on_disk(file: CorpusFile) -> Path:
    if file.path is None:
        what = "standard input" if file.is_standard_input else f"{file.name}: an object store"
        raise UsageError(f"{what} is in no git repository; leave --diff-base out")
    return file.path


def _place(path: Path, roots: dict[Path, Path]) -> _Place:
    """Find the repository of a file; those of folders that were seen are in `roots`."""
    # Of a link git keeps where it leads to; the lines are in the file there.
    real = Path(os.path.realpath(path))
    if real.parent not in roots:
        roots[real.parent] = Path(os.path.realpath(root_of(real.parent)))
    root = roots[real.parent]
    return _Place(root, real.relative_to(root).as_posix())


def _since(reference: str, places: Sequence[_Place]) -> dict[Path, Since]:
    paths: dict[Path, list[str]] = defaultdict(list)
    for place in places:
        paths[place.root].append(place.path)
    return {root: changed_since(root, reference, within) for root, within in paths.items()}


def _added(file: CorpusFile, place: _Place, since: Since) -> CorpusFile | None:
    """Return what was added of a file: all, some rows, or nothing."""
    path, blob = _on_disk(file), since.before(place.path)
    if since.is_unchanged(place.path):
        return None
    if blob is None or not _is_compared_by_lines(path, place, since):
        return file
    # Most scans are of all there is, and need nothing of this.
    from leakcheck.corpus.added_rows import added_part
    from leakcheck.corpus.raw import raw_pieces

    part = added_part(raw_pieces(path), added_lines(place.root, blob, place.path))
    return replace(file, part=part) if part.rows else None


def _is_compared_by_lines(path: Path, place: _Place, since: Since) -> bool:
    """Tell whether lines that git calls new are rows of a file."""
    if path.suffix.lower() not in _HAVE_ROWS or place.path in since.filtered:
        return False
    try:
        with path.open("rb") as opened:
            return opened.read(2) not in _UTF16
    except OSError:
        return False  # whoever reads it will say what is wrong


def _might_have_been_parted(file: CorpusFile, place: _Place, since: Since) -> bool:
    one_document = _on_disk(file).suffix.lower() in _ONE_DOCUMENT
    return since.before(place.path) is not None and not one_document


def _whole_note(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    files = "1 changed file is" if len(names) == 1 else f"{len(names):,} changed files are"
    return (
        f"{files} scanned whole, for git cannot tell their new rows: "
        f"{', '.join(names[:_MOST_NAMED])}{more}"
    )

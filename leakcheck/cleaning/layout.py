"""What a copy will hold, and where: every file at its path below the root of all inputs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from glob import has_magic, iglob
from pathlib import Path
from typing import NamedTuple

from leakcheck.corpus.records import CorpusFile
from leakcheck.errors import UsageError

__all__ = ["Layout", "LeftOut", "absolute", "input_folders", "lay_out", "root_of"]

_INDEX_SUFFIX = ".lki"


class LeftOut(NamedTuple):
    """Something that is not copied."""

    path: Path
    """Below the root."""
    reason: str


class Layout(NamedTuple):
    """The files of a copy, by their paths below its folder."""

    data: list[tuple[Path, CorpusFile]]
    """What was scanned, in the order of the corpus."""
    others: list[tuple[Path, Path]]
    """What is no data file, or could not be opened as one, and where it lies now."""
    links: list[tuple[Path, Path]]
    """Further names of data files, and the path whose file each stands for."""
    left_out: list[LeftOut]


def lay_out(paths: Sequence[str], files: Sequence[CorpusFile]) -> Layout:
    """Lay out the copy of what paths lead to.

    The root is the folder that all paths share, so two files never meet. Hidden files and folders,
    and indexes, which hold what a corpus held, are left out.
    """
    root = root_of(paths)
    data = [(_below(root, absolute(file.path)), file) for file in files if file.path is not None]
    of_file = {os.path.realpath(file.path): path for path, file in data if file.path is not None}
    layout = Layout(data, [], [], [])
    seen = {path for path, _ in data}
    for found, reason in _entries(paths):
        path = _below(root, found)
        if path in seen:
            continue
        seen.add(path)
        if reason:
            layout.left_out.append(LeftOut(path, reason))
        elif (named := of_file.get(os.path.realpath(found))) is not None:
            layout.links.append((path, named))
        else:
            layout.others.append((path, found))
    return _with_files_in_place(layout, root)


def _with_files_in_place(layout: Layout, root: Path) -> Layout:
    """Put a file where it lies, if it was scanned under the name of a link to it."""
    lies_at: dict[Path, Path] = {}
    for path, named in layout.links:
        if (root / named).is_symlink() and not (root / path).is_symlink():
            lies_at.setdefault(named, path)
    moved = {path: named for named, path in lies_at.items()}
    return layout._replace(
        data=[(lies_at.get(path, path), file) for path, file in layout.data],
        links=[(moved.get(path, path), lies_at.get(named, named)) for path, named in layout.links],
    )


def root_of(paths: Sequence[str]) -> Path:
    """Name the folder that all paths share; for one folder that is itself.

    >>> root_of(["/data/a/x.jsonl", "/data/b/*.jsonl"]).as_posix()
    '/data'
    """
    folders = [str(_folder(path)) for path in paths]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError as error:
        raise UsageError(
            "the paths are on several drives: clean those of each by themselves"
        ) from error


def input_folders(paths: Sequence[str]) -> list[Path]:
    """Name the folders that were given, by themselves or in a pattern; not those of named files."""
    return [_folder(path) for path in paths if Path(path).is_dir() or _is_pattern(path)]


def absolute(path: str | Path) -> Path:
    """Make a path absolute as it is written, links and all."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (resolve follows links)


def _folder(path: str) -> Path:
    """Give a folder itself, the folder of a file, or that in front of a pattern."""
    whole = absolute(path)
    if whole.is_dir():
        return whole
    if not _is_pattern(path):
        return whole.parent
    parts = whole.parts
    fixed = next(number for number, part in enumerate(parts) if has_magic(part))
    return Path(*parts[:fixed])


def _is_pattern(path: str) -> bool:
    return has_magic(path) and not Path(path).exists()


def _below(root: Path, path: Path) -> Path:
    return Path(os.path.relpath(path, root))


def _entries(paths: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Name all that is at or below the paths, with why it is left out, or nothing."""
    for path in paths:
        # Path.glob takes no absolute pattern.
        matches = [path] if Path(path).exists() else sorted(iglob(path, recursive=True))  # noqa: PTH207
        for match in map(Path, matches):
            if any(map(_is_index, (match, *match.parents))):
                yield absolute(match), "an index"
            elif match.is_dir():
                yield from _walk(absolute(match))
            else:
                yield absolute(match), _why_left_out(absolute(match))


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for parent, folders, files in os.walk(folder, followlinks=True):
        seen.add(os.path.realpath(parent))
        below = sorted(folders)
        folders.clear()
        for name in below:
            place = Path(parent, name)
            reason = _why_folder_left_out(place)
            if reason:
                yield place, reason
            elif os.path.realpath(place) not in seen:
                folders.append(name)
        for name in sorted(files):
            place = Path(parent, name)
            yield place, "hidden" if name.startswith(".") else _why_left_out(place)


def _why_folder_left_out(place: Path) -> str:
    if place.name.startswith("."):
        return "hidden"
    return "an index" if _is_index(place) else ""


def _is_index(place: Path) -> bool:
    return place.suffix == _INDEX_SUFFIX


def _why_left_out(place: Path) -> str:
    if place.is_file():
        return ""
    return "a link to nothing" if place.is_symlink() else "not a regular file"

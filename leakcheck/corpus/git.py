"""What git knows of files: whether they changed since a commit, and which lines were added."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from leakcheck.errors import UsageError

__all__ = ["LineRange", "Since", "added_lines", "added_ranges", "changed_since", "root_of"]

_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")

_OF_THE_CALLER = ("GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF", "GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX")
"""Variables that would change what is shown, or where it is looked for."""

_FILTERS = ("filter", "working-tree-encoding")
"""Attributes of files whose lines are others in git than on disk, as those that LFS keeps."""


class LineRange(NamedTuple):
    """Lines of a file, both ends included, from 1."""

    first: int
    last: int


class Since(NamedTuple):
    """How the files of a repository differ from those of a commit, by their paths from its root."""

    blobs: Mapping[str, str]
    """The files of the commit."""
    changed: frozenset[str]
    """Those among them that are others now."""
    renamed: Mapping[str, str]
    """From the name that a file has now to the one that it had."""
    moved: frozenset[str]
    """The new names of files that have another name and nothing else."""
    filtered: frozenset[str]
    """Changed or new files whose lines git cannot compare with those on disk."""

    def before(self, path: str) -> str | None:
        """Return what a file was, or None where it is new."""
        return self.blobs.get(path) or self.blobs.get(self.renamed.get(path, ""))

    def is_unchanged(self, path: str) -> bool:
        """Tell whether a file is as it was."""
        return path in self.moved or (path in self.blobs and path not in self.changed)


def root_of(folder: Path) -> Path:
    """Return the root of the repository that a folder is in.

    Raises:
        UsageError: it is in none, or there is no git.
    """
    try:
        root = _git(folder, "rev-parse", "--show-toplevel")
    except subprocess.CalledProcessError as error:
        raise UsageError(
            f"{folder}: not in a git repository, so nothing is known of what was added "
            f"({_last_line(error.stderr)}); leave --diff-base out"
        ) from error
    return Path(os.fsdecode(root.removesuffix(b"\n")))


def changed_since(root: Path, reference: str, paths: Sequence[str]) -> Since:
    """Compare the files of a repository with those of a commit.

    Args:
        root: of the repository.
        reference: the commit, as git names commits.
        paths: the files whose lines will be asked for, from the root.

    Raises:
        UsageError: there is no such commit.
    """
    try:
        tree = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{tree}}"
        )
    except subprocess.CalledProcessError as error:
        raise UsageError(
            f"--diff-base {reference}: no such commit in {root}; in CI, fetch it before (a "
            "shallow clone lacks it), else see `git branch --all`"
        ) from error
    at = tree.decode().strip()
    blobs = dict(_blobs(_git(root, "ls-tree", "-r", "-z", "--full-tree", at)))
    # Compared with the working tree: what is staged is what is there, in a hook.
    status = _git(root, "diff", "--name-status", "-z", "--find-renames", "--no-relative", at)
    changed, renamed, moved = _statuses(status)
    named = b"".join(os.fsencode(path) + b"\0" for path in paths)
    attributes = _git(root, "check-attr", "-z", "--stdin", *_FILTERS, given=named)
    return Since(blobs, changed, renamed, moved, frozenset(_with_filter(attributes)))


def added_lines(root: Path, blob: str, path: str) -> list[LineRange]:
    """Return the lines of a file on disk that an earlier content of it has not."""
    process = subprocess.Popen(
        _command(
            *("diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff"),
            *("--no-textconv", "--text", blob, "--", path),
        ),
        cwd=root,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        assert process.stdout is not None
        ranges = added_ranges(process.stdout)
    if process.returncode:
        raise UsageError(f"{path}: git could not compare it with {blob}; leave --diff-base out")
    return ranges


def added_ranges(diff: Iterable[bytes]) -> list[LineRange]:
    """Read where lines were added from the lines of a diff without context.

    >>> added_ranges([b"@@ -1,0 +2,3 @@\\n", b"+@@ -1 +1 @@\\n", b"@@ -9 +11,0 @@\\n"])
    [LineRange(first=2, last=4)]
    """
    hunks = (found for line in diff if (found := _HUNK.match(line)))
    counts = ((int(hunk[1]), int(hunk[2]) if hunk[2] is not None else 1) for hunk in hunks)
    return [LineRange(first, first + lines - 1) for first, lines in counts if lines]


def _blobs(listed: bytes) -> Iterator[tuple[str, str]]:
    for entry in listed.split(b"\0")[:-1]:
        about, _, path = entry.partition(b"\t")
        yield os.fsdecode(path), about.split()[2].decode()


def _statuses(told: bytes) -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    """Read `git diff --name-status -z`: a letter and a path, or for a rename two."""
    fields = iter(map(os.fsdecode, told.split(b"\0")[:-1]))
    changed, renamed, moved = set(), {}, set()
    for status in fields:
        path = next(fields)
        changed.add(path)
        if status[0] == "R":
            renamed[name := next(fields)] = path
            moved.update([name] if status == "R100" else [])
    return frozenset(changed), renamed, frozenset(moved)


def _with_filter(told: bytes) -> Iterator[str]:
    fields = told.split(b"\0")[:-1]
    for path, _, value in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
        if value not in (b"unspecified", b"unset"):
            yield os.fsdecode(path)


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    try:
        return subprocess.run(
            _command(*arguments),
            cwd=folder,
            env=_environment(),
            input=given,
            capture_output=True,
            check=True,
        ).stdout
    except FileNotFoundError as error:
        raise UsageError("--diff-base asks git, and there is no git here; install it") from error


def _command(*arguments: str) -> list[str]:
    return ["git", "--literal-pathspecs", "--no-optional-locks", *arguments]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER}


def _last_line(text: bytes) -> str:
    return (text.decode(errors="replace").strip().splitlines() or ["git failed"])[-1]

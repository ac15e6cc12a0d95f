"""Checking an audit record: are these the files that were scanned, and these the packs?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from leakcheck.benchmark.card import load_card
from leakcheck.benchmark.folders import pack_folder
from leakcheck.benchmark.pack import read_pack
from leakcheck.corpus import Excludes, find_files
from leakcheck.corpus.storage import is_uri
from leakcheck.errors import InputError, LeakcheckError, RunError
from leakcheck.publishing.hashing import sha256_of
from leakcheck.publishing.records import AuditedFile, AuditRecord
from leakcheck.run.files import STANDARD_INPUT, file_of
from leakcheck.verdict.records import PackReport

__all__ = ["Checked", "State", "checked_files", "checked_packs", "new_files", "verify_audit"]

State = Literal["same", "changed", "missing", "new", "not checked"]
"""Of a file or a pack; `missing`, `changed` and `new` are differences, but for a missing pack."""

Hash = Callable[[Path], str]


class Checked(NamedTuple):
    """What became of one file or pack."""

    what: Literal["file", "index", "pack"]
    name: str
    state: State
    told: str = ""
    """In what it differs, or why it was not checked."""

    @property
    def differs(self) -> bool:
        """Whether the record is not true of it any more."""
        return self.state in ("changed", "new") or (self.state == "missing" and self.what != "pack")


def verify_audit(
    record: AuditRecord, root: Path | None, hash_file: Hash = sha256_of
) -> Iterator[Checked]:
    """Compare a record with the files, then with the packs that are installed.

    Args:
        record: of a run.
        root: the folder that its relative paths are to be taken from; by default the current one.
        hash_file: gives the SHA-256 of a file.

    Raises:
        RunError: the record has no hash, so that nothing can be said.
    """
    if record.index is None and not any(file.sha256 for file in record.files):
        raise RunError(f"nothing can be checked: {record.unhashed or 'the record names no file'}")
    yield from checked_files(record, root, hash_file)
    yield from new_files(record, root)
    yield from checked_packs(record.packs)


def checked_files(record: AuditRecord, root: Path | None, hash_file: Hash) -> Iterator[Checked]:
    """Compare the files of a record, and its index, with what is there."""
    if record.index is not None:
        manifest = Path(record.index.path) / "manifest.json"
        wanted = AuditedFile(str(manifest), -1, record.index.manifest_sha256, 0)
        yield _compared(wanted, root, hash_file)._replace(what="index", name=record.index.path)
    for file in record.files:
        if file.sha256 is None:
            yield Checked("file", file.path, "not checked", record.unhashed or "no hash")
        else:
            yield _compared(file, root, hash_file)


def _compared(file: AuditedFile, root: Path | None, hash_file: Hash) -> Checked:
    path = _below(root, file.path)
    try:
        size_bytes = path.stat().st_size
        if file.size_bytes not in (-1, size_bytes):
            told = f"{size_bytes:,} bytes, not {file.size_bytes:,}"
            return Checked("file", file.path, "changed", told)
        same = hash_file(path) == file.sha256
    except FileNotFoundError:
        return Checked("file", file.path, "missing")
    except OSError as error:
        return Checked("file", file.path, "missing", f"cannot be read: {error.strerror}")
    return Checked("file", file.path, "same" if same else "changed", "" if same else "other bytes")


def _below(root: Path | None, name: str) -> Path:
    return file_of(name if root is None else str(root / name))


def new_files(record: AuditRecord, root: Path | None) -> Iterator[Checked]:
    """Name files below the paths that were scanned which the record does not have."""
    if record.index is not None:
        return
    excludes = Excludes(tuple(record.settings.excludes), root or Path())
    known = {file.path for file in record.files} | {each.path for each in record.unscanned}
    named: set[str] = set()
    for path in record.settings.paths:
        for name in _found(path, root, excludes):
            if name not in known | named:
                named.add(name)
                yield Checked("file", name, "new", "was not there when the corpus was scanned")


def _found(path: str, root: Path | None, excludes: Excludes) -> list[str]:
    """Name what a path leads to now, as the scan would have named it."""
    if path == STANDARD_INPUT or is_uri(path):
        return []
    place = path if root is None else str(root / path)
    try:
        files, skipped = find_files([place], excludes)
    except InputError:
        return []  # it leads nowhere now: its files are missing, and told as such
    before = f"{root.as_posix()}/" if root is not None and not Path(path).is_absolute() else ""
    names = [file.name for file in files] + [each.name for each in skipped]
    return [name.removeprefix(before) for name in names]


def checked_packs(packs: list[PackReport]) -> Iterator[Checked]:
    """Compare the packs that were used with those that are installed."""
    for pack in packs:
        try:
            installed = read_pack(pack_folder(load_card(pack.name)) / f"{pack.name}.parquet").header
        except LeakcheckError as error:
            yield Checked("pack", pack.name, "missing", f"not installed here: {error}")
            continue
        if installed.checksum == pack.checksum:
            yield Checked("pack", pack.name, "same")
        else:
            yield Checked("pack", pack.name, "changed", _pack_told(pack, installed.revisions))


def _pack_told(pack: PackReport, revisions: list[str]) -> str:
    if revisions == pack.revisions:
        return "another pack of the same revision is installed"
    return f"revision {', '.join(revisions)} is installed, not {', '.join(pack.revisions)}"

"""Writing the copy of one file: as it is, or without what its plan takes out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from leakcheck.cleaning.layout import Layout
from leakcheck.cleaning.plan import FilePlan
from leakcheck.cleaning.text_files import write_text_file
from leakcheck.corpus.compression import compression_of
from leakcheck.corpus.raw import is_cut_as_text
from leakcheck.corpus.records import CorpusFile
from leakcheck.errors import InputError

__all__ = ["copy_data_file", "copy_others"]


def copy_data_file(file: CorpusFile, target: Path, plan: FilePlan, text_field: str | None) -> None:
    """Write one data file: byte for byte and with its date, or without what is planned to go.

    Raises:
        InputError: it was changed since it was scanned, or is damaged.
        OSError: it cannot be read, or the target not be written.
    """
    source = file.path
    if source is None:
        raise InputError("standard input cannot be cleaned; write it to a file")
    _see_that_it_is_the_same(file, source)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if not plan.rows:
        shutil.copy2(source, target)
    else:
        try:
            _write(source, target, plan, text_field)
        except InputError as error:
            raise InputError(_located(str(error), file.name)) from error
        if target.exists():
            shutil.copymode(source, target)
    _see_that_it_is_the_same(file, source)


def copy_others(layout: Layout, folder: Path) -> None:
    """Copy what is no data file as it is, and give data files their further names as links.

    Raises:
        OSError: something cannot be read or written.
    """
    for path, source in layout.others:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, folder / path)
    for path, named in layout.links:
        if (folder / named).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).symlink_to(os.path.relpath(folder / named, (folder / path).parent))


def _write(source: Path, target: Path, plan: FilePlan, text_field: str | None) -> None:
    if is_cut_as_text(source.name):
        write_text_file(source, target, plan, text_field)
        return
    plain_name = source.name.lower().removesuffix(compression_of(source.name))
    if plain_name.endswith(".parquet"):
        from leakcheck.cleaning.parquet import write_parquet

        write_parquet(source, target, plan, text_field)
    else:
        from leakcheck.cleaning.arrow import write_arrow

        write_arrow(source, target, plan, text_field)


def _see_that_it_is_the_same(file: CorpusFile, source: Path) -> None:
    now = source.stat()
    if (now.st_size, now.st_mtime_ns) != (file.size_bytes, file.modified_ns):
        raise InputError(f"{file.name}: was changed after it was scanned; scan again")


def _located(message: str, name: str) -> str:
    return message if name in message else f"{name}: {message}"

"""Hosts: documents of the user's corpus, so many that a self-test ends soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from leakcheck.corpus import PassageBatch
from leakcheck.corpus_index.stored.place import is_index
from leakcheck.errors import InputError, UsageError
from leakcheck.scanning.files import Where, batches_of, chosen_files
from leakcheck.selftest.planting import Host

__all__ = ["DOCUMENTS", "FILES", "documents_of", "shortened"]

FILES = 50
"""So many files of a corpus are opened, drawn by chance."""
DOCUMENTS = 2000
"""So many documents are taken at most, as many from each file as from the next."""
FIRST_BYTES = 1024 * 1024
"""Documents are drawn from the first so many bytes of a file."""
HOST_CHARACTERS = 8000
"""An item is planted into so much of a passage at most."""


def documents_of(paths: Sequence[str], text_field: str | None, chances: Random) -> list[Host]:
    """Draw documents with text from a corpus.

    Args:
        paths: files, folders or patterns.
        text_field: the only field of each record that is taken.
        chances: which files, and which of their documents.

    Raises:
        InputError: a path is not there, or no document in the files that were drawn has text.
        UsageError: a path is an index, or standard input.
    """
    for path in paths:
        if path == "-" or is_index(path):
            raise UsageError(f"{path}: documents are planted into files; name those of the corpus")
    where = Where(paths, text_field)
    files, skipped = chosen_files(where, lambda _: None)
    chosen = chances.sample(files, min(len(files), FILES))
    share = -(-DOCUMENTS // max(1, len(chosen)))
    hosts: list[Host] = []
    for file in chosen:
        batch = next(batches_of([file], where, skipped, FIRST_BYTES), None)
        found = list(_documents(batch)) if batch else []
        hosts += chances.sample(found, min(len(found), share))
    if not hosts:
        where_in = f" in the field {text_field!r}" if text_field else ""
        why = f"; the first reason: {skipped[0].name}: {skipped[0].reason}" if skipped else ""
        raise InputError(f"no document with text{where_in} in {', '.join(paths)}{why}")
    return hosts[:DOCUMENTS]


def _documents(batch: PassageBatch) -> Iterator[Host]:
    """Yield the documents of a batch that have any text."""
    passages: list[tuple[str, str]] = []
    texts = batch.texts.to_pylist()
    rows = batch.rows.tolist()
    for n, (row, source, text) in enumerate(zip(rows, batch.sources, texts, strict=True)):
        passages.append((source, text))
        if n + 1 == len(rows) or rows[n + 1] != row:
            if any(each.strip() for _, each in passages):
                yield Host(tuple(passages))
            passages = []


def shortened(host: Host, chances: Random) -> Host:
    """Cut a stretch out of each passage that is too long to be planted into many times."""
    return Host(tuple((source, _stretch(text, chances)) for source, text in host.passages))


def _stretch(text: str, chances: Random) -> str:
    if len(text) <= HOST_CHARACTERS:
        return text
    start = chances.randrange(len(text) - HOST_CHARACTERS)
    return text[start : start + HOST_CHARACTERS]

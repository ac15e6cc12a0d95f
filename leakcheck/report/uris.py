"""Paths of files as URIs."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

__all__ = ["is_absolute", "uri_of"]


@lru_cache(maxsize=1024)
def is_absolute(path: str) -> bool:
    """Tell whether a path says from the root where it is, on any system."""
    from leakcheck.corpus.storage import is_uri

    return is_uri(path) or PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()


@lru_cache(maxsize=1024)
def uri_of(path: str) -> str:
    """Write a path as a URI: relative if it is, else with `file:`; of an object its own.

    >>> uri_of("./data/50 % off: a#b.jsonl"), uri_of("/data/a.jsonl")
    ('data/50%20%25%20off%3A%20a%23b.jsonl', 'file:///data/a.jsonl')
    >>> uri_of("s3://bucket/my file.jsonl")
    's3://bucket/my%20file.jsonl'
    """
    from leakcheck.corpus.storage import is_uri

    if is_uri(path):
        return quote(path, safe="/:@")
    if PurePosixPath(path).is_absolute():
        return PurePosixPath(path).as_uri()
    if PureWindowsPath(path).is_absolute():
        return PureWindowsPath(path).as_uri()
    return quote(posixpath.normpath(path))

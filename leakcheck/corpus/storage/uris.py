"""The names of objects: `scheme://bucket/key`, and which of them leakcheck knows."""

from __future__ import annotations

import re
from typing import NamedTuple

from leakcheck.corpus.storage.kinds import KINDS

__all__ = ["Location", "has_scheme", "is_uri", "location_of"]

_URI = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)

_EXAMPLES = ", ".join(kind.example for kind in KINDS.values())


class Location(NamedTuple):
    """Where an object or a folder of objects is."""

    scheme: str
    root: str
    """The bucket; of the model hub `datasets/owner/name`, with `@revision` if one is named."""
    key: str
    """The path below the root, without slashes around it; empty for the root itself."""

    @property
    def uri(self) -> str:
        """Return the whole name."""
        return f"{self.scheme}://{self.root}" + (f"/{self.key}" if self.key else "")

    def below(self, key: str) -> Location:
        """Return the place of another key in the same root."""
        return self._replace(key=key)


def is_uri(name: str) -> bool:
    """Tell whether a name is one of an object in a store that is known.

    >>> is_uri("s3://bucket/a.jsonl"), is_uri("corpus/a.jsonl"), is_uri("ftp://host/a.jsonl")
    (True, False, False)
    """
    found = _URI.match(name)
    return found is not None and found[1].lower() in KINDS


def has_scheme(name: str) -> bool:
    """Tell whether a name begins as a uri does, of whatever scheme.

    >>> has_scheme("ftp://host/a.jsonl"), has_scheme("C:/corpus")
    (True, False)
    """
    return _URI.match(name) is not None


def location_of(uri: str) -> Location:
    """Take a uri apart.

    Characters stand for themselves: `%20` is no space, and nothing is a query.

    Raises ValueError, whose text says what is wrong with it and never repeats a password.

    >>> location_of("s3://bucket/corpus/web/")
    Location(scheme='s3', root='bucket', key='corpus/web')
    >>> location_of("hf://datasets/owner/name@v1/data").root
    'datasets/owner/name@v1'
    """
    found = _URI.fullmatch(uri)
    if found is None:
        raise ValueError(f"{uri}: not a uri; name one as {_EXAMPLES}")
    scheme, rest = found[1].lower(), found[2]
    if scheme not in KINDS:
        known = ", ".join(f"{each}://" for each in KINDS)
        raise ValueError(
            f"{scheme}://...: leakcheck does not read {scheme}://; it reads {known} and paths"
        )
    if scheme != "hf" and "@" in rest.partition("/")[0]:
        raise ValueError(
            f"{scheme}://...@...: credentials do not belong in a uri, which reports repeat; give "
            "them by the environment or by a profile, as for the store's own tools"
        )
    parts = [part for part in rest.split("/") if part]
    count = KINDS[scheme].root_parts
    if len(parts) < count or (scheme == "hf" and parts[0] != "datasets"):
        raise ValueError(f"{uri}: names no bucket or repository; name one as {_EXAMPLES}")
    if scheme == "hf" and parts[2].endswith("@refs"):  # a reference as refs/convert/parquet
        count += 2
    return Location(scheme, "/".join(parts[:count]), "/".join(parts[count:]))

"""Compilation of the kernels by numba, kept between runs.

numba keeps compiled functions by the time stamp of the one file each stands in, and does not
notice a change in a function they call. So they are kept in a folder named after the content of
all kernels, in the user's cache: a new version of leakcheck never meets the code of an old one.
"""

from __future__ import annotations

import hashlib
import os
from importlib.resources import files
from pathlib import Path

import numba

__all__ = ["inlined", "kernel"]

_KERNELS = (
    "text/tokens.py",
    "text/background.py",
    "text/number_words.py",
    "index/item_table.py",
    "index/shingles.py",
    "index/sieve.py",
    "detection/score.py",
    "detection/matches.py",
    "detection/kernel.py",
)


def _cache_folder() -> Path:
    package = Path(str(files("leakcheck")))
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for name in _KERNELS:
        digest.update((package / name).read_bytes())
    base = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path.home() / ".cache"
    return home / "leakcheck" / f"kernels-{digest.hexdigest()}"


numba.config.CACHE_DIR = str(_cache_folder())

kernel = numba.njit(nogil=True, cache=True)
"""Compile a function; it runs without Python's lock."""

inlined = numba.njit(nogil=True, cache=True, inline="always")
"""Compile a function into its callers: for what is done at every token."""

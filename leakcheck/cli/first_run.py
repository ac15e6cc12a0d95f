"""The first run: the kernels are compiled once, and kept where there is a place for them."""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Callable
from tempfile import mkdtemp
from types import ModuleType

__all__ = [
    "announce_compilation",
    "announce_index_compilation",
    "announce_presets_compilation",
    "is_compiled",
    "load_kernel",
]

_NO_PLACE = "no locator available"
"""What numba says when it can write neither beside the package nor to the user's cache."""


def announce_compilation(say: Callable[[str], None]) -> None:
    """Load the kernel, and say so if the first scan will have to compile it."""
    if not is_compiled(load_kernel(say)._match_documents):
        say("compiling its kernels, once after installation (about 25 seconds)")


def announce_index_compilation(say: Callable[[str], None]) -> None:
    """Load the kernels of an index, and say so if they will have to be compiled."""
    load_kernel(say)
    from leakcheck.corpus_index.sketching import fingerprints

    if not is_compiled(fingerprints._fill):
        say("compiling the kernels of indexes, once after installation (up to 25 seconds)")


def announce_presets_compilation(say: Callable[[str], None]) -> None:
    """Load the kernels of presets, and say so if they will have to be compiled."""
    load_kernel(say)
    from leakcheck.presets import runs

    if not is_compiled(runs._find):
        say("compiling the kernels of presets, once after installation (up to 30 seconds)")


def load_kernel(say: Callable[[str], None]) -> ModuleType:
    """Import the kernel; without a place to keep it compiled, keep it for this run only."""
    try:
        from leakcheck.detection import kernel
    except RuntimeError as error:
        if _NO_PLACE not in str(error):
            raise
        say(
            "no place to keep its compiled kernels, so every run compiles them again; "
            "set NUMBA_CACHE_DIR to a folder that can be written to"
        )
        _cache_for_this_run()
        from leakcheck.detection import kernel
    return kernel


def is_compiled(function: object) -> bool:
    """Tell whether a compiled form of a numba function is kept that fits its source.

    Only numba's own index knows that; a numba that keeps it elsewhere is taken at its word.
    """
    try:
        return bool(function._cache._cache_file._load_index())  # type: ignore[attr-defined]
    except AttributeError:
        return True


def _cache_for_this_run() -> None:
    import numba

    folder = mkdtemp(prefix="leakcheck-kernels-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["NUMBA_CACHE_DIR"] = folder
    numba.config.reload_config()  # type: ignore[no-untyped-call]

"""Compilation of the kernels by numba, kept between runs.

numba keeps compiled functions by the time stamp of the one file each stands in, and does not
notice a change in a function they call. So they are kept in a folder named after the content of
all kernels, in the user's cache: a new version of leakcheck never meets the code of an old one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core.caching import FunctionCache
from numba.core.runtime import rtsys  # type: ignore[attr-defined]

__all__ = ["KERNELS_DIGEST", "allocating", "inlined", "int64", "kernel", "read_only"]

_KERNELS = (
    "vectors.py",
    "text/folding.py",
    "text/hashing.py",
    "text/ascii.py",
    "text/utf8.py",
    "text/dressing_names.py",
    "text/escapes.py",
    "text/commands.py",
    "text/entities.py",
    "text/tags.py",
    "text/dressing.py",
    "text/numerals.py",
    "text/other_scripts.py",
    "text/camel_case.py",
    "text/number_words.py",
    "text/word_hashes.py",
    "text/single_words.py",
    "text/words.py",
    "text/tokens.py",
    "text/background.py",
    "index/item_table.py",
    "index/shingles.py",
    "index/sieve.py",
    "detection/score.py",
    "detection/matches.py",
    "detection/clusters.py",
    "detection/lookups.py",
    "detection/hits.py",
    "detection/blocks.py",
    "detection/screen.py",
    "detection/sifting.py",
    "detection/candidates.py",
    "detection/following.py",
    "detection/kernel.py",
    "corpus_index/sketching/minhash.py",
    "corpus_index/sketching/contents.py",
    "corpus_index/sketching/fingerprints.py",
    "corpus_index/nearness/sought.py",
    "corpus_index/nearness/union.py",
    "corpus_index/searching/visible.py",
    "corpus_index/searching/gains.py",
    "corpus_index/searching/replay.py",
    "corpus_index/searching/scored.py",
    "corpus_index/closeness/evidence.py",
    "corpus_index/closeness/windows.py",
    "presets/grams.py",
    "presets/runs.py",
    "presets/reading.py",
)


def _digest() -> str:
    package = Path(str(files("leakcheck")))
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for name in _KERNELS:
        digest.update((package / name).read_bytes())
    return digest.hexdigest()


KERNELS_DIGEST = _digest()
"""Tells the kernels of one version of leakcheck from those of another."""


def _cache_folder() -> Path:
    base = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path.home() / ".cache"
    return home / "leakcheck" / f"kernels-{KERNELS_DIGEST}"


numba.config.CACHE_DIR = str(_cache_folder())  # type: ignore[attr-defined]

Function = TypeVar("Function", bound=Callable[..., Any])


class _KeptCode(FunctionCache):
    """Where a function is kept once it is compiled, loaded without the compiler.

    Before it loads anything numba gets ready to compile: it imports all it can compile, and scipy
    where that is installed, which takes a quarter of a second. Machine code needs none of that, but
    for the part that allocates memory. What has to be compiled after all gets numba ready itself.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:  # noqa: ANN401 (numba's own)
        """Load the code for a signature; None if it has to be compiled."""
        rtsys.initialize(target_context)
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)  # type: ignore[no-untyped-call]


def _kept(dispatcher: Any) -> Any:  # noqa: ANN401 (the types of numba say nothing of its insides)
    if not numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        dispatcher._cache = _KeptCode(dispatcher.py_func)  # type: ignore[no-untyped-call]
    return dispatcher


def kernel(function: Function) -> Function:
    """Compile a function that makes no arrays and returns none; it runs without Python's lock.

    References to arrays are not counted in it. To count them takes longer than what most kernels
    do, and whoever calls it has one to each array that it gets.
    """
    return _compiled(function, counts_references=False)


def allocating(function: Function) -> Function:
    """Compile a function that makes arrays or returns some; else as `kernel`."""
    return _compiled(function, counts_references=True)


def _compiled(function: Function, *, counts_references: bool) -> Function:
    compiles: Any = numba.njit  # whose types know nothing of these options
    # Nothing calls a kernel from C: without an entry for that it takes less time to compile.
    compiled = compiles(nogil=True, no_cfunc_wrapper=True, _nrt=counts_references)(function)
    return cast(Function, _kept(compiled))


def inlined(function: Function) -> Function:
    """Compile a function into its callers: for what is done at every token."""
    return cast(Function, _kept(numba.njit(nogil=True, inline="always")(function)))


int64 = cast(Callable[[Any], int], np.int64)
"""What numbers are inside the kernels. A bare 0 is a constant to the compiler, and a function is
compiled once more for every constant that it is called with; int64(0) is not."""


Arrays = TypeVar("Arrays")


def read_only(arrays: Arrays) -> Arrays:
    """Return an array, or a tuple of such, that cannot be written to; nothing is copied.

    The compiler has one form of a function for these and another one for arrays that may be written
    to. Whatever is looked up in has this one, as arrays do that come from memory that is shared.
    """
    if isinstance(arrays, np.ndarray):
        view = arrays.view()
        view.flags.writeable = False
        return cast(Arrays, view)
    made: Any = type(arrays)
    return cast(Arrays, made(*map(read_only, cast("tuple[Any, ...]", arrays))))

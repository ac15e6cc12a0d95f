"""Kernels that are kept are loaded without the compiler, which is there for all that needs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba.core.errors import TypingError

from leakcheck.compiled import kernel

ROOT = Path(__file__).parents[1]

KERNEL = """
import numpy as np
from leakcheck.compiled import allocating

@allocating
def summed(values):
    total = np.zeros(2, np.float64)
    for value in values:
        total[0] += value
    return total
"""
CALL = """
import sys
import numpy as np
from summing import summed

print(summed(np.arange(4.0))[0], "kept" if summed.stats.cache_hits else "compiled")
print("numba.np.arraymath" in sys.modules)
"""
THEN_COMPILE = """
import numba

print(summed(np.arange(4))[0])

@numba.njit
def solved(matrix):
    return np.linalg.det(matrix)

print(solved(np.eye(2) * 2.0))
"""


def python(code: str, folder: Path) -> list[str]:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=folder,
        env=environment,
        text=True,
        capture_output=True,
        check=True,
    )
    return result.stdout.split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Compile a kernel of a module, and keep it."""
    folder = tmp_path_factory.mktemp("compiled")
    (folder / "summing.py").write_text(KERNEL, "utf-8")
    assert python(CALL, folder) == ["6.0", "compiled", "True"]
    return folder


def test_what_is_kept_is_loaded_without_what_compiles(folder):
    assert python(CALL, folder) == ["6.0", "kept", "False"]


def test_other_types_and_other_functions_are_compiled_after_that(folder):
    assert python(CALL + THEN_COMPILE, folder) == ["6.0", "kept", "False", "6.0", "4.0"]


@kernel
def first_zero():
    return np.zeros(2)[0]


def test_a_kernel_that_makes_an_array_is_refused():
    with pytest.raises(TypingError, match="array passed into the function"):
        first_zero()

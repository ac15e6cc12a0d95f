"""What a process does with memory that it has freed."""

import ctypes
import resource
import subprocess
import sys

import pytest

from leakcheck.memory import keep_freed_memory

_FAULTS = """
import resource, sys
from leakcheck.memory import keep_freed_memory

if sys.argv[1] == "kept":
    keep_freed_memory()

def allocate():
    blocks = [b"x" * (4 << 20) for _ in range(8)]

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

for _ in range(3):
    allocate()
before = faults()
for _ in range(10):
    allocate()
print(faults() - before)
"""


def page_faults(how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _FAULTS, how], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="not glibc")
def test_pages_are_not_asked_for_again():
    pages_asked_for = 10 * (32 << 20) // resource.getpagesize()
    assert page_faults("given back") > pages_asked_for / 2
    assert page_faults("kept") < pages_asked_for / 20


def test_another_library_is_left_alone(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    keep_freed_memory()


def test_cycles_are_not_looked_for():
    program = "import gc; from leakcheck.memory import skip_memory_upkeep as skip; skip()"
    subprocess.run([sys.executable, "-c", f"{program}; assert not gc.isenabled()"], check=True)

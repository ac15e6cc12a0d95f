"""What the kernel looks up cannot be written to, or it would be compiled twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from leakcheck.choosing import choose
from leakcheck.detection.catalogue import load_catalogue


def arrays_in(value: object) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from arrays_in(each)


def test_neither_what_was_laid_out_anew_nor_what_was_kept():
    for _ in ("anew", "kept"):
        arrays = list(arrays_in(load_catalogue(choose(["demo"])).lookups))
        assert len(arrays) > 10
        assert not any(array.flags.writeable for array in arrays)

"""What a preset makes of all items."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leakcheck.presets.reading import Place
from leakcheck.presets.record import Preset
from leakcheck.presets.sequences import ItemSequences, stretches_of

__all__ = ["Scored", "undecided_by"]


class Scored(NamedTuple):
    """What a preset makes of all items."""

    scores: npt.NDArray[np.float64]
    """Shape (items,)."""
    undecided: npt.NDArray[np.bool_]
    """Shape (items,): too short for the criterion."""
    places: dict[int, Place]
    """By item, the passage that has most of it."""


def undecided_by(preset: Preset, items: ItemSequences) -> npt.NDArray[np.bool_]:
    """Tell which items are too short for a preset, shape (items,)."""
    counted = preset.parts if preset.counted is None else (preset.counted,)
    stretches = [stretches_of(items, part) for part in counted]
    longest = np.max([ends - starts for starts, ends in stretches], axis=0)
    return np.asarray(longest < preset.shortest_item)

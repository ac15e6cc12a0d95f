"""Calibration: what chance does to a benchmark, measured with the scan's own code.

`families` finds the items made from one template, `nulls` how well unrelated text matches each
item, `tails` how fast such matches grow rare, `build` writes pack and calibration.
"""

from __future__ import annotations

from leakcheck.calibration.build import build_benchmark

__all__ = ["build_benchmark"]

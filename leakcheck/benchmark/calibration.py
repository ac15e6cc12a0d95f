"""Calibrations: what chance does to a benchmark, measured once and kept beside its pack.

Three things were measured with the scan's own code (`leakcheck/calibration/`):

- the *null* of each item: its best score against other items of its benchmark outside its family,
  and against background text. Text that is not made from an item matches it no better than that;
- the tail of the null over the benchmark, for p-values;
- how often background text gives a finding, verbatim or not, for the number that chance gives.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from leakcheck.benchmark.closeness import BackgroundCloseness
from leakcheck.benchmark.durable import replace_file
from leakcheck.errors import PackError

if TYPE_CHECKING:  # the pack's module loads the compiler, which a summary does not need
    from leakcheck.benchmark.pack import Pack

__all__ = [
    "FALSE_RATE",
    "OTHER_BITS",
    "OTHER_UNMEASURED",
    "QUESTION_BITS",
    "VERBATIM_BITS",
    "VERBATIM_UNMEASURED",
    "Calibration",
    "ChanceTail",
    "Summary",
    "Tail",
    "read_calibration",
    "read_summary",
    "write_calibration",
]

VERBATIM_BITS = 70.0
"""The evidence a verbatim match needs: an ordinary sentence of seven or eight words has less."""

QUESTION_BITS = 85.0
"""What a question needs of which nothing else stands there: many ask the same in ten words."""

OTHER_BITS = 65.0
"""What any other match needs, whatever else speaks for it."""

FALSE_RATE = 1 / 5_000
"""The share of documents of ordinary text that may give a finding of one benchmark."""

_METADATA_KEY = b"leakcheck.calibration"


class Tail(msgspec.Struct, frozen=True):
    """An exponential tail: the rate of scores of at least `bits` is rate * 2^-(decay * bits)."""

    log2_rate: float
    decay: float
    """Per bit of score: 1 if a score were a perfect log-likelihood ratio."""
    observed: int
    """How many scores it was fitted on."""

    def rate(self, bits: float) -> float:
        """Return the rate of scores of at least `bits`, at most 1."""
        return float(min(1.0, 2.0 ** (self.log2_rate - self.decay * bits)))

    def bits_at(self, rate: float) -> float:
        """Return the score that is reached at this rate.

        >>> Tail(log2_rate=0.0, decay=0.1, observed=100).bits_at(2**-7)
        70.0
        """
        return (self.log2_rate - math.log2(rate)) / self.decay


class ChanceTail(msgspec.Struct, frozen=True):
    """How often text without any leak gives a finding, and one of more evidence."""

    log2_rate: float
    """Of findings, per document."""
    least_bits: float
    """What a finding has at least."""
    decay: float
    """How often the rate halves with every bit more than that."""
    near: int = 0
    """How many distinct items it was fitted on: those nearly found in background text. If none was,
    the rate is what chance gives at most."""
    found: int = 0
    """How many of them were wholly found there."""
    growth: float = 0.0
    """How often near findings halve with every bit that they lack less."""
    distance: float | None = None
    """Of what they lack from the fit, between distribution functions (Kolmogorov and Smirnov);
    None if they were too few."""
    probability: float | None = None
    """That as large a distance comes of a fit that is right."""

    def rate(self, bits: float) -> float:
        """Return the rate of findings of at least `bits`, per document.

        >>> tail = ChanceTail(log2_rate=-15.0, least_bits=70.0, decay=0.1)
        >>> tail.rate(50) == tail.rate(70) == 2**-15, tail.rate(80) == 2**-16
        (True, True)
        """
        return float(
            min(1.0, 2.0 ** (self.log2_rate - self.decay * max(0.0, bits - self.least_bits)))
        )

    @property
    def at_most(self) -> bool:
        """Whether the rate is a bound: nothing that is nearly a finding was seen."""
        return self.near == 0


class Summary(msgspec.Struct, frozen=True):
    """What is told of a pack where reading it whole would take too long."""

    null_bits: float
    """What 99.9 % of the items' nulls do not exceed."""
    items: dict[str, int]
    """By split."""
    testable: dict[str, int]
    """How many of them would be found if all their fields were copied, by split."""


VERBATIM_FLOOR = ChanceTail(math.log2(FALSE_RATE / 5), VERBATIM_BITS, 0.07)
"""A stock question in 25,000 documents, half as many with every 14 bits more."""
OTHER_FLOOR = ChanceTail(math.log2(FALSE_RATE / 5), OTHER_BITS, 0.01)
"""A look-alike in 25,000 documents: what is not verbatim is never certain by itself."""

VERBATIM_UNMEASURED = ChanceTail(math.log2(FALSE_RATE), VERBATIM_BITS, 0.1)
OTHER_UNMEASURED = ChanceTail(math.log2(FALSE_RATE), OTHER_BITS, 0.05)
"""The tails without background text: the rate that is promised."""


class _Header(msgspec.Struct, frozen=True):
    pack: str
    """Checksum of the pack that was measured."""
    by_document: Tail
    by_item: Tail
    documents: int
    summary: Summary | None = None
    background: tuple[BackgroundCloseness, ...] = ()
    verbatim_chance: ChanceTail = VERBATIM_UNMEASURED
    other_chance: ChanceTail = OTHER_UNMEASURED


@dataclass(frozen=True, slots=True)
class Calibration:
    """What chance does to one benchmark."""

    pack: str
    """Checksum of the pack that was measured."""
    by_document: Tail
    """Raw matches that are not verbatim, by chance, per document of background text."""
    by_item: Tail
    """Nulls of its items: the share of items whose null is at least so high."""
    documents: int
    """Documents of background text that were measured."""
    nulls: npt.NDArray[np.float32]
    """Shape (items,): each item's null, in bits."""
    thresholds: npt.NDArray[np.float32]
    """Shape (items,): what anything but a verbatim match must score, in bits."""
    summary: Summary | None = None
    background: tuple[BackgroundCloseness, ...] = ()
    """How close background text comes to its test items, scale by scale, where it was measured."""
    verbatim_chance: ChanceTail = VERBATIM_UNMEASURED
    """Verbatim findings by chance: stock questions that are items."""
    other_chance: ChanceTail = OTHER_UNMEASURED
    """Findings in other words by chance: look-alikes."""

    def chance(self, *, verbatim: bool) -> ChanceTail:
        """Return how often chance gives a finding."""
        return self.verbatim_chance if verbatim else self.other_chance

    def rate(self, bits: float, verbatim: bool) -> float:
        """Return how often chance gives a finding of at least so many bits, per document."""
        return self.chance(verbatim=verbatim).rate(bits)

    def cautious_rate(self, bits: float, verbatim: bool) -> float:
        """Return how often chance may give one in text that was made to ask questions.

        Never less than what holds for any benchmark: documentation does not ask what instruction
        data asks, and the text of one corpus is more like an item than that of another.
        """
        floor = VERBATIM_FLOOR if verbatim else OTHER_FLOOR
        return max(self.rate(bits, verbatim), floor.rate(bits))


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write a calibration; the file at `path` is replaced when the new one is complete."""
    header = _Header(
        calibration.pack,
        calibration.by_document,
        calibration.by_item,
        calibration.documents,
        calibration.summary,
        calibration.background,
        calibration.verbatim_chance,
        calibration.other_chance,
    )
    table = pa.table(
        {"null": pa.array(calibration.nulls), "threshold": pa.array(calibration.thresholds)}
    ).replace_schema_metadata({_METADATA_KEY: msgspec.json.encode(header)})
    with replace_file(path) as temporary:
        pq.write_table(table, temporary, compression="zstd")


def read_calibration(path: Path, pack: Pack) -> Calibration:
    """Read the calibration of a pack.

    Raises:
        PackError: there is none, it is damaged, or it was measured on another pack.
    """
    again = "calibrate the pack again with `leakcheck bench build`"
    try:
        with pq.ParquetFile(path) as file:
            header = msgspec.json.decode(file.metadata.metadata[_METADATA_KEY], type=_Header)
            table = file.read()
        nulls, thresholds = table["null"].to_numpy(), table["threshold"].to_numpy()
    except FileNotFoundError as error:
        raise PackError(f"{path}: there is no such calibration; {again}") from error
    except (OSError, pa.ArrowException, KeyError, TypeError, msgspec.DecodeError) as error:
        raise PackError(
            f"{path}: not a calibration, or a damaged one ({error}); {again}"
        ) from error
    if header.pack != pack.header.checksum or len(nulls) != len(pack.items):
        raise PackError(f"{path}: measured on another pack of {pack.header.name}; {again}")
    return Calibration(
        header.pack,
        header.by_document,
        header.by_item,
        header.documents,
        nulls,
        thresholds,
        header.summary,
        header.background,
        header.verbatim_chance,
        header.other_chance,
    )


def read_summary(path: Path) -> Summary | None:
    """Read the summary of a pack from its calibration, or nothing where there is none."""
    try:
        metadata = pq.read_metadata(path).metadata
        return msgspec.json.decode(metadata[_METADATA_KEY], type=_Header).summary
    except (OSError, pa.ArrowException, KeyError, TypeError, msgspec.DecodeError):
        return None

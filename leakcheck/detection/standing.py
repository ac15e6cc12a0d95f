"""Standing: what a finding counts as, and whether somebody set it aside.

The verdict, every report, the baseline and `clean` go by this, each for its own purpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from leakcheck.detection.finding import Kind

__all__ = [
    "ALLOW",
    "CHANCE",
    "COUNTED",
    "COUNTED_KINDS",
    "Standing",
    "is_allowed",
    "is_kept",
    "standing_of",
]

Standing = Literal["leak", "overlap", "shared", "variant"]
"""Test leakage; an item of another split; a test item that is in another split too; another problem
made from an item."""
COUNTED: tuple[Standing, ...] = ("leak", "overlap")
COUNTED_KINDS: tuple[Kind, ...] = ("verbatim", "near", "rewritten")
ALLOW = "allow: "
"""What `Finding.accepted` begins with, in front of the reason, where an entry allows a finding."""
CHANCE = "chance"
"""What `Finding.accepted` is where a corpus of this size gives more as good than `max_expected`."""


def standing_of(role: str, kind: str, shared: bool) -> Standing:
    """Tell what a finding, or a test item that was found, counts as if nobody accepts it.

    >>> standing_of("test", "near", False), standing_of("train", "near", True)
    ('leak', 'overlap')
    >>> standing_of("test", "near", True), standing_of("train", "variant", False)
    ('shared', 'variant')
    """
    if kind not in COUNTED_KINDS:
        return "variant"
    if role != "test":
        return "overlap"
    return "shared" if shared else "leak"


def is_allowed(accepted: str) -> bool:
    """Tell whether an entry with a reason allows a finding; a baseline only knows it already.

    >>> is_allowed("allow: our own example"), is_allowed("baseline"), is_allowed("")
    (True, False, False)
    """
    return accepted.startswith(ALLOW)


def is_kept(accepted: str) -> bool:
    """Tell whether a finding stays in a cleaned copy: it is allowed, or no better than chance.

    >>> is_kept("allow: our own example"), is_kept("chance"), is_kept("baseline"), is_kept("")
    (True, True, False, False)
    """
    return accepted == CHANCE or is_allowed(accepted)

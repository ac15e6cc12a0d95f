"""Which findings go: those that leak test items, and what a user adds to them."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from leakcheck.detection.finding import Finding
from leakcheck.detection.standing import is_kept

__all__ = ["ALSO", "DROPS", "Also", "Drop", "Wanted"]

Drop = Literal["document", "passage"]
Also = Literal["train", "dev", "fewshot", "variant"]
DROPS: tuple[Drop, ...] = get_args(Drop)
ALSO: tuple[Also, ...] = get_args(Also)

_OTHER_ROLES = frozenset({"train", "dev", "fewshot"})


class Wanted(NamedTuple):
    """What a user wants to go."""

    drop: Drop = "document"
    """The record, or the passage alone."""
    also: tuple[Also, ...] = ()
    """Roles beside the test, and items with other numbers."""

    def goes(self, finding: Finding) -> bool:
        """Tell whether what was found is to go.

        A finding that is allowed stays, with the reason its user gave, and so does one that the
        scan was told to take for chance; one of a baseline is a leak that was there before, and
        goes. What is in the test and in another split too (`shared`)
        leaks nothing, and goes only if another split is to go.
        """
        if is_kept(finding.accepted):
            return False
        if finding.kind == "variant" and "variant" not in self.also:
            return False
        if finding.role != "test":
            return finding.role in self.also
        return not finding.shared or bool(_OTHER_ROLES.intersection(self.also))

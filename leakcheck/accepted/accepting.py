"""Why a finding is not counted, and which entries fit nothing any more."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from leakcheck.accepted.allow import Allowed
from leakcheck.accepted.baseline import Baseline
from leakcheck.detection.finding import Finding
from leakcheck.detection.standing import ALLOW

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["Accepting", "changed_packs", "is_of_everything"]

_DIGITS = 12
"""Of a checksum, shown."""


class Accepting:
    """What is known and what is allowed, asked finding by finding."""

    def __init__(self, allowed: Sequence[Allowed], baseline: Baseline) -> None:
        self._allowed = allowed
        self._baseline = baseline
        self._known = frozenset((each.bench, each.fingerprint) for each in baseline.findings)

    def why(self, finding: Finding) -> str:
        """Say why a finding is not counted, or nothing if it is.

        A reason that somebody gave comes before the baseline.
        """
        for each in self._allowed:
            if each.fits(finding):
                return f"{ALLOW}{each.reason}"
        return "baseline" if (finding.bench, finding.fingerprint) in self._known else ""

    def stale(self, findings: Iterable[Finding], benchmarks: Iterable[str]) -> tuple[str, ...]:
        """Name the entries that fit no finding of the benchmarks that were looked for.

        Of an entry without benchmark nothing is known if it fits none: it may be of another.
        """
        looked_for, found = set(benchmarks), list(findings)
        fitting = {(each.bench, each.fingerprint) for each in found}
        allowed = (
            each.told
            for each in self._allowed
            if each.bench in looked_for and not any(map(each.fits, found))
        )
        known = (
            f"baseline: {each.fingerprint} {each.bench} {each.item_id} {each.kind}"
            for each in self._baseline.findings
            if each.bench in looked_for and (each.bench, each.fingerprint) not in fitting
        )
        return (*allowed, *known)


def is_of_everything(paths: Sequence[str | os.PathLike[str]], diff_base: str | None) -> bool:
    """Tell whether a scan saw all there is: of single files, or new rows, it cannot be said.

    >>> is_of_everything(["shards/*.jsonl"], None), is_of_everything(["shards/*.jsonl"], "main")
    (True, False)
    """
    names = [os.fspath(path) for path in paths]
    return diff_base is None and all(has_magic(name) or Path(name).is_dir() for name in names)


def changed_packs(baseline: Baseline, report: Report) -> list[str]:
    """Say what is other than when the baseline was made, for it may not fit because of that."""
    checksums = {each.bench: each.checksum for each in baseline.indexes}
    changed = [
        f"{pack.name} has another pack than when the baseline was made "
        f"({checksums[pack.name][:_DIGITS]} then, {pack.checksum[:_DIGITS]} now)"
        for pack in report.settings.packs
        if checksums.get(pack.name, pack.checksum) != pack.checksum
    ]
    if baseline.findings and baseline.params.tokeniser != report.settings.tokeniser:
        changed.append("text is cut into tokens in another way than when the baseline was made")
    return changed

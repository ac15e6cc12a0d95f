"""What a scan is told not to count: the baseline, and what the configuration allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from leakcheck.cli.failures import note
from leakcheck.cli.settings import ALLOW, config_of, is_isolated

if TYPE_CHECKING:
    from leakcheck.accepted import Accepting, Allowed, Baseline
    from leakcheck.detection.finding import Finding
    from leakcheck.verdict.records import Report

__all__ = ["KnownFindings", "known_findings"]

_MOST_NAMED = 5


class KnownFindings(NamedTuple):
    """What is known and allowed before a scan."""

    allowed: tuple[Allowed, ...]
    baseline: Baseline
    path: Path
    """Of the baseline, that is there or may be written."""

    def accept(self, finding: Finding) -> str:
        """Say why a finding is not counted, or nothing if it is."""
        return self._accepting.why(finding)

    def accept_from_now(self, fail_on: str) -> Callable[[Finding], str]:
        """Return what also accepts all that would fail, for the baseline that is to be written."""
        from leakcheck.accepted import Accepting, Baseline, counts_for

        allowed, counts = Accepting(self.allowed, Baseline()), counts_for(fail_on)
        return lambda finding: allowed.why(finding) or ("baseline" if counts(finding) else "")

    def with_stale(self, report: Report, paths: tuple[str, ...], diff_base: str | None) -> Report:
        """Note in a report which entries fit nothing, if the scan can know that."""
        from leakcheck.accepted import changed_packs, is_of_everything

        for change in changed_packs(self.baseline, report):
            note(f"{change}; look at what is new, then --update-baseline")
        if not is_of_everything(paths, diff_base):
            return report
        names = [pack.name for pack in report.settings.packs]
        stale = self._accepting.stale(report.iter_findings(), names)
        if stale:
            more = f"; and {len(stale) - _MOST_NAMED:,} more" if len(stale) > _MOST_NAMED else ""
            note(f"fits no finding any more: {'; '.join(stale[:_MOST_NAMED])}{more}")
        return replace(report, stale=stale)

    def updated(
        self, report: Report, paths: tuple[str, ...], diff_base: str | None, fail_on: str
    ) -> KnownFindings:
        """Write the baseline of what a report knows, and say so."""
        from leakcheck.accepted import extended, is_of_everything, renewed, write_baseline

        renew = renewed if is_of_everything(paths, diff_base) else extended
        baseline = renew(self.baseline, report, fail_on)
        write_baseline(baseline, self.path)
        before, now = set(self.baseline.findings), set(baseline.findings)
        note(
            f"{self.path} knows {len(now):,} findings: {len(now - before):,} new, "
            f"{len(before - now):,} dropped"
        )
        return self._replace(baseline=baseline)

    @property
    def _accepting(self) -> Accepting:
        from leakcheck.accepted import Accepting

        return Accepting(self.allowed, self.baseline)


def known_findings(ctx: click.Context, named: Path | None, *, update: bool) -> KnownFindings:
    """Read what is not to be counted.

    Args:
        ctx: of the call, with its configuration.
        named: the baseline that was asked for, if one was.
        update: whether the baseline will be written, so that it need not be there.

    Raises:
        UsageError: an entry makes no sense, or the baseline cannot be used.
    """
    from leakcheck.accepted import Baseline, read_allowed, read_baseline

    config = config_of(ctx)
    entries = config.table.get(ALLOW, []) if config else []
    allowed = read_allowed(entries, config.path) if config else ()
    path = named or _usual_place(ctx)
    if not path.exists() and (named is None or update):
        return KnownFindings(allowed, Baseline(), path)
    if named is None and is_isolated(ctx) and not update:
        return KnownFindings(allowed, Baseline(), path)
    baseline = read_baseline(path)
    if named is None:
        note(f"{path} is the baseline ({len(baseline.findings):,} findings are known)")
    return KnownFindings(allowed, baseline, path)


def _usual_place(ctx: click.Context) -> Path:
    """Return where a baseline is that nobody named: beside the configuration, or here."""
    from leakcheck.accepted import BASELINE_NAME

    config = config_of(ctx)
    here = Path(BASELINE_NAME)
    if config is None or config.folder == Path.cwd() or here.exists():
        return here
    return config.folder / BASELINE_NAME

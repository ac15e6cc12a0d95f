"""The next baseline: of what was found now, with what people wrote into the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from leakcheck.accepted.baseline import Baseline, Known, PackUsed, Params
from leakcheck.detection.finding import Finding
from leakcheck.detection.standing import COUNTED, Standing
from leakcheck.verdict.records import PackReport, Report

__all__ = ["counts_for", "extended", "renewed"]


def counts_for(fail_on: str) -> Callable[[Finding], bool]:
    """Return what tells the findings for which a scan can fail.

    With `any` items of all splits count, else those of the test. Variants never do, nor items that
    are in a split of another role too.
    """
    counted: tuple[Standing, ...] = COUNTED if fail_on == "any" else ("leak",)
    return lambda finding: finding.standing in counted


def renewed(baseline: Baseline, report: Report, fail_on: str) -> Baseline:
    """Make the baseline of what a report knows, where all of the corpus was scanned.

    What is found no more is dropped, but for benchmarks that were not looked for.
    """
    looked_for = {pack.name for pack in report.settings.packs}
    others = [known for known in baseline.findings if known.bench not in looked_for]
    return _baseline(baseline, report, fail_on, others)


def extended(baseline: Baseline, report: Report, fail_on: str) -> Baseline:
    """Add what a report knows to a baseline, where only some files were scanned."""
    return _baseline(baseline, report, fail_on, baseline.findings)


def _baseline(baseline: Baseline, report: Report, fail_on: str, kept: Iterable[Known]) -> Baseline:
    before = {(each.bench, each.fingerprint): each for each in baseline.findings}
    known = {(each.bench, each.fingerprint): each for each in kept}
    for finding in report.iter_findings():
        if finding.accepted == "baseline":
            key = (finding.bench, finding.fingerprint)
            known[key] = _known(finding, before.get(key))
    return Baseline(
        tool_version=report.version,
        indexes=_packs(baseline.indexes, report.settings.packs),
        params=Params(report.settings.text_field, report.settings.tokeniser, fail_on),
        findings=tuple(sorted(known.values(), key=_place)),
    )


def _known(finding: Finding, before: Known | None) -> Known:
    told = Known(finding.fingerprint, finding.bench, finding.split, finding.item, finding.kind)
    if before is None:
        return told
    return msgspec.structs.replace(told, reason=before.reason, label=before.label)


def _packs(before: Sequence[PackUsed], now: Sequence[PackReport]) -> tuple[PackUsed, ...]:
    used = {each.bench: each for each in before}
    used |= {
        each.name: PackUsed(each.name, ", ".join(each.revisions), each.checksum) for each in now
    }
    return tuple(used[name] for name in sorted(used))


def _place(known: Known) -> tuple[str, str, int, str, str]:
    """Sort items as their publisher has them: `test/9` before `test/10`."""
    folder, _, number = known.item_id.rpartition("/")
    return known.bench, folder, int(number) if number.isdecimal() else -1, number, known.fingerprint

"""From what was found to the report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from operator import attrgetter

import msgspec
import pyarrow as pa

from leakcheck.detection.canary import CanaryPlace
from leakcheck.detection.catalogue import Catalogue
from leakcheck.detection.finding import FINDING_SCHEMA, Finding
from leakcheck.detection.standing import CHANCE, is_allowed
from leakcheck.scanning.looked import Looked
from leakcheck.text.tokens import TOKENISER_VERSION
from leakcheck.verdict.chance import is_by_chance
from leakcheck.verdict.items import items_of_test
from leakcheck.verdict.judge import judge
from leakcheck.verdict.records import ITEM_SCHEMA, CanaryReport, PackReport, Report, SettingsReport
from leakcheck.version import __version__

__all__ = ["Accept", "canaries_by_file", "nothing_accepted", "report_of"]

Accept = Callable[[Finding], str]
"""Says why a finding is not to be counted, or nothing if it is."""


def nothing_accepted(finding: Finding) -> str:
    """Count every finding."""
    return ""


def report_of(
    looked: Looked,
    catalogue: Catalogue,
    paths: list[str],
    text_field: str | None,
    accept: Accept = nothing_accepted,
    max_expected: float | None = None,
) -> Report:
    """Judge what was found in a corpus."""
    findings = [
        _marked(finding, looked.corpus.documents, accept, max_expected)
        for finding in looked.findings
    ]
    of_bench: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        of_bench[finding.bench].append(finding)
    return Report(
        version=__version__,
        settings=SettingsReport(
            paths=paths,
            text_field=text_field,
            tokeniser=TOKENISER_VERSION,
            packs=[
                PackReport(each.card.name, each.pack.header.revisions, each.pack.header.checksum)
                for each in catalogue.benchmarks
            ],
            max_expected=max_expected,
        ),
        corpus=looked.corpus,
        benchmarks=tuple(
            judge(each, of_bench[each.card.name], looked.corpus, max_expected)
            for each in catalogue.benchmarks
        ),
        findings=_table_of(findings),
        canaries=canaries_by_file(looked.canaries),
        files=looked.files,
        items=pa.concat_tables(
            [items_of_test(each, of_bench[each.card.name]) for each in catalogue.benchmarks]
            or [ITEM_SCHEMA.empty_table()]
        ),
    )


def _table_of(findings: Sequence[Finding]) -> pa.Table:
    """Put findings into columns, one after the other: a third of the time that rows take."""
    return pa.table(
        {name: list(map(attrgetter(name), findings)) for name in FINDING_SCHEMA.names},
        FINDING_SCHEMA,
    )


def _marked(
    finding: Finding, documents: int, accept: Accept, max_expected: float | None
) -> Finding:
    """Give a finding the E-value of its corpus, and say why it is not counted, if it is not.

    The reason that somebody gave comes before chance, and chance before a baseline: what may be
    chance is not what a baseline is there to know.
    """
    finding = msgspec.structs.replace(finding, e_value=finding.e_value * documents)
    accepted = accept(finding)
    if is_by_chance(finding, max_expected) and not is_allowed(accepted):
        accepted = CHANCE
    if accepted == finding.accepted:
        return finding
    return msgspec.structs.replace(finding, accepted=accepted)


def canaries_by_file(places: Sequence[CanaryPlace]) -> tuple[CanaryReport, ...]:
    """Count the passages with a canary string, file by file."""
    first: dict[tuple[str, str, str], CanaryPlace] = {}
    for place in places:
        first.setdefault(place[:3], place)
    passages = Counter(place[:3] for place in places)
    return tuple(CanaryReport(*place, passages[key]) for key, place in first.items())

"""The report as JUnit XML: a test suite is a split, and a leaked item is a test that fails.

A suite of a test split has a case for each of its items, so that a CI system counts as a person
does: 3 of 1,319 failed. Other splits have one case, which passes: overlap is no failure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from leakcheck.detection.standing import COUNTED_KINDS
from leakcheck.report.evidence import described
from leakcheck.report.numbers import out_of, percent, several
from leakcheck.report.places import place_of
from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from leakcheck.detection.finding import Finding
    from leakcheck.verdict.records import BenchmarkReport, Report, SplitReport

__all__ = ["legal", "render"]

MOST_PLACES = 5
"""How many of an item's passages are its evidence."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Places = dict[tuple[str, str], list["Finding"]]
"""The findings of items, their twins included, by benchmark and item."""


def render(report: Report, sheet: Sheet) -> str:
    """Render a suite for each split of each benchmark."""
    from xml.etree.ElementTree import Element, indent, tostring

    places = _places(report)
    rows = _test_rows(report)
    suites = Element("testsuites", name="leakcheck")
    for benchmark in report.benchmarks:
        for name, split in benchmark.splits.items():
            suites.append(
                _test_suite(benchmark, name, split, rows[benchmark.name, name], places)
                if split.role == "test"
                else _overlap_suite(benchmark, name, split)
            )
    for count in ("tests", "failures", "errors", "skipped"):
        suites.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def legal(text: str) -> str:
    r"""Take out what XML cannot hold, even escaped: control characters, lone surrogates.

    >>> legal("a\x00b\x1b[31m\ufffe")
    'ab[31m'
    """
    return _ILLEGAL.sub("", text)


def _places(report: Report) -> Places:
    places: Places = defaultdict(list)
    for finding in report.iter_findings():
        for item in (finding.item, *finding.also):
            places[finding.bench, item].append(finding)
    return places


def _test_rows(report: Report) -> dict[tuple[str, str], list[dict[str, object]]]:
    rows: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for row in report.items.to_pylist():
        rows[row["bench"], row["split"]].append(row)
    return rows


def _test_suite(
    benchmark: BenchmarkReport,
    name: str,
    split: SplitReport,
    rows: list[dict[str, object]],
    places: Places,
) -> Element:
    cases = [_item_case(benchmark, row, places) for row in rows]
    suite = _suite(benchmark, name, cases)
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    _output(suite, f"{out_of(split.matched, split.items, 'test items')} in the corpus")
    return suite


def _item_case(benchmark: BenchmarkReport, row: dict[str, object], places: Places) -> Element:
    case = _case(f"{benchmark.name}/{row['split']}", str(row["item"]))
    every = places.get((benchmark.name, str(row["item"])), [])
    found = [finding for finding in every if not finding.accepted]
    if row["kind"] in COUNTED_KINDS:
        why = _why_not_counted(benchmark, row)
        if why:
            _child(case, "skipped", message=why)
        else:
            message = f"leaked: {described(found[0])}" if found else f"leaked: {row['kind']}"
            failure = _child(case, "failure", message=message, type=str(row["kind"]))
            failure.text = legal(_evidence(found))
    elif not row["testable"]:
        _child(case, "skipped", message="too little text to be found")
    return case


def _why_not_counted(benchmark: BenchmarkReport, row: dict[str, object]) -> str:
    """Say why an item that was found is no failure, or nothing if it is one."""
    if row["accepted"]:
        return f"accepted: {row['accepted']}"
    if row["shared"]:
        return "found, but also in a split that is not the test: not counted"
    if benchmark.verdict != "leaked":
        return f"found, but not certain to be a leak: {benchmark.reason}"
    return ""


def _evidence(findings: list[Finding]) -> str:
    lines = [
        f"{place_of(each.path, each.row, each.source)}\n{each.excerpt}\n"
        for each in findings[:MOST_PLACES]
    ]
    if len(findings) > MOST_PLACES:
        lines.append(f"and {several(len(findings) - MOST_PLACES, 'more passage')}\n")
    return "\n".join(lines)


def _overlap_suite(benchmark: BenchmarkReport, name: str, split: SplitReport) -> Element:
    found = f"{out_of(split.matched, split.items, 'items')} ({percent(split.matched, split.items)})"
    declare = ": in-distribution, to be declared" if split.matched else ""
    case = _case(f"{benchmark.name}/{name}", f"overlap, {found}{declare}")
    return _suite(benchmark, name, [case])


def _suite(benchmark: BenchmarkReport, name: str, cases: list[Element]) -> Element:
    from xml.etree.ElementTree import Element

    counts = {"tests": str(len(cases)), "failures": "0", "errors": "0", "skipped": "0"}
    suite = Element("testsuite", {"name": legal(f"{benchmark.name}/{name}"), **counts})
    suite.extend(cases)
    return suite


def _case(classname: str, name: str) -> Element:
    from xml.etree.ElementTree import Element

    return Element("testcase", classname=legal(classname), name=legal(name))


def _child(case: Element, tag: str, **attributes: str) -> Element:
    from xml.etree.ElementTree import SubElement

    return SubElement(case, tag, {name: legal(value) for name, value in attributes.items()})


def _output(suite: Element, text: str) -> None:
    _child(suite, "system-out").text = legal(text)

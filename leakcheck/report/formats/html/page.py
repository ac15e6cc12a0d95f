"""The page: all parts filled into one file that loads nothing, and may load nothing."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files as resources
from string import Template
from typing import TYPE_CHECKING

from leakcheck.report.formats.html import coverage
from leakcheck.report.formats.html.content import content_of, script_json
from leakcheck.report.formats.html.found import found_in
from leakcheck.report.formats.html.markup import shown
from leakcheck.report.formats.html.sections import benchmark_sections
from leakcheck.report.formats.html.verdicts import by_gravity, cards
from leakcheck.report.formats.html.wording import headline
from leakcheck.report.numbers import byte_size, several
from leakcheck.report.part_told import part_sentences
from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["render"]

_SCRIPTS = ("data.js", "text.js", "filters.js", "evidence.js", "items.js", "start.js")
"""In the order in which they are joined."""


def render(report: Report, sheet: Sheet) -> str:
    """Render a report as one page of HTML, with the items' texts where they are known."""
    found = found_in(report)
    names = [each.name for each in report.benchmarks]
    by_file = coverage.ranked_files(report)
    content = content_of(found, names, [each.path for each in by_file], sheet.item_texts)
    style = _shipped("report.css")
    script = "".join(_shipped("script", name) for name in _SCRIPTS)
    return Template(_shipped("page.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        data=script_json(content),
        verdict=_gravest(report),
        headline=headline(report),
        subtitle=_subtitle(report),
        version=shown(report.version),
        cards=cards(report),
        sections=benchmark_sections(report, found),
        files=coverage.files(report, by_file),
        coverage=coverage.coverage(report),
        settings=coverage.settings(report),
    )


def _shipped(*names: str) -> str:
    return resources("leakcheck.report.formats.html").joinpath(*names).read_text("utf-8")


def _hash(text: str) -> str:
    """Return the hash by which the page's policy knows a script or a style of its own."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _gravest(report: Report) -> str:
    benchmarks = by_gravity(report)
    return benchmarks[0][1].verdict if benchmarks else "none"


def _subtitle(report: Report) -> str:
    corpus = report.corpus
    documents = f"{several(corpus.documents, 'document')} in {several(corpus.files, 'file')}"
    paths = ", ".join(f"<code>{shown(path)}</code>" for path in report.settings.paths[:3])
    rest = len(report.settings.paths) - 3
    more = f" and {rest:,} more" if rest > 0 else ""
    part = "".join(f"<br>{shown(told)}" for told in part_sentences(report))
    return f"{documents} ({byte_size(corpus.bytes)}) of {paths}{more}{part}"

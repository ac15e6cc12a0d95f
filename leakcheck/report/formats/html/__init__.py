"""The report as one page for a browser, with all evidence and no network.

`found` groups the findings by item and by what they count for, `sides` marks what passage and item
share, and `content` packs both as the JSON that the page's script shows. `verdicts`, `sections` and
`coverage` write what stands there without any script, with the pictures of `charts`; `page` fills
it all into `page.html`, beside `report.css` and the files of `script/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakcheck.report.sheet import Sheet

if TYPE_CHECKING:
    from leakcheck.verdict.records import Report

__all__ = ["render"]


def render(report: Report, sheet: Sheet) -> str:
    """Render a report as one page of HTML, with the items' texts where they are known."""
    # Here and not above: whoever names the formats needs neither Arrow nor the page's parts.
    from leakcheck.report.formats.html import page

    return page.render(report, sheet)

"""Measures what leakcheck finds and what it leaves alone, on real corpora and ground truth.

    python measure/accuracy.py DATA --output docs/accuracy.md

DATA is a folder with `benchmarks/` (the publishers' files), `corpora/`, `fewshot_prompts/` and
`groundtruth/`. leakcheck must be importable. The exit code is 1 if a demand fell short.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from clean_corpora import (
    CLEAN,
    OTHERS,
    Scanned,
    clean_demands,
    list_findings,
    rates,
    scan_corpora,
)
from known_corpora import known_corpora
from pages import Demand, demand_table, made_by, write_page
from rewrites import changed_code, changed_problems, rewritten_questions
from rows_found import FIVE
from verbatim import Planted, plant_all, verbatim_demands, verbatim_table

INTRODUCTION = """\
# Accuracy

How to read this page: the first table has what leakcheck must do, each line with the corpus, what
was demanded, and what was measured with its denominators. The tables below it show the detail, and
at the end stand measurements without a demand. No text of a benchmark or of a corpus is on this
page, only names and counts.

- `matched` items are those of kinds verbatim, near and rewritten; a *variant* (the item's wording
  with other numbers) is found but not matched. An item named in `also`, because its text is the
  same, counts as found.
- A question's *own item* is the very item it was made from. Being in the right split is less.
- *Testable* items have enough text to be found at all: 70 bits in what was planted of them. The
  others are named by every scan and counted in its report.
- A line that says **short** fell short.
"""

EYES = """\
## Every finding in the clean corpora

These corpora were not made from the benchmarks. What is found all the same is either a true copy
somebody made, or a false finding; the last column says which, after reading both texts. The demand
is set on all five corpora together: in a corpus of 3,000 documents one finding alone is above it.
"""

PLANTED = """\
## Test items word for word

Every test item was made into a document of its own: its question alone, then all its fields but
the context (question, choices, code, answer); first bare, then in the middle of a web page, the
page chosen with a fixed seed. Templated items count like any other.
"""

REST = """\
## Without a demand

### More ordinary corpora

Those of FLAN hold word problems of other benchmarks and questions of common sense; the Chinese ones
should hold next to nothing of English benchmarks; gsm1k has new problems made to look like gsm8k's.
"""

PROBLEMS = """\
### MATH problems with small changes

Each was changed so that its answer is another one: none is the text of an item. It is not known
here which item it was made from, only which split that stands in.
"""

CODE = """\
### mbpp prompts under 29 changes

Function names, layout, code or the wording of the docstring were changed; all splits of mbpp. Its
questions are one sentence of ten words or so: some have too little text even unchanged.
"""


def main() -> None:
    """Measure, write the page, and leave with 1 if a demand fell short."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder described above")
    parser.add_argument("--output", type=Path, help="write the page to this file too")
    arguments = parser.parse_args()
    data: Path = arguments.data
    planted = plant_all(data)
    clean = scan_corpora(dict.fromkeys(CLEAN, FIVE), data)
    demands = [
        *known_corpora(data),
        *rewritten_questions(data),
        *verbatim_demands(planted),
        *clean_demands(clean),
    ]
    write_page(page(demands, planted, clean, data), arguments.output)
    raise SystemExit(int(not all(demand.passed for demand in demands)))


def page(demands: list[Demand], planted: list[Planted], clean: list[Scanned], data: Path) -> str:
    """Put the page together; what has no demand is measured on the way."""
    others = scan_corpora(OTHERS, data)
    parts = [
        INTRODUCTION,
        made_by("python measure/accuracy.py DATA --output docs/accuracy.md", FIVE),
        "## Demands",
        demand_table(demands),
        PLANTED,
        verbatim_table(planted),
        EYES,
        rates(clean),
        list_findings(clean, data),
        REST,
        rates(others),
        list_findings(others, data),
        PROBLEMS,
        changed_problems(data),
        CODE,
        changed_code(data),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


if __name__ == "__main__":
    main()

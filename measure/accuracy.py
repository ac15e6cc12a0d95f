"""Measures what leakcheck finds and what it leaves alone, on real corpora and ground truth.

    python measure/accuracy.py DATA --output docs/accuracy.md

DATA is a folder with `benchmarks/` (the publishers' files), `corpora/`, `fewshot_prompts/` and
`groundtruth/`. leakcheck must be importable. The exit code is 1 if a demand fell short.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from clean_corpora import (
    FREE,
    OTHERS,
    Scanned,
    clean_demands,
    list_findings,
    rates,
    scan_corpora,
    totals,
)
from cost import cost_demands
from known_corpora import known_corpora
from pages import Demand, demand_table, made_by, write_page
from recall import SAMPLE, Planted, others_than, plant
from recall_demands import recall_demands
from recall_tables import (
    answers_table,
    attribution_table,
    disguises_table,
    lengths_table,
    missed_table,
    places_table,
    tasks_table,
)
from rewrites import changed_code, changed_problems, rewritten_questions
from rows_found import every_benchmark
from traps import Sprung, beside_table, read_table, spring, trap_demands
from twins import twins_tables

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
- *Testable* items have enough text to be found at all: 70 bits in what was planted of them, 85 in
  a question with nothing else beside it. The others are named by every scan and counted in its
  report.
- A line that says **short** fell short.
"""

PLANTED = f"""\
## Test items word for word

Every test item was made into a document of its own, with all its fields but the context (question,
choices, code, answer), bare and in the middle of a web page chosen with a fixed seed. The other
ways were tried on {SAMPLE} items of each benchmark, evenly over its subsets: at the beginning and
the end of a page, among twenty other questions of the same benchmark or of others, and as a chat
in JSON. Findings of every kind count. Each cell has the found of the testable items.
"""

MISSED = """\
### Testable items that were missed with all their fields
"""

TASKS = """\
### The tasks of bbh
"""

ATTRIBUTION = """\
### Whose item it is

All fields, in the middle of a page: of the documents in which something was found, how many name
the item that was planted, how many another one only, and how many another one beside it.
"""

ALONE = """\
### The question alone

As above, with the question and nothing else of the item; then by the length of the question, all
benchmarks together, in the middle of a page. A token is a word, a number, or a Chinese or Japanese
character.
"""

DISGUISES = """\
### Other ways of writing the same

All fields in the middle of a page, of some of the items; traditional characters if OpenCC's table
is installed. A cell is empty where a disguise changes nothing.
"""

FIELDS = """\
### Choices and answers

Of some of the items, in the middle of a page: the question with its choices in another order and
with other letters; with the right answer; with a wrong one. *Told* is what the finding says of the
fields beside the question. An answer that stands in the question, too, or is a word of the page, is
told whether it was given or not.
"""

EYES = """\
## Every finding in the corpora free of benchmarks

All benchmarks at once. These corpora were not made from the benchmarks. What is found all the same
is either a copy somebody made of the item or of its source, or a false finding; the last column of
the third table says which, after reading both texts. *By words* is a part of the true ones: a
question word for word and its answer, but so common a one that anybody may have asked it. What was
not read counts as false.
"""

TRAPS = """\
## Traps

What all benchmarks found in the corpora of the demands above, beside what was demanded.
"""

READ = """\
The test items among these, each once in a corpus, with what somebody says who read both texts. Of
MATH's train split the verbatim ones of agieval and math500, and those of mmlu that are not; what is
near to them beyond that are problems of the same making, hundreds of them.
"""

REST = """\
## Without a demand

### Corpora of other benchmarks

Word problems and facts that some of the benchmarks have, too.
"""

TWINS = """\
### Items of the same text

Test items that another item of the benchmark repeats, in their words, then in their symbols, too,
choices included in any order; those repeated in a split of another role are `shared`. Below, test
items whose question another benchmark has, too: they are named in `also`.
"""

PROBLEMS = """\
### MATH problems with small changes

Each was changed so that its answer is another one: none is the text of an item. It is not known
here which item it was made from, only which split that stands in.
"""

CODE = """\
### mbpp prompts under 29 changes

Function names, layout, code or the wording of the docstring were changed; all splits of mbpp. Its
questions are one sentence of ten words or so; the examples of a docstring are the item's tests.
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
    costs = cost_demands(data)  # first: the machine is not yet full of benchmarks
    planted = plant_all(data)
    sprung, clean = spring(data), scan_corpora(FREE, data)
    demands = [
        *known_corpora(data),
        *rewritten_questions(data),
        *recall_demands(planted),
        *clean_demands(clean),
        *trap_demands(sprung),
        *costs,
    ]
    write_page(page(demands, planted, clean, sprung, data), arguments.output)
    raise SystemExit(int(not all(demand.passed for demand in demands)))


def plant_all(data: Path) -> list[Planted]:
    """Plant the test items of every benchmark."""
    benchmarks = every_benchmark()
    others = others_than(benchmarks, data)
    return [planted for name in benchmarks for planted in plant(name, others[name], data)]


def page(
    demands: list[Demand],
    planted: list[Planted],
    clean: list[Scanned],
    sprung: list[Sprung],
    data: Path,
) -> str:
    """Put the page together; what has no demand is measured on the way."""
    command = "python measure/accuracy.py DATA --output docs/accuracy.md"
    parts = [
        INTRODUCTION,
        made_by(command, every_benchmark()),
        "## Demands",
        demand_table(demands),
        *_recall(planted),
        *(EYES, rates(clean), totals(clean), list_findings(clean, data)),
        *(TRAPS, beside_table(sprung), READ, read_table(sprung)),
        *_without_demand(data),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _recall(planted: list[Planted]) -> list[str]:
    return [
        *(PLANTED, places_table(planted, "all fields")),
        *(MISSED, missed_table(planted)),
        *(TASKS, tasks_table(planted)),
        *(ATTRIBUTION, attribution_table(planted)),
        *(ALONE, places_table(planted, "question alone"), lengths_table(planted)),
        *(DISGUISES, disguises_table(planted)),
        *(FIELDS, answers_table(planted)),
    ]


def _without_demand(data: Path) -> list[str]:
    others = scan_corpora(OTHERS, data)
    return [
        *(REST, rates(others), list_findings(others, data)),
        *(TWINS, twins_tables()),
        *(PROBLEMS, changed_problems(data)),
        *(CODE, changed_code(data)),
    ]


if __name__ == "__main__":
    main()

"""The page docs/speed.md: how to read it, the demands, and the tables."""

from __future__ import annotations

from collections.abc import Sequence

from contestants import Contestant
from pages import Demand, demand_table, made_by
from race import Results
from rows_found import FIVE
from speed_corpora import Input
from speed_demands import WITH_WORDS
from speed_tables import (
    bounds_table,
    commands_table,
    corpora_table,
    forms_table,
    rates_table,
    reading_table,
)

__all__ = ["speed_page"]

INTRODUCTION = """\
# Speed

How to read this page: the first table has what is demanded of leakcheck, all of it measured in one
run on one machine. The tables below it have the medians of all rounds, with the least and the
greatest in brackets. In each round every contestant goes over every corpus once, so that a slow
minute of the machine falls on all of them.

- *MB/s* are millions of bytes of the documents' text in UTF-8, whatever it is wrapped in, a second:
  the text of a compressed file counts as if it were not compressed.
- *Seconds* are those of the work itself. For leakcheck that is the whole scan (finding the files,
  reading, parsing, matching, scoring, the report), in a process that has loaded its benchmarks, its
  kernels and what it reads with; for decon what it prints as its detection time; for the peers in
  Python the look at the texts, which have been read for them. *Start and loading* is the rest of
  the process.
- *1 thread* is a process on one core and kept there, with all it starts; *2 threads* has two cores;
  *2 processes* are two of the first kind, a core and a half of the files each, begun together, and
  the later one counts.
- *Five* are {five}; *all* is every benchmark that comes with leakcheck.
- Peers get the first documents of the same corpora, fewer the slower they are; *MB of text* is what
  they got. Nothing is extrapolated: the rate is that of the part.
- decon has the same items as leakcheck; the other peers, which know no splits, have the test split
  of gsm8k alone. Most of them look for n-grams of words between spaces, of which Chinese has none:
  what they do there is no search. So the demands on peers are for {words}.
- dolma has no default for decontamination, so it is run in both ways it can be: its runbook looks
  up whole lines and nothing else.
- *Peak memory* is that of all processes of a command together, memory that they share counted once
  (the sum of their proportional set sizes), looked at every 20 ms. The larger corpus is the same
  text several times over.
- `wc -w` counts words in UTF-8 and is a whole process. *Parse only* reads each line of JSON and
  throws it away: no program in Python that reads JSON lines one by one can be faster.
"""

BOUNDS = """\
## What bounds the rate

A rate is the inverse of what a byte costs, and the costs add up. Parsing is the least that can be
paid. What gsm8k costs beyond it is mostly the same for any benchmark: to cut every byte into
tokens, to hash them, and to look them up. What more benchmarks add is the share of tokens that
stand in their tables, and the candidates that have to be scored.
"""

FORMS = """\
## Plain, compressed, columns

The web text with gsm8k, in eight files of JSON lines, in one, compressed (gzip at level 6, zstd at
its default), and as Parquet with row groups of a thousand documents. On one core decompressing and
scanning take turns, so that a compressed corpus can at best have the rate that both costs together
give; the second table has what reading each form costs alone.
"""

COMMANDS = """\
## Whole commands

`leakcheck scan` over the web text as a user types it, from its start to its end, everything loaded
anew.
"""

PLANTED = """\
## All of them look for something

Web pages with a test item of gsm8k in the middle of each, question and answer word for word, and
how many of them each contestant finds; one that found less than nine of ten would not be timed.
"""


def speed_page(
    *,
    demands: Sequence[Demand],
    command: str,
    machine: str,
    corpora: Sequence[Input],
    forms: Sequence[Input],
    every: Sequence[Contestant],
    results: Results,
    checked: str,
) -> str:
    """Put the page together.

    Args:
        demands: what is demanded.
        command: the one that makes the page.
        machine: what it was made on.
        corpora: all of them, plain.
        forms: the first of them in all its forms, plain first.
        every: the contestants, in the order of the tables.
        results: what the race gave.
        checked: the table of what each found.
    """
    introduction = INTRODUCTION.format(five=", ".join(FIVE), words=", ".join(WITH_WORDS))
    parts = [
        introduction,
        made_by(command, FIVE),
        machine,
        "## Demands",
        demand_table(demands),
        "## The corpora",
        corpora_table(corpora),
        *(
            f"## {each.corpus.title()}\n\n{rates_table(each.corpus, every, results)}"
            for each in corpora
        ),
        BOUNDS,
        bounds_table(corpora, results),
        FORMS,
        forms_table(forms, results),
        reading_table(forms, results),
        COMMANDS,
        commands_table(corpora[0], every, results),
        PLANTED,
        checked,
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"

"""The tables of docs/speed.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from contestants import EVERY, GSM8K, ONE, TWO, WHOLE, Contestant, Timing, key
from pages import spread, table
from race import Results
from speed_corpora import MADE_OF, Input
from speed_limits import MSGSPEC, READING

__all__ = [
    "bounds_table",
    "commands_table",
    "corpora_table",
    "forms_table",
    "rates_table",
    "reading_table",
]


def corpora_table(corpora: Iterable[Input]) -> str:
    """Lay out what the corpora are made of."""
    return table(
        ["corpus", "documents", "MB of text", "MB of JSON lines", "made of"],
        [
            [
                each.corpus,
                f"{each.documents:,}",
                f"{each.megabytes:.1f}",
                f"{_size_mb(each):.1f}",
                MADE_OF[each.corpus],
            ]
            for each in corpora
        ],
        "lrrr",
    )


def rates_table(corpus: str, every: Iterable[Contestant], results: Results) -> str:
    """Lay out the rates of all contestants on a plain corpus."""
    head = ["", "MB/s", "documents/s", "seconds", "MB of text", "start and loading, seconds"]
    racing = [each for each in every if each.name != WHOLE]
    runs = {each.label: results.timings(each.label, corpus) for each in racing}
    rows = [_rates(label, timings) for label, timings in runs.items() if timings]
    return table(head, rows, "lrrrrr")


def _rates(label: str, timings: Sequence[Timing]) -> list[str]:
    return [
        label,
        spread([each.megabytes / each.seconds for each in timings], 1),
        spread([each.documents / each.seconds for each in timings], 0),
        spread([each.seconds for each in timings], 3),
        f"{timings[0].megabytes:.1f}",
        spread([each.loading_seconds for each in timings], 2)
        if any(each.loading_seconds for each in timings)
        else "",
    ]


def bounds_table(corpora: Iterable[Input], results: Results) -> str:
    """Lay out what a byte of text costs one thread, and what of it is parsing."""
    return table(
        [
            "nanoseconds a byte of text, one thread",
            "parsing alone (msgspec)",
            "with gsm8k",
            "with five",
            "with all",
            "all, beyond gsm8k",
        ],
        [_bounds(each.corpus, results) for each in corpora],
        "lrrrrr",
    )


def _bounds(corpus: str, results: Results) -> list[str]:
    rates = [results.rate(MSGSPEC, "", ONE, corpus)]
    rates += [results.rate("leakcheck", name, ONE, corpus) for name in (GSM8K, "five", EVERY)]
    parsing, gsm8k, five, every = (1000 / rate for rate in rates)
    costs = (parsing, gsm8k, five, every, every - gsm8k)
    return [corpus, *(f"{cost:.2f}" for cost in costs)]


def forms_table(forms: Sequence[Input], results: Results) -> str:
    """Lay out the rates with gsm8k on all forms of a corpus, the plain one first."""
    return table(
        ["form", "files", "MB", "1 thread, MB/s", "of plain", "2 threads, MB/s", "of plain"],
        [[*_form(each), *_of_plain(each, forms[0], results)] for each in forms],
        "lrrrrrr",
    )


def _form(given: Input) -> Iterator[str]:
    yield given.form
    yield str(len(given.paths))
    yield f"{_size_mb(given):.1f}"


def _of_plain(given: Input, plain: Input, results: Results) -> Iterator[str]:
    for runs_on in (ONE, TWO):
        label = key("leakcheck", GSM8K, runs_on)
        rates = results.rates(label, given.corpus, given.form)
        yield spread(rates)
        yield f"{median(rates) / median(results.rates(label, plain.corpus)):.2f}"


def reading_table(forms: Sequence[Input], results: Results) -> str:
    """Lay out what merely reading each form gives, on one core."""
    return table(
        ["form", "read by", "MB/s"],
        [
            [each.form, name, spread(rates)]
            for each in forms
            for name in READING.get(each.form, ())
            if (rates := results.rates(key(name, "", ONE), each.corpus, each.form))
        ],
        "llr",
    )


def commands_table(corpus: Input, every: Iterable[Contestant], results: Results) -> str:
    """Lay out whole commands over a plain corpus."""
    return table(
        ["", "seconds", "MB/s"],
        [
            [
                each.label,
                spread(
                    [timing.seconds for timing in results.timings(each.label, corpus.corpus)], 2
                ),
                spread(results.rates(each.label, corpus.corpus)),
            ]
            for each in every
            if each.name == WHOLE
        ],
        "lrr",
    )


def _size_mb(given: Input) -> float:
    return sum(path.stat().st_size for path in given.paths) / 1e6

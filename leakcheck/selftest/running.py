"""The self-test: from benchmarks and a corpus to what a "clean" is worth there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from leakcheck.benchmark.card import shipped_data
from leakcheck.benchmark.items import Item
from leakcheck.detection.catalogue import Catalogue, load_catalogue
from leakcheck.detection.finding import Finding
from leakcheck.errors import UsageError
from leakcheck.selftest.changes import CHANGES, Change
from leakcheck.selftest.drawing import SIDES, Drawn, Side, draw
from leakcheck.selftest.hosts import documents_of, shortened
from leakcheck.selftest.looking import look
from leakcheck.selftest.outcomes import outcome_of
from leakcheck.selftest.planting import Host, planted
from leakcheck.selftest.promises import broken_promises
from leakcheck.selftest.records import BenchmarkResult, Row, SelfTest, SideResult, row_of
from leakcheck.selftest.texts import WithTexts, benchmarks_with_texts
from leakcheck.version import __version__

__all__ = ["selftest"]


def selftest(
    paths: Sequence[str | os.PathLike[str]] = (),
    bench: Sequence[str] = ("demo",),
    *,
    items: int = 200,
    seed: int = 0,
    item_texts: Path | None = None,
    text_field: str | None = None,
    question_field: str | None = None,
    keys: Sequence[bytes] = (),
    threads: int | None = None,
    on_note: Callable[[str], None] = lambda _: None,
) -> SelfTest:
    """Plant items into documents of a corpus, in memory, and look for them as a scan does.

    Args:
        paths: files or folders of the corpus; the example corpus if there are none.
        bench: benchmarks, groups, cards or data files.
        items: how many of the test split, and as many of the others; all if there are fewer.
        seed: of all that is left to chance.
        item_texts: the folder of the publisher's files.
        text_field: take only this field of each record.
        question_field: of a data file taken for a benchmark.
        keys: of sealed packs.
        threads: how many documents are matched at once; by default one a core.
        on_note: called with what is left out.

    Raises:
        UsageError: a benchmark is not there, texts of it were not named, or every document that
            was drawn holds items of it already.
        BenchmarkFilesError: texts of no benchmark could be read.
        InputError: no document could be read.
    """
    named = [os.fspath(path) for path in paths] or [str(shipped_data("examples") / "corpus")]
    hosts = documents_of(named, text_field, Random(seed))
    chosen = benchmarks_with_texts(
        bench, item_texts, question_field=question_field, keys=keys, on_note=on_note
    )
    threads = threads or os.cpu_count() or 1
    return SelfTest(
        version=__version__,
        seed=seed,
        paths=named if paths else [],
        text_field=text_field,
        benchmarks=[_of_benchmark(each, hosts, items, seed, threads) for each in chosen],
    )


def _of_benchmark(
    with_texts: WithTexts, hosts: Sequence[Host], items: int, seed: int, threads: int
) -> BenchmarkResult:
    name = with_texts.benchmark.card.name
    catalogue = load_catalogue([with_texts.benchmark])
    before = look(hosts, catalogue, threads)
    chances = Random(f"{seed} {name}")
    free = [
        shortened(host, chances)
        for host, findings in zip(hosts, before, strict=True)
        if not findings
    ]
    if not free:
        raise UsageError(
            f"all {len(hosts):,} documents that were drawn hold items of {name}: `leakcheck scan` "
            "says which; name documents that are free of it with --corpus"
        )
    drawn = {side: draw(with_texts, side, items, chances) for side in SIDES}
    if not any(each.items for each in drawn.values()):
        raise UsageError(f"no item of {name} can be found: `leakcheck bench show` says why")
    sides = [_of_side(side, drawn[side], free, catalogue, seed, threads) for side in SIDES]
    return BenchmarkResult(
        name=name,
        documents=len(hosts),
        already_test=sum(any(each.standing == "leak" for each in found) for found in before),
        already=sum(_counts(found) for found in before),
        sides=sides,
        broken=broken_promises(sides),
    )


def _counts(findings: Sequence[Finding]) -> bool:
    return any(each.is_counted for each in findings)


def _of_side(
    side: Side, drawn: Drawn, hosts: Sequence[Host], catalogue: Catalogue, seed: int, threads: int
) -> SideResult:
    return SideResult(
        side=side,
        items=drawn.total,
        without_text=drawn.without_text,
        untestable=drawn.untestable,
        shared=drawn.shared,
        drawn=len(drawn.items),
        rows=[
            _of_change(change, side, drawn.items, hosts, catalogue, seed, threads)
            for change in CHANGES
        ],
    )


def _of_change(
    change: Change,
    side: Side,
    items: Sequence[Item],
    hosts: Sequence[Host],
    catalogue: Catalogue,
    seed: int,
    threads: int,
) -> Row:
    made: list[tuple[str, Host]] = []
    for item in items:
        chances = Random(f"{seed} {item.item} {change.name}")
        text = change.make(item.fields, chances)
        if text is not None:
            made.append((item.item, planted(text, chances.choice(hosts), change.place)))
    found = look((host for _, host in made), catalogue, threads)
    outcomes = [
        outcome_of(findings, item, side) for (item, _), findings in zip(made, found, strict=True)
    ]
    return row_of(change.name, change.group, change.promised, outcomes)

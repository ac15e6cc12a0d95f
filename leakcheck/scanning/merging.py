"""Merging: the shards of one scan put together to what the scan of all would have said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from leakcheck.choosing import choose
from leakcheck.corpus import CorpusFile, Skipped
from leakcheck.detection.catalogue import Catalogue, load_catalogue
from leakcheck.errors import RunError
from leakcheck.run.store import PARTS, is_run, read_run
from leakcheck.scanning.kept_settings import KeptSettings, differences, read_settings
from leakcheck.scanning.listing import LISTING, read_listing
from leakcheck.scanning.looking import StretchResult
from leakcheck.scanning.parts import DamagedPart, digest_of, read_part
from leakcheck.scanning.plan import Planned, looked_of, planned
from leakcheck.scanning.reporting import Accept, nothing_accepted, report_of
from leakcheck.verdict.records import Report, SettingsReport, ShardReport
from leakcheck.version import __version__

__all__ = ["merge"]

_MOST_NAMED = 10


def merge(
    runs: Sequence[Path],
    *,
    keys: Sequence[bytes] = (),
    accept: Accept = nothing_accepted,
    on_note: Callable[[str], None] = lambda _: None,
) -> Report:
    """Put the shards of one scan together; the report is that of the scan without shards.

    Args:
        runs: the folders of all shards, in any order. The corpus need not be at hand.
        keys: of sealed packs.
        accept: called with each finding, says why it is not to be counted, or nothing.
        on_note: called with what to know of the benchmarks.

    Raises:
        RunError: a run is no shard, is not finished or is damaged, one is missing, or they are not
            of the same scan.
        PackError: the pack of a benchmark cannot be used.
    """
    shards = sorted(map(_shard, runs), key=lambda each: each.shard.number)
    _see_that_they_fit(shards)
    first = shards[0]
    catalogue = load_catalogue(
        choose(
            first.settings.bench,
            question_field=first.settings.question_field,
            keys=keys,
            on_note=on_note,
        )
    )
    _see_that_packs_are_the_same(first, catalogue)
    plan = msgspec.structs.replace(first.kept.plan, shard=None)
    corpus = planned(plan, first.files, first.unreadable)
    by_number = {each.shard.number: each for each in shards}
    done = {
        task.number: _results(by_number[task.number % len(shards) + 1], corpus, task.number)
        for task in corpus.tasks
    }
    looked = looked_of(corpus, done, first.settings.text_field)
    settings = msgspec.structs.replace(first.settings, shard=None)
    return report_of(looked, catalogue, settings, accept)


@dataclass(frozen=True)
class _Shard:
    """A finished shard."""

    run: Path
    kept: KeptSettings
    settings: SettingsReport
    shard: ShardReport
    files: list[CorpusFile]
    unreadable: list[Skipped]


def _shard(run: Path) -> _Shard:
    kept = read_settings(run)
    if kept is None:
        if is_run(run):
            raise RunError(
                f"{run}: a whole scan, and no shard of one (--shard). To join scans of two "
                "corpora, give both to one `leakcheck scan`"
            )
        raise RunError(f"{run}: no run is there; `leakcheck scan ... --shard i/n --run` makes one")
    shard = kept.settings.shard
    if shard is None:
        raise RunError(
            f"{run}: a scan that is not finished, and no shard; the same command ends it"
        )
    if not is_run(run):
        raise RunError(
            f"{run}: shard {shard.number} of {shard.shards} is not finished; give the same "
            "command to go on with it"
        )
    return _Shard(run, kept, read_run(run).settings, shard, *read_listing(run / PARTS / LISTING))


def _see_that_they_fit(shards: Sequence[_Shard]) -> None:
    """See that these are all shards of one scan, each once."""
    first = shards[0]
    if first.kept.version != __version__:
        raise RunError(
            f"{first.run}: made by leakcheck {first.kept.version}, and this is {__version__}; "
            "merge with that one, or scan again"
        )
    for each in shards[1:]:
        others = [
            *differences(_without_number(first.kept), _without_number(each.kept)),
            *_other_files(first, each),
        ]
        if first.settings.max_expected != each.settings.max_expected:
            others.append("--max-expected is another")
        if others:
            raise RunError(
                f"{each.run}: is not of the same scan as {first.run}: {'; '.join(others)}"
            )
    runs: dict[int, Path] = {}
    for each in shards:
        if each.shard.number in runs:
            both = f"{runs[each.shard.number]} and {each.run}"
            raise RunError(f"{both}: both are shard {each.shard.number}; leave one out")
        runs[each.shard.number] = each.run
    total = first.shard.shards
    if missing := [number for number in range(1, total + 1) if number not in runs]:
        named = ", ".join(f"{number}/{total}" for number in missing[:_MOST_NAMED])
        more = f" and {len(missing) - _MOST_NAMED:,} more" if len(missing) > _MOST_NAMED else ""
        raise RunError(f"missing of {total:,} shards: {named}{more}; name their runs too")


def _without_number(kept: KeptSettings) -> KeptSettings:
    shard = msgspec.structs.replace(kept.plan.shard or ShardReport(0, 0), number=0)
    return msgspec.structs.replace(
        kept,
        settings=msgspec.structs.replace(kept.settings, shard=shard),
        plan=msgspec.structs.replace(kept.plan, shard=shard),
    )


def _other_files(first: _Shard, other: _Shard) -> list[str]:
    """Name a file that two shards did not see alike."""
    if (first.files, first.unreadable) == (other.files, other.unreadable):
        return []
    seen = {each.name: each for each in first.files}
    for each in other.files:
        if seen.pop(each.name, None) != each:
            return [f"{each.name} changed between them, or came later; scan both again"]
    if seen:
        return [f"{min(seen)} is in the one and not in the other; scan both again"]
    return ["they found the files in another order, or others unreadable; scan both again"]


def _see_that_packs_are_the_same(shard: _Shard, catalogue: Catalogue) -> None:
    used = [(each.name, each.checksum) for each in shard.settings.packs]
    now = [(each.card.name, each.pack.header.checksum) for each in catalogue.benchmarks]
    if used != now:
        other = next((name for name, _ in used if (name, dict(used)[name]) not in now), "packs")
        raise RunError(
            f"{shard.run}: made with another pack of {other} than there is now; merge with that "
            "one, or scan again"
        )


def _results(shard: _Shard, corpus: Planned, number: int) -> list[StretchResult]:
    task = corpus.tasks[number]
    part = shard.run / PARTS / f"{digest_of(task)}.parquet"
    again = "give the command of this shard again"
    try:
        results = read_part(part, task)
    except DamagedPart as error:
        raise RunError(f"{part}: damaged ({error}); {again}") from error
    if results is None:
        raise RunError(f"{shard.run}: task {number:,} is missing; {again}")
    return results

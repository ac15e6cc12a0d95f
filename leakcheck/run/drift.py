"""What differs between two runs beside what they found: settings, and what was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from leakcheck.verdict.records import CorpusReport, Report

__all__ = ["Drift", "coverage_drift", "settings_drift"]

MOST_PATHS = 3
"""How many of the paths are named."""


class Drift(NamedTuple):
    """Something that is otherwise than before."""

    what: str
    before: str | int
    """Empty where there was none."""
    after: str | int


def settings_drift(before: Report, after: Report) -> Iterator[Drift]:
    """Yield what the findings depend on, where it differs."""
    old, new = before.settings, after.settings
    yield from _differing("leakcheck", before.version, after.version)
    yield from _differing("tokeniser", old.tokeniser, new.tokeniser)
    yield from _differing("text field", old.text_field or "all", new.text_field or "all")
    yield from _differing("question field", old.question_field or "", new.question_field or "")
    yield from _differing("index", _index_told(before.corpus), _index_told(after.corpus))
    yield from _differing("excluded", " ".join(old.excludes), " ".join(new.excludes))
    yield from _differing("rows added since", old.diff_base or "", new.diff_base or "")
    yield from _differing("part", _part_told(before), _part_told(after))
    if old.paths != new.paths:
        yield Drift("paths", _listed(old.paths), _listed(new.paths))
    packs = {pack.name: pack for pack in old.packs}
    others = {pack.name: pack for pack in new.packs}
    for name in {**packs, **others}:
        if name in packs and name in others:
            checksums = packs[name].checksum, others[name].checksum
            yield from _differing(f"pack of {name}", *checksums)
        else:
            yield Drift(name, _looked_for(name in packs), _looked_for(name in others))


def coverage_drift(before: Report, after: Report) -> Iterator[Drift]:
    """Yield what was read, where it differs."""
    old, new = before.corpus, after.corpus
    for what, was, became in (
        ("files", old.files, new.files),
        ("documents", old.documents, new.documents),
        ("bytes", old.bytes, new.bytes),
        ("bytes not read", old.unread_bytes, new.unread_bytes),
        ("places that could not be read", len(old.skipped), len(new.skipped)),
    ):
        yield from _differing(what, was, became)


def _listed(paths: list[str]) -> str:
    more = len(paths) - MOST_PATHS
    return " ".join(paths[:MOST_PATHS]) + (f" and {more:,} more" if more > 0 else "")


def _looked_for(is_there: bool) -> str:
    return "looked for" if is_there else "not looked for"


def _index_told(corpus: CorpusReport) -> str:
    if corpus.index is None:
        return "none"
    return f"scale {corpus.index.scale}, {corpus.index.from_fingerprints:,} without text"


def _part_told(report: Report) -> str:
    shard, sample = report.settings.shard, report.corpus.sample
    told = [f"shard {shard.number} of {shard.shards}"] if shard else []
    told += [f"a sample of {100 * sample.share:g} %, seed {sample.seed}"] if sample else []
    return ", ".join(told) or "all"


def _differing(what: str, before: str | int, after: str | int) -> Iterator[Drift]:
    if before != after:
        yield Drift(what, before, after)

"""Planning a scan: which tasks there are, and which of them are to be done here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from leakcheck.corpus import CorpusFile, Skipped
from leakcheck.scanning.joining import joined
from leakcheck.scanning.looked import Looked
from leakcheck.scanning.looking import StretchResult
from leakcheck.scanning.sampling import Drawing, Sample, drawing_of
from leakcheck.scanning.tasks import Division, Task, division_of, tasks_of, tasks_of_stretches
from leakcheck.verdict.records import SampleReport, ShardReport

__all__ = ["WHOLE", "Plan", "Planned", "looked_of", "planned"]


class Plan(msgspec.Struct, frozen=True):
    """What of a corpus is looked at here."""

    shard: ShardReport | None = None
    """The tasks whose number leaves the shard's number less one when divided by all shards'."""
    sample: Sample | None = None
    division: Division | None = None
    """None to divide a corpus as its size asks for."""


WHOLE = Plan()


@dataclass(frozen=True)
class Planned:
    """A corpus that is divided into tasks."""

    plan: Plan
    files: Sequence[CorpusFile]
    unreadable: Sequence[Skipped]
    """What is among them that is no file to read."""
    drawing: Drawing | None
    tasks: list[Task]
    """Of all shards."""

    @property
    def own(self) -> list[Task]:
        """Return the tasks that are to be done here."""
        shard = self.plan.shard
        if shard is None:
            return self.tasks
        return [each for each in self.tasks if each.number % shard.shards == shard.number - 1]


def planned(plan: Plan, files: Sequence[CorpusFile], unreadable: Sequence[Skipped]) -> Planned:
    """Divide a corpus, or the sample that is drawn from it, into tasks."""
    division = plan.division or division_of(files)
    if plan.sample is None:
        return Planned(plan, files, unreadable, None, tasks_of(files, division))
    drawing = drawing_of(plan.sample, files)
    tasks = tasks_of_stretches(drawing.stretches(files), division)
    return Planned(plan, files, unreadable, drawing, tasks)


def looked_of(
    corpus: Planned, done: Mapping[int, Sequence[StretchResult]], text_field: str | None
) -> Looked:
    """Put together what was found in all tasks that were to be done, by their numbers."""
    own = corpus.own
    pairs = [pair for task in own for pair in zip(task.stretches, done[task.number], strict=True)]
    read = {stretch.file.name for stretch, _ in pairs}
    files = [file for file in corpus.files if file.name in read]
    looked = joined(files, _unreadable(corpus), pairs, text_field)
    if corpus.drawing is None:
        return looked
    drawing = corpus.drawing
    units = sum(
        result.documents if drawing.is_by_record(stretch.file) else 1 for stretch, result in pairs
    )
    sample = SampleReport(
        share=drawing.sample.share,
        seed=drawing.sample.seed,
        units=units,
        files=len(corpus.files),
        bytes=sum(file.size_bytes for file in corpus.files),
    )
    return replace(
        looked, corpus=msgspec.structs.replace(looked.corpus, sample=sample), drawing=drawing
    )


def _unreadable(corpus: Planned) -> list[Skipped]:
    """Return what could not be read at all: told by the first shard, and of a sample its share."""
    shard, drawing = corpus.plan.shard, corpus.drawing
    if shard is not None and shard.number > 1:
        return []
    if drawing is None:
        return list(corpus.unreadable)
    share = drawing.sample.share
    return [
        replace(each, unread_bytes=math.ceil(share * each.unread_bytes))
        for each in corpus.unreadable
    ]

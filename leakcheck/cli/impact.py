"""`leakcheck impact`: what the leaked items of a run do to a score, and which score to report."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.failures import complain, note
from leakcheck.cli.impact_options import RESULTS, ManyResults, read_scores, read_tasks
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import wants_colour, width_for, write_file, write_to
from leakcheck.cli.page_options import TABLE_OR_JSON, file_option, format_option
from leakcheck.cli.reading_options import item_texts_option

if TYPE_CHECKING:
    from leakcheck.impact.gathering import Choice, Gathered
    from leakcheck.impact.records import Impact
    from leakcheck.impact.results import TaskResults
    from leakcheck.impact.tasks import TaskName
    from leakcheck.verdict.records import Report

__all__ = ["impact"]

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(cls=ManyResults)
@click.argument("run", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    RESULTS,
    "files",
    multiple=True,
    metavar="FILE...",
    help="Results item by item: samples_*.jsonl of lm-evaluation-harness, .eval or .json of "
    "inspect_ai, JSON lines or CSV with item and score. All up to the next option are taken; "
    "folders and patterns in quotes too.",
)
@click.option(
    "--score",
    "reported",
    multiple=True,
    metavar="[BENCHMARK=]SCORE",
    callback=read_scores,
    help="A score on all items, from 0 to 1: between which bounds is that on clean ones?",
)
@click.option("--metric", help="The metric or scorer; by default the first of each file.")
@click.option("--filter", "filter_name", help="The filter; by default each is a score of its own.")
@click.option(
    "--model",
    help="The model that was trained on the corpus; others then only tell how hard items are. By "
    "default each is judged.",
)
@click.option(
    "--task",
    "tasks",
    multiple=True,
    metavar="BENCHMARK=TASK",
    callback=read_tasks,
    help="What the harness calls a benchmark, with {subset} for the name of a subset. May be "
    "repeated.",
)
@item_texts_option(
    "Join by doc_hash too, with the publisher's files in DIR or in a folder there with the "
    "benchmark's name."
)
@click.option(
    "--tolerance",
    "tolerance_points",
    type=click.FloatRange(min=0.0, max=100.0),
    default=1.0,
    show_default=True,
    metavar="POINTS",
    help="What a leak may add to a credible score, in points out of 100.",
)
@click.option(
    "--write-clean-samples",
    "clean_file",
    type=_FILE,
    metavar="FILE",
    help="Write the ids of the clean items as JSON for `lm_eval --samples`; no results are needed.",
)
@format_option(TABLE_OR_JSON, "A page for people, or one JSON document.")
@file_option
@key_option(multiple=True)
def impact(
    run: Path | None,
    files: tuple[str, ...],
    reported: dict[str, float],
    metric: str | None,
    filter_name: str | None,
    model: str | None,
    tasks: list[TaskName],
    item_texts: Path | None,
    tolerance_points: float,
    clean_file: Path | None,
    output_format: str,
    output: Path | None,
    key_files: tuple[Path, ...],
) -> None:
    """Show what the leaked items of RUN do to a score.

    RUN is a folder kept by `leakcheck scan --run DIR`; without it, the last run is meant. The exit
    code is 0 if every score shown is credible, and 1 if one is not or it cannot be told.
    """
    from leakcheck.impact.assess import assess
    from leakcheck.impact.gathering import Choice

    report = _report(run, files)
    choice = Choice(filter_name, metric, model)
    results = _results(files)
    gathered = _gathered(
        report, results, choice, tasks, item_texts, read_keys(key_files, os.environ)
    )
    told = assess(
        report,
        gathered,
        results,
        choice=choice,
        reported=_with_names(reported, report),
        tolerance_points=tolerance_points,
    )
    if clean_file is not None:
        _write_clean_samples(report, gathered, tasks, clean_file)
    _write(told, output_format, output)
    raise SystemExit(int(any(each.standing != "credible" for each in told.benchmarks)))


def _report(run: Path | None, files: Sequence[str]) -> Report:
    from leakcheck.errors import RunError, UsageError
    from leakcheck.run.findings import of_all
    from leakcheck.run.last import last_run
    from leakcheck.run.store import is_run, read_run

    for name in files:
        if is_run(Path(name)):
            raise UsageError(f"{name} is a run: name it first, `leakcheck impact {name} --results`")
    if run is None and not is_run(last_run()):
        raise RunError("there is no last run; `leakcheck scan ... --run DIR` keeps one in DIR")
    return of_all(read_run(run or last_run()), "impact")


def _results(files: Sequence[str]) -> list[TaskResults]:
    from leakcheck.impact.reading import files_of, read_all

    return read_all(files_of(files))


def _gathered(
    report: Report,
    results: Sequence[TaskResults],
    choice: Choice,
    tasks: Sequence[TaskName],
    item_texts: Path | None,
    keys: Sequence[bytes],
) -> Gathered:
    from leakcheck.impact.classes import classes_of_items
    from leakcheck.impact.gathering import Gathered, gather

    classes = {each.name: classes_of_items(report, each.name) for each in report.benchmarks}
    if not results:
        return Gathered([], [])
    from leakcheck.cli.first_run import load_kernel
    from leakcheck.impact.run_benchmarks import benchmarks_of_run, hashes_of_run, look_of_run

    benchmarks = []
    if item_texts is not None or any(doc.passages for each in results for doc in each.documents):
        load_kernel(complain)
        benchmarks = benchmarks_of_run(report, keys, note)
    return gather(
        results,
        classes,
        choice,
        look=look_of_run(benchmarks, classes),
        hashes=hashes_of_run(benchmarks, item_texts),
        named=tasks,
    )


def _with_names(reported: dict[str, float], report: Report) -> dict[str, float]:
    """Give a score without a benchmark that of the run, if it has only one."""
    from leakcheck.errors import UsageError

    names = [each.name for each in report.benchmarks]
    if "" in reported and len(names) != 1:
        raise UsageError(f"--score: of which benchmark? Write {names[0]}={reported['']:g}")
    return {bench or names[0]: score for bench, score in reported.items()}


def _write_clean_samples(
    report: Report, gathered: Gathered, tasks: Sequence[TaskName], file: Path
) -> None:
    import json

    from leakcheck.impact.classes import classes_of_items
    from leakcheck.impact.clean_samples import clean_samples

    given = {each.bench for each in gathered.scored}
    classes = {
        each.name: classes_of_items(report, each.name)
        for each in report.benchmarks
        if not given or each.name in given
    }
    samples = clean_samples(classes, tasks, gathered.seen)
    if samples.all_leaked:
        tasks_told = ", ".join(samples.all_leaked)
        note(f"{file}: without {tasks_told}: no item is clean, so do not run it")
    write_file(json.dumps(samples.ids) + "\n", file)


def _write(told: Impact, output_format: str, output: Path | None) -> None:
    if output_format == "json":
        from leakcheck.report.pages.impact_json import render as render_json

        text = render_json(told)
    else:
        from leakcheck.report.pages.impact import render as render_page

        colour = output is None and wants_colour(sys.stdout.isatty(), os.environ)
        text = render_page(told, width_for(output), colour=colour)
    write_to(text, output)

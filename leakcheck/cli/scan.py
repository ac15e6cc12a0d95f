"""`leakcheck scan`: look for the items of benchmarks in a corpus."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakcheck.cli.bench_option import bench_options
from leakcheck.cli.ending import (
    FailOn,
    end_with,
    fail_on_option,
    quiet_option,
    run_kept,
    strict_option,
)
from leakcheck.cli.failures import complain, note
from leakcheck.cli.gate_options import choice_options, known_options
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.known import known_findings
from leakcheck.cli.outputs import Output, output_options
from leakcheck.cli.part_options import ShardOption, part_options, plan_of
from leakcheck.cli.progress import findings_so_far, progress_unless
from leakcheck.cli.reading_options import progress_option, text_field_option, threads_option
from leakcheck.cli.settings import Configured, config_of, config_options, is_from_config
from leakcheck.memory import skip_memory_upkeep
from leakcheck.presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leakcheck.corpus import Excludes
    from leakcheck.scanning.plan import Plan
    from leakcheck.verdict.records import Report

__all__ = ["scan"]

_NO_BENCHMARK = (
    "Which benchmarks? Name them with --bench, as --bench gsm8k,math; or with `bench` in "
    "leakcheck.toml or under [tool.leakcheck] in pyproject.toml; or in LEAKCHECK_BENCH. "
    "`leakcheck bench list` names those that there are."
)


@click.command(cls=Configured)
@click.argument("paths", nargs=-1, required=True)
@bench_options(
    "Benchmarks or groups to look for, or all; a card or a data file of your own. May be repeated. "
    "`leakcheck bench list` names them."
)
@key_option(multiple=True)
@text_field_option
@choice_options
@output_options
@click.option(
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the run in DIR, for `leakcheck report`, `explain`, `compare`, `clean` and `impact`; "
    "stopped, the same command goes on from there.",
)
@fail_on_option
@known_options
@click.option(
    "--preset",
    type=click.Choice(list(PRESETS)),
    help="Decide by a published criterion in place of leakcheck's own; see docs/presets.md.",
)
@click.option(
    "--max-expected",
    type=click.IntRange(min=1),
    metavar="N",
    help="Count only findings of which chance gives at most N as good in a corpus of this size.",
)
@part_options
@strict_option
@threads_option
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Scan on this machine, or on a Ray cluster whose nodes all see PATHS.",
)
@click.option("--address", metavar="ADDRESS", help="Of the Ray cluster; by default the one here.")
@progress_option
@quiet_option
@config_options
@click.pass_context
def scan(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    benchmarks: tuple[str, ...],
    key_files: tuple[Path, ...],
    excludes: tuple[str, ...],
    force_exclude: bool,
    output_format: str,
    outputs: tuple[Output, ...],
    item_texts: Path | None,
    run: Path | None,
    fail_on: FailOn,
    baseline: Path | None,
    update_baseline: bool,
    strict: bool,
    no_progress: bool,
    quiet: bool,
    config_file: Path | None,
    isolated: bool,
    preset: str | None,
    max_expected: int | None,
    shard: ShardOption | None,
    sample: float | None,
    seed: int | None,
    **options: Any,  # noqa: ANN401 (they go to the scan as they are)
) -> None:
    """Look for the items of benchmarks in PATHS.

    PATHS are files, folders, patterns in quotes, uris of these in an object store (s3://, gs://,
    hf://datasets/), or - for JSON lines on standard input. Options may also stand in
    leakcheck.toml, or under [tool.leakcheck] in pyproject.toml, and in the environment as
    LEAKCHECK_BENCH and so on.
    """
    if not benchmarks:
        raise click.UsageError(_NO_BENCHMARK)
    if preset:
        _see_that_a_preset_will_do(run, max_expected, options["engine"], update=update_baseline)
    plan = plan_of(shard, sample, seed)
    if plan is not None:
        _see_that_a_part_will_do(plan, preset, run, update=update_baseline)
    known = known_findings(ctx, baseline, update=update_baseline)
    options |= {
        "keys": read_keys(key_files, os.environ),
        "excludes": _excludes(ctx, excludes, forced=force_exclude),
        "accept": known.accept_from_now(fail_on) if update_baseline else known.accept,
    }
    if max_expected is not None:
        options["max_expected"] = max_expected
    if preset:
        options = {**_without_findings(options), "preset": preset, "item_texts": item_texts}
    if plan is not None:
        options["plan"] = plan
    with run_kept(run) as kept:
        if kept.keeper is not None and not preset:
            options["keeper"] = kept.keeper
        report = _scanned(paths, benchmarks, options, no_progress=no_progress or quiet)
        if update_baseline:
            known = known.updated(report, paths, options["diff_base"], fail_on)
        if not preset and plan is None:
            report = known.with_stale(report, paths, options["diff_base"])
        kept.keep(report)
    end_with(report, output_format, outputs, item_texts, fail_on, strict=strict, quiet=quiet)


def _see_that_a_preset_will_do(
    run: Path | None, max_expected: int | None, engine: str, *, update: bool
) -> None:
    if update:
        raise click.UsageError("A baseline knows findings, and a preset has none.")
    if max_expected is not None:
        raise click.UsageError("--max-expected goes by E-values, and a preset has none.")
    if engine != "local":
        raise click.UsageError("--preset decides on this machine alone; leave out --engine.")
    if run is not None:
        note("a scan by a preset is kept when it ends; stopped, it starts anew")


def _without_findings(options: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what a published criterion has no use for: it has no findings to accept."""
    no_use = ("accept", "engine", "address")
    return {name: value for name, value in options.items() if name not in no_use}


def _see_that_a_part_will_do(
    plan: Plan, preset: str | None, run: Path | None, *, update: bool
) -> None:
    if preset:
        raise click.UsageError("A preset looks at all of a corpus; leave --shard and --sample out.")
    if update:
        raise click.UsageError(
            "A baseline knows all that is found, and this is a part. Of shards `leakcheck merge "
            "--update-baseline` writes it."
        )
    if plan.shard is not None and run is None:
        raise click.UsageError("--shard needs --run DIR, another folder for each shard.")


def _what_scans(options: Mapping[str, Any]) -> Callable[..., Report]:
    """Load what decides: a published criterion, or leakcheck."""
    from leakcheck.cli.first_run import announce_compilation, announce_presets_compilation

    if "preset" in options:
        announce_presets_compilation(complain)
        from leakcheck.presets.reporting import scan_with_preset

        return scan_with_preset
    announce_compilation(complain)
    from leakcheck.scanning import scan as scan_corpus

    return scan_corpus


def _excludes(ctx: click.Context, patterns: tuple[str, ...], *, forced: bool) -> Excludes:
    """Let patterns start from the folder of the file they stand in, or from here."""
    from leakcheck.corpus import Excludes

    config = config_of(ctx)
    in_config = config is not None and is_from_config(ctx, "excludes")
    return Excludes(patterns, config.folder if config and in_config else Path(), forced)


def _scanned(
    paths: tuple[str, ...],
    benchmarks: tuple[str, ...],
    options: dict[str, Any],
    *,
    no_progress: bool,
) -> Report:
    scan_corpus = _what_scans(options)
    skip_memory_upkeep()

    # Standard output is for the report alone; Ray would write to it that a node is lost.
    with progress_unless(no_progress, findings_so_far) as show, redirect_stdout(sys.stderr):
        return scan_corpus(
            paths,
            benchmarks,
            on_progress=show,
            on_note=note,
            **options,
        )

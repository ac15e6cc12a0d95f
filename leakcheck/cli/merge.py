"""`leakcheck merge`: the shards of one scan, put together to one report."""

from __future__ import annotations

import os
from pathlib import Path

import click

from leakcheck.cli.ending import (
    FailOn,
    end_with,
    fail_on_option,
    quiet_option,
    run_kept,
    strict_option,
)
from leakcheck.cli.failures import note
from leakcheck.cli.gate_options import known_options
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.known import known_findings
from leakcheck.cli.outputs import Output, output_options
from leakcheck.cli.settings import Configured, config_options
from leakcheck.errors import UsageError

__all__ = ["merge"]


@click.command(cls=Configured)
@click.argument("runs", nargs=-1, required=True, type=click.Path(file_okay=False, path_type=Path))
@key_option(multiple=True)
@output_options
@click.option(
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the run in DIR, as `leakcheck scan --run` does.",
)
@fail_on_option
@known_options
@strict_option
@quiet_option
@config_options
@click.pass_context
def merge(
    ctx: click.Context,
    /,
    runs: tuple[Path, ...],
    key_files: tuple[Path, ...],
    output_format: str,
    outputs: tuple[Output, ...],
    item_texts: Path | None,
    run: Path | None,
    fail_on: FailOn,
    baseline: Path | None,
    update_baseline: bool,
    strict: bool,
    quiet: bool,
    config_file: Path | None,
    isolated: bool,
) -> None:
    """Join the shards of one scan.

    RUNS are the folders of all shards, as `leakcheck scan --shard i/n --run DIR` makes them, in any
    order. The report is the same as that of the scan without shards. The corpus is not read again,
    and need not be at hand.
    """
    from leakcheck.scanning.merging import merge as merge_runs

    if run is not None and run.resolve() in {each.resolve() for each in runs}:
        raise UsageError(f"{run}: is one of the shards; keep the joined run in another folder")
    known = known_findings(ctx, baseline, update=update_baseline)
    with run_kept(run) as kept:
        report = merge_runs(
            runs,
            keys=read_keys(key_files, os.environ),
            accept=known.accept_from_now(fail_on) if update_baseline else known.accept,
            on_note=note,
        )
        if report.corpus.sample is None:
            paths = tuple(report.settings.paths)
            if update_baseline:
                known = known.updated(report, paths, None, fail_on)
            report = known.with_stale(report, paths, None)
        kept.keep(report)
    end_with(report, output_format, outputs, item_texts, fail_on, strict=strict, quiet=quiet)

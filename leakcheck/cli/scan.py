"""`leakcheck scan`: look for the items of benchmarks in a corpus."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, assert_never

import click

from leakcheck.cli.bench_option import bench_options
from leakcheck.cli.failures import FAILED, complain
from leakcheck.cli.gate_options import choice_options, known_options
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.known import known_findings
from leakcheck.cli.output import write
from leakcheck.cli.outputs import Output, output_options, write_files, write_report
from leakcheck.cli.progress import findings_so_far, progress_shown
from leakcheck.cli.settings import Configured, config_of, config_options, is_from_config
from leakcheck.errors import UsageError
from leakcheck.presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from leakcheck.corpus import Excludes
    from leakcheck.verdict.records import Report

__all__ = ["scan"]

FailOn = Literal["leak", "any", "never"]

_NO_BENCHMARK = (
    "Which benchmarks? Name them with --bench, as --bench gsm8k,math; or with `bench` in "
    "leakcheck.toml or under [tool.leakcheck] in pyproject.toml; or in LEAKCHECK_BENCH. "
    "`leakcheck bench list` names those that there are."
)
_MOST_NAMED = 5


@click.command(cls=Configured)
@click.argument("paths", nargs=-1, required=True)
@bench_options(
    "Benchmarks or groups to look for, or all; a card or a data file of your own. May be repeated. "
    "`leakcheck bench list` names them."
)
@key_option(multiple=True)
@click.option("--text-field", metavar="FIELD", help="Take only this field, as data.text.")
@choice_options
@output_options
@click.option(
    "--run",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the run in DIR, for `leakcheck report`, `explain`, `compare`, `clean` and `impact`.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["leak", "any", "never"]),
    default="leak",
    show_default=True,
    help="Exit with 1 if a benchmark leaked, if any is not clean, or never.",
)
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
@click.option("--strict", is_flag=True, help="Exit with 2 if anything could not be read.")
@click.option("--threads", type=click.IntRange(min=1), help="By default one a core.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Scan on this machine, or on a Ray cluster whose nodes all see PATHS.",
)
@click.option("--address", metavar="ADDRESS", help="Of the Ray cluster; by default the one here.")
@click.option("--no-progress", is_flag=True, help="Show no progress line.")
@click.option("-q", "--quiet", is_flag=True, help="One line a benchmark in place of the table.")
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
        _refuse_beside_preset(update_baseline, max_expected, options["engine"])
    known = known_findings(ctx, baseline, update=update_baseline)
    options |= {
        "keys": read_keys(key_files, os.environ),
        "excludes": _excludes(ctx, excludes, forced=force_exclude),
        "accept": known.accept_from_now(fail_on) if update_baseline else known.accept,
    }
    if max_expected is not None:
        options["max_expected"] = max_expected
    if preset:  # a published criterion has no findings that could be accepted
        for name in ("accept", "engine", "address"):
            del options[name]
        options |= {"preset": preset, "item_texts": item_texts}
    report = _scanned(paths, benchmarks, options, with_progress=not (no_progress or quiet))
    if update_baseline:
        known = known.updated(report, paths, options["diff_base"], fail_on)
    if not preset:
        report = known.with_stale(report, paths, options["diff_base"])
    _keep(report, run)
    write_files(report, outputs, item_texts)
    if quiet and output_format == "table":
        write(_verdict_lines(report))
    else:
        write_report(report, output_format)
    if output_format == "github":
        _append_summary(report, os.environ)
    raise SystemExit(_exit_code(report, fail_on, strict=strict))


def _refuse_beside_preset(update_baseline: bool, max_expected: int | None, engine: str) -> None:
    if update_baseline:
        raise click.UsageError("A baseline knows findings, and a preset has none.")
    if max_expected is not None:
        raise click.UsageError("--max-expected goes by E-values, and a preset has none.")
    if engine != "local":
        raise click.UsageError("--preset decides on this machine alone; leave out --engine.")


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
    with_progress: bool,
) -> Report:
    scan_corpus = _what_scans(options)
    # A scan leaves no cycles behind, and looking for them takes a tenth of its time.
    gc.disable()

    shown = progress_shown(findings_so_far) if with_progress else nullcontext(lambda _: None)
    # Standard output is for the report alone; Ray would write to it that a node is lost.
    with shown as show, redirect_stdout(sys.stderr):
        return scan_corpus(
            paths,
            benchmarks,
            on_progress=show,
            on_note=lambda note: complain(f"note: {note}"),
            **options,
        )


def _keep(report: Report, run: Path | None) -> None:
    """Keep a run as the last one, and where it was asked for."""
    from leakcheck.run.last import keep_last_run
    from leakcheck.run.store import write_run

    keep_last_run(report)
    if run is not None:
        write_run(report, run)


def _append_summary(report: Report, environment: Mapping[str, str]) -> None:
    """Add the Markdown summary to the file that GitHub Actions shows for a step."""
    from leakcheck.report.formats.github import step_summary

    if path := environment.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as summary:
                summary.write(step_summary(report))
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _exit_code(report: Report, fail_on: FailOn, *, strict: bool) -> int:
    """Return 2 where data that should be there is not, else what --fail-on asks for."""
    if pointers := _pointers(report):
        for path in pointers[:_MOST_NAMED]:
            complain(f"error: {path}: a Git LFS pointer, not the data; `git lfs pull` gets it")
        if len(pointers) > _MOST_NAMED:
            complain(f"error: and {len(pointers) - _MOST_NAMED:,} more Git LFS pointers")
        return FAILED
    skipped = len(report.corpus.skipped)
    if strict and skipped:
        complain(f"error: {skipped:,} files or records could not be read in full (--strict)")
        return FAILED
    return int(_fails(report, fail_on))


def _pointers(report: Report) -> list[str]:
    """Name the files of which only a pointer is here; an index had no more, and says so."""
    from leakcheck.corpus import LFS_POINTER

    if report.corpus.index is not None:
        return []
    return [each.path for each in report.corpus.skipped if each.reason == LFS_POINTER]


def _verdict_lines(report: Report) -> str:
    return "".join(f"{each.name}: {each.verdict}\n" for each in report.benchmarks)


def _fails(report: Report, fail_on: FailOn) -> bool:
    verdicts = {benchmark.verdict for benchmark in report.benchmarks}
    match fail_on:
        case "leak":
            return "leaked" in verdicts
        case "any":
            return verdicts != {"clean"}
        case "never":
            return False
        case _:
            assert_never(fail_on)

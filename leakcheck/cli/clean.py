"""`leakcheck clean`: a copy of a corpus without what leaks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leakcheck.cli.bench_option import bench_options
from leakcheck.cli.failures import complain, note
from leakcheck.cli.keys import key_option, read_keys
from leakcheck.cli.output import page_width, write
from leakcheck.cli.progress import findings_so_far, progress_unless
from leakcheck.cli.reading_options import progress_option, text_field_option, threads_option
from leakcheck.errors import UsageError

if TYPE_CHECKING:
    from leakcheck.cleaning import Also, Drop, Wanted
    from leakcheck.cleaning.checking import Rescan
    from leakcheck.verdict.records import Report

__all__ = ["clean"]


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Where the copy goes: a new or empty folder, not inside PATHS.",
)
@bench_options("Benchmarks to look for, as in `leakcheck scan`.")
@click.option(
    "--run",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="RUN",
    help="Take the findings, paths and settings of a kept run in place of scanning.",
)
@click.option(
    "--drop",
    type=click.Choice(["document", "passage"]),
    default="document",
    show_default=True,
    help="Take out the whole record, or the passage alone.",
)
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["train", "dev", "fewshot", "variant"]),
    help="Take out items of this split too, or those with other numbers. May be repeated.",
)
@click.option(
    "--attributes",
    metavar="NAME",
    help="Write Dolma attribute files of this name in place of a copy.",
)
@key_option(multiple=True)
@text_field_option
@threads_option
@progress_option
def clean(
    paths: tuple[str, ...],
    folder: Path,
    benchmarks: tuple[str, ...],
    run: Path | None,
    drop: Drop,
    also: tuple[Also, ...],
    attributes: str | None,
    question_field: str | None,
    key_files: tuple[Path, ...],
    text_field: str | None,
    threads: int | None,
    no_progress: bool,
) -> None:
    """Write a copy of PATHS without the test items in it.

    PATHS are files, folders or patterns in quotes. Without --bench and --run, what the last scan of
    them found goes. Items of other splits stay, unless --also names them. The copy has the same
    files in the same formats, each untouched record byte for byte as it was, and
    .leakcheck-clean.json, which says what went and why. It is scanned again before it is put in its
    place. Exit codes: 0 done, 2 a usage, input or internal error.
    """
    from leakcheck.cleaning import Wanted

    wanted = Wanted(drop, tuple(dict.fromkeys(also)))
    if attributes is not None:
        text_field = text_field or "text"
    if run is None and not benchmarks:
        run = _last_run_of(paths)
    if run is None:
        _see_that_there_is_enough(paths, benchmarks, folder, is_copy=attributes is None)
        kept = None
    else:
        kept = _kept(run, paths, benchmarks, text_field if attributes is None else None)
        paths, text_field = tuple(kept.settings.paths), kept.settings.text_field
        benchmarks, question_field = tuple(kept.settings.bench), kept.settings.question_field
    threads = threads or os.cpu_count() or 1
    keys = read_keys(key_files, os.environ)
    options = {"text_field": text_field, "threads": threads}
    with _scanning(no_progress) as show:
        if attributes is not None and kept is not None:
            _write_attributes(kept, folder, attributes, wanted, threads)
            return
        rescan = _scanner(benchmarks, question_field, keys, {**options, "on_progress": show})
        report = kept or rescan(paths)
        if attributes is not None:
            _write_attributes(report, folder, attributes, wanted, threads)
            return
        _write_copy(report, folder, wanted, rescan, threads)


def _see_that_there_is_enough(
    paths: tuple[str, ...], benchmarks: tuple[str, ...], folder: Path, *, is_copy: bool
) -> None:
    """Refuse before the scan what would be refused after it."""
    from leakcheck.cleaning.sources import refuse_objects

    if not paths:
        raise click.UsageError("Name what to clean, or a kept run with --run.")
    if not benchmarks:
        raise click.UsageError(
            "Name benchmarks with --bench, or a kept run with --run; the last scan was not of this."
        )
    refuse_objects(paths)
    if "-" in paths:
        raise UsageError("standard input cannot be cleaned; write it to a file and name that")
    if any(path.rstrip("/").endswith(".lki") for path in paths):
        raise UsageError("an index holds no text to clean; name the corpus itself")
    if is_copy:
        from leakcheck.cleaning.folder import refuse_folder

        refuse_folder(folder, paths)


def _last_run_of(paths: Sequence[str]) -> Path | None:
    """Return the last run if it is of these paths, and say that it is taken."""
    from leakcheck.run.last import last_run
    from leakcheck.run.store import is_run, read_run

    folder = last_run()
    if not paths or not is_run(folder):
        return None
    settings = read_run(folder).settings
    if not _are_same(paths, settings.paths):
        return None
    note(f"what the last scan found goes ({', '.join(settings.bench)})")
    return folder


def _are_same(paths: Sequence[str], others: Sequence[str]) -> bool:
    return list(map(os.path.normpath, paths)) == list(map(os.path.normpath, others))


def _kept(
    run: Path, paths: Sequence[str], benchmarks: Sequence[str], text_field: str | None
) -> Report:
    """Read a run, whose settings are not to be given once more."""
    from leakcheck.run.store import read_run

    report = read_run(run)
    if paths and not _are_same(paths, report.settings.paths):
        raise UsageError(f"{run} is of {', '.join(report.settings.paths)}; leave PATHS out")
    if benchmarks or text_field is not None:
        raise UsageError("a run has its benchmarks and text field: leave --bench, --text-field out")
    return report


@contextmanager
def _scanning(no_progress: bool) -> Iterator[Callable[[Any], None]]:
    from leakcheck.cli.first_run import announce_compilation

    announce_compilation(complain)
    with progress_unless(no_progress, findings_so_far) as show:
        yield show


def _scanner(
    benchmarks: Sequence[str],
    question_field: str | None,
    keys: Sequence[bytes],
    options: dict[str, Any],
) -> Rescan:
    """Load the benchmarks, and give what scans with them."""
    from leakcheck.scanning import Scanner

    scanner = Scanner(
        benchmarks,
        question_field=question_field,
        keys=keys,
        on_note=note,
    )
    return lambda paths: scanner.scan(paths, **options)


def _write_copy(report: Report, folder: Path, wanted: Wanted, rescan: Rescan, threads: int) -> None:
    from leakcheck.cleaning import clean as write_copy
    from leakcheck.cli.clean_text import cleaned_text

    write(cleaned_text(write_copy(report, folder, wanted, rescan, threads), page_width()))


def _write_attributes(
    report: Report, folder: Path, name: str, wanted: Wanted, threads: int
) -> None:
    from leakcheck.cleaning import write_attributes
    from leakcheck.cli.clean_text import tagged_text

    write(tagged_text(write_attributes(report, folder, name, wanted, threads)))

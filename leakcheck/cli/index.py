"""`leakcheck index`: build an index of a corpus, and all that is done to one later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leakcheck.cli.failures import FAILED, complain
from leakcheck.cli.output import page_width, write
from leakcheck.cli.page_options import TABLE_OR_JSON, format_option
from leakcheck.cli.reading_options import progress_option, text_field_option, threads_option
from leakcheck.memory import skip_memory_upkeep

if TYPE_CHECKING:
    from leakcheck.corpus_index.building.build import Indexed, IndexProgress

__all__ = ["index"]

_BUILD = "build"
_INDEX = click.Path(path_type=Path)


class _BuildsByDefault(click.Group):
    """Takes `leakcheck index corpus/ -o x.lki` for `leakcheck index build corpus/ -o x.lki`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [_BUILD, *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_BuildsByDefault,
    subcommand_metavar="CORPUS... -o INDEX.lki | COMMAND [ARGS]...",
    options_metavar="",
)
def index() -> None:
    """Index a corpus once, and ask for any benchmark later.

    Without a command, build: a folder of a command's name is written ./add.
    """


@index.command(name=_BUILD)
@click.argument("corpus", nargs=-1, required=True)
@click.option("-o", "--output", type=_INDEX, required=True, help="The index, as corpus.lki.")
@click.option(
    "--scale",
    type=click.IntRange(min=1, max=1000),
    default=4,
    show_default=True,
    help="Keep one n-gram in so many; 1 keeps all.",
)
@text_field_option
@threads_option
@progress_option
def build(
    corpus: tuple[str, ...],
    output: Path,
    scale: int,
    text_field: str | None,
    threads: int | None,
    no_progress: bool,
) -> None:
    """Build an index of CORPUS, or bring one up to date.

    CORPUS are files, folders or patterns in quotes. A run that was stopped goes on where it was.
    """
    with _indexing(no_progress) as show:
        from leakcheck.corpus_index.building.build import build_index

        done = build_index(
            corpus,
            output,
            scale=scale,
            text_field=text_field,
            threads=threads,
            on_progress=show,
        )
    _tell(done)


@index.command()
@click.argument("index", type=_INDEX)
@click.argument("paths", nargs=-1, required=True)
@threads_option
@progress_option
def add(index: Path, paths: tuple[str, ...], threads: int | None, no_progress: bool) -> None:
    """Add the files at PATHS to INDEX, if they are new or changed."""
    with _indexing(no_progress) as show:
        from leakcheck.corpus_index.building.build import add_to_index

        done = add_to_index(index, paths, threads=threads, on_progress=show)
    _tell(done)


@contextmanager
def _indexing(no_progress: bool) -> Iterator[Callable[[IndexProgress], None]]:
    from leakcheck.cli.first_run import announce_index_compilation
    from leakcheck.cli.progress import progress_unless

    announce_index_compilation(complain)
    skip_memory_upkeep()
    with progress_unless(no_progress, _no_outcome) as show:
        yield show


def _no_outcome(_: IndexProgress) -> str:
    return ""


def _tell(done: Indexed) -> None:
    from leakcheck.cli.index_text import indexed_text
    from leakcheck.corpus_index.stored.summary import summarise

    write(indexed_text(done, summarise(done.index)))


@index.command(name="rm")
@click.argument("index", type=_INDEX)
@click.argument("paths", nargs=-1, required=True)
def remove(index: Path, paths: tuple[str, ...]) -> None:
    """Remove files from INDEX, by their paths in it or by a folder above them."""
    from leakcheck.corpus_index.building.removal import remove_from_index
    from leakcheck.report.numbers import several

    removed = remove_from_index(index, paths)
    left = several(removed.index.rows("files"), "file")
    write(f"removed {several(len(removed.paths), 'file')}, {left} left\n")


@index.command()
@click.argument("index", type=_INDEX)
@format_option(TABLE_OR_JSON, "A table for people, or one JSON document.")
def info(index: Path, output_format: str) -> None:
    """Show what INDEX holds, how large it is, and its settings."""
    from leakcheck.cli.index_text import info_json, info_text
    from leakcheck.corpus_index.stored.store import open_index
    from leakcheck.corpus_index.stored.summary import summarise

    summary = summarise(open_index(index))
    write(info_json(summary) if output_format == "json" else info_text(summary, page_width()))


@index.command()
@click.argument("index", type=_INDEX)
def verify(index: Path) -> None:
    """Read every file of INDEX, and compare it with the manifest."""
    from leakcheck.corpus_index.stored.verify import verify_index
    from leakcheck.report.numbers import byte_size, several

    checked = list(verify_index(index))
    broken = [each.problem for each in checked if each.problem]
    for problem in broken:
        complain(f"error: {problem}")
    if broken:
        complain(f"error: {len(broken):,} of {several(len(checked), 'file')} cannot be used")
        raise SystemExit(FAILED)
    size = byte_size(sum(each.bytes for each in checked))
    write(f"{index}: {several(len(checked), 'file')} ({size}), all as they were written\n")


@index.command()
@click.argument("indexes", nargs=-1, required=True, type=_INDEX)
@click.option("-o", "--output", type=_INDEX, required=True, help="The new index, as all.lki.")
def merge(indexes: tuple[Path, ...], output: Path) -> None:
    """Merge INDEXES of the same settings into a new one."""
    from leakcheck.cli.index_text import size_lines
    from leakcheck.corpus_index.building.merge import merge_indexes
    from leakcheck.corpus_index.stored.summary import summarise

    write(size_lines(summarise(merge_indexes(indexes, output))))

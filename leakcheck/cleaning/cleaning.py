"""From a report to a clean copy of its corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leakcheck.cleaning.checking import Copy, Rescan, check_copy
from leakcheck.cleaning.choice import Wanted
from leakcheck.cleaning.cleaned import Cleaned, CleanedFile
from leakcheck.cleaning.copying import copy_data_file, copy_others
from leakcheck.cleaning.folder import new_folder, refuse_folder
from leakcheck.cleaning.layout import lay_out
from leakcheck.cleaning.manifest import NAME, manifest_of, written
from leakcheck.cleaning.plan import FilePlan, plans_of
from leakcheck.cleaning.sources import files_of
from leakcheck.corpus.records import CorpusFile
from leakcheck.threads import map_in_order
from leakcheck.verdict.records import FileReport, Report

__all__ = ["clean"]


def clean(report: Report, folder: Path, wanted: Wanted, rescan: Rescan, threads: int) -> Cleaned:
    """Write a copy of a scanned corpus without what is wanted to go.

    Args:
        report: of the scan, or of the run that is kept.
        folder: where the copy goes, new or empty; all of it is there in the end, or nothing.
        wanted: what goes.
        rescan: scans files with the same benchmarks and settings.
        threads: how many files are written at once.

    Raises:
        UsageError: the folder cannot be used, or not be written.
        InputError: a file changed since the scan, is damaged, or would not come clean.
        RunError: the report is of an index, or of other packs than are there now.
    """
    files = files_of(report)
    refuse_folder(folder, report.settings.paths)
    layout = lay_out(report.settings.paths, [file for file, _ in files])
    plans = plans_of(
        (finding for finding in report.iter_findings() if wanted.goes(finding)),
        whole=wanted.drop == "document",
    )
    with new_folder(folder, _bytes(files, [source for _, source in layout.others])) as temporary:
        field = report.settings.text_field
        sources = dict(layout.data)

        def write(path: Path, plan: FilePlan) -> None:
            copy_data_file(sources[path], temporary / path, plan, field)

        jobs = [(path, plans.get(file.name, FilePlan())) for path, file in layout.data]
        for _ in map_in_order(lambda job: write(*job), iter(jobs), threads):
            pass
        before = [
            CleanedFile(path, told.documents, told.size_bytes, 0, plan)
            for (path, plan), (_, told) in zip(jobs, files, strict=True)
        ]
        copy_others(layout, temporary)
        checked = check_copy(Copy(temporary, before, write), report, wanted, rescan)
        after = [file._replace(bytes_after=_size(temporary / file.path)) for file in before]
        cleaned = Cleaned(folder, folder / NAME, wanted, report, after, layout, checked)
        (temporary / NAME).write_text(written(manifest_of(cleaned)), encoding="ascii")
    return cleaned


def _bytes(files: Sequence[tuple[CorpusFile, FileReport]], others: Sequence[Path]) -> int:
    return sum(file.size_bytes for file, _ in files) + sum(path.stat().st_size for path in others)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0

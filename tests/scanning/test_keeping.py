"""What is done of a scan is kept: a killed one goes on, and ends as if nothing had been."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from leakcheck.errors import InputError, RunError, UsageError
from leakcheck.run.store import write_run
from leakcheck.scanning import keeping
from leakcheck.scanning.keeping import kept_in
from leakcheck.scanning.plan import Plan

from .conftest import SMALL

SCAN_AND_STOP = """
import sys, time
from pathlib import Path
import leakcheck
from leakcheck.scanning import keeping
from leakcheck.scanning.engines import local
from leakcheck.scanning.plan import Plan
from leakcheck.scanning.tasks import Division

local.LEAST_BYTES = 0  # in processes, although there is little to do
run, threads = Path(sys.argv[1]), int(sys.argv[2])

write_part = keeping.write_part

def write_and_stop_in_the_middle(path, results):
    write_part(path, results)
    if len(list(run.glob("parts/*.parquet"))) == 3:
        print("in the middle", flush=True)
        time.sleep(600)

keeping.write_part = write_and_stop_in_the_middle
with keeping.kept_in(run, print) as keeper:
    leakcheck.Scanner(["demo", "demo_trivia"]).scan(
        ["examples/corpus"],
        threads=threads,
        plan=Plan(division=Division(2000, 4000)),
        keeper=keeper,
    )
print("ended")
"""
TASKS = 15
MOST_SECONDS = 120.0
"""Far more than the end of a process takes on a slow machine."""


@pytest.fixture
def scan(both):
    """Scan the example corpus into a folder; returns the report and the notes."""

    def scan(run, paths=("examples/corpus",), *, finish=True, **options):
        notes = []
        with kept_in(run, notes.append) as keeper:
            plan = options.pop("plan", Plan(division=SMALL))
            report = both.scan(list(paths), plan=plan, keeper=keeper, **options)
            if finish:
                write_run(report, run)
                keeper.finish()
        return report, notes

    return scan


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def parts(run: Path) -> list[Path]:
    return sorted((run / "parts").glob("*.parquet"))


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(child) for child in listed.split()]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class TestKilled:
    @pytest.mark.skipif(sys.platform != "linux", reason="processes are seen in /proc")
    @pytest.mark.parametrize("threads", [1, 2])
    @pytest.mark.parametrize("whom", ["group", "parent"])
    def test_a_killed_scan_goes_on_and_ends_with_the_same_bytes(
        self, scan, outputs, tmp_path, whom, threads
    ):
        run = tmp_path / "run"
        command = [sys.executable, "-c", SCAN_AND_STOP, str(run), str(threads)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as killed:
            try:
                assert killed.stdout.readline() == "in the middle\n"
                workers = children(killed.pid)
                assert bool(workers) is (threads == 2)
            finally:
                if whom == "group":
                    os.killpg(killed.pid, signal.SIGKILL)
                else:
                    os.kill(killed.pid, signal.SIGKILL)
        end = time.monotonic() + MOST_SECONDS
        while any(map(is_running, workers)) and time.monotonic() < end:
            time.sleep(0.05)
        assert not any(map(is_running, workers))
        done = len(parts(run))
        assert done == 3
        resumed, notes = scan(run)
        assert notes == [
            f"{run}: {done} of {TASKS} tasks were done already; {TASKS - done} are left"
        ]
        unbroken, notes = scan(tmp_path / "unbroken")
        assert notes == []
        assert content(run) == content(tmp_path / "unbroken")
        assert outputs(resumed) == outputs(unbroken)

    def test_what_is_done_can_be_asked_before_the_end(self, scan, tmp_path):
        report, _ = scan(tmp_path / "run", finish=False)
        query = f"select bench, item, path from '{tmp_path}/run/parts/*.parquet'"
        found = duckdb.sql(query).fetchall()
        columns = (report.findings[name].to_pylist() for name in ("bench", "item", "path"))
        assert sorted(found) == sorted(zip(*columns, strict=True))


class TestGoingOn:
    def test_a_finished_run_has_no_parts_and_is_scanned_anew(self, scan, tmp_path):
        scan(tmp_path / "run")
        assert not (tmp_path / "run" / "parts").exists()
        _, notes = scan(tmp_path / "run")
        assert notes == []

    def test_a_finished_run_stays_until_the_next_is_finished(self, scan, tmp_path):
        scan(tmp_path / "run")
        before = content(tmp_path / "run")
        scan(tmp_path / "run", finish=False)
        after = {path.name for path in (tmp_path / "run").iterdir()}
        assert after == {*before, "parts"}

    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda data: data[: len(data) // 2], id="cut off"),
            pytest.param(lambda data: b"", id="empty"),
            pytest.param(lambda data: b"no parquet at all", id="something else"),
            pytest.param(
                lambda data: data.replace(b'"rows": ', b'"rows":9', 1), id="another number"
            ),
        ],
    )
    def test_a_damaged_part_is_done_again(self, scan, tmp_path, damage):
        run = tmp_path / "run"
        before, _ = scan(run, finish=False)
        damaged = parts(run)[3]
        whole = damaged.read_bytes()
        assert damage(whole) != whole
        damaged.write_bytes(damage(whole))
        after, notes = scan(run, finish=False)
        assert notes[0].startswith(f"{damaged}: damaged (")
        assert notes[1] == f"{run}: {TASKS - 1} of {TASKS} tasks were done already; 1 are left"
        assert after.findings == before.findings
        assert damaged.read_bytes() == whole

    def test_a_file_that_changed_is_looked_through_again(self, both, scan, tmp_path):
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        for name in "ab":
            (corpus / f"{name}.txt").write_text("A text of no benchmark. " * 200, "utf-8")
        scan(tmp_path / "run", [str(corpus)], finish=False)
        (corpus / "a.txt").write_text("Another text. " * 200, "utf-8")
        after, notes = scan(tmp_path / "run", [str(corpus)])
        assert notes == [f"{tmp_path / 'run'}: 1 of 2 tasks were done already; 1 are left"]
        assert after.corpus == both.scan([str(corpus)]).corpus

    def test_standard_input_is_read_again(self, scan, tmp_path):
        import io

        for _ in range(2):
            text = io.BytesIO(b'{"text": "Nothing to see in here, dear reader."}\n')
            report, notes = scan(tmp_path / "run", ["-"], finish=False, standard_input=text)
            assert report.corpus.documents == 1
            assert notes == [
                "standard input is not kept: a scan that is stopped reads it again from its start"
            ]


class TestRefused:
    def test_another_scan_may_not_use_what_is_done(self, scan, tmp_path):
        scan(tmp_path / "run", finish=False)
        kept = content(tmp_path / "run" / "parts")
        with pytest.raises(RunError, match='text_field was null and is "text"') as refused:
            scan(tmp_path / "run", text_field="text")
        assert "name another folder with --run, or delete this one" in str(refused.value)
        assert content(tmp_path / "run" / "parts") == kept

    def test_how_findings_are_counted_is_no_other_scan(self, scan, tmp_path):
        scan(tmp_path / "run", finish=False)
        _, notes = scan(tmp_path / "run", max_expected=1.0)
        assert notes == [f"{tmp_path / 'run'}: 15 of 15 tasks were done already; none is left"]

    def test_two_scans_do_not_write_to_one_folder(self, monkeypatch, tmp_path):
        monkeypatch.setattr(keeping, "_PATIENCE_SECONDS", 0.0)
        with (
            kept_in(tmp_path / "run", print),
            pytest.raises(RunError, match="another scan is writing to this folder"),
            kept_in(tmp_path / "run", print),
        ):
            pass

    def test_a_folder_with_something_else_is_left_alone(self, tmp_path):
        (tmp_path / "thesis.tex").write_text("", "utf-8")
        with (
            pytest.raises(UsageError, match="holds something else than a run"),
            kept_in(tmp_path, print),
        ):
            pass
        assert list(tmp_path.iterdir()) == [tmp_path / "thesis.tex"]

    def test_a_folder_that_cannot_be_made_is_told_before_the_scan(self, tmp_path):
        (tmp_path / "file").write_text("", "utf-8")
        with (
            pytest.raises(UsageError, match="cannot be written: Not a directory"),
            kept_in(tmp_path / "file" / "run", print),
        ):
            pass

    def test_a_full_disk_loses_nothing_of_what_was_done(self, scan, monkeypatch, tmp_path):
        write_part, written = keeping.write_part, []

        def write(path, results):
            if len(written) == 5:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            written.append(path)
            write_part(path, results)

        monkeypatch.setattr(keeping, "write_part", write)
        with pytest.raises(UsageError, match="No space left on device; what was done stays there"):
            scan(tmp_path / "run")
        monkeypatch.undo()
        monkeypatch.chdir(Path(__file__).parents[2])
        _, notes = scan(tmp_path / "run")
        assert notes == [f"{tmp_path / 'run'}: 5 of 15 tasks were done already; 10 are left"]

    def test_a_scan_that_fails_at_once_leaves_nothing_behind(self, tmp_path):
        with pytest.raises(ZeroDivisionError), kept_in(tmp_path / "run", print):
            raise ZeroDivisionError
        assert not (tmp_path / "run").exists()

    def test_a_scan_that_could_read_nothing_leaves_nothing_behind(self, scan, tmp_path):
        corpus = tmp_path / "a.jsonl"
        corpus.write_text("no JSON at all\n", "utf-8")
        with pytest.raises(InputError, match="no document could be read"):
            scan(tmp_path / "run", [str(corpus)])
        assert not (tmp_path / "run").exists()

    def test_a_corpus_that_is_away_takes_nothing_from_what_was_done(self, scan, tmp_path):
        corpus = tmp_path / "a.jsonl"
        corpus.write_text('{"text": "Nothing to see in here, dear reader."}\n', "utf-8")
        scan(tmp_path / "run", [str(corpus)], finish=False)
        corpus.rename(tmp_path / "b.jsonl")
        with pytest.raises(InputError):
            scan(tmp_path / "run", [str(corpus)])
        (tmp_path / "b.jsonl").rename(corpus)
        _, notes = scan(tmp_path / "run", [str(corpus)])
        assert notes == [f"{tmp_path / 'run'}: 1 of 1 tasks were done already; none is left"]


class TestInTheCorpus:
    """A run may be kept in the folder that is scanned; what was found is no corpus."""

    @pytest.fixture
    def corpus(self, tmp_path, monkeypatch):
        (tmp_path / "corpus").mkdir()
        monkeypatch.chdir(tmp_path / "corpus")
        planted = Path(__file__).parents[2] / "examples" / "corpus" / "chat.jsonl"
        Path("chat.jsonl").write_bytes(planted.read_bytes())

    @pytest.mark.parametrize("paths", [["."], ["**/*"]], ids=["a folder", "a pattern"])
    def test_a_run_is_not_scanned(self, scan, both, corpus, paths):
        expected = both.scan(paths)
        assert expected.corpus.files == 1
        for finish in (False, True, True):
            report, _ = scan(Path("runs/mine"), paths, finish=finish)
            assert (report.corpus, report.findings) == (expected.corpus, expected.findings)

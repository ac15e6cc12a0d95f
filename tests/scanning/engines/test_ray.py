"""Scans on a Ray cluster: the same reports, whatever dies, and what is said if it cannot be."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

import leakcheck
from leakcheck.corpus import CorpusFile
from leakcheck.corpus.stretch import whole
from leakcheck.errors import EngineError, UsageError
from leakcheck.scanning.engines.ray_cluster import MOST_SECONDS_WITHOUT, Cpus
from leakcheck.scanning.engines.ray_task import unlike_files
from leakcheck.scanning.tasks import TASK_BYTES, Task
from leakcheck.version import __version__

EXAMPLES = Path(__file__).parents[3] / "examples" / "corpus"
LARGE_FILES = 6
LONG, LONG_FRAMES = "long.jsonl.zst", 3000
"""A file that is one task, which lasts until it is ended: minutes on any machine."""
MOST_SECONDS = 600.0
"""That a scan may take, which takes some: it is to tell of one that hangs, not of a slow one."""
SCAN = ("scan", "corpus", "--bench", "demo,demo_trivia", "-f", "json", "--fail-on", "never")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Make a corpus of the examples, and of files that are a task each, mostly of blanks."""
    chance = random.Random(7)
    folder = tmp_path_factory.mktemp("ray")
    corpus = folder / "corpus"
    shutil.copytree(EXAMPLES, corpus)
    planted = (EXAMPLES / "chat.jsonl").read_text("utf-8").splitlines()
    for number in range(LARGE_FILES):
        words = ["".join(chance.choices("aeilnorst", k=5)) for _ in range(2000)]
        texts = [" ".join(chance.choices(words, k=300)) for _ in range(200)]
        lines = [json.dumps({"text": text}) for text in texts] + planted
        chance.shuffle(lines)
        blanks = " " * (TASK_BYTES // len(lines) - 2000)
        (corpus / f"large-{number}.jsonl").write_text("".join(f"{x}{blanks}\n" for x in lines))
    frame = pa.compress(f"{lines[0]}\n".encode() * 10_000, "zstd", asbytes=True)
    (folder / LONG).write_bytes(frame * LONG_FRAMES)
    return folder


@pytest.fixture(scope="module")
def local(folder) -> str:
    """Return the report of this machine."""
    done = leakcheck_run(folder, {}, *SCAN)
    assert done.returncode == 0, done.stderr
    assert sum(each["splits"]["test"]["matched"] for each in json.loads(done.stdout)["benchmarks"])
    return done.stdout


@contextmanager
def begun(folder: Path, environment, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Begin a command, which does not outlast what is asked of it, however that ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "leakcheck", *arguments],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate(timeout=MOST_SECONDS)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def leakcheck_run(folder, environment, *arguments: str) -> subprocess.CompletedProcess[str]:
    with begun(folder, environment, *arguments) as process:
        return ended(process)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.splitlines()[-1]


class TestWithoutCluster:
    def test_ray_is_not_installed(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "ray", None)
        with pytest.raises(EngineError, match=r"pip install 'leakcheck-benchmarks\[ray\]'"):
            leakcheck.scan([EXAMPLES], bench="demo", engine="ray")

    def test_standard_input_is_not_on_all_nodes(self):
        with pytest.raises(UsageError, match="standard input cannot be read by the nodes"):
            leakcheck.scan(["-"], bench="demo", engine="ray", standard_input=io.BytesIO(b"{}"))

    def test_an_address_is_for_a_cluster(self):
        with pytest.raises(UsageError, match="name the engine too, ray"):
            leakcheck.scan([EXAMPLES], bench="demo", address="auto")

    def test_a_preset_decides_on_this_machine(self, tmp_path):
        options = ("--bench", "demo", "--engine", "ray", "--preset", "palm")
        done = leakcheck_run(tmp_path, {}, "scan", str(EXAMPLES), *options)
        assert done.returncode == 2
        assert "--preset decides on this machine alone" in done.stderr

    def test_nobody_listens_at_the_address(self, tmp_path):
        pytest.importorskip("ray")
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))  # it does not listen, and nobody else can meanwhile
            address = f"127.0.0.1:{silent.getsockname()[1]}"
            done = leakcheck_run(tmp_path, {}, *cluster_scan(address, str(EXAMPLES)))
        assert done.returncode == 2
        assert f"no Ray cluster can be used at {address}" in last_line(done)
        assert "refused" in last_line(done)


def cluster_scan(address: str, corpus: str = "corpus") -> list[str]:
    return ["scan", corpus, *SCAN[2:], "--engine", "ray", "--address", address]


class TestOnCluster:
    """In this order: one node dies in the second test, the other before the last ones."""

    def test_the_report_is_that_of_one_machine(self, cluster, folder, local):
        done = leakcheck_run(folder, cluster.environment, *cluster_scan(cluster.address))
        assert done.returncode == 0, done.stderr
        assert done.stdout == local

    def test_what_a_node_did_that_dies_is_done_again(self, cluster, folder, local, wait_until):
        node = cluster.nodes[2]
        with begun(folder, cluster.environment, *cluster_scan(cluster.address)) as scan:
            wait_until(node.workers, "a task on the node")
            node.kill()
            done = ended(scan)
        assert done.returncode == 0, done.stderr
        assert done.stdout == local

    def test_a_task_that_kills_its_worker_each_time_is_named(self, cluster, folder, wait_until):
        node = cluster.nodes[1]
        with begun(folder, cluster.environment, *cluster_scan(cluster.address, LONG)) as scan:
            while scan.poll() is None:
                node.kill_workers()
                wait_until(lambda: node.workers() or scan.poll() is not None, "the next worker")
            done = ended(scan)
        assert done.returncode == 2
        assert f"error: {LONG}: the worker that read it was killed 4 times" in last_line(done)

    def test_a_file_that_only_this_process_sees_is_an_error(self, cluster, folder):
        corpus = "/proc/self/cwd/corpus/large-0.jsonl"
        done = leakcheck_run(folder, cluster.environment, *cluster_scan(cluster.address, corpus))
        assert done.returncode == 2
        assert f"error: {corpus}: node" in last_line(done)
        assert "all nodes must see the files" in last_line(done)

    def test_ctrl_c_ends_what_runs(self, cluster, folder, wait_until):
        with begun(folder, cluster.environment, *cluster_scan(cluster.address, LONG)) as scan:
            wait_until(cluster.nodes[1].workers, "a task")
            scan.send_signal(signal.SIGINT)
            done = ended(scan)
        assert (done.returncode, done.stdout) == (130, "")
        assert last_line(done) == "leakcheck: interrupted"
        wait_until(lambda: not cluster.nodes[1].workers(), "nothing that works on")

    def test_a_connection_that_is_there_is_taken_and_stays(self, cluster, folder):
        program = (
            "import leakcheck, ray, sys\n"
            "ray.init(sys.argv[1], log_to_driver=False)\n"
            "told = []\n"
            "report = leakcheck.scan(['corpus'], 'demo', engine='ray', on_progress=told.append)\n"
            "assert ray.is_initialized()\n"
            "read = told[-1]\n"
            "assert read.documents == report.corpus.documents, read\n"
            "assert read.bytes_read == read.bytes_total == report.corpus.bytes, read\n"
            "assert len(told) > 2\n"
            "assert sorted(told) == told\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, cluster.address],
            cwd=folder,
            env=os.environ | cluster.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(
        ("module", "line", "told"),
        [
            pytest.param(
                "leakcheck/__init__.py",
                "raise ModuleNotFoundError(\"No module named 'leakcheck'\")",
                "No module named 'leakcheck'. All nodes need leakcheck",
                id="none",
            ),
            pytest.param(
                "leakcheck/version.py",
                "__version__ = '0.0.7'",
                f"has leakcheck 0.0.7 and not {__version__}, which asks it",
                id="another version",
            ),
        ],
    )
    def test_a_node_has_another_leakcheck(self, cluster, folder, tmp_path, module, line, told):
        shutil.copytree(
            Path(leakcheck.__file__).parent,
            tmp_path / "leakcheck",
            ignore=shutil.ignore_patterns("data"),
        )
        (tmp_path / module).write_text(line)
        for other in cluster.nodes[1:]:
            other.leave()  # or it might do all of the work
        cluster.join(PYTHONPATH=str(tmp_path))
        done = leakcheck_run(folder, cluster.environment, *cluster_scan(cluster.address))
        assert done.returncode == 2
        assert told in last_line(done)


class TestUnlikeFiles:
    @pytest.mark.parametrize(
        ("content", "is_unlike"),
        [
            pytest.param(None, True, id="missing"),
            pytest.param(b"another", True, id="another size"),
            pytest.param(b"listed", False, id="as listed"),
        ],
    )
    def test_of_a_file(self, tmp_path, content, is_unlike):
        path = tmp_path / "a.jsonl"
        if content is not None:
            path.write_bytes(content)
        task = Task(0, (whole(CorpusFile(path, "a.jsonl", len(b"listed"))),))
        assert unlike_files(task) == ["a.jsonl"] * is_unlike


class TestCpus:
    class Ray:
        """A cluster of so many CPUs."""

        def __init__(self, cpus: int) -> None:
            self.cpus = cpus

        def cluster_resources(self) -> dict[str, float]:
            return {"CPU": float(self.cpus)} if self.cpus else {}

    def test_they_are_counted_again_when_nodes_come(self):
        ray, times = self.Ray(0), iter([0.0, 1.0, 9.0])
        cpus = Cpus(ray, lambda: next(times))
        ray.cpus = 7
        assert (cpus.count(), cpus.count()) == (0, 7)

    def test_none_for_a_long_time_is_an_error(self):
        times = iter([0.0, MOST_SECONDS_WITHOUT - 1, MOST_SECONDS_WITHOUT])
        cpus = Cpus(self.Ray(0), lambda: next(times))
        assert cpus.count() == 0
        with pytest.raises(EngineError, match="has had a CPU for ten minutes"):
            cpus.count()

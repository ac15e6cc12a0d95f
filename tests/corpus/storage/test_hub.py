"""Datasets of the model hub, played by a server on this machine."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.corpus import PassageBatch, find_files, read_file
from leakcheck.errors import InputError

pytest.importorskip("huggingface_hub")

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OLDER = "76543210fedcba9876543210fedcba9876543210"


class Hub:
    """What a test wants the hub to have, by commit, and to answer."""

    def __init__(self) -> None:
        self.revisions = {"main": COMMIT, COMMIT: COMMIT, "v1": OLDER, OLDER: OLDER}
        self.files: dict[str, dict[str, bytes]] = {COMMIT: {}, OLDER: {}}
        self.refusal: tuple[int, str] | None = None
        self.refuses_files_only = False
        self.busy = 0
        self.asked: list[tuple[str, str | None]] = []


class Answers(BaseHTTPRequestHandler):
    """The questions of huggingface_hub: a revision, a tree, some paths, a range of a file."""

    protocol_version = "HTTP/1.1"
    hub: Hub

    def do_HEAD(self) -> None:
        self.answer(b"")

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes) -> None:
        url = urllib.parse.urlsplit(self.path)
        path = urllib.parse.unquote(url.path)
        is_api = path.startswith("/api/datasets/nobody/lanterns")
        if self.hub.refusal and not (is_api and self.hub.refuses_files_only):
            status, code = self.hub.refusal
            self.send(status, b"{}", {"X-Error-Code": code})
        elif is_api:
            self.about(path.removeprefix("/api/datasets/nobody/lanterns").strip("/"), body)
        elif path.startswith("/datasets/nobody/lanterns/resolve/"):
            self.file(path.removeprefix("/datasets/nobody/lanterns/resolve/"))
        else:
            self.send(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def about(self, what: str, body: bytes) -> None:
        kind, _, rest = what.partition("/")
        revision, _, path = rest.partition("/")
        commit = self.hub.revisions.get(revision or "main")
        if commit is None:
            self.send(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        elif kind == "tree":
            self.tell(self.tree(self.hub.files[commit], path))
        elif kind == "paths-info":
            wanted = urllib.parse.parse_qs(body.decode()).get("paths") or json.loads(body)["paths"]
            every = self.tree(self.hub.files[commit], "")
            self.tell([each for each in every if each["path"] in wanted])
        else:
            self.tell({"id": "nobody/lanterns", "sha": commit, "siblings": []})

    def tree(self, files: dict[str, bytes], folder: str) -> list[dict[str, object]]:
        inside = f"{folder}/" if folder else ""
        paths = [path for path in sorted(files) if path.startswith(inside)]
        folders = {path.rpartition("/")[0] for path in paths} - {"", folder}
        found: list[dict[str, object]] = [
            {"type": "directory", "path": path, "size": 0, "oid": "0"} for path in sorted(folders)
        ]
        for path in paths:
            oid = hashlib.sha1(files[path]).hexdigest()
            found.append({"type": "file", "path": path, "size": len(files[path]), "oid": oid})
        return found

    def file(self, rest: str) -> None:
        revision, _, path = rest.partition("/")
        asked = self.headers.get("Range")
        self.hub.asked.append((rest, asked))
        if self.hub.busy:
            self.hub.busy -= 1
            self.send(503, b"", {})
            return
        data = self.hub.files[self.hub.revisions[revision]][path]
        first, _, last = (asked or "bytes=0-").removeprefix("bytes=").partition("-")
        part = data[int(first) : int(last or len(data)) + 1]
        self.send(206 if asked else 200, part, {"ETag": '"x"', "X-Repo-Commit": revision})

    def tell(self, what: object) -> None:
        self.send(200, json.dumps(what).encode(), {"Content-Type": "application/json"})

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub(monkeypatch):
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Answers,), {"hub": hub}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr("leakcheck.corpus.storage.ranged.PAUSES_SECONDS", (0.0,))
    monkeypatch.setattr("leakcheck.corpus.storage.ranged.BLOCK_BYTES", 64 * 1024)
    yield hub
    server.shutdown()
    server.server_close()
    thread.join()


def lines(count: int) -> bytes:
    texts = [{"text": f"Lantern {number} hangs over the ferry."} for number in range(count)]
    return "".join(json.dumps(text) + "\n" for text in texts).encode()


def parquet(count: int) -> bytes:
    texts = [f"Lantern {number} hangs over the ferry." for number in range(count)]
    file = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), file, row_group_size=100)
    return file.getvalue()


def documents(uri: str) -> int:
    (file,), _ = find_files([uri])
    return sum(each.documents for each in read_file(file) if isinstance(each, PassageBatch))


DATASET = "hf://datasets/nobody/lanterns"


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        pytest.param((404, "RepoNotFound"), "no dataset nobody/lanterns", id="none, or private"),
        pytest.param((403, "GatedRepo"), "is gated: accept its terms", id="gated"),
        pytest.param((404, "RevisionNotFound"), "no such revision", id="no revision"),
        pytest.param((401, ""), "(log in with|no dataset)", id="not let in"),
    ],
)
def test_a_hub_that_refuses_is_told_with_what_to_do(hub, refusal, message):
    hub.refusal = refusal
    with pytest.raises(InputError, match=f"{DATASET}/a.txt: .*{message}"):
        find_files([f"{DATASET}/a.txt"])


def test_a_path_that_is_not_there_is_told(hub):
    with pytest.raises(InputError, match="no such file or folder"):
        find_files([f"{DATASET}/data/nothing"])


def test_no_network_is_told(monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(InputError, match="cannot be reached"):
        find_files([DATASET])


def test_no_library_is_told_with_the_extra_that_has_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(InputError, match=r"pip install 'leakcheck-benchmarks\[hub\]'"):
        find_files([DATASET])


def test_a_gated_file_is_skipped_with_what_to_do(hub):
    hub.files[COMMIT]["a.jsonl"] = lines(3)
    (file,), _ = find_files([f"{DATASET}/a.jsonl"])
    hub.refusal, hub.refuses_files_only = (403, "GatedRepo"), True
    (skipped,) = read_file(file)
    assert "is gated: accept its terms on" in skipped.reason
    assert skipped.unread_bytes == file.size_bytes


def test_folders_and_patterns_lead_to_files(hub):
    for path in ("data/a.jsonl", "data/deep/b.jsonl", "README.md", ".gitattributes"):
        hub.files[COMMIT][path] = lines(1)
    for uri, names in [
        (DATASET, ["README.md", "data/a.jsonl", "data/deep/b.jsonl"]),
        (f"{DATASET}/data", ["data/a.jsonl", "data/deep/b.jsonl"]),
        (f"{DATASET}/data/*.jsonl", ["data/a.jsonl"]),
        (f"{DATASET}/**/b.jsonl", ["data/deep/b.jsonl"]),
    ]:
        assert [file.name for file in find_files([uri])[0]] == [f"{DATASET}/{n}" for n in names]


def test_a_revision_is_pinned_to_its_commit_when_it_is_listed(hub):
    hub.files[COMMIT]["a.jsonl"], hub.files[OLDER]["a.jsonl"] = lines(3), lines(7)
    (file,), _ = find_files([f"{DATASET}/a.jsonl"])
    assert (file.name, file.uri) == (f"{DATASET}/a.jsonl", f"{DATASET}@{COMMIT}/a.jsonl")
    hub.revisions["main"] = OLDER
    assert sum(each.documents for each in read_file(file)) == 3
    assert documents(f"{DATASET}@v1/a.jsonl") == 7


def test_a_file_is_read_in_large_ranges_and_on_after_a_failure(hub):
    data = hub.files[COMMIT]["a.jsonl"] = lines(5_000)
    hub.busy = 1
    assert documents(f"{DATASET}/a.jsonl") == 5_000
    assert len(hub.asked) == 1 + -(-len(data) // (64 * 1024))


def test_of_parquet_ranges_are_read(hub):
    hub.files[COMMIT]["a.parquet"] = parquet(1_000)
    assert documents(f"{DATASET}/a.parquet") == 1_000
    assert all(asked for _, asked in hub.asked)
    assert len(hub.asked) <= 10 + 3

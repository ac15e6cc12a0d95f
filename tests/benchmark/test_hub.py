"""The model hub, played by a server on this machine: what it may refuse, and what is built."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace

from leakcheck.benchmark.card import HubFiles
from leakcheck.benchmark.hub import download
from leakcheck.benchmark.items import read_items
from leakcheck.benchmark.pack import read_pack
from leakcheck.calibration.fetch import fetch_benchmark
from leakcheck.errors import BenchmarkFilesError, HubError

pytest.importorskip("huggingface_hub")

REVISION = "0123456789abcdef0123456789abcdef01234567"
QUESTIONS = [f"Which of the {n} lamps of Saxcombe is lit by the ferryman at dusk?" for n in (31, 7)]


def parquet(questions: list[str]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"question": questions, "answer": ["low"] * len(questions)}), file)
    return file.getvalue()


class Hub:
    """What a test wants the hub to have, and to answer."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.refusal: tuple[int, str] | None = None
        self.refuses_files_only = False


class Answers(BaseHTTPRequestHandler):
    """The two questions of huggingface_hub: what a repository has, and a file of it."""

    hub: Hub

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        is_api = self.path.startswith("/api/datasets/nobody/riddles")
        name = self.path.partition("/resolve/")[2].partition("/")[2]
        if self.hub.refusal and not (is_api and self.hub.refuses_files_only):
            status, code = self.hub.refusal
            self.send(status, b"{}", {"X-Error-Code": code} if code else {})
        elif is_api:
            siblings = [{"rfilename": name} for name in self.hub.files]
            body = {"id": "nobody/riddles", "sha": REVISION, "siblings": siblings}
            self.send(200, json.dumps(body).encode(), {"Content-Type": "application/json"})
        elif name in self.hub.files:
            data = self.hub.files[name]
            etag = hashlib.sha256(data).hexdigest()
            self.send(200, data, {"ETag": f'"{etag}"', "X-Repo-Commit": REVISION})
        else:
            self.send(404, b"", {"X-Error-Code": "EntryNotFound"})

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub(monkeypatch, tmp_path):
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Answers,), {"hub": hub}))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    yield hub
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def riddles(make_card):
    """Make the card of a benchmark whose test split is on the hub."""

    def make(path: str = "data/test-*.parquet", items: int | None = 2, **changes):
        card = make_card({"test": items, "train": 5}, **changes)
        test = replace(card.splits[0], hub=HubFiles("nobody/riddles", path))
        return replace(card, splits=[test, card.splits[1]])

    return make


@pytest.mark.parametrize(
    ("refusal", "files_only", "message"),
    [
        pytest.param((401, "GatedRepo"), True, "is gated: accept its terms", id="gated, no token"),
        pytest.param(
            (403, "GatedRepo"), True, "is gated: accept its terms", id="gated, no consent"
        ),
        pytest.param((401, "RepoNotFound"), False, "not on the model hub, or is", id="private"),
        pytest.param((404, "RepoNotFound"), False, "not on the model hub, or is", id="gone"),
        pytest.param((404, "RevisionNotFound"), False, "no revision main", id="no revision"),
        pytest.param((404, "EntryNotFound"), True, "not there any more", id="no file"),
        pytest.param((403, ""), False, "the hub answered: 403.*log in", id="forbidden"),
    ],
)
def test_a_hub_that_refuses_is_told_with_what_to_do(
    hub, riddles, tmp_path, refusal, files_only, message
):
    hub.files["data/test-0.parquet"] = parquet(QUESTIONS)
    hub.refusal, hub.refuses_files_only = refusal, files_only
    with pytest.raises(HubError, match=message):
        download(riddles(), tmp_path)


def test_a_repository_without_the_file_is_told(hub, riddles, tmp_path):
    hub.files["README.md"] = b""
    with pytest.raises(HubError, match=r"has no file data/test-\*\.parquet"):
        download(riddles(), tmp_path)


def test_no_network_is_told(riddles, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(HubError, match="cannot be reached"):
        download(riddles(), tmp_path)


def test_no_library_is_told_with_the_extra_that_has_it(riddles, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(HubError, match=r"pip install 'leakcheck-benchmarks\[hub\]'"):
        download(riddles(), tmp_path)


def test_a_card_that_names_nothing_on_the_hub_is_told(make_card, tmp_path):
    with pytest.raises(HubError, match="names no files on the model hub"):
        download(make_card({"test": 2}), tmp_path)


def test_another_number_of_items_writes_nothing(hub, riddles, tmp_path):
    hub.files["data/test-0.parquet"] = parquet(QUESTIONS[:1])
    with pytest.raises(BenchmarkFilesError, match="has 1 items, the card says 2"):
        fetch_benchmark(riddles(), tmp_path / "packs", None)
    assert not (tmp_path / "packs").exists()


def test_all_files_of_a_split_are_downloaded_and_read_in_order(hub, riddles, tmp_path):
    hub.files = {f"data/test-{n}.parquet": parquet([each]) for n, each in enumerate(QUESTIONS)}
    hub.files["data/train-0.parquet"] = parquet(["Why?"])
    found = download(riddles(), tmp_path)
    assert [item.fields["question"] for item in read_items(found, tmp_path)] == QUESTIONS
    assert [split.name for split in found.splits] == ["test"]
    assert [source.revision for source in found.sources] == [REVISION]


def test_the_files_of_a_split_may_be_its_subsets(hub, riddles, tmp_path):
    lines = "\n".join(json.dumps({"question": each, "answer": ""}) for each in QUESTIONS)
    hub.files = {f"{name}/test.jsonl": lines.encode() for name in ("doors", "lamps")}
    card = riddles("{subset}/test.jsonl", 4, item_id="{split}/{subset}/{n}")
    items = read_items(download(card, tmp_path), tmp_path)
    assert [item.item for item in items] == [
        f"test/{subset}/{n}" for subset in ("doors", "lamps") for n in range(2)
    ]


def test_fetching_leaves_a_pack_and_no_text(hub, riddles, tmp_path):
    hub.files["data/test-0.parquet"] = parquet(QUESTIONS)
    pack_path, calibration_path = fetch_benchmark(riddles(), tmp_path / "packs", None)
    pack = read_pack(pack_path)
    assert (pack.items, pack.header.revisions) == (("test/0", "test/1"), [REVISION])
    assert sorted((tmp_path / "packs").iterdir()) == sorted([pack_path, calibration_path])

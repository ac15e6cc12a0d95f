"""Google's store, played by a server of our own that speaks as much of its protocol as we need."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from leakcheck.corpus import PassageBatch, find_files, read_file
from leakcheck.errors import InputError

from . import gcs_server


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Start the store; give its address and the folder of its buckets."""
    folder = tmp_path_factory.mktemp("gs")
    command = [sys.executable, gcs_server.__file__, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}", folder
        process.terminate()


@pytest.fixture
def gs(server, monkeypatch) -> Path:
    """Give the folder of the buckets of a store that nothing is wrong with."""
    address, folder = server
    (folder / gcs_server.FAULTS).unlink(missing_ok=True)
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
    monkeypatch.setattr("leakcheck.corpus.storage.gs.RETRY_SECONDS", 1)
    monkeypatch.setattr("leakcheck.corpus.storage.ranged.PAUSES_SECONDS", (0.0,))
    monkeypatch.setattr("leakcheck.corpus.storage.ranged.BLOCK_BYTES", 64 * 1024)
    return folder


def put(folder: Path, key: str, count: int = 3) -> str:
    place = folder / "lanterns" / key
    place.parent.mkdir(parents=True, exist_ok=True)
    texts = [{"text": f"Lantern {number} hangs over the ferry."} for number in range(count)]
    place.write_text("".join(json.dumps(text) + "\n" for text in texts))
    return f"gs://lanterns/{key}"


def fault(folder: Path, **what) -> None:
    (folder / gcs_server.FAULTS).write_text(json.dumps(what))


def documents(uri: str) -> int:
    (file,), _ = find_files([uri])
    return sum(each.documents for each in read_file(file) if isinstance(each, PassageBatch))


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        pytest.param("gs://lanterns/nothing", "no such file or folder", id="no key"),
        pytest.param("gs://no-lanterns/a.txt", "no such", id="no bucket"),
    ],
)
def test_a_uri_that_leads_nowhere_is_told(gs, uri, message):
    put(gs, "a.jsonl")
    with pytest.raises(InputError, match=message):
        find_files([uri])


@pytest.mark.parametrize(
    ("status", "message"),
    [
        pytest.param(403, "storage.objects.list and storage.objects.get", id="denied"),
        pytest.param(401, "gcloud auth application-default login", id="no credentials"),
        pytest.param(503, "too busy", id="too busy"),
    ],
)
def test_a_store_that_refuses_is_told_with_what_to_do(gs, status, message):
    fault(gs, status=status, times=99)
    with pytest.raises(InputError, match=f"gs://lanterns/a: .*{message}"):
        find_files(["gs://lanterns/a"])


def test_no_credentials_are_told():
    from leakcheck.corpus.storage.gs import _advice

    # What Google's library says of a machine that has none; asking it takes half a minute.
    said = (
        "google::cloud::Status(UNAVAILABLE: Retry policy exhausted, with a last message of Could "
        "not create a OAuth2 access token to authenticate the request. error_info={reason=})"
    )
    assert "gcloud auth application-default login" in _advice(said, said).text
    assert not _advice(said, said).may_pass


def test_a_store_that_is_not_there_is_told(gs, monkeypatch):
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", "http://127.0.0.1:9")
    with pytest.raises(InputError, match="cannot be reached"):
        find_files(["gs://lanterns/a"])


def test_folders_and_patterns_lead_to_objects(gs):
    for key in ("corpus/b.jsonl", "corpus/deep/c.jsonl", "corpus/.d.jsonl"):
        put(gs, key)
    names = [file.name for file in find_files(["gs://lanterns/corpus"])[0]]
    assert names == ["gs://lanterns/corpus/b.jsonl", "gs://lanterns/corpus/deep/c.jsonl"]
    assert [file.name for file in find_files(["gs://lanterns/corpus/*.jsonl"])[0]] == names[:1]


def test_objects_are_read(gs):
    assert documents(put(gs, "many.jsonl", 5_000)) == 5_000


def test_a_failure_that_passes_is_tried_again(gs, monkeypatch):
    monkeypatch.setattr("leakcheck.corpus.storage.gs.RETRY_SECONDS", 300)
    uri = put(gs, "again.jsonl", 5_000)
    fault(gs, status=503, times=1)
    assert documents(uri) == 5_000
    fault(gs, cut=1_000, times=1, of="media")
    assert documents(uri) == 5_000


def test_an_object_replaced_after_it_was_listed_is_not_read(gs):
    (file,), _ = find_files([put(gs, "replaced.jsonl", 3)])
    put(gs, "replaced.jsonl", 4)
    (skipped,) = read_file(file)
    assert skipped.reason == "changed while it was read; scan again"
    assert skipped.unread_bytes == file.size_bytes

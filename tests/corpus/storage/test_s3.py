"""A store that refuses, breaks off, is slow, or has another object than it had."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakcheck.corpus import CorpusFile, PassageBatch, Skipped, find_files, read_file
from leakcheck.corpus.storage import ChangedError, open_bytes, ranged
from leakcheck.errors import InputError

from .conftest import BLOCK_BYTES, BUCKET, Door

CHANGED = "changed while it was read; scan again"


def lines(count: int, word: str = "lantern") -> bytes:
    texts = (f"{word} {number} hangs over the ferry. " * 4 for number in range(count))
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


def the_file(uri: str) -> CorpusFile:
    (file,), _ = find_files([uri])
    return file


def texts_and_skipped(file: CorpusFile) -> tuple[list[str], list[Skipped]]:
    read = list(read_file(file))
    batches = [each for each in read if isinstance(each, PassageBatch)]
    texts = [text for batch in batches for text in batch.texts.to_pylist()]
    return texts, [each for each in read if isinstance(each, Skipped)]


def parquet(count: int, group_rows: int, column: str = "text") -> bytes:
    texts = [f"lantern {number} hangs over the ferry" for number in range(count)]
    table = pa.table({column: texts, "waste": [b"\0" * 500] * count})
    table = table.set_column(1, "waste", pa.array([bytes([n % 251]) * 500 for n in range(count)]))
    file = io.BytesIO()
    pq.write_table(table, file, row_group_size=group_rows, compression="none", use_dictionary=False)
    return file.getvalue()


@pytest.fixture(scope="module")
def big(s3_server) -> tuple[str, bytes]:
    """Put an object of three ranges and a bit."""
    data = lines(6_000)
    assert 3 * BLOCK_BYTES < len(data) < 4 * BLOCK_BYTES
    return s3_server.put("big.jsonl", data), data


@pytest.mark.parametrize(
    ("status", "code", "message"),
    [
        pytest.param(403, "AccessDenied", "s3:ListBucket.*s3:GetObject", id="denied"),
        pytest.param(403, "InvalidAccessKeyId", "access denied: the credentials", id="no such key"),
        pytest.param(301, "PermanentRedirect", "set AWS_REGION=eu-north-1", id="other region"),
        pytest.param(400, "ExpiredToken", "the credentials may have expired", id="expired"),
        pytest.param(503, "SlowDown", "too busy.*AWS_MAX_ATTEMPTS", id="too busy"),
    ],
)
def test_a_store_that_refuses_is_told_with_what_to_do(s3: Door, status, code, message):
    s3.fault("HEAD", "/corpus", times=99, refuse=(status, code))
    s3.fault("GET", "", times=99, refuse=(status, code))
    with pytest.raises(InputError, match=rf"s3://{BUCKET}/corpus: .*{message}"):
        find_files([f"s3://{BUCKET}/corpus"])


def test_no_credentials_are_told(s3: Door, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    s3.fault("HEAD", "/corpus", refuse=(403, "AccessDenied"))
    with pytest.raises(InputError, match="no credentials were found: set AWS_PROFILE"):
        find_files([f"s3://{BUCKET}/corpus"])


def test_an_endpoint_that_is_not_there_is_told(s3, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(InputError, match=r"cannot be reached: .*AWS_ENDPOINT_URL \(http://127"):
        find_files([f"s3://{BUCKET}/corpus"])


@pytest.mark.parametrize("ending", ["", "/"])
def test_an_endpoint_may_end_in_a_slash(s3: Door, monkeypatch, ending):
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3.url + ending)
    assert the_file(s3.put("slash.jsonl", lines(3))).size_bytes == len(lines(3))


def test_an_endpoint_that_is_none_is_told(s3, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "ftp://127.0.0.1:9")
    with pytest.raises(InputError, match=rf"s3://{BUCKET}/corpus: "):
        find_files([f"s3://{BUCKET}/corpus"])


def test_the_region_of_a_bucket_is_asked_for_where_none_is_named(monkeypatch):
    from leakcheck.corpus.storage import s3

    monkeypatch.setattr("pyarrow.fs.resolve_s3_region", lambda bucket: f"region-of-{bucket}")
    assert s3._files("lanterns", s3._Options(None, None, 1), 7).region == "region-of-lanterns"
    assert s3._files("lanterns", s3._Options(None, "eu-north-1", 1), 7).region == "eu-north-1"


def test_a_connection_is_made_once_a_process(s3: Door, monkeypatch):
    from leakcheck.corpus.storage.s3 import open_store

    here = open_store(BUCKET).files
    assert open_store(BUCKET).files is here
    monkeypatch.setattr("os.getpid", lambda: -1)  # as after a fork, which leaves the cache filled
    assert open_store(BUCKET).files is not here


def test_an_object_is_read_in_few_large_ranges(s3: Door, big):
    uri, data = big
    file = the_file(uri)
    s3.requests.clear()
    texts, skipped = texts_and_skipped(file)
    assert (len(texts), skipped) == (6_000, [])
    asked = [each.range for each in s3.asked("GET", "big.jsonl")]
    starts = range(0, len(data), BLOCK_BYTES)
    ends = [min(start + BLOCK_BYTES, len(data)) - 1 for start in starts]
    assert asked == [f"bytes={start}-{end}" for start, end in zip(starts, ends, strict=True)]
    assert len(s3.asked("HEAD", "big.jsonl")) == 2  # before it and after it


def test_a_stretch_in_the_middle_costs_its_own_ranges(s3: Door, big):
    uri, data = big
    file = the_file(uri)
    s3.requests.clear()
    first, end = 100_003, 100_003 + 2 * BLOCK_BYTES
    with open_bytes(file, end) as opened:
        opened.seek(first)
        assert opened.read(end - first) == data[first:end]
        assert opened.tell() == end
    assert len(s3.asked("GET", "big.jsonl")) == 2


def test_little_is_asked_for_behind_a_stretch(s3: Door, big):
    uri, data = big
    file = the_file(uri)
    s3.requests.clear()
    with open_bytes(file, 1_000) as opened:
        assert opened.read(1_000 + BLOCK_BYTES // 16) == data[: 1_000 + BLOCK_BYTES // 16]
    ranges = [each.range.removeprefix("bytes=").split("-") for each in s3.asked("GET", "big")]
    assert max(int(end) for _, end in ranges) < 1_000 + BLOCK_BYTES // 8


@pytest.mark.parametrize("seed", range(3))
def test_it_is_read_and_sought_in_as_a_file(s3: Door, big, seed, tmp_path):
    import random

    uri, data = big
    chances, plain = random.Random(seed), io.BytesIO(data)
    with open_bytes(the_file(uri)) as opened:
        for _ in range(12):
            if chances.random() < 0.5:
                place = chances.randrange(len(data) + 10)
                assert opened.seek(place) == plain.seek(place)
            size = chances.choice([0, 1, 700, 100_000, 300_000])
            assert opened.read(size) == plain.read(size)
            assert opened.tell() == plain.tell()
        assert opened.seek(-5, io.SEEK_END) == plain.seek(-5, io.SEEK_END)
        buffer = bytearray(9)
        assert opened.readinto(buffer) == 5
        assert buffer[:5] == data[-5:]
        assert opened.read() == b""


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"cut_after": 50_000}, id="reset connections"),
        pytest.param({"refuse": (503, "SlowDown")}, id="slow down"),
        pytest.param({"refuse": (500, "InternalError")}, id="internal errors"),
    ],
)
def test_reading_goes_on_after_a_failure(s3: Door, big, fault):
    uri, _ = big
    file = the_file(uri)
    s3.fault("GET", "big.jsonl", times=2, skip=1, **fault)
    texts, skipped = texts_and_skipped(file)
    assert (len(texts), len(set(texts)), skipped) == (6_000, 6_000, [])


def test_what_a_request_asks_for_is_worth_its_while():
    assert ranged.BLOCK_BYTES >= 4 * 1024 * 1024


def test_the_library_tries_by_itself_before(s3: Door, monkeypatch):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "3")
    s3.fault("HEAD", "tried.jsonl", times=2, refuse=(503, "SlowDown"))
    assert the_file(s3.put("tried.jsonl", lines(3))).size_bytes == len(lines(3))


def test_a_slow_answer_is_waited_for(s3: Door):
    data = lines(5_000)
    file = the_file(s3.put("slow.jsonl", data))
    s3.fault("GET", "slow.jsonl", bytes_at_once=len(data) // 10)
    assert len(texts_and_skipped(file)[0]) == 5_000


def test_what_stays_broken_is_skipped_with_what_was_not_read(s3: Door, big):
    uri, data = big
    file = the_file(uri)
    s3.fault("GET", "big.jsonl", times=99, skip=1, cut_after=1_000)
    texts, skipped = texts_and_skipped(file)
    assert 1_000 < len(texts) < 6_000
    last = skipped[-1]
    assert last.reason.startswith("could not be read to its end: the store cannot be reached")
    assert 2 * BLOCK_BYTES < last.unread_bytes <= len(data)
    assert len(s3.asked("GET", "big.jsonl")) < 10


def test_one_that_is_refused_is_skipped_at_once(s3: Door):
    file = the_file(s3.put("secret.jsonl", lines(3)))
    s3.requests.clear()
    s3.fault("HEAD", "secret.jsonl", times=99, refuse=(403, "AccessDenied"))
    texts, (skipped,) = texts_and_skipped(file)
    assert texts == []
    assert "access denied" in skipped.reason
    assert skipped.unread_bytes == file.size_bytes
    assert len(s3.asked("HEAD", "secret.jsonl")) == 1


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.txt", "x.json", "x.parquet"])
def test_an_object_replaced_after_it_was_listed_is_not_read(s3: Door, name):
    file = the_file(s3.put(f"replaced/{name}", b"One lantern."))
    s3.put(f"replaced/{name}", b"Another one, longer.")
    assert texts_and_skipped(file) == ([], [Skipped(file.name, None, CHANGED, file.size_bytes)])


def test_an_object_removed_after_it_was_listed_is_told(s3: Door):
    file = the_file(s3.put("removed.jsonl", lines(3)))
    s3.remove("removed.jsonl")
    texts, (skipped,) = texts_and_skipped(file)
    assert (texts, skipped.unread_bytes) == ([], file.size_bytes)
    assert "not there any more since it was listed" in skipped.reason


@pytest.mark.parametrize(
    "name",
    [pytest.param("y.jsonl", id="by its ranges"), pytest.param("y.parquet", id="by Arrow's")],
)
def test_one_replaced_while_it_is_read_is_told(s3: Door, name):
    """The other one has the same size, and stands there before the last byte is asked for."""
    old, new = lines(3_000), lines(3_000, "bollard")
    if name.endswith(".parquet"):
        old, new = parquet(5_000, 500), parquet(5_000, 500, "item")
    assert len(old) == len(new)
    file = the_file(s3.put(f"while/{name}", old))
    s3.fault("GET", f"while/{name}", skip=1, first=lambda: s3.put(f"while/{name}", new))
    _, skipped = texts_and_skipped(file)
    assert skipped[-1].reason == CHANGED
    assert skipped[-1].unread_bytes > 0


def test_one_replaced_before_its_footer_is_read_is_not_called_damaged(s3: Door):
    old = parquet(500, 500)
    file = the_file(s3.put("footer.parquet", old))
    new = b"\0" * len(old)
    s3.fault("GET", "footer.parquet", first=lambda: s3.put("footer.parquet", new))
    assert texts_and_skipped(file) == ([], [Skipped(file.name, None, CHANGED, file.size_bytes)])


def test_one_replaced_while_a_failed_read_is_tried_again_is_not_mixed(s3: Door):
    old, new = lines(3_000), lines(3_000, "bollard")
    file = the_file(s3.put("mixed.jsonl", old))
    s3.fault("GET", "mixed.jsonl", skip=1, times=2, cut_after=10)
    s3.fault("HEAD", "mixed.jsonl", skip=1, first=lambda: s3.put("mixed.jsonl", new))
    texts, skipped = texts_and_skipped(file)
    assert skipped[-1].reason.endswith(CHANGED)
    assert all(text.startswith("lantern") for text in texts)


def test_stopping_early_asks_for_nothing_more(s3: Door, big):
    uri, _ = big
    file = the_file(uri)
    s3.requests.clear()
    reading = read_file(file, batch_bytes=BLOCK_BYTES // 2)
    next(reading)
    reading.close()
    assert len(s3.asked("HEAD", "big.jsonl")) == 1
    assert len(s3.asked("GET", "big.jsonl")) <= 2


def test_of_parquet_only_the_footer_and_the_columns_that_are_read_are_asked_for(s3: Door):
    data = parquet(6_000, 2_000)
    file = the_file(s3.put("columns.parquet", data))
    s3.requests.clear()
    texts, skipped = texts_and_skipped(file)
    assert (len(texts), skipped) == (6_000, [])
    ranges = [each.range.removeprefix("bytes=") for each in s3.asked("GET", "columns.parquet")]
    asked_bytes = sum(int(end) - int(start) + 1 for start, end in (r.split("-") for r in ranges))
    assert len(ranges) <= 3 + 2  # one for each row group, and the footer
    assert asked_bytes < len(data) / 3
    assert len(s3.asked("HEAD", "columns.parquet")) == 2


def test_a_changed_object_ends_reading_by_hand_too(s3: Door):
    file = the_file(s3.put("hand.txt", b"One lantern."))
    with pytest.raises(ChangedError, match=CHANGED), open_bytes(file) as opened:
        assert opened.read(3) == b"One"
        s3.put("hand.txt", b"Two lanterns")


def test_parquet_is_tried_again_too(s3: Door, monkeypatch):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "3")
    file = the_file(s3.put("again.parquet", parquet(1_000, 500)))
    s3.fault("GET", "again.parquet", skip=1, cut_after=100)
    texts, skipped = texts_and_skipped(file)
    assert (len(texts), skipped) == (1_000, [])


def test_a_row_group_that_stays_broken_is_skipped_with_its_bytes(s3: Door):
    file = the_file(s3.put("broken.parquet", parquet(1_000, 500)))
    s3.fault("GET", "broken.parquet", skip=1, cut_after=100)
    texts, (skipped,) = texts_and_skipped(file)
    assert skipped.reason.startswith("row group 0 could not be read: AWS Error")
    assert len(texts) == 500
    assert 0.4 * file.size_bytes < skipped.unread_bytes < 0.6 * file.size_bytes

"""Hashes are those that sha256sum prints."""

from __future__ import annotations

import hashlib

import pytest

from leakcheck.publishing.hashing import CHUNK_BYTES, sha256_of


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1])
def test_hashes_a_file_of_any_size_and_says_how_far_it_is(tmp_path, size):
    content = bytes(n % 251 for n in range(size))
    (tmp_path / "file").write_bytes(content)
    read: list[int] = []
    assert sha256_of(tmp_path / "file", read.append) == hashlib.sha256(content).hexdigest()
    assert sum(read) == size


def test_a_known_hash(tmp_path):
    (tmp_path / "file").write_text("abc")
    assert sha256_of(tmp_path / "file").startswith("ba7816bf8f01cfea414140de5dae2223")


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        sha256_of(tmp_path / "nowhere")

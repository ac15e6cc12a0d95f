"""Seals: what no key or a wrong one gives, and that a key gives the pack back."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.benchmark.pack import read_pack, write_pack
from leakcheck.benchmark.seal import open_pack, seal
from leakcheck.errors import PackError

KEY = b"a tide of paper boats"
CODES = [{"question": [(7, 12.0, False), (9, 3.5, True)] * 40, "answer": [(7, 12.0, False)]}]


@pytest.fixture
def pack(pack_of_codes):
    return pack_of_codes(CODES)


@pytest.fixture
def sealed(pack, tmp_path):
    path = tmp_path / "codes.parquet"
    write_pack(seal(pack, KEY), path)
    return path


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param([], "sealed; name the file of its key", id="no key"),
        pytest.param([b"a tide of paper boat"], "sealed; no key given fits", id="wrong key"),
        pytest.param([b"one", b"two"], "no key given fits", id="two wrong keys"),
    ],
)
def test_a_pack_is_not_opened_without_its_key(sealed, keys, message):
    with pytest.raises(PackError, match=message):
        open_pack(sealed, keys)


def test_a_sealed_pack_that_was_changed_is_refused(pack, tmp_path):
    path = tmp_path / "codes.parquet"
    write_pack(seal(pack, KEY), path)
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(PackError, match="damaged"):
        open_pack(path, [KEY])


def test_the_file_has_nothing_of_the_text_in_clear(sealed, pack):
    stored = read_pack(sealed)
    tokens = stored.fields["question"]
    assert len(np.unique(tokens.codes)) > 60, "the same word must not have the same code"
    assert len(np.unique(tokens.weights)) > 40, "nor the same weight"
    assert stored.symbols.tolist() != pack.symbols.tolist()


def test_the_key_gives_the_pack_back(sealed, pack):
    opened = open_pack(sealed, [b"another", KEY])
    assert opened.checksum() == pack.checksum()
    assert opened.items == pack.items


def test_two_seals_of_one_pack_have_nothing_in_common(pack):
    first, second = seal(pack, KEY), seal(pack, KEY)
    same = first.fields["question"].codes == second.fields["question"].codes
    assert same.mean() < 0.1


def test_a_pack_without_a_seal_needs_no_key(pack, tmp_path):
    write_pack(pack, tmp_path / "codes.parquet")
    assert open_pack(tmp_path / "codes.parquet", [KEY]).checksum() == pack.checksum()

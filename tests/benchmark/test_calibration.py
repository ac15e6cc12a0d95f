"""Calibrations: what is refused, and that what was measured comes back."""

from __future__ import annotations

import dataclasses
import re

import msgspec
import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakcheck.benchmark.calibration import (
    FALSE_RATE,
    OTHER_UNMEASURED,
    VERBATIM_UNMEASURED,
    ChanceTail,
    Summary,
    Tail,
    read_calibration,
    read_summary,
    write_calibration,
)
from leakcheck.benchmark.card import card_names, shipped_data
from leakcheck.benchmark.closeness import BackgroundCloseness, Closeness
from leakcheck.benchmark.pack import read_pack, write_pack
from leakcheck.errors import PackError


@pytest.fixture
def pack(tmp_path, make_benchmark):
    made = make_benchmark({"test/0": "Which lantern hangs here?", "test/1": "Who rings at dusk?"})
    write_pack(made.pack, tmp_path / "riddles.parquet")
    return read_pack(tmp_path / "riddles.parquet")


@pytest.fixture
def calibration(make_benchmark, pack):
    made = make_benchmark({"test/0": "Which lantern hangs here?", "test/1": "Who rings at dusk?"})
    return dataclasses.replace(
        made.calibration,
        pack=pack.header.checksum,
        nulls=np.array([3.5, 0.0], np.float32),
        thresholds=np.array([80.0, 95.25], np.float32),
    )


def test_a_missing_calibration_is_refused(tmp_path, pack):
    with pytest.raises(PackError, match="there is no such calibration; calibrate the pack again"):
        read_calibration(tmp_path / "absent", pack)


@pytest.mark.parametrize("content", [None, b"", b"PAR1 and no more"])
def test_there_is_no_summary_where_there_is_no_calibration(tmp_path, content):
    if content is not None:
        (tmp_path / "c").write_bytes(content)
    assert read_summary(tmp_path / "c") is None


def test_a_calibration_without_a_summary_is_read_all_the_same(tmp_path, pack, calibration):
    write_calibration(calibration, tmp_path / "c")
    assert read_summary(tmp_path / "c") is None
    assert read_calibration(tmp_path / "c", pack).summary is None


def test_the_summary_comes_back_without_the_pack(tmp_path, calibration):
    summary = Summary(84.5, {"test": 2}, {"test": 1})
    write_calibration(dataclasses.replace(calibration, summary=summary), tmp_path / "c")
    assert read_summary(tmp_path / "c") == summary


def test_the_closeness_of_background_comes_back(tmp_path, pack, calibration):
    sample = Closeness(tokens=900, items=2, copied=0, percentiles=[n / 100 for n in range(101)])
    measured = dataclasses.replace(calibration, background=(BackgroundCloseness(4, [sample]),))
    write_calibration(measured, tmp_path / "c")
    assert read_calibration(tmp_path / "c", pack).background == measured.background


def test_a_calibration_without_background_says_so(tmp_path, pack, calibration):
    write_calibration(calibration, tmp_path / "c")
    assert read_calibration(tmp_path / "c", pack).background == ()


@pytest.mark.parametrize("pack_name", ["", "0" * 32])
def test_a_calibration_of_another_pack_is_refused(tmp_path, pack, calibration, pack_name):
    write_calibration(dataclasses.replace(calibration, pack=pack_name), tmp_path / "c")
    with pytest.raises(PackError, match="measured on another pack of riddles; calibrate"):
        read_calibration(tmp_path / "c", pack)


def test_a_calibration_of_another_number_of_items_is_refused(tmp_path, pack, calibration):
    shorter = dataclasses.replace(
        calibration, nulls=calibration.nulls[:1], thresholds=calibration.thresholds[:1]
    )
    write_calibration(shorter, tmp_path / "c")
    with pytest.raises(PackError, match="measured on another pack"):
        read_calibration(tmp_path / "c", pack)


def damage(path, how):
    data = path.read_bytes()
    if how == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif how == "empty":
        path.write_bytes(b"")
    else:
        with pq.ParquetFile(path) as file:
            table = file.read()
        if how == "no-header":
            table = table.replace_schema_metadata(None)
        elif how == "other-header":
            table = table.replace_schema_metadata({b"leakcheck.calibration": b'{"pack": 7}'})
        elif how == "missing-column":
            table = table.drop_columns(["null"])
        pq.write_table(table, path)


@pytest.mark.parametrize(
    "how", ["truncated", "empty", "no-header", "other-header", "missing-column"]
)
def test_a_damaged_calibration_is_refused(tmp_path, pack, calibration, how):
    path = tmp_path / "c"
    write_calibration(calibration, path)
    damage(path, how)
    message = f"^{re.escape(str(path))}: not a calibration, or a damaged one"
    with pytest.raises(PackError, match=message):
        read_calibration(path, pack)


def test_a_failure_while_writing_leaves_the_old_calibration(
    tmp_path, pack, calibration, monkeypatch
):
    path = tmp_path / "folder" / "c"
    write_calibration(calibration, path)
    monkeypatch.setattr("leakcheck.benchmark.calibration.pq.write_table", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_calibration(calibration, path)
    assert read_calibration(path, pack).documents == calibration.documents
    assert list(path.parent.iterdir()) == [path]


TAILS = st.builds(Tail, st.floats(-40, 10), st.floats(0.001, 1), st.integers(0, 10_000))
CHANCE_TAILS = st.builds(
    ChanceTail,
    st.floats(-40, 0),
    st.floats(0, 100),
    st.floats(0.001, 1),
    st.integers(0, 10_000),
    st.integers(0, 100),
    st.floats(0.001, 1),
    st.none() | st.floats(0, 1),
    st.none() | st.floats(0, 1),
)


@given(TAILS, CHANCE_TAILS, CHANCE_TAILS, st.integers(0, 10**9))
@settings(deadline=None, max_examples=30)
def test_reads_what_was_written(tmp_path_factory, make_benchmark, first, second, third, documents):
    made = make_benchmark({"test/0": "Which lantern hangs here?", "test/1": "Who rings at dusk?"})
    folder = tmp_path_factory.mktemp("calibrations")
    write_pack(made.pack, folder / "pack")
    pack = read_pack(folder / "pack")
    written = dataclasses.replace(
        made.calibration,
        by_document=first,
        verbatim_chance=second,
        other_chance=third,
        documents=documents,
    )
    write_calibration(written, folder / "c")
    read = read_calibration(folder / "c", pack)
    assert (read.by_document, read.verbatim_chance, read.other_chance) == (first, second, third)
    assert read.documents == documents
    assert read.nulls.tolist() == written.nulls.tolist()
    assert read.thresholds.tolist() == written.thresholds.tolist()


def test_a_calibration_of_before_chance_was_fitted_on_findings_has_what_is_promised(
    tmp_path, pack, calibration
):
    write_calibration(calibration, tmp_path / "c")
    table = pq.read_table(tmp_path / "c")
    key = b"leakcheck.calibration"
    header = msgspec.json.decode(table.schema.metadata[key])
    del header["verbatim_chance"], header["other_chance"]
    header["verbatim_by_document"] = header["by_document"]
    old = table.replace_schema_metadata({key: msgspec.json.encode(header)})
    pq.write_table(old, tmp_path / "old")
    read = read_calibration(tmp_path / "old", pack)
    assert (read.verbatim_chance, read.other_chance) == (VERBATIM_UNMEASURED, OTHER_UNMEASURED)
    assert read.rate(0.0, verbatim=False) == pytest.approx(FALSE_RATE)


def test_verbatim_findings_have_a_tail_of_their_own(calibration):
    other = dataclasses.replace(calibration, verbatim_chance=ChanceTail(-9.0, 70.0, 0.5))
    assert other.rate(0.0, verbatim=True) == 2**-9
    assert other.rate(0.0, verbatim=False) == calibration.other_chance.rate(0.0)


def test_a_verdict_takes_no_finding_for_rarer_than_it_is_for_any_benchmark(calibration):
    sharp = ChanceTail(-60.0, 65.0, 0.5)
    other = dataclasses.replace(calibration, verbatim_chance=sharp, other_chance=sharp)
    assert other.rate(100.0, verbatim=True) < 2**-60
    assert other.cautious_rate(100.0, verbatim=True) > 2**-20
    assert other.cautious_rate(400.0, verbatim=False) > 1e-6
    assert other.cautious_rate(400.0, verbatim=True) < 1e-10


def test_a_verdict_follows_the_fit_where_it_gives_more(calibration):
    often = dataclasses.replace(calibration, other_chance=ChanceTail(-5.0, 65.0, 0.1, 9))
    assert often.cautious_rate(65.0, verbatim=False) == 2**-5


@pytest.mark.parametrize(
    ("bits", "rate"),
    [
        pytest.param(0.0, 0.25, id="below-what-a-finding-has"),
        pytest.param(65.0, 0.25, id="what-a-finding-has-at-least"),
        pytest.param(85.0, 0.0625, id="two-halvings"),
    ],
)
def test_a_tail_of_chance_starts_where_findings_do(bits, rate):
    assert ChanceTail(log2_rate=-2.0, least_bits=65.0, decay=0.1).rate(bits) == rate


@pytest.mark.parametrize(
    ("bits", "rate"),
    [
        pytest.param(-1000.0, 1.0, id="never-above-one"),
        pytest.param(0.0, 1.0, id="at-the-start"),
        pytest.param(20.0, 0.25, id="two-halvings"),
        pytest.param(70.0, 2**-7, id="seven-halvings"),
    ],
)
def test_a_tail_halves_every_so_many_bits(bits, rate):
    assert Tail(log2_rate=0.0, decay=0.1, observed=9).rate(bits) == rate


PACKED = [name for name in card_names() if (shipped_data("indexes") / f"{name}.parquet").exists()]


@pytest.mark.parametrize("name", PACKED)
def test_every_shipped_pack_has_a_sound_calibration(name):
    folder = shipped_data("indexes")
    pack = read_pack(folder / f"{name}.parquet")
    calibration = read_calibration(folder / f"{name}.calibration.parquet", pack)
    assert len(calibration.nulls) == len(calibration.thresholds) == len(pack.items)
    assert (calibration.nulls >= 0).all()
    assert (calibration.thresholds > calibration.nulls).all()
    assert calibration.by_document.decay > 0
    for tail in (calibration.verbatim_chance, calibration.other_chance):
        assert 0 < tail.rate(0) < FALSE_RATE
        assert tail.decay > 0
        assert tail.growth > 0  # measured
        assert tail.found <= tail.near
    assert calibration.by_item.decay > 0

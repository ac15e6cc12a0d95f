"""Packs: what is refused, that nothing is lost on the way to a file, and that no text is in it."""

from __future__ import annotations

import dataclasses
import re

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leakcheck.benchmark.build import build_pack
from leakcheck.benchmark.card import FIELDS
from leakcheck.benchmark.items import Item
from leakcheck.benchmark.pack import FieldTokens, Pack, PackHeader, Wholes, read_pack, write_pack
from leakcheck.errors import PackError

METADATA_KEY = b"leakcheck.pack"


@pytest.fixture
def path(tmp_path, make_benchmark):
    """Write a small pack."""
    pack = make_benchmark(
        {
            "test/0": {"question": "Which lantern hangs above the ninth door?", "answer": "Red"},
            "train/0": {"question": "Who rings the carillon after 1,250 steps?", "answer": "Joris"},
        }
    ).pack
    write_pack(pack, tmp_path / "riddles.parquet")
    return tmp_path / "riddles.parquet"


def rewrite(path, change_table=lambda table: table, **header):
    """Write the file at `path` again with other columns, or another header."""
    with pq.ParquetFile(path) as file:
        table = file.read()
    known = msgspec.json.decode(table.schema.metadata[METADATA_KEY])
    metadata = {METADATA_KEY: msgspec.json.encode({**known, **header})}
    pq.write_table(change_table(table).replace_schema_metadata(metadata), path)


def with_column(name, change):
    """Return a change of a table: the values of one column changed, its type kept."""

    def change_table(table):
        place = table.schema.get_field_index(name)
        changed = [change(value) for value in table[name].to_pylist()]
        return table.set_column(place, name, pa.array(changed, table[name].type))

    return change_table


@pytest.mark.parametrize("version", [0, 98, 99])
@pytest.mark.parametrize(
    ("key", "what"), [("format", "pack format"), ("tokeniser", "tokeniser")], ids=str
)
def test_a_pack_of_another_version_is_refused(path, key, what, version):
    rewrite(path, **{key: version})
    message = f"made with {what} {version}, this leakcheck needs [0-9]+; build it again"
    with pytest.raises(PackError, match=message):
        read_pack(path)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(with_column("item", str.upper), id="item"),
        pytest.param(with_column("split", lambda split: "test"), id="split"),
        pytest.param(with_column("family", lambda family: 0), id="family"),
        pytest.param(with_column("symbols", lambda symbols: symbols ^ 1), id="symbols"),
        pytest.param(with_column("question_codes", lambda codes: codes[::-1]), id="codes"),
        pytest.param(with_column("question_weights", lambda w: b"\x01" * len(w)), id="weights"),
        pytest.param(with_column("answer_codes", lambda codes: codes[:-2]), id="shorter"),
        pytest.param(with_column("answer_codes", lambda codes: codes[:-1]), id="half-a-code"),
        pytest.param(lambda table: table.drop_columns(["answer_weights"]), id="missing-column"),
        pytest.param(lambda table: table.slice(0, 1), id="missing-row"),
        pytest.param(lambda table: table.slice(0, 0), id="no-row"),
        pytest.param(lambda table: table.take([1, 0]), id="other-order"),
    ],
)
def test_an_altered_pack_is_refused(path, change):
    rewrite(path, change)
    with pytest.raises(PackError, match=r"(checksum|damaged).*build it again"):
        read_pack(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "not a pack, or a damaged one", id="empty"),
        pytest.param(b"PAR1 and nothing else", "not a pack, or a damaged one", id="not-parquet"),
        pytest.param(None, "there is no such pack; make it with", id="missing"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(tmp_path, data, message):
    path = tmp_path / "riddles.parquet"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PackError, match=f"^{re.escape(str(path))}: {message}"):
        read_pack(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_pack_is_refused(path, share):
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(PackError, match="damaged"):
        read_pack(path)


def test_a_parquet_file_of_something_else_is_refused(path):
    with pq.ParquetFile(path) as file:
        pq.write_table(file.read().replace_schema_metadata(None), path)
    with pytest.raises(PackError, match="not a pack"):
        read_pack(path)


def test_a_header_that_is_none_is_refused(path):
    with pq.ParquetFile(path) as file:
        pq.write_table(file.read().replace_schema_metadata({METADATA_KEY: b"{}"}), path)
    with pytest.raises(PackError, match="not a pack"):
        read_pack(path)


def test_a_failure_while_writing_leaves_the_old_pack(path, monkeypatch):
    old = read_pack(path)
    before = path.read_bytes()

    def full_disk(table, where, **options):
        where.write_bytes(b"PAR1 half of a pack")
        raise OSError("No space left on device")

    monkeypatch.setattr("leakcheck.benchmark.pack.pq.write_table", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_pack(old, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_pack_holds_no_readable_text(tmp_path, make_card):
    questions = [f"Which copper lantern hangs above warehouse number {n}?" for n in range(40)]
    items = [
        Item(f"test/{n}", "test", {"question": question, "answer": "Beneath Greyfriars"})
        for n, question in enumerate(questions)
    ]
    write_pack(build_pack(make_card({"test": 40}), items), tmp_path / "pack")
    data = (tmp_path / "pack").read_bytes().lower()
    for word in ["copper", "lantern", "hangs", "warehouse", "number", "beneath", "greyfriars"]:
        assert word.encode() not in data
        assert word.encode("utf-16-le") not in data


FIELD = st.lists(
    st.tuples(st.integers(0, 0xFFFF), st.integers(0, 127), st.booleans()), max_size=6
).map(
    lambda tokens: (
        [code for code, _, _ in tokens],
        [half_bits | number << 7 for _, half_bits, number in tokens],
    )
)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """Make packs of any content, as no benchmark would have it."""
    count = draw(st.integers(1, 4))
    fields = {}
    for field in FIELDS:
        rows = draw(st.lists(FIELD, min_size=count, max_size=count))
        fields[field] = FieldTokens(
            offsets=np.cumsum([0, *(len(codes) for codes, _ in rows)]).astype(np.int64),
            codes=np.array([code for codes, _ in rows for code in codes], np.uint16),
            weights=np.array([each for _, weights in rows for each in weights], np.uint8),
        )
    names = draw(st.lists(st.text(), min_size=count, max_size=count))
    splits = draw(st.lists(st.sampled_from(["test", "train"]), min_size=count, max_size=count))
    symbols = draw(st.lists(st.integers(0, 2**64 - 1), min_size=count, max_size=count))
    wholes = draw(st.lists(st.integers(0, 2**64 - 1), min_size=count, max_size=count))
    counted = st.lists(st.integers(0, 2**16 - 1), min_size=count, max_size=count)
    return Pack(
        header=PackHeader(draw(st.text()), draw(st.lists(st.text(), max_size=2))),
        items=tuple(names),
        splits=tuple(splits),
        families=np.arange(count, dtype=np.int32),
        symbols=np.array(symbols, np.uint64),
        wholes=Wholes(
            np.array(wholes, np.uint64), *(np.array(draw(counted), np.uint16) for _ in range(3))
        ),
        fields=fields,
    )


@given(packs())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_reads_what_was_written(tmp_path_factory, pack):
    path = tmp_path_factory.mktemp("packs") / "pack"
    write_pack(pack, path)
    read = read_pack(path)
    assert read.header == msgspec.structs.replace(pack.header, checksum=pack.checksum())
    assert (read.items, read.splits) == (pack.items, pack.splits)
    for written, found in [
        (pack.families, read.families),
        (pack.symbols, read.symbols),
        *zip(pack.wholes, read.wholes, strict=True),
        *(
            (getattr(pack.fields[field], column.name), getattr(read.fields[field], column.name))
            for field in FIELDS
            for column in dataclasses.fields(FieldTokens)
        ),
    ]:
        assert (written.dtype, written.tolist()) == (found.dtype, found.tolist())


@given(st.lists(st.tuples(st.integers(2, 36), st.booleans()), max_size=20))
@settings(deadline=None)
def test_weights_keep_half_bits_and_numbers(tokens):
    bits = np.array([half_bits / 2 for half_bits, _ in tokens])
    numbers = np.array([number for _, number in tokens], np.bool_)
    stored = FieldTokens(
        np.array([0, len(tokens)]),
        np.zeros(len(tokens), np.uint16),
        FieldTokens.weights_of(bits, numbers),
    )
    assert stored.bits.tolist() == bits.tolist()
    assert stored.numbers.tolist() == numbers.tolist()


def test_the_checksum_is_of_the_content_and_not_of_the_header(path):
    pack = read_pack(path)
    renamed = dataclasses.replace(pack, header=PackHeader("other", []))
    regrouped = dataclasses.replace(pack, families=pack.families[::-1].copy())
    assert renamed.checksum() == pack.checksum() != regrouped.checksum()

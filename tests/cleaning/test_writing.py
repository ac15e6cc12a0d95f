"""What one file looks like after its plan: in bytes for text formats, in values for columns."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import json
import lzma
import sys

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from leakcheck.cleaning.copying import copy_data_file
from leakcheck.cleaning.plan import FilePlan
from leakcheck.corpus import CorpusFile, read_file
from leakcheck.corpus.raw import raw_pieces
from leakcheck.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINES = [b'{"id": 1, "text": "one"}\n', b'{"text":"two" }\r\n', b"\n", b'{"text": "three"}']


@pytest.fixture
def write(tmp_path):
    """Write bytes to a file, copy that with a plan, and give the copy's path."""

    def write(name, data, *, dropped=(), cuts=None, text_field=None):
        source, target = tmp_path / name, tmp_path / "copy" / name
        source.write_bytes(data)
        return copy(source, target, FilePlan(set(dropped), cuts or {}), text_field)

    return write


def copy(source, target, plan, text_field=None):
    stat = source.stat()
    file = CorpusFile(source, source.name, stat.st_size, stat.st_mtime_ns)
    copy_data_file(file, target, plan, text_field)
    return target


@pytest.mark.parametrize(
    ("name", "data", "left"),
    [
        ("a.jsonl", b"".join(LINES), LINES[0] + LINES[2] + LINES[3]),
        (
            "bom.jsonl",
            codecs.BOM_UTF8 + b"".join(LINES),
            codecs.BOM_UTF8 + LINES[0] + b"\n" + LINES[3],
        ),
        ("one.jsonl", b'{"a": "x"} {"a": "y"} {"a": "z"}\n', b'{"a": "x"} {"a": "z"}\n'),
        (
            "a.json",
            b'[\n  {"a": "x"},\n  {"a": "y"},\n  {"a": "z"}\n]\n',
            b'[\n  {"a": "x"},\n  {"a": "z"}\n]\n',
        ),
        ("last.json", b'["x", "y"]', b'["x"]'),
        ("values.json", b'{\n"a": 1}\n{\n"a": 2}\n{\n"a": 3}', b'{\n"a": 1}\n{\n"a": 3}'),
        ("a.csv", b'text,n\r\n"one\r\n1",1\r\n\r\n"two",2\r\n', b'text,n\r\n"one\r\n1",1\r\n\r\n'),
        ("none.csv", b"one,1\ntwo,2\nthree,3\n", b"one,1\nthree,3\n"),
        ("a.tsv", b"text\tn\none\t1\ntwo\t2", b"text\tn\none\t1\n"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_record_goes_and_the_others_stay_byte_for_byte(write, name, data, left):
    assert write(name, data, dropped=[1]).read_bytes() == left


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b'[\n "x",\n "y",\n "z"\n]', b'[\n "y",\n "z"\n]'),
        (b'["x"]', b"[]"),
        (b'[ {"a": "x"} , {"b": "y"}]', b'[ {"b": "y"}]'),
    ],
)
def test_the_first_element_takes_the_comma_behind_it_along(write, data, left):
    assert write("a.json", data, dropped=[0]).read_bytes() == left


@pytest.mark.parametrize(
    ("suffix", "unpack", "pack"),
    [
        (".gz", gzip.decompress, gzip.compress),
        (".bz2", bz2.decompress, bz2.compress),
        (".xz", lzma.decompress, lzma.compress),
        (".zst", zstd.decompress, zstd.compress),
    ],
)
def test_compression_stays_and_gives_the_same_file_again(write, suffix, unpack, pack):
    copies = [
        write(f"a.jsonl{suffix}", pack(b"".join(LINES)), dropped=[1]).read_bytes() for _ in range(2)
    ]
    assert unpack(copies[0]) == LINES[0] + LINES[2] + LINES[3]
    assert copies[0] == copies[1]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_stays(write, encoding):
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    lines = ['{"text": "één \U0001f600 two"}\r\n', '{"text": "x"}\r\n']
    data = mark + "".join(lines).encode(encoding)
    assert write("a.jsonl", data, dropped=[1]).read_bytes() == mark + lines[0].encode(encoding)
    cut = write("b.jsonl", data, cuts={0: {"text": [(4, 6)]}})
    assert cut.read_bytes() == mark + data[2:].decode(encoding).replace("\U0001f600 ", "").encode(
        encoding
    )


def test_a_file_without_a_plan_is_the_same_with_its_date(write, tmp_path):
    data = gzip.compress(b"".join(LINES), 1)
    target = write("a.jsonl.gz", data)
    assert target.read_bytes() == data
    assert target.stat().st_mtime_ns == (tmp_path / "a.jsonl.gz").stat().st_mtime_ns


def test_a_text_goes_with_its_file(write):
    assert not write("a.md", b"All of it.", dropped=[0]).exists()


def test_a_file_whose_records_all_go_is_there_and_empty(write):
    assert write("a.jsonl", LINES[0], dropped=[0]).read_bytes() == b""


def test_a_passage_goes_and_its_record_stays(write):
    text = b"Before. The item. After.\n"
    assert write("a.txt", text, cuts={0: {"": [(8, 18)]}}).read_bytes() == b"Before. After.\n"
    rows = b'question,answer\n"The item, ""quoted""",x\n'
    cut = write("a.csv", rows, cuts={0: {"question": [(8, 18)]}})
    assert cut.read_bytes() == b'question,answer\n"The item",x\n'


@pytest.mark.parametrize(
    ("data", "cuts"),
    [
        (b'{"text": "item", "id": "7"}\n', {"text": [(0, 4)]}),
        (b'{"text": " item ", "id": "7"}\n', {"text": [(1, 5)]}),
        (b'{"text": "item", "text": "item"}\n', {"text": [(0, 2)]}),
    ],
    ids=["nothing left", "white space left", "not to be told"],
)
def test_a_passage_takes_its_record_along(write, data, cuts):
    assert write("a.jsonl", data + LINES[0], cuts={0: cuts}).read_bytes() == LINES[0]


def test_a_record_without_text_in_the_field_goes(write):
    data = b'{"text": "item", "title": "stays"}\n' + LINES[0]
    copied = write("a.jsonl", data, cuts={0: {"text": [(0, 4)]}}, text_field="text")
    assert copied.read_bytes() == LINES[0]


def test_a_file_that_changed_is_not_written(tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_bytes(LINES[0])
    with pytest.raises(InputError, match=r"a.jsonl: was changed after it was scanned"):
        copy_data_file(CorpusFile(source, "a.jsonl", 5, 7), tmp_path / "b", FilePlan(), None)
    assert not (tmp_path / "b").exists()


def test_a_record_that_is_not_there_is_an_error(write):
    with pytest.raises(InputError, match=r"a.jsonl: there is no record 7 any more"):
        write("a.jsonl", LINES[0], dropped=[7])


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.parquet.gz"])
def test_damage_is_an_error(write, name):
    with pytest.raises(InputError, match="leave it out"):
        write(name, gzip.compress(b"".join(LINES) * 50)[:-20], dropped=[0])


def test_a_read_only_file_is_copied_twice(tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_bytes(LINES[0] + LINES[1])
    source.chmod(0o444)
    for _ in range(2):
        target = copy(source, tmp_path / "copy" / "a.jsonl", FilePlan({0}))
    assert target.read_bytes() == LINES[1]
    assert target.stat().st_mode & 0o777 == 0o444


TABLE = pa.table(
    {
        "n": pa.array(range(10), pa.int16()),
        "text": pa.array([f"text {n} of ten" for n in range(9)] + [None]),
        "messages": [[{"role": "user", "content": f"turn {n}"}] for n in range(10)],
        "word": pa.array(["a", "b"] * 5).dictionary_encode(),
        "when": pa.array([0] * 10, pa.timestamp("ns", "UTC")),
    }
).replace_schema_metadata({"huggingface": "{}", "own": "metadata"})


def as_parquet(table, **options):
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    return file.getvalue()


def groups(data):
    metadata = pq.ParquetFile(io.BytesIO(data)).metadata
    listed = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    columns = [
        (column.path_in_schema, column.compression, column.has_dictionary_page, column.is_stats_set)
        for group in listed
        for column in map(group.column, range(group.num_columns))
    ]
    return [group.num_rows for group in listed], columns, metadata.format_version


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "zstd"},
        {"compression": {"text": "gzip"}, "use_dictionary": ["text"], "version": "1.0"},
        {"compression": "none", "write_statistics": ["n"], "store_schema": True},
    ],
    ids=["zstd", "column by column", "none"],
)
def test_parquet_keeps_all_that_its_writer_can(write, options):
    table = TABLE.drop_columns(["word"]) if options.get("version") == "1.0" else TABLE
    data = as_parquet(table, row_group_size=4, **options)
    copied = write("a.parquet", data, dropped=[0, 5]).read_bytes()
    old, new = pq.read_table(io.BytesIO(data)), pq.read_table(io.BytesIO(copied))
    assert new.equals(old.take([1, 2, 3, 4, 6, 7, 8, 9]))
    assert new.schema.equals(old.schema, check_metadata=True)
    (rows, columns, version), (rows_left, columns_left, version_left) = groups(data), groups(copied)
    assert (rows, rows_left) == ([4, 4, 2], [3, 3, 2])
    assert (columns_left, version_left) == (columns, version)


def test_a_parquet_file_without_rows_left_has_its_schema(write):
    copied = write("a.parquet", as_parquet(TABLE), dropped=range(10))
    assert pq.read_schema(copied).equals(pq.read_schema(io.BytesIO(as_parquet(TABLE))))
    assert pq.read_metadata(copied).num_rows == 0


@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
@pytest.mark.parametrize("new", [pa.ipc.new_file, pa.ipc.new_stream], ids=["file", "stream"])
def test_arrow_keeps_format_batches_and_compression(write, codec, new):
    file = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression=codec)
    with new(file, TABLE.schema, options=options) as writer:
        writer.write_table(TABLE, max_chunksize=4)
    copied = write("a.arrow", file.getvalue(), dropped=[0, 5])
    plain = copied.read_bytes()
    opened = pa.ipc.open_file if new is pa.ipc.new_file else pa.ipc.open_stream
    left = opened(io.BytesIO(plain)).read_all()
    assert left.equals(TABLE.take([1, 2, 3, 4, 6, 7, 8, 9]))
    assert left.schema.equals(TABLE.schema, check_metadata=True)
    assert [len(batch) for batch in left.to_batches()] == [3, 3, 2]
    again = write("b.arrow", plain, dropped=[])
    assert write("c.arrow", plain, dropped=[0]).stat().st_size <= again.stat().st_size


def test_feather_inside_a_compression_stays_so(write):
    file = io.BytesIO()
    feather.write_feather(TABLE, file)
    copied = write("a.feather.gz", gzip.compress(file.getvalue()), dropped=[9])
    assert feather.read_table(io.BytesIO(gzip.decompress(copied.read_bytes()))).equals(TABLE[:9])


def test_passages_are_cut_out_of_columns(write):
    cuts = {
        1: {"text": [(0, 5)], "messages[0].content": [(0, 5)]},
        3: {"text": [(0, 15)]},
    }
    copied = write("a.parquet", as_parquet(TABLE, row_group_size=4), cuts=cuts)
    rows = pq.read_table(copied).to_pylist()
    expected = TABLE.to_pylist()
    expected[1] |= {"text": "1 of ten", "messages": [{"role": "user", "content": "1"}]}
    expected[3] |= {"text": ""}
    assert rows == expected


@pytest.mark.parametrize("new", [pa.ipc.new_file, pa.ipc.new_stream], ids=["file", "stream"])
def test_passages_are_cut_out_of_arrow(write, new):
    file = io.BytesIO()
    with new(file, TABLE.schema) as writer:
        writer.write_table(TABLE, max_chunksize=4)
    cuts = {1: {"text": [(0, 5)]}, 5: {"word": [(0, 1)]}}
    copied = write("a.arrow", file.getvalue(), cuts=cuts).read_bytes()
    opened = pa.ipc.open_file if new is pa.ipc.new_file else pa.ipc.open_stream
    rows = opened(io.BytesIO(copied)).read_all().to_pylist()
    expected = TABLE.to_pylist()
    expected[1] |= {"text": "1 of ten"}
    del expected[5]  # of a dictionary: its row goes
    assert rows == expected


@pytest.mark.parametrize(
    "cuts",
    [{"text": [(0, 15)]}, {"gone": [(0, 1)]}, {"word": [(0, 1)]}],
    ids=["nothing left", "not there", "of a dictionary"],
)
def test_a_passage_takes_its_row_along(write, cuts):
    table = TABLE.select(["n", "text", "word"] if "word" in cuts else ["n", "text"])
    copied = write("a.parquet", as_parquet(table), cuts={3: cuts})
    assert pq.read_table(copied)["n"].to_pylist() == [0, 1, 2, 4, 5, 6, 7, 8, 9]


def test_what_is_left_is_read_as_it_was(write, tmp_path):
    lines = [json.dumps({"text": f"line {n}"}) + "\n" for n in range(40)]
    copied = write("a.jsonl", "".join(lines).encode(), dropped=range(0, 40, 3))
    file = CorpusFile(copied, "a.jsonl", copied.stat().st_size)
    texts = [text for batch in read_file(file) for text in batch.texts.to_pylist()]
    assert texts == [f"line {n}" for n in range(40) if n % 3]
    assert [piece.row for piece in raw_pieces(copied)] == list(range(len(texts)))

"""Pieces are the file, byte for byte, and their rows are those of the reader."""

from __future__ import annotations

import bz2
import codecs
import csv
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leakcheck.corpus import CorpusFile, Skipped, read_file
from leakcheck.corpus.encoding import without_surrogates
from leakcheck.corpus.formats.tsv import unescape
from leakcheck.corpus.raw import is_cut_as_text, raw_pieces
from leakcheck.corpus.shapes import passages_of
from leakcheck.errors import InputError

JSON_NAMES = ("a.jsonl", "a.json")
SMALL_BATCHES = (4, 7, 30, 4096)


@pytest.fixture(scope="module")
def put(tmp_path_factory):
    folder = tmp_path_factory.mktemp("raw")

    def write(name, data):
        path = folder / name
        path.write_bytes(data)
        return path

    return write


def rows_read(path, batch_bytes):
    """Give the passages of each record that has any, and the number of records."""
    file = CorpusFile(path, path.name, path.stat().st_size)
    passages, documents, lost = {}, 0, 0
    for read in read_file(file, batch_bytes=batch_bytes):
        if isinstance(read, Skipped):
            unread = read.row is not None and read.unread_bytes != 0
            lost += unread or "its array is closed" in read.reason
            continue
        documents += read.documents
        for row, source, text in zip(read.rows.tolist(), read.sources, read.texts, strict=True):
            passages.setdefault(row, []).append((source, text.as_py()))
    return passages, documents, lost


def passages_in(piece, name):
    """Read one piece alone."""
    if name.endswith("sv"):
        if name.endswith(".csv"):
            (cells,) = csv.reader(io.StringIO(piece.text, newline=""))
        else:
            line = piece.text.removesuffix("\n").removesuffix("\r")
            cells = [unescape(cell) for cell in line.split("\t")]
        record = dict(zip(piece.names, cells, strict=False))
    elif name.endswith(".txt"):
        record = piece.text
    else:
        record = json.JSONDecoder(strict=False).decode(piece.text.strip())
    found = passages_of(record)
    return [(without_surrogates(source), without_surrogates(text)) for source, text in found]


def check(path, batch_bytes):
    pieces = list(raw_pieces(path, batch_bytes))
    assert b"".join(piece.lead + piece.data for piece in pieces) == path.read_bytes()
    passages, documents, lost = rows_read(path, batch_bytes)
    of_row = {piece.row: piece for piece in pieces if piece.row is not None}
    assert list(of_row) == list(range(documents + lost))
    for row, found in passages.items():
        assert passages_in(of_row[row], path.name) == found


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True)
texts = st.text(max_size=12) | st.sampled_from(
    ["\ud800", "\udc00 x", "a\x00b", "\u2028", '}, {"a', '[{"a": ', "\x85", "caf\udce9"]
)
records = st.dictionaries(
    st.sampled_from(["a", "text", "b.c", "\u00e9"]), scalars | texts, max_size=3
)
elements = records | texts | st.lists(records | texts, max_size=2) | scalars
spaces = st.sampled_from(["", "", " ", "\n", "\r\n", "\t", "\n\n", " \r\n "])
broken = st.sampled_from(
    ['{"a": ', "{'a': 1}", "x", "}", "]", "[", '{"a": "\n"}', "NaN", "1e999", '"', "{},{}", "\x0c"]
)


@st.composite
def json_texts(draw):
    """Make values with odd space between them, in lines or in an array, some of them broken."""
    escaped = draw(st.booleans())
    values = draw(st.lists(elements, max_size=6))
    written = [json.dumps(value, ensure_ascii=escaped) for value in values]
    for position in draw(st.lists(st.integers(0, 6), max_size=2)):
        written.insert(position, draw(broken))
    if draw(st.booleans()):
        gaps = [draw(spaces) + "," + draw(spaces) for _ in written]
        inside = "".join(a + b for a, b in zip(written, gaps, strict=True)).rstrip()
        end = draw(st.sampled_from(["]", "]\n", " ] \n", "", "] x"]))
        return draw(spaces) + "[" + draw(spaces) + inside.removesuffix(",") + end
    ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "", " ", "\n\n"])
    return draw(spaces) + "".join(value + draw(ends) for value in written)


@pytest.mark.parametrize("name", JSON_NAMES)
@given(text=json_texts(), batch_bytes=st.sampled_from(SMALL_BATCHES), mark=st.booleans())
@example(text='{"a": "x"} {"a": "y"}\n{"a":\n"z"}\n', batch_bytes=4096, mark=False)
@example(text='[{"a": "x"},, {"a": "y"}{"a": "z"}]', batch_bytes=30, mark=True)
@example(text="[x,x, null , -100000\r\n,\r\n{},0\r\n, {}]", batch_bytes=7, mark=False)
@example(text='{"a": "x"}\n{"a": "\\ud800"}\n', batch_bytes=4096, mark=False)
def test_records_of_json_are_those_of_the_reader(put, name, text, batch_bytes, mark):
    data = text.encode("utf-8", "surrogatepass")
    check(put(name, codecs.BOM_UTF8 * mark + data), batch_bytes)


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@given(
    rows=st.lists(
        st.lists(
            st.sampled_from(["text", "question", "id", ""])
            | st.text(alphabet='ab",\n\r\t\\n \u00a0\x00é', max_size=8),
            max_size=4,
        ),
        max_size=6,
    ),
    is_quoted=st.booleans(),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    batch_bytes=st.sampled_from(SMALL_BATCHES),
    mark=st.booleans(),
)
def test_rows_of_cells_are_those_of_the_reader(put, name, rows, is_quoted, end, batch_bytes, mark):
    if is_quoted:
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator=end).writerows(rows)
        text = written.getvalue()
    else:
        text = end.join(("\t" if name == "a.tsv" else ",").join(row) for row in rows)
    check(put(name, codecs.BOM_UTF8 * mark + text.encode()), batch_bytes)


@given(rows=st.integers(95, 110), header=st.booleans(), blank=st.integers(0, 109))
def test_a_header_is_told_by_as_many_rows_as_the_reader_looks_at(put, rows, header, blank):
    lines = ["id,words"] * header + [f"{n},something" for n in range(rows)]
    lines.append("1," + "something long enough to be no header at all " * 2)
    lines.insert(min(blank, len(lines)), "")
    check(put("a.csv", "\n".join(lines).encode()), 4096)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.txt"])
@given(
    text=st.text(alphabet='{}[]":,\n\r\t abé\U0001f600\u2028', max_size=60),
    encoding=st.sampled_from(["utf-16-le", "utf-16-be", "utf-8"]),
    batch_bytes=st.sampled_from(SMALL_BATCHES),
    tail=st.sampled_from([b"", b"\xd8", b"\x00\xd8", b"\xff\xfe\xfd"]),
)
def test_any_text_is_cut_as_it_is_read(put, name, text, encoding, batch_bytes, tail):
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-8": b""}
    path = put(name, marks[encoding] + text.encode(encoding) + tail)
    pieces = list(raw_pieces(path, batch_bytes))
    assert b"".join(piece.lead + piece.data for piece in pieces) == path.read_bytes()
    _, documents, lost = rows_read(path, batch_bytes)
    rows = [piece.row for piece in pieces if piece.row is not None]
    assert rows == list(range(documents + lost))


def test_the_rows_of_utf_16_have_their_own_bytes(put):
    lines = ['{"text": "one \U0001f600"}\r\n', "\r\n", '{"text": "tw\u00f6"}\r\n']
    data = codecs.BOM_UTF16_BE + "".join(lines).encode("utf-16-be")
    pieces = {piece.row: piece for piece in raw_pieces(put("a.jsonl", data))}
    assert pieces[0].data == lines[0].encode("utf-16-be")
    assert pieces[1].text == lines[2]
    assert pieces[1].with_text("é").data == "é".encode("utf-16-be")


def test_damaged_compression_is_an_error_after_what_was_sound(put):
    data = bz2.compress(b'{"text": "sound"}\n')
    given_out = []
    with pytest.raises(InputError, match=r"a.jsonl.bz2: its compressed data is damaged"):
        given_out.extend(raw_pieces(put("a.jsonl.bz2", data + b"BZh9 and no more")))
    assert [piece.row for piece in given_out] == [0]


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow.gz", "a.feather", "README"])
def test_columns_are_not_cut_as_text(name):
    assert not is_cut_as_text(name)

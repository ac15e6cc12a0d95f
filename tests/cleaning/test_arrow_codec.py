from __future__ import annotations

import pyarrow as pa
import pytest

from leakcheck.cleaning.arrow_codec import codec_of

TABLE = pa.table({"text": ["again " * 200] * 9, "word": pa.array(["a"] * 9).dictionary_encode()})


@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
@pytest.mark.parametrize("is_file", [True, False], ids=["file", "stream"])
@pytest.mark.parametrize("rows", [9, 0])
def test_the_codec_is_read_from_the_first_batch(tmp_path, codec, is_file, rows):
    new = pa.ipc.new_file if is_file else pa.ipc.new_stream
    options = pa.ipc.IpcWriteOptions(compression=codec)
    with new(tmp_path / "a.arrow", TABLE.schema, options=options) as writer:
        writer.write_batch(
            TABLE.slice(0, rows).combine_chunks().to_batches()[0] if rows else _none()
        )
    with (tmp_path / "a.arrow").open("rb") as file:
        assert codec_of(file, is_file=is_file) == codec


def _none():
    return pa.RecordBatch.from_pylist([], TABLE.schema)


def test_a_file_without_batches_has_no_codec(tmp_path):
    with pa.ipc.new_file(tmp_path / "a.arrow", TABLE.schema):
        pass
    with (tmp_path / "a.arrow").open("rb") as file:
        assert codec_of(file, is_file=True) is None

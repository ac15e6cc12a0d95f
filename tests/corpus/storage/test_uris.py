"""Names of objects: which are refused, and what the others are made of."""

from __future__ import annotations

import pytest

from leakcheck.corpus.excludes import Excludes
from leakcheck.corpus.storage.uris import has_scheme, is_uri, location_of


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        pytest.param("ftp://host/a.jsonl", r"does not read ftp://; it reads gs://, hf://, s3://"),
        pytest.param("https://host/a.jsonl", "does not read https://"),
        pytest.param("s3://", "names no bucket"),
        pytest.param("hf://datasets/owner", "names no bucket or repository"),
        pytest.param("hf://owner/name/a.jsonl", "hf://datasets/owner/name"),
        pytest.param("s3://key:hush@bucket/a.jsonl", "credentials do not belong in a uri"),
        pytest.param("gs://hush@bucket/a.jsonl", "credentials do not belong in a uri"),
    ],
)
def test_what_names_no_object_is_refused(uri, message):
    with pytest.raises(ValueError, match=message) as refused:
        location_of(uri)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("name", ["corpus/a.jsonl", "C:/corpus", "s3:bucket", "-"])
def test_a_path_is_no_uri(name):
    assert not is_uri(name)
    assert not has_scheme(name)


def test_a_store_that_is_not_known_is_named_by_a_scheme_still():
    assert has_scheme("ftp://host/a.jsonl")
    assert not is_uri("ftp://host/a.jsonl")


@pytest.mark.parametrize(
    ("uri", "root", "key"),
    [
        pytest.param("s3://bucket", "bucket", "", id="a bucket"),
        pytest.param("S3://bucket/a%20b?c#d", "bucket", "a%20b?c#d", id="as it stands"),
        pytest.param("s3://bucket/a@b.txt", "bucket", "a@b.txt", id="an at sign in a key"),
        pytest.param("gs://bucket//corpus//web/", "bucket", "corpus/web", id="slashes"),
        pytest.param("hf://datasets/o/n", "datasets/o/n", "", id="a dataset"),
        pytest.param("hf://datasets/o/n@v1/x.txt", "datasets/o/n@v1", "x.txt", id="a revision"),
        pytest.param(
            "hf://datasets/o/n@refs/convert/parquet/x",
            "datasets/o/n@refs/convert/parquet",
            "x",
            id="a reference",
        ),
    ],
)
def test_a_uri_has_a_root_and_a_key(uri, root, key):
    assert location_of(uri)[1:] == (root, key)


@pytest.mark.parametrize(
    ("pattern", "left_out"),
    [
        pytest.param("raw/", True, id="a folder at any depth"),
        pytest.param("/corpus/raw/", True, id="from the bucket"),
        pytest.param("corpus/", False, id="what was named itself"),
        pytest.param("bucket/", False, id="the bucket is no folder"),
    ],
)
def test_patterns_leave_out_objects_too(pattern, left_out):
    excludes = Excludes((pattern,))
    assert excludes.leave_out("s3://bucket/corpus/raw/a.txt", "s3://bucket/corpus") == left_out

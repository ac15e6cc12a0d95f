"""Paths as URIs: any name, and none that a server would read as something else."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakcheck.report.uris import is_absolute, uri_of


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b.jsonl", "a%20b.jsonl"),
        ("./corpus//web.jsonl", "corpus/web.jsonl"),
        ("../other/a.jsonl", "../other/a.jsonl"),
        ("http://x", "http%3A/x"),
        ("考試.jsonl", "%E8%80%83%E8%A9%A6.jsonl"),
        ("/data/ü.jsonl", "file:///data/%C3%BC.jsonl"),
        ("C:/data/a.jsonl", "file:///C:/data/a.jsonl"),
    ],
)
def test_a_path_is_written_as(path, uri):
    assert uri_of(path) == uri


@given(st.from_regex(r"[^/\\\x00\ud800-\udfff.:][^/\\\x00\ud800-\udfff:]*", fullmatch=True))
def test_a_name_comes_back_from_its_uri(name):
    assert not is_absolute(name)
    parts = urlsplit(uri_of(name))
    assert (parts.scheme, parts.query, parts.fragment) == ("", "", "")
    assert unquote(parts.path) == name

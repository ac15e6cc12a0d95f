"""An audit record is JSON that reads back as it was, and nothing else passes for one."""

from __future__ import annotations

import json

import pytest

from leakcheck.errors import RunError
from leakcheck.publishing.records import SCHEMA, AuditRecord, read_record, written


def test_a_record_reads_back_as_it_was(record):
    assert read_record(written(record).encode(), "x.audit.json") == record


def test_the_keys_are_those_of_the_schema(record):
    told = json.loads(written(record))
    assert tuple(told) == ("schema", *AuditRecord.__struct_fields__)
    assert told["schema"] == SCHEMA


def test_a_key_that_a_later_version_added_is_left_alone(record):
    told = json.loads(written(record)) | {"later": [1, 2]}
    assert read_record(json.dumps(told).encode(), "x.audit.json") == record


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "not an audit record", id="empty"),
        pytest.param(b"\xff\xfe\x00", "not an audit record", id="no text"),
        pytest.param(b"[]", "not an audit record", id="a list"),
        pytest.param(b"{}", "its schema is missing", id="no schema"),
        pytest.param(b'{"schema": "leakcheck/report/1"}', "leakcheck/report/1", id="a report"),
        pytest.param(b'{"schema": "leakcheck/audit/1"}', "missing required field", id="no keys"),
    ],
)
def test_what_is_no_record_is_refused(content, told):
    with pytest.raises(RunError, match=rf"x\.audit\.json: .*{told}"):
        read_record(content, "x.audit.json")


def test_half_a_record_is_refused(record):
    text = written(record).encode()
    with pytest.raises(RunError, match="damaged"):
        read_record(text[: len(text) // 2], "x.audit.json")

"""SARIF 2.1.0: what the standard requires, and what code scanning can take."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leakcheck.corpus import LFS_POINTER
from leakcheck.report import Sheet
from leakcheck.report.formats import sarif
from leakcheck.verdict.records import FileReport, SkippedReport

ALLOWED = {
    "log": {"$schema", "version", "runs"},
    "run": {
        "tool",
        "invocations",
        "originalUriBaseIds",
        "columnKind",
        "results",
        "properties",
    },
    "driver": {"name", "version", "semanticVersion", "rules"},
    "rule": {
        "id",
        "name",
        "shortDescription",
        "fullDescription",
        "help",
        "defaultConfiguration",
        "properties",
    },
    "invocation": {
        "executionSuccessful",
        "exitCode",
        "exitCodeDescription",
        "toolConfigurationNotifications",
    },
    "notification": {"level", "message", "locations"},
    "result": {
        "ruleId",
        "ruleIndex",
        "level",
        "kind",
        "message",
        "locations",
        "partialFingerprints",
        "occurrenceCount",
        "suppressions",
        "properties",
    },
    "location": {"physicalLocation", "logicalLocations"},
    "physical location": {"artifactLocation", "region"},
}
"""The properties used, of those the standard knows: it allows no other in these objects."""


def run_of(report):
    return json.loads(sarif.render(report, Sheet()))["runs"][0]


def results_of(report):
    return run_of(report)["results"]


@pytest.fixture
def one(make):
    """Return the only result of a finding."""

    def result(item="test/3", verdict="leaked", **changes):
        report = make.report([make.benchmark(verdict=verdict)], [make.finding(item, **changes)])
        (found,) = results_of(report)
        return found

    return result


def test_without_findings_there_is_an_empty_list_and_not_none(make):
    run = run_of(make.report([make.benchmark()]))
    assert run["results"] == []
    assert run["invocations"][0]["exitCode"] == 0


def test_holds_what_is_required_and_nothing_unknown(five_benchmarks):
    log = json.loads(sarif.render(five_benchmarks, Sheet()))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert set(log) == ALLOWED["log"]
    assert set(run) == ALLOWED["run"]
    assert set(run["tool"]) == {"driver"}
    assert set(run["tool"]["driver"]) == ALLOWED["driver"]
    assert all(set(rule) == ALLOWED["rule"] for rule in run["tool"]["driver"]["rules"])
    (invocation,) = run["invocations"]
    assert set(invocation) == ALLOWED["invocation"]
    assert invocation["executionSuccessful"] is True
    told = invocation["toolConfigurationNotifications"]
    assert all({"level", "message"} <= set(each) <= ALLOWED["notification"] for each in told)
    for result in run["results"]:
        assert {"ruleId", "level", "message", "locations"} <= set(result) <= ALLOWED["result"]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result["locations"]:
            assert set(location) <= ALLOWED["location"]
            assert set(location["physicalLocation"]) <= ALLOWED["physical location"]


@pytest.mark.parametrize(
    ("changes", "level", "kind"),
    [
        ({"item": "train/3"}, "note", "informational"),
        ({"kind": "variant"}, "note", "informational"),
        ({"shared": True}, "note", "informational"),
        ({"verdict": "clean"}, "warning", "fail"),
        ({"verdict": "inconclusive", "kind": "rewritten"}, "warning", "fail"),
        ({"kind": "rewritten"}, "error", "fail"),
        ({}, "error", "fail"),
    ],
)
def test_only_a_leak_of_a_leaked_benchmark_is_an_error(one, changes, level, kind):
    result = one(**changes)
    assert (result["level"], result["kind"]) == (level, kind)


def test_the_message_holds_no_text_of_the_item(one):
    assert "lantern" not in one()["message"]["text"]


def test_a_fingerprint_is_of_content_and_not_of_place(one):
    assert one()["partialFingerprints"] == {"leakcheck/v1": "00c0ffee00c0ffee"}
    assert one(path="b.jsonl", row=9)["partialFingerprints"] == one()["partialFingerprints"]


def test_without_a_fingerprint_there_is_none(one):
    assert "partialFingerprints" not in one(fingerprint="")


def test_where_nothing_is_accepted_nothing_is_said_of_suppression(one):
    assert "suppressions" not in one()


def test_where_one_result_is_suppressed_every_result_says_whether_it_is(make):
    findings = [make.finding(), make.finding("test/4", accepted="allow: published by us")]
    counted, accepted = results_of(make.report([make.benchmark(verdict="leaked")], findings))
    assert counted["suppressions"] == []
    assert accepted["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "published by us"}
    ]


def test_an_item_is_one_result_a_document_with_its_passages_counted(make):
    findings = [
        make.finding(kind="near"),
        make.finding(start=90),
        make.finding(start=900, accepted="baseline"),
        make.finding(row=5),
    ]
    results = results_of(make.report([make.benchmark(verdict="leaked")], findings))
    assert [(each["ruleId"], each["occurrenceCount"]) for each in results] == [
        ("LC001", 3),
        ("LC001", 1),
    ]
    assert results[0]["message"]["text"].endswith("; 3 times in this record")


def test_of_too_many_the_worst_are_kept_and_the_rest_counted(make, monkeypatch):
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    findings = [
        make.finding("train/0"),
        make.finding("test/1", kind="variant"),
        make.finding("test/2", accepted="baseline"),
        make.finding("test/3", kind="near"),
        make.finding("test/4"),
    ]
    run = run_of(make.report([make.benchmark(verdict="leaked")], findings))
    assert [each["properties"]["item"] for each in run["results"]] == ["test/4", "test/3"]
    (told,) = run["invocations"][0]["toolConfigurationNotifications"]
    assert told["message"]["text"] == "3 results of the least weight left out."


def test_what_was_not_read_is_a_notification(make):
    skipped = [SkippedReport("a b.jsonl", 17, "not JSON"), SkippedReport("c.jsonl", None, "gone")]
    (invocation,) = run_of(make.report(skipped=skipped))["invocations"]
    first, second = invocation["toolConfigurationNotifications"]
    assert first["message"]["text"] == "Not read: a b.jsonl, row 17: not JSON"
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b.jsonl"
    assert "logicalLocations" not in second["locations"][0]


def test_a_pointer_in_place_of_data_is_no_success(make):
    report = make.report([make.benchmark()], skipped=[SkippedReport("a.jsonl", None, LFS_POINTER)])
    (invocation,) = run_of(report)["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)


def test_of_a_thousand_places_not_read_the_rest_is_counted(make, monkeypatch):
    monkeypatch.setattr(sarif, "MOST_NOTIFICATIONS", 3)
    skipped = [SkippedReport("a.jsonl", row, "not JSON") for row in range(1200)]
    (invocation,) = run_of(make.report(skipped=skipped))["invocations"]
    told = invocation["toolConfigurationNotifications"]
    assert len(told) == 4
    assert told[-1]["message"]["text"] == "1,197 more places were not read."


def test_a_row_of_a_table_is_a_logical_location_and_no_line(one):
    (location,) = one(path="corpus/data.parquet", row=123)["locations"]
    assert location["logicalLocations"] == [
        {"fullyQualifiedName": "corpus/data.parquet#row=123", "kind": "row"}
    ]
    assert "region" not in location["physicalLocation"]


def test_a_record_of_json_lines_has_its_line(make, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{}\n\n{}\n")
    report = make.report([make.benchmark()], [make.finding(path=str(path), row=1)])
    scanned = replace(report, files=(FileReport(str(path), 7, 2, None),))
    (location,) = results_of(scanned)[0]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 3}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("corpus/a#1.jsonl", {"uri": "corpus/a%231.jsonl", "uriBaseId": "%SRCROOT%"}),
        ("../b.jsonl", {"uri": "../b.jsonl", "uriBaseId": "%SRCROOT%"}),
        ("/data/b.jsonl", {"uri": "file:///data/b.jsonl"}),
    ],
    ids=["below", "beside", "absolute"],
)
def test_a_path_is_relative_to_the_folder_of_the_scan_unless_absolute(one, path, expected):
    (location,) = one(path=path)["locations"]
    assert location["physicalLocation"]["artifactLocation"] == expected


def test_standard_input_is_no_file(one):
    (location,) = one(path="-")["locations"]
    assert set(location) == {"logicalLocations"}


def test_five_benchmarks_render_as_in_the_golden_file(five_benchmarks, matches_golden):
    matches_golden(sarif.render(five_benchmarks, Sheet()), "five_benchmarks.sarif")

"""The scan: what it finds in the example corpus, and what it never depends on."""

from __future__ import annotations

import io
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

import leakcheck
from leakcheck import scanning
from leakcheck.errors import InputError, UsageError
from leakcheck.scanning import files

EXAMPLES = Path(__file__).parents[2] / "examples"
CORPUS = EXAMPLES / "corpus"
PLANTED = [
    json.loads(line) for line in (EXAMPLES / "planted.jsonl").read_text("utf-8").splitlines()
]
ITEMS = {
    f"{split}/{n}": json.loads(line)
    for split in ("test", "train", "fewshot")
    for n, line in enumerate(
        (EXAMPLES / "demo_benchmark" / f"{split}.jsonl").read_text("utf-8").splitlines()
    )
}
KINDS = {
    "verbatim": {"verbatim"},
    "with_answer": {"verbatim"},
    "light_edit": {"verbatim", "near"},
    "rewritten": {"near", "rewritten"},
    "variant": {"variant"},
}
"""What each planted change may be called."""


@pytest.fixture(scope="module")
def scanner():
    return leakcheck.Scanner("demo")


@pytest.fixture(scope="module")
def report(scanner):
    return scanner.scan([CORPUS])


@pytest.fixture(scope="module")
def findings(report):
    """Return the findings of the example corpus by (file, row)."""
    found: dict[tuple[str, int], list[leakcheck.Finding]] = {}
    for finding in report.iter_findings():
        file = Path(finding.path).relative_to(CORPUS).as_posix()
        found.setdefault((file, finding.row), []).append(finding)
    return found


def place(planted) -> tuple[str, int]:
    return planted["file"], planted["row"] or 0


def comparable(report) -> list[tuple]:
    """Return the findings in an order that does not depend on that of the paths."""
    return sorted(msgspec.structs.astuple(each) for each in report.iter_findings())


class TestExampleCorpus:
    def test_nothing_is_found_that_was_not_planted(self, findings):
        planted = Counter((*place(each), each["item"]) for each in PLANTED)
        found = Counter((*where, each.item) for where, every in findings.items() for each in every)
        assert found - planted == Counter()

    @pytest.mark.parametrize(
        "planted", PLANTED, ids=lambda each: f"{each['change']}-{each['item'].replace('/', '-')}"
    )
    def test_a_planted_item_is_found_where_it_is(self, findings, planted):
        found = [each for each in findings.get(place(planted), []) if each.item == planted["item"]]
        assert len(found) == 1
        assert found[0].split == planted["item"].partition("/")[0]
        assert found[0].kind in KINDS[planted["change"]]
        assert ("answer" in found[0].fields) is (planted["change"] == "with_answer")

    @pytest.mark.parametrize(
        "planted",
        [each for each in PLANTED if each["change"] in ("verbatim", "with_answer")],
        ids=lambda each: each["item"],
    )
    def test_a_copy_is_quoted_from_its_first_word_to_its_last(self, findings, planted):
        question = ITEMS[planted["item"]]["question"].rstrip("?.")
        assert question in [each.excerpt for each in findings[place(planted)]]

    def test_the_benchmark_leaked(self, report):
        (benchmark,) = report.benchmarks
        assert benchmark.verdict == "leaked"
        assert benchmark.p_value < 1e-9

    def test_the_splits_are_counted_apart(self, report):
        expected = {
            split: {
                each["item"]
                for each in PLANTED
                if each["item"].startswith(split) and each["change"] != "variant"
            }
            for split in ("test", "train", "fewshot")
        }
        splits = report.benchmarks[0].splits
        assert {split: each.matched for split, each in splits.items()} == {
            split: len(items) for split, items in expected.items()
        }
        assert {split: each.items for split, each in splits.items()} == {
            "test": 24,
            "train": 30,
            "fewshot": 6,
        }
        assert splits["test"].variant == 2
        assert splits["fewshot"].with_answer == 6

    def test_all_of_the_corpus_was_read(self, report):
        files = [path for path in CORPUS.rglob("*") if path.is_file()]
        assert report.corpus.files == len(files)
        assert report.corpus.bytes == sum(path.stat().st_size for path in files)
        assert report.corpus.unread_bytes == 0
        assert report.corpus.skipped == []


def test_a_limit_that_nothing_exceeds_changes_nothing(scanner, report):
    limited = scanner.scan([CORPUS], max_expected=1e6)
    assert limited.findings == report.findings
    assert limited.benchmarks == report.benchmarks


def test_what_exceeds_a_limit_is_marked_and_what_is_verbatim_is_left(scanner, report):
    most = max(each.e_value for each in report.iter_findings() if each.kind == "verbatim")
    limited = scanner.scan([CORPUS], max_expected=most)
    marked = {each.kind for each in limited.iter_findings() if each.accepted == "chance"}
    counted = {each.kind for each in limited.iter_findings() if not each.accepted}
    assert {"near", "rewritten"} <= marked
    assert counted == {"verbatim"}
    assert len(limited.findings) == len(report.findings)
    (benchmark,) = limited.benchmarks
    assert benchmark.verdict == "leaked"
    assert benchmark.by_chance == sum(each.accepted == "chance" for each in limited.iter_findings())
    assert benchmark.splits["test"].verbatim == report.benchmarks[0].splits["test"].verbatim
    assert benchmark.splits["test"].near == 0


def test_a_reason_that_somebody_gave_comes_before_chance_and_chance_before_a_baseline(scanner):
    for accepted, told in (("allow: ours", "allow: ours"), ("baseline", "chance")):
        limited = scanner.scan([CORPUS], max_expected=1e-300, accept=lambda _, why=accepted: why)
        assert set(limited.findings["accepted"].to_pylist()) == {told}


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_number_of_threads_changes_nothing(scanner, report, threads):
    again = scanner.scan([CORPUS], threads=threads)
    assert again.iter_findings() == report.iter_findings()


def test_the_order_of_paths_changes_the_order_of_findings_alone(scanner, report):
    paths = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    backwards = scanner.scan(paths[::-1])
    assert comparable(backwards) == comparable(report)
    assert backwards.benchmarks == report.benchmarks


@pytest.mark.parametrize("batch_bytes", [1, 3000])
def test_the_size_of_batches_changes_nothing(scanner, report, monkeypatch, batch_bytes):
    read_file = files.read_file
    monkeypatch.setattr(
        files,
        "read_file",
        lambda file, **options: read_file(file, **(options | {"batch_bytes": batch_bytes})),
    )
    assert comparable(scanner.scan([CORPUS])) == comparable(report)


def test_shards_find_what_the_whole_does(scanner, report):
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    shards = [scanner.scan([path]) for path in files]
    found = sorted(
        (each.path, each.row, each.item, each.kind, each.bits)
        for shard in shards
        for each in shard.iter_findings()
    )
    assert found == sorted(
        (each.path, each.row, each.item, each.kind, each.bits) for each in report.iter_findings()
    )
    assert sum(shard.corpus.documents for shard in shards) == report.corpus.documents


def test_scanning_twice_gives_the_same():
    paths = [CORPUS / "pairs.tsv", CORPUS / "notes"]
    first, second = (leakcheck.scan(paths, bench="demo") for _ in range(2))
    assert first.iter_findings() == second.iter_findings()
    assert first.benchmarks == second.benchmarks
    assert first.settings == second.settings


def test_a_benchmark_named_twice_is_looked_for_once():
    assert len(leakcheck.Scanner(["demo", "demo"]).benchmarks) == 1


@pytest.mark.parametrize(
    ("bench", "message"),
    [
        pytest.param([], "name at least one benchmark", id="none"),
        pytest.param("demos", "did you mean demo", id="misspelt"),
        pytest.param(["demo", "nope"], "no benchmark 'nope'", id="one-of-two"),
    ],
)
def test_an_unknown_benchmark_is_refused(bench, message):
    with pytest.raises(UsageError, match=message):
        leakcheck.scan([CORPUS], bench=bench)


class TestNothingRead:
    def test_a_path_that_is_not_there_is_refused(self, scanner, tmp_path):
        with pytest.raises(InputError, match=r"absent\.jsonl"):
            scanner.scan([tmp_path / "absent.jsonl"])

    def test_a_corpus_without_documents_is_refused_with_the_first_reason(self, scanner, tmp_path):
        path = tmp_path / "broken.jsonl"
        path.write_text("neither this\nnor that\n")
        with pytest.raises(InputError, match=r"no document .*broken\.jsonl.*the first reason: "):
            scanner.scan([path])

    def test_an_empty_file_is_refused(self, scanner, tmp_path):
        (tmp_path / "empty.jsonl").touch()
        with pytest.raises(InputError, match=r"no document could be read from .*empty\.jsonl$"):
            scanner.scan([tmp_path / "empty.jsonl"])


def test_records_that_could_not_be_read_are_listed(scanner, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text('{"text": "One."}\nnot json\n{"text": "Two."}\n')
    corpus = scanner.scan([path]).corpus
    assert corpus.documents == 2
    assert [(each.path, each.row) for each in corpus.skipped] == [(str(path), 1)]
    assert 0 < corpus.unread_bytes < path.stat().st_size


def test_a_corpus_of_which_much_was_not_read_is_inconclusive(scanner, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text('{"text": "One."}\n{"text": "' + "x" * 500)
    assert scanner.scan([path]).benchmarks[0].verdict == "inconclusive"


def test_standard_input_is_json_lines(scanner):
    lines = "\n".join(json.dumps({"text": ITEMS[f"train/{n}"]["question"]}) for n in range(3))
    report = scanner.scan(["-"], standard_input=io.BytesIO(lines.encode()))
    assert [(each.path, each.item) for each in report.iter_findings()] == [
        ("-", "train/0"),
        ("-", "train/1"),
        ("-", "train/2"),
    ]
    assert report.benchmarks[0].verdict == "in_distribution"
    assert report.corpus.bytes == len(lines)


def test_a_text_field_leaves_the_others_unread(scanner, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps({"text": "None.", "notes": ITEMS["test/0"]["question"]}))
    assert scanner.scan([path], text_field="text").iter_findings() == []
    (finding,) = scanner.scan([path], text_field="notes").iter_findings()
    assert (finding.item, finding.source) == ("test/0", "notes")


def test_e_values_grow_with_the_corpus(scanner, tmp_path):
    lines = [json.dumps({"text": ITEMS["test/0"]["question"]})]
    (tmp_path / "small.jsonl").write_text("\n".join(lines))
    (tmp_path / "large.jsonl").write_text("\n".join([*lines, *['{"text": "None."}'] * 99]))
    small, large = (
        scanner.scan([tmp_path / f"{name}.jsonl"]).iter_findings()[0] for name in ("small", "large")
    )
    assert large.e_value == pytest.approx(100 * small.e_value)
    assert large.bits == small.bits


def test_progress_is_told_from_the_calling_thread_and_ends_at_all(scanner):
    told = []
    report = scanner.scan([CORPUS], on_progress=told.append)
    assert all(later.documents >= earlier.documents for earlier, later in pairwise(told))
    assert told[-1].documents == report.corpus.documents
    assert told[-1].bytes_read == told[-1].bytes_total == report.corpus.bytes
    assert told[-1].findings == report.findings.num_rows


def test_an_error_in_the_callers_progress_ends_the_scan(scanner):
    with pytest.raises(ZeroDivisionError):
        scanner.scan([CORPUS], on_progress=lambda _: 1 / 0)


class TestCheck:
    @pytest.mark.parametrize(
        "document",
        [
            pytest.param("", id="empty"),
            pytest.param("It was raining when they came back from the harbour.", id="text"),
            pytest.param({}, id="record-without-fields"),
            pytest.param({"n": 3, "done": True, "tags": [], "of": None}, id="record-without-text"),
            pytest.param({"url": ITEMS["test/0"]["question"][:190]}, id="metadata"),
        ],
    )
    def test_finds_nothing_in(self, scanner, document):
        assert scanner.check(document) == []

    def test_finds_an_item_in_a_text(self, scanner):
        (finding,) = scanner.check(f"Solve this: {ITEMS['test/5']['question']}")
        assert (finding.item, finding.kind, finding.source) == ("test/5", "verbatim", "")
        assert (finding.path, finding.row, finding.start) == ("", 0, len("Solve this: "))

    def test_finds_an_item_with_its_answer_in_a_record(self, scanner):
        turns = [{"role": "user", "content": ITEMS["train/7"]["question"]}]
        turns.append({"role": "assistant", "content": ITEMS["train/7"]["answer"]})
        (finding,) = scanner.check({"id": "7", "messages": turns})
        assert (finding.item, finding.source) == ("train/7", "messages[0].content")
        assert finding.fields == ["question", "answer"]

    def test_finds_what_a_scan_finds(self, scanner, tmp_path):
        record = {"text": ITEMS["test/2"]["question"] + " " + ITEMS["train/2"]["question"]}
        (tmp_path / "one.jsonl").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
        scanned = scanner.scan([tmp_path / "one.jsonl"]).iter_findings()
        assert [msgspec.structs.replace(each, path="") for each in scanned] == scanner.check(record)


def test_the_report_tells_what_it_depends_on(report):
    assert report.version == leakcheck.__version__
    assert report.settings.paths == [str(CORPUS)]
    assert [pack.name for pack in report.settings.packs] == ["demo"]
    assert len(report.settings.packs[0].checksum) == 32


class TestCanaries:
    def test_a_corpus_without_any_has_none(self, report):
        assert report.canaries == ()

    def test_they_are_counted_by_file_and_are_no_findings(
        self, make_benchmark, monkeypatch, tmp_path
    ):
        texts = {"test/0": "Which lamp of Saxcombe burns walnut oil at dusk and goes out at dawn?"}
        made = make_benchmark(texts, canary=["harbour-canary 5e1f"])
        monkeypatch.setattr("leakcheck.scanning.scanner.choose", lambda names, **_: (made,))
        corpus = tmp_path / "corpus.jsonl"
        lines = ["Nothing.", "See harbour-canary 5e1f.", "harbour-canary 5e1f"]
        corpus.write_text("\n".join(json.dumps({"text": each}) for each in lines), "utf-8")
        report = scanning.scan([corpus], "riddles")
        (found,) = report.canaries
        assert (found.bench, found.path, found.row, found.source, found.passages) == (
            "riddles", str(corpus), 1, "text", 2,
        )  # fmt: skip
        assert len(report.findings) == 0
        assert report.benchmarks[0].verdict != "leaked"


def test_a_sealed_pack_finds_what_an_open_one_finds(tmp_path, report):
    from leakcheck.benchmark.card import load_card
    from leakcheck.calibration import build_benchmark

    card = msgspec.structs.replace(load_card("demo"), name="mine")
    lines = (EXAMPLES.parent / "benchmarks" / "demo.toml").read_text("utf-8")
    (tmp_path / "mine.toml").write_text(lines.replace('name = "demo"', 'name = "mine"', 1), "utf-8")
    build_benchmark(card, EXAMPLES / "demo_benchmark", tmp_path, None, b"a tide of paper boats")
    own = scanning.scan([CORPUS], str(tmp_path / "mine.toml"), keys=[b"a tide of paper boats"])
    verbatim = [
        {each.item for each in every.iter_findings() if each.kind == "verbatim"}
        for every in (own, report)
    ]
    assert verbatim[0] == verbatim[1]
    with pytest.raises(leakcheck.PackError, match="sealed"):
        scanning.scan([CORPUS], str(tmp_path / "mine.toml"))

"""The page for a browser: what it says, what it holds, and that no text can command it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import msgspec
import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import html
from leakcheck.report.formats.html.content import script_json
from leakcheck.verdict.records import CanaryReport, FileReport, IndexReport, SkippedReport

QUESTION = "Which door does the lantern keeper open at dusk?"
EVIL = '</script><img src=x onerror="alert(1)">&amp;\u202e\u2028\x00'
NO_TAGS_LEFT_OPEN = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """The elements and the text of a page; whatever is not nested well is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.data: str = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in NO_TAGS_LEFT_OPEN and "/>" not in (self.get_starttag_text() or ""):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data):
        if self.open[-1:] == ["script"]:
            self.data = self.data or data
        elif self.open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page_of(report, **sheet) -> Page:
    return Page(html.render(report, Sheet(**sheet)))


def content_of(report, **sheet) -> dict:
    return json.loads(page_of(report, **sheet).data)


def strings_in(value):
    """Return every text of a JSON value."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in strings_in(part)]


# What must not be there


def test_without_findings_there_is_no_room_for_items(make):
    page = page_of(make.report([make.benchmark()]))
    assert [
        attributes for _, attributes in page.elements if attributes.get("class") == "items"
    ] == []
    assert "No test leakage and no overlap in 1 benchmark" in page.text


def test_a_report_of_no_benchmark_is_a_page_too(make):
    assert "No benchmark was looked for" in page_of(make.report()).text


def test_nothing_is_loaded_from_elsewhere(five_benchmarks):
    page = page_of(five_benchmarks)
    addresses = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "data", "srcset") and not value.startswith("#")
    ]
    assert addresses == ["data:,"]
    assert "@import" not in html.render(five_benchmarks, Sheet())
    assert "url(" not in html.render(five_benchmarks, Sheet())


def test_the_policy_forbids_all_but_the_pages_own_style_and_script(leaked):
    policy = next(
        attributes["content"]
        for tag, attributes in page_of(leaked).elements
        if tag == "meta" and "http-equiv" in attributes
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert len(re.findall("'sha256-[^']{44}'", policy)) == 2


def test_inflation_is_named_only_where_something_leaked(make):
    report = make.report([make.benchmark(verdict="inconclusive", reason="look at them")])
    assert "inflate" not in page_of(report).text


def test_a_test_item_that_chance_gives_raises_no_alarm(make):
    splits = {"test": make.split("test", 90, matched=1, near=1)}
    report = make.report([make.benchmark(splits=splits)], [make.finding(kind="near")])
    text = page_of(report).text
    assert "Test items found: no more than chance gives" in text
    assert "Test leakage" not in text.partition("Files that hold items")[0]


@pytest.mark.parametrize("column", ["bench", "item", "path", "source", "excerpt", "accepted"])
def test_texts_of_others_make_no_element(make, column):
    harmless = make.report([make.benchmark(name="x")], [make.finding(bench="x")])
    evil = make.report(
        [make.benchmark(name=EVIL if column == "bench" else "x")],
        [make.finding(**{"bench": "x", "split": "test", "role": "test", column: EVIL})],
    )
    tags = [[tag for tag, _ in page_of(each).elements] for each in (harmless, evil)]
    if column != "accepted":  # which moves the item to another section
        assert tags[0] == tags[1]
    assert "img" not in tags[1]
    assert EVIL in strings_in(content_of(evil))


def test_texts_of_others_in_what_was_not_read_make_no_element(make, leaked):
    report = replace(
        leaked,
        corpus=msgspec.structs.replace(leaked.corpus, skipped=[SkippedReport(EVIL, 3, EVIL)]),
        settings=msgspec.structs.replace(leaked.settings, paths=[EVIL], text_field=EVIL),
        canaries=(CanaryReport(EVIL, EVIL, EVIL, 0, EVIL, 1),),
        stale=(EVIL,),
    )
    page = page_of(report)
    assert "img" not in [tag for tag, _ in page.elements]
    assert r'</script><img src=x onerror="alert(1)">&amp;\u202e' in page.text


@pytest.mark.parametrize("name", ["考試.jsonl", "caf\udce9.jsonl"], ids=["Chinese", "not UTF-8"])
def test_any_file_name_can_be_written(make, name):
    report = make.report([make.benchmark()], [make.finding(path="a")])
    report = replace(report, settings=msgspec.structs.replace(report.settings, paths=[name]))
    written = html.render(report, Sheet()).encode("utf-8")
    assert name.encode("utf-8", "backslashreplace") in written


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028", "\udce9", "\x00", '"'])
def test_script_json_comes_back_as_it_was(text):
    written = script_json([text])
    assert json.loads(written) == [text]
    assert "<" not in written
    written.encode("utf-8")


# What is said


def test_both_sides_of_an_item_are_marked_where_its_text_is_known(make):
    report = make.report([make.benchmark()], [make.finding(excerpt="the keeper of the lantern")])
    content = content_of(report, item_texts={("riddles", "test/3"): {"question": QUESTION}})
    assert list(content["sides"]) == ["0:0"]
    start, end = content["sides"]["0:0"][0]
    assert QUESTION[start:end] == "the lantern keeper"
    strings = content["strings"]
    assert [strings[n] for n in content["items"]["texts"][0]] == ["question", QUESTION]


def test_without_the_items_texts_only_the_passage_is_there(leaked):
    assert content_of(leaked)["sides"] == {}


def test_every_place_is_in_the_data(make):
    findings = [make.finding(path=f"{n % 7}.jsonl", row=n) for n in range(50)]
    content = content_of(make.report([make.benchmark()], findings))
    assert content["places"]["row"] == list(range(50))
    assert content["places"]["ends"] == [50]


def test_says_who_is_worst_first(five_benchmarks):
    text = page_of(five_benchmarks).text
    assert text.index("riddles LEAKED") < text.index("brackets INCONCLUSIVE")
    assert text.index("brackets INCONCLUSIVE") < text.index("sums IN DISTRIBUTION")
    assert text.index("sums IN DISTRIBUTION") < text.index("facts CLEAN")
    assert "1 of 5 benchmarks leaked" in text


@pytest.mark.parametrize(
    ("verdicts", "line"),
    [
        (["clean", "clean"], "No test leakage and no overlap in 2 benchmarks"),
        (["clean", "in_distribution"], "No test leakage; 1 of 2 benchmarks in distribution"),
        (["inconclusive", "clean"], "It cannot be told whether 1 of 2 benchmarks leaked"),
        (["inconclusive", "leaked"], "1 of 2 benchmarks leaked"),
    ],
    ids=" ".join,
)
def test_the_headline_is_the_gravest_verdict(make, verdicts, line):
    benchmarks = [make.benchmark(name=name, verdict=name) for name in verdicts]
    assert line in page_of(make.report(benchmarks)).text


def test_counts_stand_with_what_they_are_out_of(leaked):
    text = page_of(leaked).text
    assert "12 of 1,300 test items 0.92 %; about 0.021 expected by chance" in text
    assert "at most 0.92 of 100 points" in text
    assert "with a probability of under 0.001" in text
    assert "36 of 7,006 items of other splits" in text


def test_what_was_accepted_is_said_beside_the_verdict(make):
    benchmark = make.benchmark(accepted=3, verdict_with_accepted="leaked")
    assert (
        "3 findings accepted and not counted; with them the verdict would be LEAKED"
        in page_of(make.report([benchmark])).text
    )


def test_accepted_findings_are_not_among_those_by_file(make):
    findings = [make.finding(path="a.jsonl", accepted="baseline"), make.finding(path="b.jsonl")]
    text = page_of(make.report([make.benchmark()], findings)).text
    by_file = text.partition("Files that hold items")[2].partition("Coverage")[0]
    assert "b.jsonl" in by_file
    assert "a.jsonl" not in by_file


def test_coverage_names_all_that_was_not_read_or_tested(five_benchmarks, make):
    report = replace(
        five_benchmarks,
        canaries=(CanaryReport("riddles", "5e1f", "c.txt", 4, "text", 2),),
        stale=("allow: no such thing",),
        corpus=msgspec.structs.replace(
            five_benchmarks.corpus, index=IndexReport("corpus.lki", 4, 120, 7)
        ),
    )
    text = page_of(report).text.partition("Coverage Read")[2]
    for part in (
        "12.0 kB of 10.4 MB (0.12 %)",
        "2 places",
        "corpus/web.jsonl 17 not JSON: a brace is missing at character 40",
        "corpus/old.parquet all cannot be opened: Permission denied",
        "brackets test 105 of 250 42.0 %",
        "riddles c.txt 4 text 2",
        "allow: no such thing",
        "7 of 120 of these",
    ):
        assert part in text


def test_files_are_named_with_their_counts_and_sizes(leaked):
    report = replace(leaked, files=(FileReport("corpus/web.jsonl", 96_100, 300, None),))
    text = page_of(report).text.partition("Files that hold items")[2]
    assert "2 of 16 files hold test items" in text
    assert "corpus/web.jsonl 5 0 300 96.1 kB" in text


def test_settings_have_revisions_and_checksums(five_benchmarks):
    text = page_of(five_benchmarks).text.rpartition("Settings")[2]
    assert "leakcheck 1.2.3" in text
    assert "riddles 3101c7d5 00ff" in text


def test_what_needs_no_script_is_there_without(five_benchmarks):
    page = page_of(five_benchmarks)
    assert "noscript" in [tag for tag, _ in page.elements]
    assert "train 7,473 7,473 100 % under 0.001 7,473" in page.text


def test_each_picture_has_its_text(five_benchmarks):
    pictures = [attributes for tag, attributes in page_of(five_benchmarks).elements if tag == "svg"]
    assert pictures
    assert all(each["role"] == "img" and each["aria-label"] for each in pictures)


def test_is_the_same_each_time(five_benchmarks):
    assert html.render(five_benchmarks, Sheet()) == html.render(five_benchmarks, Sheet())


def test_renders_as_in_the_golden_file(make, matches_golden):
    splits = {
        "train": make.split("train", 30, matched=1, verbatim=1, with_answer=1),
        "test": make.split("test", 20, matched=2, near=1, rewritten=1, expected_by_chance=0.02),
    }
    findings = [
        make.finding("test/3", kind="near", score=0.9, changes=["reworded"]),
        make.finding("test/12", kind="rewritten", score=0.52, path="corpus/b.csv", row=9),
        make.finding("train/2"),
    ]
    leaked = make.benchmark(
        verdict="leaked",
        reason="test items are in the corpus: the score is not credible",
        max_inflation_points=10.0,
        splits=splits,
    )
    text = html.render(
        make.report([leaked, make.benchmark(name="facts")], findings),
        Sheet(item_texts={("riddles", "test/3"): {"question": QUESTION, "answer": "The fourth."}}),
    )
    text = re.sub("'sha256-[^']+'", "'sha256-'", text)
    text = re.sub("(?s)<style>.*?</style>", "<style></style>", text)
    text = re.sub('(?s)<script>"use strict".*?</script>', "<script></script>", text)
    matches_golden(text, "html_page.html")

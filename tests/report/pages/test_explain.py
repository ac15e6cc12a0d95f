"""A finding explained: what a person needs to decide whether it is a leak."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from leakcheck.detection.finding import Finding
from leakcheck.report import Sheet
from leakcheck.report.pages.explain import explain_page
from leakcheck.report.pages.explain_texts import CONTEXT_CHARACTERS
from leakcheck.run.surroundings import Surroundings
from leakcheck.verdict.records import IndexReport

ITEM = {
    "question": "Nine figs lie in each of 12 bowls. How many figs lie there?",
    "answer": "There are 9 * 12 = 108 figs.",
}
PASSAGE = "In each of 15 bowls lie nine figs, so how many are there"
EDITED = {
    "kind": "rewritten",
    "score": 0.81,
    "bits": 96.4,
    "p_value": 0.0004,
    "e_value": 0.02,
    "excerpt": PASSAGE,
    "start": 400,
    "end": 400 + len(PASSAGE),
    "matched": [0, 10, 14, 33, 38, 56],
    "changes": ["numbers", "reordered"],
}
AROUND = Surroundings(
    before="x" * 5 + " the riddle of the week, by our reader: ",
    passage=PASSAGE,
    after="? Send us a card." + " And so on." * 30,
)


def look(finding):
    return Surroundings(AROUND.before, finding.excerpt, AROUND.after[:CONTEXT_CHARACTERS])


def cannot_look(finding):
    return Surroundings(problem=f"{finding.path} is not there any more from this folder")


def explained(report, *findings, look=look, width=80, **sheet) -> str:
    records = [msgspec.convert(each, Finding) for each in findings]
    return explain_page(report, records, look, Sheet(width, **sheet))


@pytest.fixture
def edited(make):
    return make.finding(**EDITED)


@pytest.fixture
def report(make, leaked, edited):
    """The leaked report, with one finding."""
    settings = msgspec.structs.replace(leaked.settings, bench=["riddles"])
    return replace(leaked, settings=settings, findings=make.report(findings=[edited]).findings)


@pytest.mark.parametrize("width", [80, 120])
def test_looks_as_in_the_golden_files(report, edited, width, matches_golden):
    texts = {("riddles", "test/3"): ITEM}
    page = explained(report, edited, width=width, item_texts=texts)
    matches_golden(page, f"explained_{width}.txt")


def test_looks_as_in_the_golden_file_in_colour(report, edited, matches_golden):
    texts = {("riddles", "test/3"): ITEM}
    page = explained(report, edited, width=120, colour=True, item_texts=texts)
    matches_golden(page, "explained_in_colour.txt")


@pytest.mark.parametrize("width", [60, 80, 109, 110, 120])
def test_no_line_but_those_to_be_copied_is_wider_than_the_page(report, edited, width):
    page = explained(report, edited, width=width, item_texts={("riddles", "test/3"): ITEM})
    copied = ("fingerprint =", "leakcheck clean", "[[tool")
    assert [
        line
        for line in page.splitlines()
        if len(line) > width and not line.strip().startswith(copied)
    ] == []


def test_without_colour_marked_words_are_underlined(report, edited):
    lines = explained(report, edited).splitlines()
    place = next(n for n, line in enumerate(lines) if "| In each of 15 bowls" in line)
    passage, underline = lines[place : place + 2]
    marked = [passage[n] for n, mark in enumerate(underline.ljust(len(passage))) if mark == "~"]
    assert "".join(marked) == "In each ofbowls lie nine figshow many are there"


def test_wide_characters_are_underlined_over_their_width(report, make):
    finding = make.finding(**EDITED | {"excerpt": "水 figs", "matched": [0, 1], "changes": []})
    assert "| 水 figs\n                | ~~\n" in explained(report, finding)


def test_without_the_items_text_it_is_said_how_to_get_it(report, edited):
    page = explained(report, edited)
    assert "--item-texts DIR" in page
    assert "Other numbers." in page


def test_with_the_items_text_the_numbers_are_named(report, edited):
    page = explained(report, edited, item_texts={("riddles", "test/3"): ITEM})
    assert "12 in the item only; 15 in the passage only." in page.replace("\n" + 18 * " ", " ")


def test_what_was_not_read_again_is_said(report, edited):
    page = explained(report, edited, look=cannot_look)
    assert "not read again: corpus/web.jsonl is not there any more" in page
    assert "In each of 15 bowls" in page  # the run keeps the passage itself


def test_of_a_long_passage_it_is_said_how_much_is_kept(report, make):
    finding = make.finding(**EDITED | {"end": 400 + 1234})
    text = " ".join(explained(report, finding, look=cannot_look).split())
    assert f"the passage has 1,234 characters; the run keeps the first {len(PASSAGE)}" in text


def long_look(finding):
    return Surroundings("", PASSAGE + ". Nine figs, or more?", "")


def test_a_long_passage_is_shown_whole_where_it_could_be_read_again(report, make):
    finding = make.finding(**EDITED | {"end": 400 + len(PASSAGE) + 21})
    page = explained(report, finding, look=long_look, width=100)
    assert "are there. Nine figs, or more?\n" in page
    assert f"words are marked in the first {len(PASSAGE)} characters" in page


def test_with_the_items_text_all_of_a_long_passage_is_marked(report, make):
    finding = make.finding(**EDITED | {"end": 400 + len(PASSAGE) + 21})
    texts = {("riddles", "test/3"): ITEM}
    page = explained(report, finding, look=long_look, width=100, item_texts=texts)
    underline = page.partition("| In each of 15")[2].split("\n")[1]
    assert underline.rstrip().endswith("~~~~~~~~~")
    assert "words are marked in the first" not in page


def test_of_what_is_very_long_the_beginning_is_shown(report, make):
    def look(finding):
        return Surroundings("", PASSAGE + " and so on" * 10_000, "")

    finding = make.finding(**EDITED | {"end": 400 + len(PASSAGE) + 100_000})
    long_item = ITEM | {"context": "figs and bowls " * 10_000}
    page = explained(report, finding, look=look, item_texts={("riddles", "test/3"): long_item})
    assert len(page) < 15_000
    assert "(97,056" in page


def test_hostile_text_is_escaped(report, make):
    finding = make.finding(**EDITED | {"excerpt": "a\x1b[31mb\x07 [bold]c", "matched": [0, 6]})
    page = explained(report, finding)
    assert "\x1b" not in page
    assert r"a\x1b[31mb\x07 [bold]c" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Yes, as test leakage."),
        ({"kind": "variant"}, "No: other numbers make it another problem."),
        ({"shared": True}, "No: an item of the same text is in a split of another role too."),
        ({"accepted": "baseline"}, "No: set aside by the baseline."),
        ({"accepted": "allow: our own riddle"}, "No: set aside by an allow entry (our own riddle)"),
        ({"split": "train", "role": "train", "item": "train/3"}, "As overlap with the train split"),
        ({"e_value": 3.0}, "it counts only together with others"),
    ],
)
def test_it_is_said_whether_a_finding_counts(report, make, changes, told):
    assert told in explained(report, make.finding(**{**EDITED, **changes}), width=100)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "    leakcheck clean corpus/ --bench riddles -o clean/\n"),
        ({}, 'fingerprint = "00c0ffee00c0ffee"'),
        ({"kind": "variant"}, "Nothing: it is not counted."),
        ({"accepted": "baseline"}, "take its entry out"),
        ({"split": "train", "role": "train", "item": "train/3"}, "Declare the overlap"),
    ],
)
def test_it_is_said_what_to_do(report, make, changes, told):
    assert told in explained(report, make.finding(**{**EDITED, **changes}))


@pytest.mark.parametrize(
    ("settings", "command"),
    [
        ({"text_field": "body"}, "clean corpus/ --bench riddles --text-field body -o clean/"),
        ({"paths": ["my corpus"]}, "clean 'my corpus' --bench riddles -o clean/"),
        ({"paths": ["a", "b", "c", "d"]}, "clean CORPUS --bench riddles -o clean/"),
        ({"bench": ["gsm8k", "my.toml"]}, "clean corpus/ --bench gsm8k,my.toml -o clean/"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_the_command_to_clean_is_as_the_scan_was(report, edited, settings, command):
    changed = replace(report, settings=msgspec.structs.replace(report.settings, **settings))
    assert f"    leakcheck {command}\n" in explained(changed, edited)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": "verbatim", "changes": []}, "Nothing but dressing."),
        ({"kind": "near", "changes": []}, "Little: single words"),
        ({"basis": "fingerprints", "changes": []}, "Not known"),
        ({"changes": ["reworded", "shortened"]}, "Shorter by more than a fifth."),
    ],
)
def test_it_is_said_what_changed(report, make, changes, told):
    assert told in explained(report, make.finding(**{**EDITED, **changes}))


def test_a_finding_from_fingerprints_says_so(report, make):
    finding = make.finding(**EDITED | {"basis": "fingerprints", "excerpt": "", "matched": []})
    page = explained(report, finding, look=cannot_look)
    assert "Decided from the fingerprints of an index" in page
    assert "from token 400 on" in page
    assert "|" not in page


def test_an_index_is_not_what_is_to_be_cleaned(report, edited):
    corpus = msgspec.structs.replace(report.corpus, index=IndexReport("corpus.lki", 4, 9, 0))
    page = explained(replace(report, corpus=corpus), edited)
    assert "leakcheck clean CORPUS --bench riddles -o clean/" in page


def test_an_item_in_several_texts_is_explained_text_by_text(make, leaked):
    findings = [
        make.finding(fingerprint=f"{n // 2:016x}", row=n, path=f"{n % 3}.jsonl") for n in range(12)
    ]
    report = replace(leaked, findings=make.report(findings=findings).findings)
    page = explained(report, *findings)
    assert page.count("stands verbatim") == 4
    assert "and 2 more texts of test/3" in page
    assert "12 places in 3 files" in page


def test_of_very_many_places_some_are_named(make, leaked):
    findings = [make.finding(row=n) for n in range(3000)]
    report = replace(leaked, findings=make.report(findings=findings).findings)
    page = explained(report, *findings)
    assert page.count("stands verbatim") == 1
    assert "3,000 places in 1 file" in page
    assert "and 2,980 more" in page

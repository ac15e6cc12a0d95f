"""The page in headless Chromium: it shows, filters, opens, is safe, and needs no mouse.

Without Chromium, its driver and selenium these are skipped, unless LEAKCHECK_BROWSER_TESTS is
`required`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from leakcheck.report import Sheet
from leakcheck.report.formats import html

from .browser import CONTRASTS, FILTERED, PageInBrowser, has_browser, start_browser

EVIL = '</script><img src=x onerror="window.ran=1"><script>window.ran=1</script>\u202eevil\x07'
"""It would leave a mark, and turn the text behind it round."""
MOST_LOADING_SECONDS, MOST_FILTERING_SECONDS = 10.0, 1.0
"""Of a processor, for 50,000 findings; one of a server takes 0.4 s and 0.03 s."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator:
    if not has_browser():
        missing = "chromium, chromedriver or the package selenium is not there"
        if os.environ.get("LEAKCHECK_BROWSER_TESTS") == "required":
            pytest.fail(missing)
        pytest.skip(missing)
    browser = start_browser(tmp_path_factory.mktemp("chromium"))
    try:
        yield browser
    finally:
        browser.quit()


@pytest.fixture
def opened(browser, tmp_path) -> Callable:
    """Open a report in the browser; the page offers what the tests ask for."""

    def open_report(report, **sheet) -> PageInBrowser:
        path = tmp_path / "report.html"
        path.write_bytes(html.render(report, Sheet(**sheet)).encode("utf-8"))
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
        browser.get_log("browser")
        browser.get_log("performance")
        return PageInBrowser(browser, path.as_uri())

    return open_report


@pytest.fixture(scope="module")
def report(make):
    """Every group of items, and several passages and places of one."""
    leaked = make.benchmark(
        verdict="leaked",
        reason="test items are in the corpus: the score is not credible",
        splits={
            "train": make.split("train", 90, matched=2, verbatim=2),
            "test": make.split("test", 40, matched=3, verbatim=1, near=1, rewritten=1, variant=1),
        },
    )
    findings = [
        *[make.finding("test/9", path=f"corpus/part-{n % 3}.jsonl", row=n) for n in range(30)],
        make.finding("test/9", kind="near", excerpt="Which gate opens at dusk?", matched=[0, 5]),
        make.finding("test/10", kind="near", bits=150.0, score=0.8, p_value=0.004),
        make.finding(
            "test/2",
            kind="rewritten",
            bits=90.0,
            score=0.55,
            p_value=0.02,
            changes=["numbers", "reworded"],
            excerpt="😀 The keeper opens 9 doors.",
            matched=[6, 12],
        ),
        make.finding("test/4", kind="variant"),
        make.finding("test/5", accepted="allow: our own example"),
        make.finding("train/1"),
        make.finding("train/2", path="corpus/train.csv"),
        make.finding("train/1", bench="evil", path=EVIL, source=EVIL, excerpt=EVIL),
    ]
    return make.report(
        [leaked, make.benchmark(name="evil"), make.benchmark(name="quiet")], findings
    )


TEXTS = {
    ("riddles", "test/2"): {"question": "The keeper opens 8 doors.", "answer": "Eight."},
    ("evil", "train/1"): {"question": EVIL},
}


@pytest.fixture
def page(opened, report) -> PageInBrowser:
    return opened(report, item_texts=TEXTS)


# What must not happen


def test_nothing_is_complained_of_and_nothing_is_asked_of_the_network(page):
    for toggle in page.all(".toggle"):
        toggle.click()
    assert page.complaints() == []
    addresses = page.addresses()
    assert addresses[0].startswith("file://")
    assert {address.partition(":")[0] for address in addresses} <= {"file", "data"}
    assert sum(address.startswith("file:") for address in addresses) == 1


def test_a_script_that_gets_in_is_not_run(page):
    page.run(
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1';"
        "document.body.append(script)"
    )
    assert page.run("return window.ran") is None
    assert any("Content Security Policy" in each for each in page.complaints())


def test_texts_of_others_are_shown_and_never_run(page):
    page.choose("bench", "evil")
    page.all(".items[data-benchmark='1'] .toggle")[0].click()
    passages = page.seen(".detail .passage")
    shown = EVIL.replace("\u202e", "U+202E").replace("\x07", "U+0007")
    assert passages == [shown, shown]
    assert shown in page.seen(".detail .path")
    assert page.run("return window.ran") is None
    assert page.all("img") == []
    assert page.complaints() == []


# What it shows


def test_verdicts_come_first_and_are_seen_at_once(page):
    assert page.run("return document.querySelector('.badge').getBoundingClientRect().bottom") < 400
    assert page.seen(".card .badge") == ["LEAKED", "CLEAN", "CLEAN"]


def test_leakage_and_overlap_stand_in_sections_of_their_own(page):
    assert page.rows("leakage") == ["test/9", "test/10", "test/2"]
    assert page.rows("overlap") == ["train/1", "train/2", "train/1"]
    assert page.rows("beside") == ["test/4"]
    assert page.rows("accepted") == ["test/5"]
    colours = page.run(
        "return ['leakage', 'overlap'].map(name => "
        "getComputedStyle(document.querySelector('.group.' + name)).borderLeftColor)"
    )
    assert colours[0] != colours[1]


def test_an_item_opens_to_its_evidence(page):
    page.choose("kind", "rewritten")
    toggle = page.all('.items[data-group="leakage"] .toggle')[0]
    toggle.click()
    assert toggle.get_attribute("aria-expanded") == "true"
    detail = page.seen(f"#{toggle.get_attribute('aria-controls')}")[0]
    changes = "other numbers; words missing, or others in their place"
    for part in ("in other words", changes, "0.55", "90.0", "0.02", "Eight."):
        assert part in detail
    sides = page.all(".pair > section")
    marks = [
        [mark.text for mark in side.find_elements("css selector", ".passage mark")]
        for side in sides
    ]
    assert marks == [["keeper", "9"], ["The keeper opens", "8", "doors"]]
    toggle.click()
    assert page.seen(".detail") == []
    assert toggle.get_attribute("aria-expanded") == "false"


def test_every_place_of_every_passage_is_listed(page):
    page.all('.items[data-group="leakage"] .toggle')[0].click()
    assert page.seen(".evidence > h5") == ["Passage 1 of 2", "Passage 2 of 2"]
    assert len(page.seen(".places tbody tr")) == 20 + 1
    next(each for each in page.all(".detail .more") if "30 places" in each.text).click()
    rows = page.run(
        "return Array.from(document.querySelector('.places tbody').rows, "
        "row => [row.cells[0].textContent, row.cells[1].textContent])"
    )
    assert rows == [[f"corpus/part-{n % 3}.jsonl", str(n)] for n in range(30)]


def test_what_was_found_by_fingerprints_says_so(opened, make):
    finding = make.finding(basis="fingerprints", excerpt="", matched=[], fingerprint="")
    page = opened(make.report([make.benchmark()], [finding]))
    page.all(".toggle")[0].click()
    detail = page.seen(".detail")[0]
    assert "the text could not be read again" in detail
    assert "Tokens" in detail


def test_without_scripts_all_but_the_items_is_there(browser, opened, report):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = opened(report)
        text = page.seen("body")[0]
        for part in ("need JavaScript", "3 of 40 test items", "corpus/train.csv", "3101c7d5"):
            assert part in text
        assert page.seen("#filters") == []
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


# Finding one's way


@pytest.mark.parametrize(
    ("name", "label", "names"),
    [
        ("kind", "near", ["test/9", "test/10"]),
        ("split", "train", ["train/1", "train/2", "train/1"]),
        ("file", "corpus/train.csv", ["train/2"]),
        ("group", "accepted", ["test/5"]),
        ("bench", "evil", ["train/1"]),
    ],
)
def test_a_filter_leaves_what_fits(page, name, label, names):
    page.choose(name, label)
    assert page.rows() == names
    assert page.count == f"{len(names)} of 8 items with evidence"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("nothing like it", []),
        ("GATE dusk", ["test/9"]),
        ("part-2", ["test/9"]),
        ("eight.", ["test/2"]),
        ("our own", ["test/5"]),
    ],
)
def test_a_search_finds_words_paths_texts_and_reasons(page, words, names):
    page.field("text").send_keys(words)
    page.wait_for(lambda: page.rows() == names)
    assert page.count.startswith(f"{len(names)} of 8 items")


def test_filters_add_up_and_are_cleared_together(page):
    page.choose("split", "test")
    page.choose("kind", "near")
    page.field("text").send_keys("gate")
    page.wait_for(lambda: page.rows() == ["test/9"])
    page.all("#filters [type=reset]")[0].click()
    page.wait_for(lambda: len(page.rows()) == 8)


def test_a_file_leads_to_its_items(page):
    next(each for each in page.all(".of-file") if "train.csv" in each.accessible_name).click()
    page.wait_for(lambda: page.rows() == ["train/2"])


@pytest.mark.parametrize(
    ("column", "first", "second"),
    [
        ("Item", ["test/2", "test/9", "test/10"], ["test/10", "test/9", "test/2"]),
        ("Score", ["test/9", "test/10", "test/2"], ["test/2", "test/10", "test/9"]),
        ("Bits", ["test/9", "test/10", "test/2"], ["test/2", "test/10", "test/9"]),
        ("p-value", ["test/9", "test/10", "test/2"], ["test/2", "test/10", "test/9"]),
        ("Places", ["test/9", "test/10", "test/2"], ["test/10", "test/2", "test/9"]),
        ("Kind", ["test/2", "test/10", "test/9"], ["test/9", "test/10", "test/2"]),
    ],
)
def test_a_head_sorts_its_table(page, column, first, second):
    heads = page.all('.items[data-group="leakage"] thead th')
    head = next(each for each in heads if each.text.startswith(column))
    button = head.find_element("css selector", "button")
    states = []
    for names in (first, second):
        button.click()
        assert page.rows("leakage") == names
        states.append(head.get_attribute("aria-sort"))
    assert set(states) == {"ascending", "descending"}


# Without a mouse


def test_the_keyboard_alone_filters_opens_and_closes(page):
    from selenium.webdriver import Keys

    page.press(Keys.TAB)
    assert page.focused.text == "Skip to the verdicts"
    for _ in range(40):
        page.press(Keys.TAB)
        if page.focused.get_attribute("name") == "text":
            break
    page.press("keeper doors")
    page.wait_for(lambda: page.rows() == ["test/2"])
    for _ in range(20):
        page.press(Keys.TAB)
        if page.focused.text == "test/2":
            break
    for key in (Keys.ENTER, Keys.SPACE):
        page.press(key)
        assert len(page.seen(".detail")) == 1
        page.press(key)
        assert page.seen(".detail") == []


def test_whatever_has_the_focus_shows_it(page):
    from selenium.webdriver import Keys

    page.press(Keys.TAB)
    for _ in range(12):
        page.press(Keys.TAB)
        style = page.run("return getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid", page.focused.get_attribute("outerHTML")


def test_each_control_has_a_name(page):
    page.all(".toggle")[0].click()
    controls = page.all("button, input, select, a")
    assert len(controls) > 20
    assert [
        each.tag_name for each in controls if each.is_displayed() and not each.accessible_name
    ] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_can_be_read(page, theme):
    features = [{"name": "prefers-color-scheme", "value": theme}]
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    for toggle in page.all(".toggle"):
        toggle.click()
    measured = page.run(CONTRASTS)
    assert len(measured) > 100
    assert [each for each in measured if each[0] < 4.5] == []
    is_dark = (
        page.run("return getComputedStyle(document.body).backgroundColor") == "rgb(15, 18, 22)"
    )
    assert is_dark == (theme == "dark")


@pytest.mark.parametrize("width", [360, 800])
def test_a_narrow_screen_needs_no_scrolling_sideways(page, width):
    for toggle in page.all(".toggle"):
        toggle.click()
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        assert page.run("return document.documentElement.scrollWidth") <= width
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


# Many


@pytest.fixture(scope="module")
def many(make) -> SimpleNamespace:
    """Make 50,000 findings of as many items, in 200 files."""
    words = [
        "tram",
        "ferry",
        "lantern",
        "orchard",
        "violin",
        "barge",
        "kettle",
        "glacier",
        "mosaic",
        "saddle",
    ]
    findings = [
        make.finding(
            f"test/{n}",
            path=f"corpus/part-{n % 200:03}.jsonl",
            row=n,
            bits=float(n % 997),
            excerpt=" ".join(words[(n // 10**k) % 10] for k in range(5)) + f" {n} " + "words " * 40,
        )
        for n in range(50_000)
    ]
    test = make.split("test", 60_000, matched=50_000, verbatim=50_000)
    return make.report([make.benchmark(verdict="leaked", splits={"test": test})], findings)


def holding(report, *words: str) -> str:
    """Return how many findings have all of these words, as the page writes it."""
    columns = (report.findings[name].to_pylist() for name in ("item", "path", "excerpt"))
    texts = map(" ".join, zip(*columns, strict=True))
    return f"{sum(all(word in text for word in words) for text in texts):,}"


def test_fifty_thousand_findings_load_and_filter_in_time(opened, many):
    page = opened(many)
    assert 0 < page.busy_seconds() < MOST_LOADING_SECONDS
    assert len(page.rows()) == 25
    for name, value, count in (
        ("text", "kettle violin", holding(many, "kettle", "violin")),
        ("text", "lantern 4321", holding(many, "lantern", "4321")),
        ("file", "corpus/part-007.jsonl", "250"),
    ):
        page.all("#filters [type=reset]")[0].click()
        page.wait_for(lambda: page.count.startswith("50,000 of"))
        before = page.busy_seconds()
        page.run(FILTERED, name, value)
        assert page.busy_seconds() - before < MOST_FILTERING_SECONDS
        assert page.count == f"{count} of 50,000 items with evidence"


def test_more_of_many_come_when_asked_for(opened, many):
    from selenium.webdriver import Keys

    page = opened(many)
    more = page.all(".more")[0]
    assert more.text == "Show 200 more of 50,000 items"
    more.send_keys(Keys.ENTER)
    assert page.run("return document.querySelectorAll('.toggle').length") == 225
    assert page.run("return document.activeElement === document.querySelectorAll('.toggle')[25]")

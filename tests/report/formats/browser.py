"""Headless Chromium with a page in it, as a reader meets it."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

__all__ = ["CONTRASTS", "FILTERED", "PageInBrowser", "has_browser", "start_browser"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
)

CONTRASTS = """
const rgb = (text) => text.match(/[0-9.]+/g).map(Number);
const part = (x) => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
function surface(element) {
  for (; element; element = element.parentElement) {
    const colour = rgb(getComputedStyle(element).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
}
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const measured = [];
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
  if (element.closest("svg, option, .unseen")) continue;
  const [low, high] = [rgb(getComputedStyle(element).color), surface(element)]
    .map(luminance).sort((a, b) => a - b);
  measured.push([(high + 0.05) / (low + 0.05), element.outerHTML.slice(0, 80)]);
}
return measured;
"""
"""Measures the contrast of each text with what is behind it."""

FILTERED = """
const [name, value] = arguments;
const field = document.getElementsByName(name)[0];
const option = Array.from(field.options || []).find((each) => each.text === value);
field.value = option ? option.value : value;
field.dispatchEvent(new Event("change", { bubbles: true }));
"""
"""Sets a filter, which is obeyed when this returns."""


def has_browser() -> bool:
    return bool(CHROMIUM and DRIVER and find_spec("selenium"))


def start_browser(folder: Path):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(executable_path=DRIVER))


class PageInBrowser:
    """A page as a reader meets it."""

    def __init__(self, browser, address: str) -> None:
        self.browser = browser
        browser.execute_cdp_cmd("Performance.disable", {})
        browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        browser.get(address)

    def busy_seconds(self) -> float:
        """Return how long the page has had the processor; waiting for it is not counted."""
        metrics = self.browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return next(each["value"] for each in metrics if each["name"] == "TaskDuration")

    def run(self, script: str, *arguments):
        return self.browser.execute_script(script, *arguments)

    def all(self, selector: str) -> list:
        return list(self.browser.find_elements("css selector", selector))

    def seen(self, selector: str) -> list[str]:
        """Return the texts that are to be seen of these elements."""
        return self.run(
            "return Array.from(document.querySelectorAll(arguments[0]))"
            ".filter((each) => each.checkVisibility()).map((each) => each.innerText.trim())",
            selector,
        )

    def rows(self, group: str = "") -> list[str]:
        """Return the names of the items whose rows are shown."""
        room = f'.items[data-group="{group}"]' if group else ".items"
        return self.seen(f"{room} .toggle")

    def field(self, name: str):
        return self.browser.find_element("name", name)

    def choose(self, name: str, label: str) -> None:
        from selenium.webdriver.support.select import Select

        Select(self.field(name)).select_by_visible_text(label)

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.browser).send_keys(*keys).perform()

    def wait_for(self, holds: Callable[[], bool], seconds: float = 120.0) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it did not come about"
            time.sleep(0.02)

    @property
    def count(self) -> str:
        return self.field("count").text

    @property
    def focused(self):
        return self.browser.switch_to.active_element

    def complaints(self) -> list[str]:
        """Return what the console has; breaches of the page's policy are there too."""
        return [entry["message"] for entry in self.browser.get_log("browser")]

    def addresses(self) -> list[str]:
        """Return all that was asked for since the page was opened."""
        told = "".join(entry["message"] for entry in self.browser.get_log("performance"))
        return re.findall(r'"Network.requestWillBeSent".*?"url":"([^"]*)"', told)

"""The rules of the SARIF report: what each result means, and when it errs.

A rule says no more than a finding knows. Whether a question was found without its answer is not
among that: a finding names the fields that are there, and not those the item has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from leakcheck.detection.finding import Finding

__all__ = ["RULES", "Level", "Rule", "rule_of"]

Level = Literal["error", "warning", "note"]


class Rule(NamedTuple):
    """A kind of result."""

    id: str
    name: str
    level: Level
    precision: str
    """As code scanning grades it: `very-high`, `high`, `medium` or `low`."""
    short: str
    full: str
    errs: str
    """When it is wrong, and what to do."""

    def told(self) -> dict[str, Any]:
        """Return the rule as SARIF has it."""
        markdown = f"{self.full}\n\n**When it errs.** {self.errs}"
        return {
            "id": self.id,
            "name": self.name,
            "shortDescription": {"text": self.short},
            "fullDescription": {"text": self.full},
            "help": {"text": f"{self.full}\n\nWhen it errs: {self.errs}", "markdown": markdown},
            "defaultConfiguration": {"level": self.level},
            "properties": {
                "tags": ["benchmark-contamination", self.name],
                "precision": self.precision,
                "problem.severity": "recommendation" if self.level == "note" else self.level,
            },
        }


RULES = (
    Rule(
        "LC001",
        "test-leak-exact",
        "error",
        "very-high",
        "A test item of a benchmark, verbatim",
        "The record holds an item of a benchmark's test split, up to dressing: at least 0.95 of "
        "its words in order, all numbers the same. Take the record out before training, or do not "
        "report this benchmark.",
        "An item that is itself a well-known text (a proverb, a definition) is found wherever that "
        "text is quoted. Look at it, and accept it with a reason if the source is not the "
        "benchmark.",
    ),
    Rule(
        "LC002",
        "test-leak-near",
        "error",
        "high",
        "A test item of a benchmark, edited or in other words",
        "The record holds an item of a benchmark's test split, lightly edited (near) or in other "
        "words with its numbers (rewritten). Take the record out before training, or do not "
        "report this benchmark.",
        "Look-alikes happen: a text on the same matter may share words and numbers. Where chance "
        "gives as many as were found, the level is warning. Translations are not seen at all.",
    ),
    Rule(
        "LC101",
        "train-split-overlap",
        "note",
        "high",
        "An item of a benchmark's train, dev or few-shot split",
        "The record holds an item of a split that may be trained on. Scores on the test split stay "
        "credible, and must be declared as in-distribution.",
        "A split called train is not always one: check that it is not what you report on.",
    ),
    Rule(
        "LC301",
        "variant",
        "note",
        "medium",
        "A benchmark's item with other numbers",
        "The record holds the words of an item with other numbers: another problem made from it. "
        "It counts for no verdict.",
        "Short items of common wording have variants that were never made from them.",
    ),
    Rule(
        "LC302",
        "shared-item",
        "note",
        "medium",
        "A test item that is in another split too",
        "The record holds a test item whose twin, with the same words and symbols, is in a split "
        "that may be trained on. It counts for no verdict: the benchmark itself repeats it.",
        "Where the record comes from cannot be told: it may be a copy of the test split after all.",
    ),
)
"""In the order of what is worst."""


def rule_of(finding: Finding) -> int:
    """Return the rule of a finding, by its place among `RULES`."""
    match finding.standing:
        case "leak":
            return 0 if finding.kind == "verbatim" else 1
        case "overlap":
            return 2
        case "variant":
            return 3
        case "shared":
            return 4

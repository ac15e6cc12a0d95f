"""Programming languages: what their words tell, and when nothing is said."""

from __future__ import annotations

import numpy as np
import pytest

from leakcheck.detection.languages import FEWEST_WORDS, language_of
from leakcheck.text.tokens import tokenise


def told(text: str, fewest: int = FEWEST_WORDS) -> str | None:
    return language_of((tokenise(text).hashes & np.uint32(0xFFFF)).tolist(), fewest)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("The ferry left the harbour at noon.", id="prose"),
        pytest.param("Let me print the public range of it.", id="words-of-several"),
        pytest.param("Is it public, and is it static?", id="two-words"),
        pytest.param("SELECT name FROM boats WHERE tonnage > 40;", id="none-of-these"),
    ],
)
def test_says_nothing_of(text):
    assert told(text) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "python",
            "def tons(crates):\n    return sum(crates[n] for n in range(len(crates)))\nprint(1)",
        ),
        ("java", "public static void main(String[] args) { System.out.println(tons); }"),
        ("c++", "#include <iostream>\nusing namespace std;\nint main() { cout << tons << endl; }"),
        ("c", '#include <stdio.h>\nint main() { printf("%d", tons); }'),
        (
            "javascript",
            "const tons = function (x) { return x; };\nlet y = 3;\nconsole.log(tons(y));",
        ),
        ("go", 'package main\nfunc tons() int { fmt.Println("x") }'),
        ("rust", 'fn tons(x: usize) { let mut n = 0; println!("{}", n); }'),
    ],
)
def test_tells(language, text):
    assert told(text) == language


def test_fewer_words_do_for_what_is_known_to_be_code():
    text = "def tons(crates): return len(crates)"
    assert told(text) is None
    assert told(text, fewest=2) == "python"

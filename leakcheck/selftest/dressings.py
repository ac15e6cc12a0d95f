r"""Dressings: an item as other ways of writing it down leave it.

The words are the same; what stands around and between them is not.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping

from leakcheck.benchmark.card import Field

__all__ = ["answered", "as_chat", "as_html", "as_markdown", "asked", "whole"]

Fields = Mapping[Field, str]

_LONG_WORD = re.compile(r"(?<![\\A-Za-z<&])[A-Za-z]{6,}\b")


def whole(fields: Fields) -> str:
    r"""Write all that an item says but its context, one field below the other.

    >>> whole({"question": "2 + 2?", "context": "A sum.", "answer": "4"})
    '2 + 2?\n4'
    """
    return "\n".join(filter(None, (asked(fields), answered(fields))))


def asked(fields: Fields) -> str:
    """Write the question with its choices."""
    return "\n".join(filter(None, (fields["question"], fields.get("choices", ""))))


def answered(fields: Fields) -> str:
    """Write the answer and the code, if there are any."""
    return "\n".join(filter(None, (fields.get("answer", ""), fields.get("code", ""))))


def as_chat(fields: Fields) -> str:
    r"""Write an item as the JSON of a chat, all but ASCII escaped, as logs hold it in a string.

    >>> as_chat({"question": "How “hot”?"})
    '{"messages": [{"role": "user", "content": "How \\u201chot\\u201d?"}]}'
    """
    turns = [{"role": "user", "content": asked(fields)}]
    if answered(fields):
        turns.append({"role": "assistant", "content": answered(fields)})
    return json.dumps({"messages": turns})


def as_html(fields: Fields) -> str:
    """Write an item as a stretch of HTML: entities, a word of each line in bold, breaks as tags.

    >>> as_html({"question": "Is 1 < 2 a relation?"})
    '<div class="entry"><p>Is 1 &lt; 2 a <b>relation</b>?</p></div>'
    """
    lines = [
        _LONG_WORD.sub(r"<b>\g<0></b>", html.escape(line), count=1)
        for line in whole(fields).split("\n")
    ]
    return f'<div class="entry"><p>{"<br/>".join(lines)}</p></div>'


def as_markdown(fields: Fields) -> str:
    """Write an item as a quotation in Markdown, a word of each line in bold.

    >>> as_markdown({"question": "Which number?"})
    '> Which **number**?'
    """
    lines = whole(fields).split("\n")
    return "\n".join("> " + _LONG_WORD.sub(r"**\g<0>**", line, count=1) for line in lines)

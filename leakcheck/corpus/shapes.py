"""From a record to its passages: every string in it, with its place.

No shape of record has to be known for that: `text`, Alpaca's `instruction`, `input` and `output`,
OpenAI's `messages` and ShareGPT's `conversations`, prompts with completions and questions with
answers are all walked alike. Known names serve only to leave out what is surely not text, because
a text left out may be a leak missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

__all__ = ["TEXT_FIELDS", "append_field", "append_passages", "metadata_characters", "passages_of"]

_TEXT_FIELDS = """
    answer answers article body choices code completion content context conversation conversations
    description document explanation input inputs instruction messages options output outputs
    passage prompt question rationale reasoning reference response sentence solution source summary
    target targets text title
"""
TEXT_FIELDS = frozenset(_TEXT_FIELDS.split())
"""Names under which corpora keep text, in lower case; they tell the header of a csv file."""

_LONG = 200
_WORD = 30
_METADATA_CHARACTERS = {
    **dict.fromkeys(("id", "uuid", "guid", "_id", "doc_id", "task_id", "unique_id", "qid"), _LONG),
    **dict.fromkeys(("url", "uri", "hash", "sha1", "sha256", "md5", "license", "licence"), _LONG),
    **dict.fromkeys(("timestamp", "date", "created", "created_at", "updated_at"), _LONG),
    # Words that elsewhere name texts: the two sides of a translation, a kind described at length.
    **dict.fromkeys(("role", "from", "type", "lang", "language", "split"), _WORD),
}


@lru_cache(maxsize=4096)
def metadata_characters(key: str) -> int:
    """Tell up to how many characters a value under this key is metadata; 0 if it is text.

    >>> metadata_characters("URL"), metadata_characters("role"), metadata_characters("text")
    (200, 30, 0)
    """
    return _METADATA_CHARACTERS.get(key.lower(), 0)


def passages_of(record: object, text_field: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the (source, text) of every passage in a record, in the record's own order.

    `text_field` takes one field only: a name, or a dotted path as `data.text` or
    `messages[].content`. A record that is itself a string has the source "".

    >>> list(passages_of({"id": "7", "messages": [{"role": "user", "content": "Why is it so?"}]}))
    [('messages[0].content', 'Why is it so?')]
    """
    sources: list[str] = []
    texts: list[str] = []
    if text_field is None:
        append_passages(record, "", sources, texts)
    else:
        append_field(record, text_field, sources, texts)
    return zip(sources, texts, strict=True)


def append_passages(value: object, place: str, sources: list[str], texts: list[str]) -> None:
    """Append the passages of a value to two lists; `passages_of` for the reading loop.

    The commonest record is a flat dict of strings, and this loop is most of what it costs.
    """
    kind = type(value)
    if kind is dict:
        prefix = f"{place}." if place else ""
        for key, field in value.items():  # type: ignore[attr-defined]
            if type(field) is str:
                if len(field) > metadata_characters(key) and not field.isspace():
                    sources.append(prefix + key)
                    texts.append(field)
            elif type(field) in _NESTED:
                append_passages(field, prefix + key, sources, texts)
    elif kind is list or kind is tuple:
        for position, element in enumerate(value):  # type: ignore[arg-type,var-annotated]
            if type(element) is str or type(element) in _NESTED:
                append_passages(element, f"{place}[{position}]", sources, texts)
    elif kind is str and value and not value.isspace():  # type: ignore[attr-defined]
        sources.append(place)
        texts.append(value)  # type: ignore[arg-type]


_NESTED = frozenset({dict, list, tuple})


def append_field(record: object, field: str, sources: list[str], texts: list[str]) -> None:
    """Append the passages of one field of a record to two lists."""
    if type(record) is dict and field in record:
        append_passages(record[field], field, sources, texts)  # a name may hold dots itself
        return
    for place, value in _values_at(record, "", field.replace("[]", "").split(".")):
        append_passages(value, place, sources, texts)


def _values_at(value: object, place: str, steps: list[str]) -> Iterator[tuple[str, object]]:
    """Follow the steps of a dotted path down a record, through every element of a list."""
    if not steps:
        yield place, value
    elif type(value) is dict:
        if steps[0] in value:
            below = f"{place}.{steps[0]}" if place else steps[0]
            yield from _values_at(value[steps[0]], below, steps[1:])
    elif type(value) is list:
        for position, element in enumerate(value):
            yield from _values_at(element, f"{place}[{position}]", steps)

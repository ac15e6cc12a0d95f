"""Values: from a row of the publisher's files to the texts of an item's fields.

A key is the name of a field, or a path: `question.stem`, `question.choices[].text` (of each),
`turns[0]` (of the first), `answer?` (if it is there). A column is a number. What a key leads to
may be a text, a number, or a list of them; each is a piece of the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from leakcheck.benchmark.card import Field, Layout
from leakcheck.benchmark.formats.row import Record

__all__ = ["fields_of", "value_of"]

_STEP = re.compile(r"\[\d*\]|[^.\[\]]+")


def fields_of(record: Record, layout: Layout) -> dict[Field, str]:
    r"""Return the text of each field of an item, its pieces joined by line breaks.

    Raises:
        KeyError: a field is not there.
        ValueError: what was to be taken of the question is not there.

    >>> layout = Layout({"question": ["q"], "choices": ["of[].text"]})
    >>> fields_of({"q": "Who?", "of": [{"text": "you"}, {"text": "me"}]}, layout)
    {'question': 'Who?', 'choices': 'you\nme'}
    """
    pieces = {field: _pieces(record, field, layout) for field in layout.fields}
    if layout.labels and "answer" in pieces:
        named = dict(zip(layout.labels, pieces.get("choices", ()), strict=False))
        pieces["answer"] = [named.get(piece.strip(), piece) for piece in pieces["answer"]]
    if not any(piece.strip() for piece in pieces["question"]) and "question" in layout.take:
        raise ValueError("nothing in it is what `take` says the question is")
    return {field: "\n".join(texts) for field, texts in pieces.items()}


def _pieces(record: Record, field: Field, layout: Layout) -> list[str]:
    texts = [text for key in layout.fields[field] for text in _texts(value_of(record, key))]
    if field in layout.take:
        texts = [taken for text in texts for taken in _taken(layout.take[field], text)]
    if field in layout.drop:
        texts = [re.sub(layout.drop[field], " ", text).strip() for text in texts]
    return texts


def _taken(pattern: str, text: str) -> Iterator[str]:
    for match in re.finditer(pattern, text):
        yield match[1] if match.re.groups else match[0]


def value_of(record: Record, key: str | int) -> object:
    """Return what a key leads to; a name is tried as it stands before it is taken for a path.

    Raises:
        KeyError: it leads nowhere.
    """
    if isinstance(key, int):
        if isinstance(record, Mapping) or key >= len(record):
            raise KeyError(key)
        return record[key]
    if not isinstance(record, Mapping):
        raise KeyError(key)
    if key in record:
        return record[key]
    return _walk(record, _STEP.findall(key.removesuffix("?")), key)


def _walk(value: object, steps: Sequence[str], key: str) -> object:
    for place, step in enumerate(steps):
        if step == "[]" and isinstance(value, list):
            return [_walk(each, steps[place + 1 :], key) for each in value]
        try:
            value = _step_into(value, step)
        except LookupError:
            if key.endswith("?"):
                return None
            raise KeyError(key) from None
    return value


def _step_into(value: object, step: str) -> object:
    if isinstance(value, list) and step.startswith("[") and step != "[]":
        return value[int(step[1:-1])]
    if isinstance(value, Mapping):
        return value[step]
    raise KeyError(step)


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, float) and value.is_integer():  # 39.0 in a file is 39 to people
        return [str(int(value))]
    return [str(value)]

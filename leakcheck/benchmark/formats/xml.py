"""XML: `rows` is a path to the elements, as `.//Problem`.

The fields of an element are its children and its attributes, by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree

from leakcheck.benchmark.formats.row import Row

__all__ = ["read"]


def read(file: BinaryIO, rows: str) -> Iterator[Row]:
    """Yield the elements that the path leads to, or all children of the root without one."""
    try:
        root = ElementTree.parse(file).getroot()
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    for element in root.iterfind(rows or "*"):
        yield Row(element.attrib | {each.tag: "".join(each.itertext()) for each in element})

"""Results files as harnesses write them, of the documents of our own demo benchmark."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from leakcheck.impact.hashes import doc_hash

DEMO = Path(__file__).parents[2] / "examples" / "demo_benchmark"
DATE = "2026-01-02T03-04-05.678901"


@pytest.fixture(scope="session")
def rows() -> list[dict[str, str]]:
    """The test rows of the demo benchmark."""
    lines = (DEMO / "test.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def sample() -> Callable[..., dict[str, Any]]:
    """Make a line of samples."""

    def make(doc_id: int, score: object, doc: Mapping[str, Any] | None = None, **changes) -> dict:
        doc = {"question": f"Invented question {doc_id}?"} if doc is None else doc
        line = {
            "doc_id": doc_id,
            "doc": doc,
            "target": "1",
            "arguments": {"gen_args_0": {"arg_0": "Q"}},
            "resps": [["1"]],
            "filtered_resps": ["1"],
            "filter": "none",
            "metrics": ["exact_match"],
            "doc_hash": doc_hash(doc),
            "exact_match": score,
        }
        return {**line, **changes}

    return make


@pytest.fixture
def write_samples(tmp_path) -> Callable[..., Path]:
    """Write lines of samples where the harness writes them."""

    def write(lines: Sequence[Any], *, model: str = "org__tiny", task: str = "demo") -> Path:
        path = tmp_path / model / f"samples_{task}_{DATE}.jsonl"
        path.parent.mkdir(exist_ok=True)
        told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path.write_text("\n".join(told) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def write_eval(tmp_path) -> Callable[..., Path]:
    """Write a `.eval` file of these members, compressed in one of zip's ways or with zstd."""

    def write(members: Mapping[str, Any], compression: int = zipfile.ZIP_DEFLATED) -> Path:
        path = tmp_path / "log.eval"
        module = zipfile
        if compression not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            module = pytest.importorskip("backports.zstd.zipfile")
        with module.ZipFile(path, "w", compression) as file:
            for name, content in members.items():
                file.writestr(name, json.dumps(content))
        return path

    return write

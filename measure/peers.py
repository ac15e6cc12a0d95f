"""The peers that are measured beside leakcheck: what is installed of each, and how it is run."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from child_files import write_rows
from peer_documents import Kind, benchmark_rows
from rows_found import by_row, names, scanner

from leakcheck import Finding

__all__ = ["PEERS", "Column", "Peer", "Setting", "run_leakcheck", "run_peer"]

_HERE = Path(__file__).parent
_VERSIONS = (
    "import platform, sys, importlib.metadata as m; "
    "print(m.version(sys.argv[1]), platform.python_version())"
)

Found = Mapping[int, Sequence[str]]
"""By document that was flagged, the items that are named."""


class Setting(NamedTuple):
    """A way to run a peer."""

    name: str
    argument: str
    """What the child is told."""
    told: str
    """What it comes to, and who recommends it."""


class Peer(NamedTuple):
    """A tool that looks for benchmarks in corpora."""

    name: str
    package: str
    requirements: tuple[str, ...]
    python: str
    child: str
    settings: tuple[Setting, ...]
    knows_splits: bool = False
    """Whether what it finds has a split: then it is given the train items, too."""
    names_items: bool = True
    every: int = 1
    """A slow peer is given every so many documents of each kind, not all."""


class Column(NamedTuple):
    """What one tool found under one setting."""

    tool: str
    setting: str
    told: str
    version: str
    python: str
    kinds: Sequence[Kind]
    """The documents it was given."""
    found: Sequence[Found]
    """Of each of these kinds."""
    names_items: bool
    knows_splits: bool


PEERS = (
    Peer(
        "decon",
        "decontaminate",
        ("decontaminate==0.3.0.post4",),
        "3.12",
        "child_peer_decon.py",
        (
            Setting("as it ships", "", "threshold 0.8, all options as they are"),
            Setting(
                "questions",
                "questions",
                "`index_answers=False`: an answer weighs nothing, so that a question alone can "
                "reach the threshold",
            ),
        ),
        knows_splits=True,
    ),
    Peer(
        "corpus-assay",
        "corpus-assay",
        ("corpus-assay==0.1.0",),
        "3.12",
        "child_corpus_assay.py",
        (
            Setting("as it ships", "", "3 hits of 13-grams, 0.1 % of the document"),
            Setting("spaced seeds", "spaced", "its experimental channel for edited copies, too"),
        ),
    ),
    Peer(
        "datatrove",
        "datatrove",
        ("datatrove[processing,io]==0.10.1", "spacy==3.8.18"),
        "3.11",
        "child_datatrove.py",
        (
            Setting("as it ships", "", "any 12-gram with a word of the answer"),
            Setting("queries", "queries", "`find_query_ngrams=True`: of the question, too"),
        ),
        names_items=False,
    ),
    Peer(
        "dolma",
        "dolma",
        ("dolma==1.2.1",),
        "3.11",
        "child_dolma.py",
        (
            Setting(
                "its runbook",
                "",
                "any whole paragraph of 13 words or more, the configuration of dolma v1.6; it has "
                "no default for decontamination",
            ),
        ),
        names_items=False,
    ),
    Peer(
        "overlapy",
        "overlapy",
        ("overlapy==0.0.1",),
        "3.11",
        "child_overlapy.py",
        (
            Setting(
                "as it ships",
                "",
                "any N-gram, N the 5th percentile of lengths between 8 and 13; tokens are up to "
                "the user: words in lower case without punctuation, as in its README",
            ),
        ),
    ),
    Peer(
        "verascan",
        "verascan",
        ("verascan==0.4.1",),
        "3.11",
        "child_verascan.py",
        (
            Setting("as it ships", "exact,fuzzy", "methods exact and fuzzy, threshold 0.85"),
            Setting(
                "with n-grams",
                "exact,ngram,fuzzy",
                "13-grams, too, as its README has it for long shared phrases; its method semantic "
                "needs a model from a hub and was not run",
            ),
        ),
        every=4,
    ),
)


def run_peer(peer: Peer, kinds: Sequence[Kind], data: Path, venvs: Path) -> list[Column] | str:
    """Run a peer under each of its settings; if it cannot be, return the reason."""
    try:
        python = _python_of(peer, venvs)
        version, python_version = _output([python, "-c", _VERSIONS, peer.package]).split()
        given = [_thinned(kind, peer.every) for kind in kinds]
        return [
            Column(
                peer.name,
                setting.name,
                setting.told,
                version,
                python_version,
                given,
                _run(peer, setting, python, given, data),
                peer.names_items,
                peer.knows_splits,
            )
            for setting in peer.settings
        ]
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().split("\n")[-1]
        return f"{Path(str(error.cmd[0])).name} failed: {said[:200]}"


def _thinned(kind: Kind, every: int) -> Kind:
    return kind._replace(texts=kind.texts[::every], items=kind.items[::every])


def _python_of(peer: Peer, venvs: Path) -> str:
    """Return the Python of a peer's environment, which is made if it is not there."""
    environment = venvs / peer.name
    python = environment / "bin" / "python"
    if not python.exists():
        if shutil.which("uv") is None:
            raise SystemExit(f"{environment} is not there, and uv, which would make it, neither")
        wanted = ("--no-python-downloads", "--python", peer.python)
        _output(["uv", "venv", "--quiet", *wanted, str(environment)])
        _output(["uv", "pip", "install", "--quiet", "--python", str(python), *peer.requirements])
    return str(python)


def _run(
    peer: Peer, setting: Setting, python: str, kinds: Sequence[Kind], data: Path
) -> list[Found]:
    splits = ("test", "train") if peer.knows_splits else ("test",)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [row for split in splits for row in benchmark_rows(data, split)]
        write_rows(folder / "items.jsonl", rows)
        paths = _write_documents(folder, kinds)
        _output([python, str(_HERE / peer.child), name, setting.argument])
        return [_read_found(folder / "found" / f"{path.stem}.json") for path in paths]


def _write_documents(folder: Path, kinds: Sequence[Kind]) -> list[Path]:
    """Write a file for each kind; every kind is a corpus of its own."""
    paths = [folder / "documents" / f"{number:02}.jsonl" for number in range(len(kinds))]
    for path, kind in zip(paths, kinds, strict=True):
        write_rows(path, ({"text": text} for text in kind.texts))
    return paths


def _read_found(path: Path) -> Found:
    found = json.loads(path.read_bytes())
    return {int(document): items for document, items in found.items()}


def _output(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def run_leakcheck(kinds: Sequence[Kind], version: str, python: str) -> list[Column]:
    """Scan with leakcheck: the findings that count, then those that are variants, too."""
    counted: list[Found] = []
    every: list[Found] = []
    with tempfile.TemporaryDirectory() as folder:
        for path in _write_documents(Path(folder), kinds):
            findings = list(scanner("gsm8k").scan([path]).iter_findings())
            every.append(_by_document(findings))
            counted.append(_by_document([each for each in findings if each.kind != "variant"]))
    told = "every option as it is"
    variants = "the same run, findings of the kind variant (an item with other numbers) as well"
    return [
        Column("leakcheck", "as it ships", told, version, python, kinds, counted, True, True),
        Column("leakcheck", "variants, too", variants, version, python, kinds, every, True, True),
    ]


def _by_document(findings: Iterable[Finding]) -> Found:
    return {
        row: [name for finding in of for name in names(finding)]
        for row, of in by_row(findings).items()
    }

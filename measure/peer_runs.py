"""Runs leakcheck and its peers on the same documents, each peer in an environment of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from child_files import write_rows
from peer_documents import Kind, benchmark_rows
from peers import Column, Found, Peer, Setting
from rows_found import by_row, names, scanner

from leakcheck import Finding

__all__ = ["environment_of", "python_of", "run_leakcheck", "run_peer", "versions_of"]

_HERE = Path(__file__).parent
_VERSIONS = (
    "import platform, sys, importlib.metadata as m; "
    "print(m.version(sys.argv[1]), platform.python_version())"
)


def run_peer(peer: Peer, kinds: Sequence[Kind], data: Path, venvs: Path) -> list[Column] | str:
    """Run a peer under each of its settings; if it cannot be, return the reason."""
    try:
        python = python_of(peer, venvs)
        version, python_version = versions_of(peer, python)
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


def python_of(peer: Peer, venvs: Path) -> str:
    """Return the Python of a peer's environment, which is made if it is not there."""
    return environment_of(venvs / peer.name, peer.python, peer.requirements)


def environment_of(environment: Path, version: str, requirements: Sequence[str]) -> str:
    """Return the Python of an environment, which is made with uv if it is not there."""
    python = environment / "bin" / "python"
    if not python.exists():
        if shutil.which("uv") is None:
            raise SystemExit(f"{environment} is not there, and uv, which would make it, neither")
        wanted = ("--no-python-downloads", "--python", version)
        _output(["uv", "venv", "--quiet", *wanted, str(environment)])
        _output(["uv", "pip", "install", "--quiet", "--python", str(python), *requirements])
    return str(python)


def versions_of(peer: Peer, python: str) -> tuple[str, str]:
    """Return the version of a peer, and that of its Python."""
    version, python_version = _output([python, "-c", _VERSIONS, peer.package]).split()
    return version, python_version


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

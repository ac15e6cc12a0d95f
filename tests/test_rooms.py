"""The rooms of the package: what may import what, who may print, and what is public."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import leakcheck
from leakcheck import compiled

PACKAGE = Path(leakcheck.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = [
    ("errors", "version", "compiled", "memory", "threads"),
    ("vectors",),
    ("config",),
    ("text",),
    ("corpus",),
    ("benchmark",),
    ("index",),
    ("detection",),
    ("corpus_index",),
    ("calibration",),
    ("choosing",),
    ("verdict",),
    ("publisher_texts", "run"),
    ("accepted", "publishing"),
    ("scanning",),
    ("presets",),
    ("cleaning", "impact", "selftest"),
    ("report",),
    ("cli",),
]
"""From the lowest to the highest; a room knows those below it and itself."""
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_rooms(path: Path) -> set[str]:
    """Return the rooms of leakcheck that a module imports, inside of functions too."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            if node.module == "leakcheck":
                names += [f"leakcheck.{alias.name}" for alias in node.names]
            else:
                names.append(node.module or "")
    return {name.split(".")[1] for name in names if name.startswith("leakcheck.")}


def calls_of(path: Path, function: str) -> list[int]:
    """Return the lines on which a module calls a function by its bare name."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == function
    ]


def public_names(path: Path) -> list[str] | None:
    """Return what `__all__` of a module lists."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return ast.literal_eval(node.value)
    return None


def in_order_of_case(names: list[str]) -> list[str]:
    """Sort as ruff does: constants, then classes, then all else."""
    return sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def test_every_room_has_its_floor():
    rooms = {room_of(path) for path in MODULES} - {"__init__", "__main__", "data"}
    assert rooms == set(FLOOR_OF)


@pytest.mark.parametrize(
    "path", [path for path in MODULES if room_of(path) in FLOOR_OF], ids=name_of
)
def test_no_module_imports_from_a_room_above_its_own(path):
    own = FLOOR_OF[room_of(path)]
    above = {room for room in imported_rooms(path) if FLOOR_OF.get(room, own) > own}
    assert above == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints(path):
    assert room_of(path) == "cli" or calls_of(path, "print") == []


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.name not in ("__init__.py", "__main__.py", "version.py")],
    ids=name_of,
)
def test_every_module_says_in_order_what_is_public(path):
    names = public_names(path)
    assert names, "there is no __all__"
    assert names == in_order_of_case(names)
    module = importlib.import_module(
        ".".join(["leakcheck", *path.relative_to(PACKAGE).with_suffix("").parts])
    )
    assert [name for name in names if not hasattr(module, name)] == []


def test_the_package_says_in_order_what_is_public():
    assert leakcheck.__all__ == in_order_of_case(leakcheck.__all__)
    assert len(leakcheck.__all__) == len(set(leakcheck.__all__))


@pytest.mark.parametrize("name", leakcheck.__all__)
def test_every_public_name_is_there(name):
    assert getattr(leakcheck, name).__doc__ or name == "__version__"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'scrub'"):
        leakcheck.scrub  # noqa: B018


def test_the_folder_of_compiled_kernels_is_named_after_all_of_them():
    with_kernels = {
        name_of(path)
        for path in MODULES
        if any(
            isinstance(node, ast.FunctionDef)
            and {"kernel", "inlined"} & {ast.unparse(each) for each in node.decorator_list}
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    assert with_kernels <= set(compiled._KERNELS)

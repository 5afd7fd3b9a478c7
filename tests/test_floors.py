"""The floors of the house: a module imports only from floors below its own, or from its own package."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ecabinet"

# What stands on no floor (settings, app, serving, the commands) is above them all.
FLOORS = {"rules": 0, "resources": 0, "store": 1, "paper": 1, "room": 2, "office": 2, "web": 3}
TOP = 4

SOURCES = sorted(PACKAGE.rglob("*.py"))


def test_every_floor_is_there() -> None:
    found = {part_of(name_of(path)) for path in SOURCES}
    assert FLOORS.keys() <= found, "a floor of this test is not in the package: it would hold nothing"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_below(path: Path) -> None:
    assert list(wrong_imports(name_of(path), path.read_text())) == []


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("ecabinet.rules.ballot", "from ecabinet.store import tables", "ecabinet.store.tables"),
        ("ecabinet.rules.ballot", "import asyncio", "asyncio"),
        ("ecabinet.rules.ballot", "def f():\n    import random", "random"),
        ("ecabinet.store.files", "import ecabinet.paper.official", "ecabinet.paper.official"),
        ("ecabinet.office.agenda", "from ecabinet.room.rooms import Rooms", "ecabinet.room.rooms"),
        ("ecabinet.web.pages", "from ecabinet.settings import Settings", "ecabinet.settings"),
        ("ecabinet.web.pages", "from ecabinet import settings", "ecabinet.settings"),
        ("ecabinet.web.pages", "from ..app import create_app", "ecabinet.app"),
        ("ecabinet.store.files", "from starlette.requests import Request", "starlette.requests"),
    ],
)
def test_a_planted_violation_is_found(module: str, source: str, wrong: str) -> None:
    assert list(wrong_imports(module, source)) == [wrong]


def wrong_imports(module: str, source: str) -> Iterator[str]:
    own = part_of(module)
    for imported in imports(module, source):
        if imported.startswith("ecabinet."):
            if not is_below(part_of(imported), own):
                yield imported
        elif imported.split(".")[0] in KEPT_OUT.get(own, ()):
            yield imported


# Rules take the clock, chance and files as arguments; the record and the papers know no web.
KEPT_OUT = {
    "rules": {"asyncio", "os", "pathlib", "random", "secrets", "sqlmodel", "sqlalchemy", "time", "uuid"},
    "store": {"starlette", "uvicorn"},
    "paper": {"starlette", "uvicorn", "sqlmodel", "sqlalchemy"},
    "room": {"starlette", "uvicorn"},
    "office": {"starlette", "uvicorn"},
}


def is_below(part: str, own: str) -> bool:
    return part == own or floor(part) < floor(own) or floor(own) == TOP


def floor(part: str) -> int:
    return FLOORS.get(part, TOP)


def imports(module: str, source: str) -> Iterator[str]:
    """Every imported module, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = absolute(module, node)
            submodules = [f"{origin}.{alias.name}" for alias in node.names if is_module(f"{origin}.{alias.name}")]
            yield from submodules or [origin]


def absolute(module: str, node: ast.ImportFrom) -> str:
    """`from ..app import x` in ecabinet.web.pages is of ecabinet.app."""
    start = module.split(".")[: -node.level] if node.level else []
    return ".".join([*start, *filter(None, [node.module])])


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return name.startswith("ecabinet.") and (path.is_dir() or path.with_suffix(".py").exists())


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def part_of(module: str) -> str:
    """'ecabinet.web.pages' is of 'web'; 'ecabinet.settings' of 'settings'."""
    return module.split(".")[1] if "." in module else module

"""What docs/architecture.md names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text()


def test_every_file_that_the_architecture_names_exists() -> None:
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.[a-z]+)?)`", PAGE))
    assert len(named) > 15
    missing = {name for name in named if not (ROOT / name).exists() and not (ROOT / "ecabinet" / name).exists()}
    assert missing == set()


def test_every_floor_is_in_the_architecture() -> None:
    floors = {path.parent.name for path in (ROOT / "ecabinet").glob("*/__init__.py")}
    assert {floor for floor in floors if f"`ecabinet/{floor}/`" not in PAGE} == set()

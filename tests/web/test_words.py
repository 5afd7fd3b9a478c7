"""The words of the live elements: each in both languages, with the same places to fill, and each known that is said."""

import re
from pathlib import Path

from ecabinet.resources import TEMPLATES

SCRIPTS = TEMPLATES.parent / "static" / "js"
TEXT = r'"((?:[^"\\]|\\.)*)"'
ENTRY = re.compile(rf"^  (\w+):\s*\[\s*{TEXT},\s*{TEXT},?\s*\],?$", re.MULTILINE)


def words(path: Path) -> list[tuple[str, str, str]]:
    return ENTRY.findall(path.read_text())


FILES = sorted(SCRIPTS.glob("words-*.js"))
WORDS = [(path.name, *entry) for path in FILES for entry in words(path)]
KEYS = {key for _, key, _, _ in WORDS}


def test_every_entry_is_read() -> None:
    """An entry that this test cannot read is one that it does not check."""
    for path in FILES:
        named = re.findall(r"^  (\w+):", path.read_text(), re.MULTILINE)
        assert named == [key for key, _, _ in words(path)], path.name


def test_both_languages_say_it_and_fill_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    assert [entry for entry in WORDS if not entry[2].strip() or not entry[3].strip()] == []
    assert [entry for entry in WORDS if places(entry[2]) != places(entry[3])] == []


def test_a_key_stands_in_one_place() -> None:
    keys = [key for _, key, _, _ in WORDS]
    assert sorted(key for key in KEYS if keys.count(key) > 1) == []


def test_what_is_said_is_known() -> None:
    unknown = []
    for path in sorted(SCRIPTS.rglob("*.js")):
        for key in re.findall(r'\bsay\("(\w+)"', path.read_text()):
            if key not in KEYS:
                unknown.append((path.name, key))
    assert unknown == []

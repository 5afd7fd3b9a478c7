"""The schema: the one source of the structure, in step with the rules, the desk and the docs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from ecabinet.office import agencies, meetings, papers, people
from ecabinet.paper.agenda_schema import _SENTENCES, SCHEMA_PATH, schema
from ecabinet.rules.meeting import ItemKind, Role
from ecabinet.rules.rule_set import Base, Comparison, RuleSet, TieRule
from tests.paper.agendas import read

DOCS = Path(__file__).parents[2] / "docs" / "agenda-format.md"
DEFS = schema()["$defs"]
# Keywords that say nothing of their own to the reader of a fault.
SILENT = {"$schema", "$id", "$ref", "$defs", "title", "description", "properties", "items", "propertyNames", "x-remedy"}


def every_schema(node: Any) -> Iterator[dict[str, Any]]:
    """Each schema within the file, not the mappings of names to schemas."""
    if isinstance(node, dict) and ("type" in node or "enum" in node or "$ref" in node or "properties" in node):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from every_schema(child)


def enum_of(definition: str, name: str) -> set[str]:
    return set(DEFS[definition]["properties"][name]["enum"])


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(SCHEMA_PATH.read_text()) == schema()


def test_every_keyword_has_a_sentence() -> None:
    used = {keyword for part in every_schema(schema()) for keyword in part}
    assert used - SILENT - set(_SENTENCES) == {"additionalProperties"}


def test_every_pattern_has_a_remedy_in_both_languages() -> None:
    patterns = [part for part in every_schema(schema()) if "pattern" in part]
    assert len(patterns) == 8
    assert [set(part["x-remedy"]) for part in patterns] == [{"vi", "en"}] * 8


def test_every_number_has_both_bounds() -> None:
    bounded = [part for part in every_schema(schema()) if part.get("type") == "integer"]
    assert bounded and all("minimum" in part and "maximum" in part for part in bounded)


def test_words_are_those_of_the_rules_and_the_desk() -> None:
    assert enum_of("person", "role") == set(Role)
    assert enum_of("item", "kind") == set(ItemKind)
    assert enum_of("meeting", "kind") == set(meetings.KINDS)
    assert enum_of("paper", "kind") == set(papers.KINDS)
    rules = DEFS["rules"]["properties"]
    assert set(rules) == set(RuleSet().to_json())
    assert set(rules["tie"]["enum"]) == set(TieRule)
    assert set(rules["majority"]["properties"]["base"]["enum"]) == set(Base)
    assert set(rules["majority"]["properties"]["comparison"]["enum"]) == set(Comparison)
    assert set(rules["articles"]["propertyNames"]["enum"]) == set(RuleSet().articles)


def test_names_are_those_that_the_desk_takes() -> None:
    for pattern, wanted in (
        (DEFS["username"]["pattern"], people.USERNAME),
        (DEFS["code"]["pattern"], agencies.CODE),
        (DEFS["meeting"]["properties"]["key"]["pattern"], meetings.KEY),
    ):
        for name in ("a", "so-du-lich", "a-", "-a", "", "a" * 41, "a" * 64, "a" * 80, "a" * 81, "A", "sở", "a.b", "9"):
            assert bool(re.search(pattern, name)) == bool(wanted.fullmatch(name)), (pattern, name)


def test_the_docs_tell_of_every_name() -> None:
    text = DOCS.read_text()
    named = {name for part in (schema(), *DEFS.values()) for name in part.get("properties", {})}
    assert {name for name in named if f"`{name}`" not in text} == set()
    assert {value for name in ("role",) for value in enum_of("person", name) if f"`{value}`" not in text} == set()
    for definition, name in (("item", "kind"), ("meeting", "kind"), ("paper", "kind")):
        assert {value for value in enum_of(definition, name) if f"`{value}`" not in text} == set()


def test_the_examples_of_the_docs_are_read(tmp_path: Path) -> None:
    (tmp_path / "to-trinh.pdf").write_bytes(b"%PDF-")
    examples = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert [len(list(read(tmp_path, example).every_item())) for example in examples] == [2, 4]

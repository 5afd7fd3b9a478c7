"""From a checked tree to the values of an agenda file."""

from pathlib import Path
from typing import Any

from ecabinet.paper.agenda_checks import read_date, read_time
from ecabinet.paper.agenda_keys import keys
from ecabinet.paper.agenda_outline import Outlined, language_of, outline, title_of
from ecabinet.paper.agenda_parts import (
    AgendaBody,
    AgendaFile,
    AgendaMeeting,
    AgendaPerson,
    ItemEntry,
    PaperEntry,
)
from ecabinet.paper.agenda_rules import rules_from_node, words
from ecabinet.paper.strict_yaml import Node, plain

_NOTHING = Node(0, {})


def build(root: Node, folder: Path) -> AgendaFile:
    """The tree must have passed every check."""
    language = language_of(root)
    items = outline(root)
    agencies = (root.get("agencies") or _NOTHING).value
    return AgendaFile(
        body=_body(root.get("body") or _NOTHING),
        meeting=_meeting(root.get("meeting") or _NOTHING, language),
        agencies={code.strip(): words(name, language) for code, name in agencies.items()},
        people=tuple(_person(node, language, items) for node in root.entries("people")),
        items=_items(items, "", language),
        folder=folder,
    )


def _body(node: Node) -> AgendaBody:
    language = node.text("language") or "vi"
    rules = node.get("rules")
    return AgendaBody(
        code=node.text("code"),
        name=words(node.get("name"), language),
        superior=words(node.get("superior"), language),
        place=words(node.get("place"), language),
        symbol=node.text("symbol"),
        language=language,
        rules=rules_from_node(rules, language) if rules else None,
    )


def _meeting(node: Node, language: str) -> AgendaMeeting:
    day, clock = node.text("date"), node.text("time")
    return AgendaMeeting(
        key=node.text("key"),
        title=words(node.get("title"), language),
        kind=node.text("kind") or "ordinary",
        number=node.text("number"),
        place=words(node.get("place"), language),
        day=read_date(day) if day else None,
        clock=read_time(clock) if clock else None,
        when=node.text("when"),
        language=language,
        reality=node.text("reality"),
        source=node.text("source"),
        facts=_facts(node),
    )


def _person(node: Node, language: str, items: list[Outlined]) -> AgendaPerson:
    return AgendaPerson(
        username=node.text("username"),
        office=words(node.get("office"), language),
        name=node.text("name"),
        role=node.text("role") or "member",
        agency=node.text("agency"),
        stands_for=node.text("for"),
        items=_admitted(node, items),
        language=node.text("language") or "vi",
        weight=_number(node, "weight") or 1,
    )


def _admitted(node: Node, items: list[Outlined]) -> tuple[str, ...] | None:
    """Keys in agenda order; what lies below an admitted item, or all of the top level, need not be said."""
    if node.get("items") is None:
        return None
    said = {entry.as_line() for entry in node.entries("items")}
    wanted = {item.number for item in items if item.key in said or item.number in said}
    kept = [item for item in items if item.number in wanted and not _is_below(item.number, wanted)]
    if all(item.number in wanted for item in items if not item.parent):
        return None
    return tuple(item.key for item in kept)


def _is_below(number: str, wanted: set[str]) -> bool:
    parts = number.split(".")
    return any(".".join(parts[:count]) in wanted for count in range(1, len(parts)))


def _items(items: list[Outlined], parent: str, language: str) -> tuple[ItemEntry, ...]:
    return tuple(
        ItemEntry(
            key=item.key,
            title=title_of(item.node, language),
            kind=item.node.text("kind") or "discussion",
            presenter=words(item.node.get("presenter"), language),
            agency=item.node.text("agency"),
            minutes=_number(item.node, "minutes"),
            papers=_papers(item.node.entries("papers"), language),
            facts=_facts(item.node),
            items=_items(items, item.number, language),
        )
        for item in items
        if item.parent == parent
    )


def _papers(nodes: list[Node], language: str) -> tuple[PaperEntry, ...]:
    made = keys((node.text("key"), title_of(node, language)) for node in nodes)
    return tuple(_paper(node, key, language) for node, key in zip(nodes, made, strict=True))


def _paper(node: Node, key: str, language: str) -> PaperEntry:
    own = node.text("language") or language
    issued = node.text("date")
    return PaperEntry(
        key=key,
        title=words(node.get("title"), own),
        file=node.text("file"),
        number=node.text("number"),
        kind=node.text("kind") or "other",
        issuer=node.text("issuer"),
        issued_on=read_date(issued) if issued else None,
        language=own,
        note=node.text("note"),
    )


def _facts(node: Node) -> dict[str, Any]:
    facts = node.get("facts")
    return plain(facts) if facts else {}


def _number(node: Node, name: str) -> int | None:
    child = node.get(name)
    return child.value if child else None

"""The items of an agenda tree with their numbers and keys, before anything else is read of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ecabinet.paper.agenda_keys import keys
from ecabinet.paper.agenda_rules import words
from ecabinet.paper.strict_yaml import Node
from ecabinet.rules.text import Text


@dataclass(frozen=True, slots=True)
class Outlined:
    """`number` is the place in the agenda: 1, 1.1; `parent` that of the item above it ('' at the top)."""

    number: str
    parent: str
    key: str
    node: Node


def language_of(root: Node) -> str:
    """The meeting's language: its own, or the body's, or Vietnamese."""
    for part in ("meeting", "body"):
        node = root.get(part)
        if node is not None and node.text("language"):
            return node.text("language")
    return "vi"


def outline(root: Node) -> list[Outlined]:
    """Depth first. Entries that are no item at all are left out: the structure check tells of them."""
    language = language_of(root)
    found = list(_walk(root.entries("items"), ""))
    made = keys((node.text("key"), title_of(node, language)) for _, _, node in found)
    return [Outlined(number, parent, key, node) for (number, parent, node), key in zip(found, made, strict=True)]


def title_of(node: Node, language: str) -> Text:
    """The title of an item or a paper; an item may be nothing but its title."""
    return words(node.get("title") if isinstance(node.value, dict) else node, language)


def _walk(nodes: list[Node], parent: str) -> Iterator[tuple[str, str, Node]]:
    for position, node in enumerate(nodes, 1):
        if node.value is None or isinstance(node.value, list):
            continue
        number = f"{parent}.{position}" if parent else str(position)
        yield number, parent, node
        yield from _walk(node.entries("items"), number)

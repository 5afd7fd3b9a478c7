"""A small, strict YAML: plain trees with line numbers; no aliases, no tags, bounded in size, depth and number of nodes."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ecabinet.paper import yaml_faults
from ecabinet.paper.agenda_problems import Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
# A full session of 12 items and 25 papers has 1,600; a megabyte of dashes would take the parser half a minute.
MAX_NODES = 30_000
MAX_LINE_LENGTH = 100_000
MAX_TEXT_LENGTH = 10_000
MAX_NAME_LENGTH = 200

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_KEYWORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_KEYWORDS |= {word: True for word in ("true", "True", "TRUE")} | {word: False for word in ("false", "False", "FALSE")}
NOT_TEXT = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Node:
    """`value` is a scalar, a list of nodes or a dict of nodes; `raw` is the scalar as it was written."""

    line: int
    value: Any
    raw: str = ""
    key_lines: dict[str, int] = field(default_factory=dict)

    def get(self, key: str) -> "Node | None":
        """The child under `key`; None also where it was left empty."""
        child = self.value.get(key) if isinstance(self.value, dict) else None
        return None if child is None or child.value is None else child

    def entries(self, key: str) -> list["Node"]:
        child = self.get(key)
        return child.value if child is not None and isinstance(child.value, list) else []

    def text(self, key: str) -> str:
        """The line of text under `key` ('' if none); a number keeps its digits."""
        child = self.get(key)
        return "" if child is None else child.as_line()

    def as_line(self) -> str:
        """The scalar as it was written, on one line; '' for a list or a mapping."""
        return "" if isinstance(self.value, dict | list) else " ".join(self.raw.split())

    def line_of(self, key: str) -> int:
        return self.key_lines.get(key, self.line)


def plain(node: Node) -> Any:
    """The tree as dicts, lists and scalars."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def read_yaml(data: bytes) -> tuple[Node | None, list[Problem]]:
    """The tree of the document, None where there is none to be had; and what is wrong."""
    if len(data) > MAX_BYTES:
        return None, [yaml_faults.too_large(len(data), MAX_BYTES)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [yaml_faults.wrong_encoding(data, error)]
    problems = _unreadable_characters(text) + _long_lines(text)
    if problems:
        return None, problems
    builder = _Builder()
    try:
        for event in YAML(typ="rt", pure=True).parse(text):
            builder.take(event)
    except _Stop:
        pass
    except YAMLError as error:
        builder.problems.append(yaml_faults.syntax(error))
    except (ValueError, OverflowError, IndexError, TypeError, AttributeError) as error:
        # The parser lets some of these through on hostile escapes and directives ("\UFFFFFFFF").
        builder.problems.append(yaml_faults.syntax(YAMLError(str(error))))
    return builder.root, builder.problems


class _Stop(Exception):
    """Nothing more can be learnt from the rest."""


class _Builder:
    """Builds the tree from events with a stack of its own: deep nesting can exhaust nothing."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[Node] = []
        self._keys: list[str | None] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Event) -> None:
        line = event.start_mark.line + 1
        match event:
            case DocumentStartEvent():
                self._start_document(line)
            case AliasEvent():
                self.problems.append(yaml_faults.alias(line))
                self._add(Node(line, None))
            case MappingEndEvent() | SequenceEndEvent():
                self._open.pop()
                self._keys.pop()
            case MappingStartEvent():
                self._enter(event, Node(line, {}))
            case SequenceStartEvent():
                self._enter(event, Node(line, []))
            case ScalarEvent():
                self._refuse_ornaments(event, line)
                self._refuse_unfit_text(event.value, line)
                self._add(_scalar(event, line))

    def _start_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            self.problems.append(yaml_faults.second_document(line))
            raise _Stop

    def _enter(self, event: Event, node: Node) -> None:
        self._refuse_ornaments(event, node.line)
        if len(self._open) >= MAX_DEPTH:
            self.problems.append(yaml_faults.too_deep(node.line, MAX_DEPTH))
            raise _Stop
        self._add(node)
        self._open.append(node)
        self._keys.append(None)

    def _add(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self.problems.append(yaml_faults.too_many(node.line, MAX_NODES))
            raise _Stop
        if not self._open:
            self.root = node
        elif isinstance(self._open[-1].value, list):
            self._open[-1].value.append(node)
        else:
            self._add_to_mapping(self._open[-1], node)

    def _add_to_mapping(self, mapping: Node, node: Node) -> None:
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = self._key(mapping, node)
            return
        self._keys[-1] = None
        mapping.value.setdefault(key, node)

    def _key(self, mapping: Node, node: Node) -> str:
        if isinstance(node.value, dict | list):
            self.problems.append(yaml_faults.key_is_no_word(node.line))
            raise _Stop
        if len(node.raw) > MAX_NAME_LENGTH:
            self.problems.append(yaml_faults.too_long(node.line, MAX_NAME_LENGTH))
        if node.raw in mapping.value:
            self.problems.append(yaml_faults.duplicate_key(node.line, node.raw, mapping.key_lines[node.raw]))
        else:
            mapping.key_lines[node.raw] = node.line
        return node.raw

    def _refuse_ornaments(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self.problems.append(yaml_faults.alias(line))
        if event.tag is not None and str(event.tag) != "!":
            self.problems.append(yaml_faults.tag(line, str(event.tag)))

    def _refuse_unfit_text(self, value: str, line: int) -> None:
        if len(value) > MAX_TEXT_LENGTH:
            self.problems.append(yaml_faults.too_long(line, MAX_TEXT_LENGTH))
        # "\\0" and "\\ud800" in double quotes are legal YAML and no text that could be stored or shown.
        if match := NOT_TEXT.search(value):
            self.problems.append(yaml_faults.unreadable(line, ord(match.group())))


def _scalar(event: ScalarEvent, line: int) -> Node:
    raw = unicodedata.normalize("NFC", event.value)
    value: Any = raw
    if event.style is None and event.implicit[0]:
        if raw in _KEYWORDS:
            value = _KEYWORDS[raw]
        elif _INTEGER.fullmatch(raw):
            value = int(raw)
        elif _DECIMAL.fullmatch(raw):
            value = float(raw)
    return Node(line, value, raw)


def reads_as_text(raw: str) -> bool:
    """Whether the plain scalar `raw` stays a text, neither empty nor a number, true, false or null."""
    return raw not in _KEYWORDS and not _INTEGER.fullmatch(raw) and not _DECIMAL.fullmatch(raw)


def _unreadable_characters(text: str) -> list[Problem]:
    found = ((number, NOT_TEXT.search(line)) for number, line in enumerate(text.split("\n"), 1))
    return [yaml_faults.unreadable(number, ord(match.group())) for number, match in found if match]


def _long_lines(text: str) -> list[Problem]:
    lines = enumerate(text.split("\n"), 1)
    return [yaml_faults.too_long(number, MAX_LINE_LENGTH) for number, line in lines if len(line) > MAX_LINE_LENGTH]

"""What an agenda folder says, as values: body, meeting, agencies, people, items and their papers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from ecabinet.rules.text import Text

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AgendaBody:
    """`rules` is `RuleSet.to_json()`, None where the file does not speak of rules."""

    code: str
    name: Text
    superior: Text = Text()
    place: Text = Text()
    symbol: str = ""
    language: str = "vi"
    rules: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class AgendaMeeting:
    """`day` and `clock` are local and known in full; otherwise `when` is what is known, in words."""

    key: str
    title: Text
    kind: str = "ordinary"
    number: str = ""
    place: Text = Text()
    day: date | None = None
    clock: time | None = None
    when: str = ""
    language: str = "vi"
    reality: str = ""
    source: str = ""
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgendaPerson:
    """`items` are the keys of the items an invitee is admitted to (a heading admits to what is below it); None is all."""

    username: str
    office: Text
    name: str = ""
    role: str = "member"
    agency: str = ""
    stands_for: str = ""
    items: tuple[str, ...] | None = None
    language: str = "vi"
    weight: int = 1


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """`file` is the name of a file of the folder; '' where only the paper's existence is known."""

    key: str
    title: Text
    file: str = ""
    number: str = ""
    kind: str = "other"
    issuer: str = ""
    issued_on: date | None = None
    language: str = "vi"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemEntry:
    key: str
    title: Text
    kind: str = "discussion"
    presenter: Text = Text()
    agency: str = ""
    minutes: int | None = None
    papers: tuple[PaperEntry, ...] = ()
    facts: Facts = field(default_factory=dict)
    items: tuple["ItemEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaFile:
    """A whole meeting; `agencies` are names by code, `folder` is where the papers lie."""

    body: AgendaBody
    meeting: AgendaMeeting
    agencies: dict[str, Text] = field(default_factory=dict)
    people: tuple[AgendaPerson, ...] = ()
    items: tuple[ItemEntry, ...] = ()
    folder: Path = field(default=Path(), compare=False)

    def every_item(self) -> Iterator[ItemEntry]:
        """Depth first, as the agenda reads."""
        waiting = list(reversed(self.items))
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.items))

    def agency_codes(self) -> list[str]:
        """In the order in which people and items name them."""
        named = [person.agency for person in self.people] + [item.agency for item in self.every_item()]
        return [code for code in dict.fromkeys(named) if code]

    def every_paper(self) -> Iterator[PaperEntry]:
        for item in self.every_item():
            yield from item.papers

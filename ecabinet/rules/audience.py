"""Audiences: who sees which items of a meeting."""

from dataclasses import dataclass
from enum import StrEnum

from ecabinet.rules.agenda import line_up
from ecabinet.rules.authority import presides
from ecabinet.rules.meeting import Meeting, Role, Stage


class Kind(StrEnum):
    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    MEMBER = "member"
    GUEST = "guest"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Audience:
    """`items` are the item ids a guest is admitted to, empty for the others, who see the whole agenda."""

    kind: Kind
    items: frozenset[int] = frozenset()

    @property
    def runs(self) -> bool:
        return self.kind in (Kind.CHAIR, Kind.SECRETARIAT)

    def sees_item(self, item: int) -> bool:
        return self.kind is not Kind.GUEST or item in self.items


_KINDS = {
    Role.CHAIR: Kind.MEMBER,
    Role.DEPUTY: Kind.MEMBER,
    Role.MEMBER: Kind.MEMBER,
    Role.SUBSTITUTE: Kind.MEMBER,
    Role.SECRETARIAT: Kind.SECRETARIAT,
    Role.SCREEN: Kind.SCREEN,
}


def audience_of(meeting: Meeting, person: int) -> Audience | None:
    """The audience of a person, None for somebody who does not take part (for whom the meeting does not exist)."""
    participant = meeting.participants.get(person)
    if participant is None or meeting.stage is Stage.DRAFT:
        return None
    if presides(meeting, person):
        return Audience(Kind.CHAIR)
    if participant.role is Role.INVITEE:
        return Audience(Kind.GUEST, _with_nested(meeting, participant.item_ids))
    return Audience(_KINDS[participant.role])


def may_read_item(meeting: Meeting, person: int, item: int) -> bool:
    """Whether a person may read the papers of an item. Screens show papers too."""
    audience = audience_of(meeting, person)
    return audience is not None and item in meeting.items and audience.sees_item(item)


def _with_nested(meeting: Meeting, items: tuple[int, ...]) -> frozenset[int]:
    """Admitted items and what is nested in them; nothing above or beside, whose titles are not theirs to know."""
    admitted = {item for item in items if item in meeting.items}
    return frozenset(item for item in meeting.items if admitted.intersection(line_up(meeting.items, item)))

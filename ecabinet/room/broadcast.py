"""Telling the tablets: each changed part is encoded once per audience and shared by all its tablets."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from ecabinet.room.parts import EncodedParts, encode
from ecabinet.room.tablet import Frame, Tablet
from ecabinet.rules import events as e
from ecabinet.rules.audience import Audience, audience_of
from ecabinet.rules.events import Event
from ecabinet.rules.meeting import Meeting
from ecabinet.rules.view import personal_part

# About five pushes a second while ballots come in: faster than an eye can follow a number, and 1,000 ballots in a
# second cost five sweeps instead of a thousand.
PROGRESS_INTERVAL_S = 0.2

_MOVES_EVERYBODY = (
    e.MeetingCalled,
    e.PresidingAssigned,
    e.ParticipantAdded,
    e.InviteeAdmitted,
    e.ItemAdded,
    e.ItemMoved,
)


class Broadcast:
    """The tablets of one meeting and the encoded parts of their audiences."""

    def __init__(self, meeting: Meeting, seq: int, clock: Callable[[], datetime], build: str) -> None:
        self.tablets: list[Tablet] = []
        self._meeting = meeting
        self._seq = seq
        self._clock = clock
        self._build = build
        self._encoded: dict[Audience, EncodedParts] = {}
        self._personal: dict[int, str] = {}
        self._frames: dict[object, Frame] = {}
        self._timer: asyncio.TimerHandle | None = None

    def join(self, tablet: Tablet) -> bool:
        tablet.audience = audience_of(self._meeting, tablet.person)
        if tablet.audience is None:
            return False
        self.tablets.append(tablet)
        tablet.tell_everything()
        self._online_changed()
        return True

    def leave(self, tablet: Tablet) -> None:
        if tablet in self.tablets:
            self.tablets.remove(tablet)
            self._online_changed()
        if all(other.person != tablet.person for other in self.tablets):
            self._personal.pop(tablet.person, None)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def moved(self, meeting: Meeting, seq: int, events: Sequence[Event]) -> None:
        """The meeting has moved by `events`: tell those whose parts changed; ballots wait for the next progress push."""
        self._meeting, self._seq = meeting, seq
        self._frames.clear()
        self._tell_owners(events)
        if any(isinstance(event, _MOVES_EVERYBODY) for event in events):
            self._reassign()
        if all(isinstance(event, e.BallotCast) for event in events):
            self._later()
        else:
            self._flush()

    def compose(self, tablet: Tablet) -> Frame | None:
        """The frame that brings `tablet` up to date; equal needs share one string."""
        audience = tablet.audience
        if audience is None or not (tablet.everything or tablet.changed):
            return None
        everything, names = tablet.everything, frozenset(tablet.changed)
        tablet.everything = False
        tablet.changed.clear()
        encoded = self._parts_of(audience)
        if everything:
            hello = self._hello(tablet, audience)
            return (
                f'{{{hello}"seq":{self._seq},"all":true,"parts":{{{encoded.all_of()},"me":{self._me(tablet.person)}}}}}'
            )
        shared = names - {"me"}
        key = (audience, shared)
        if key not in self._frames:
            self._frames[key] = encoded.some_of(shared)
        own = f'"me":{self._me(tablet.person)}' if "me" in names else ""
        body = ",".join(part for part in (self._frames[key], own) if part)
        return f'{{"seq":{self._seq},"parts":{{{body}}}}}'

    def _hello(self, tablet: Tablet, audience: Audience) -> str:
        hello = {
            "build": self._build,
            "person": tablet.person,
            "audience": audience.kind.value,
            "now": self._clock().isoformat(),
        }
        return f'"hello":{encode(hello)},'

    def _parts_of(self, audience: Audience) -> EncodedParts:
        if audience not in self._encoded:
            self._encoded[audience] = EncodedParts(audience)
            self._encoded[audience].refresh(self._meeting, self._online())
        return self._encoded[audience]

    def _me(self, person: int) -> str:
        if person not in self._personal:
            self._personal[person] = encode(personal_part(self._meeting, person))
        return self._personal[person]

    def _tell_owners(self, events: Sequence[Event]) -> None:
        owners = _owners(self._meeting, events)
        for tablet in self.tablets:
            if owners is None or tablet.person in owners:
                self._personal.pop(tablet.person, None)
                tablet.tell({"me"})

    def _reassign(self) -> None:
        for tablet in self.tablets:
            audience = audience_of(self._meeting, tablet.person)
            if audience is not None and audience != tablet.audience:
                tablet.audience = audience
                tablet.tell_everything()

    def _later(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PROGRESS_INTERVAL_S, self._flush)

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._frames.clear()
        present = {tablet.audience for tablet in self.tablets}
        for audience in [audience for audience in self._encoded if audience not in present]:
            del self._encoded[audience]
        online = self._online()
        for audience, encoded in self._encoded.items():
            changed = encoded.refresh(self._meeting, online)
            if changed:
                for tablet in self.tablets:
                    if tablet.audience == audience:
                        tablet.tell(changed)

    def _online(self) -> list[int]:
        return sorted({tablet.person for tablet in self.tablets})

    def _online_changed(self) -> None:
        if any(audience.runs for audience in self._encoded):
            self._later()


def _owners(meeting: Meeting, events: Sequence[Event]) -> set[int] | None:
    """Whose part `me` may have changed; None: everybody's."""
    owners: set[int] = set()
    for event in events:
        match event:
            case e.BallotCast(seat=seat):
                owners |= {seat, event.by} | _standing_in(meeting, seat)
            case e.PresenceMarked(person=person):
                stands_for = meeting.participants[person].stands_for
                owners |= {person} | _standing_in(meeting, person)
                # A second substitute of the same seat learns that it is taken.
                owners |= {stands_for} | _standing_in(meeting, stands_for) if stands_for is not None else set()
            case _ if isinstance(event, _MOVES_EVERYBODY):
                return None
    return owners


def _standing_in(meeting: Meeting, seat: int) -> set[int]:
    return {p.person for p in meeting.participants.values() if p.stands_for == seat}

"""What the tablets are told: old parts plus pushes equal a fresh fetch, personal parts stay personal, slow ones stay small."""

import asyncio
import json
from typing import Any

import pytest

from ecabinet.room.room import Room
from ecabinet.room.tablet import ANSWERS_LIMIT, Tablet, TabletOverrun
from ecabinet.rules.audience import audience_of
from ecabinet.rules.commands import (
    AssignPresiding,
    CastBallot,
    CheckIn,
    ClosePoll,
    ConcludeItem,
    MarkPresence,
    NoteItem,
    OpenPoll,
    OpenSession,
    PublishResult,
    StartItem,
)
from ecabinet.rules.meeting import PresenceStatus
from ecabinet.rules.view import personal_part, view
from tests.room.conftest import CHAIR, INVITEE, MEMBERS, SCREEN, SECRETARY, STRANGER, Session

POLL = "item-2"


class Listener:
    """A tablet that keeps its parts as the page does: no reducer, each pushed part replaces the old one."""

    def __init__(self, room: Room, person: int) -> None:
        self.room = room
        self.tablet = Tablet(person)
        self.parts: dict[str, Any] = {}
        self.seq = 0
        self.frames: list[dict[str, Any]] = []
        assert room.join(self.tablet)
        self.listen()

    def listen(self) -> list[str]:
        """Take what waits; the names of the parts in it."""
        frame = self.room.compose(self.tablet)
        if frame is None:
            return []
        message = json.loads(frame)
        self.frames.append(message)
        self.seq = message["seq"]
        if message.get("all"):
            self.parts = {}
        for name, part in message["parts"].items():
            if part is None:
                self.parts.pop(name, None)
            else:
                self.parts[name] = part
        return sorted(message["parts"])

    def fresh(self) -> dict[str, Any]:
        audience = audience_of(self.room.meeting, self.tablet.person)
        assert audience is not None
        parts = view(self.room.meeting, audience) | {"me": personal_part(self.room.meeting, self.tablet.person)}
        if audience.runs:
            parts["online"] = {"people": sorted({tablet.person for tablet in self.room.tablets})}
        return json.loads(json.dumps(parts))  # type: ignore[no-any-return]


async def progress_pushed(room: Room) -> None:
    """Wait for the timer that gathers the progress of a vote."""
    while room._broadcast._timer is not None:
        await asyncio.sleep(0.01)


async def test_old_parts_and_pushes_equal_a_fresh_fetch(session: Session) -> None:
    room = await session.room()
    listeners = [Listener(room, person) for person in (CHAIR, SECRETARY, 3, INVITEE, SCREEN)]
    steps: list[tuple[Any, int, dict[str, Any]]] = [
        *((CheckIn, member, {}) for member in MEMBERS),
        (OpenSession, CHAIR, {}),
        (NoteItem, SECRETARY, {"item": 1, "note": "ghi chú"}),
        (StartItem, CHAIR, {"item": 1}),
        (StartItem, CHAIR, {"item": 2}),
        (OpenPoll, CHAIR, {"poll": POLL}),
        *((CastBallot, member, {"poll": POLL, "choice": ("for",)}) for member in MEMBERS),
        (CastBallot, 3, {"poll": POLL, "choice": ("against",)}),
        (ClosePoll, CHAIR, {"poll": POLL}),
        (PublishResult, CHAIR, {"poll": POLL}),
        (ConcludeItem, SECRETARY, {"item": 2, "conclusion": "Thông qua."}),
        (MarkPresence, SECRETARY, {"person": 5, "status": PresenceStatus.LEFT}),
    ]
    for kind, by, fields in steps:
        before = room.seq
        await session.done(kind, by=by, **fields)
        assert room.seq > before
        await progress_pushed(room)
        for listener in listeners:
            listener.listen()
            assert listener.parts == listener.fresh(), kind.__name__


async def test_a_new_chair_becomes_another_audience(session: Session, database: Any) -> None:
    room = await session.room()
    deputy = Listener(room, 2)
    await session.do(AssignPresiding, by=CHAIR, person=2)
    deputy.listen()
    # Person 2 is a plain member in this meeting: the assignment is refused, nothing is pushed that only a chair sees.
    assert "next" not in deputy.parts
    assert deputy.parts == deputy.fresh()


async def test_a_ballot_goes_to_its_owner_only(session: Session) -> None:
    room = await session.room()
    for member in MEMBERS:
        await session.done(CheckIn, by=member)
    await session.done(OpenSession)
    await session.done(StartItem, item=2)
    await session.done(OpenPoll, poll=POLL)
    voter, other, chair = Listener(room, 3), Listener(room, 4), Listener(room, CHAIR)
    await session.done(CastBallot, by=3, id="ballot-of-three", poll=POLL, choice=("against",))
    await progress_pushed(room)
    assert voter.listen() == ["me", f"poll/{POLL}"]
    assert other.listen() == [f"poll/{POLL}"]
    chair.listen()
    assert voter.parts["me"]["ballots"][POLL]["choice"] == ["against"]
    assert [listener.parts["me"]["ballots"] for listener in (other, chair)] == [{}, {}]
    for listener in (other, chair):
        assert "votes" not in listener.parts[f"poll/{POLL}"] and "result" not in listener.parts[f"poll/{POLL}"]


async def test_many_ballots_are_one_push(session: Session) -> None:
    room = await session.room()
    for member in MEMBERS:
        await session.done(CheckIn, by=member)
    await session.done(OpenSession)
    await session.done(StartItem, item=2)
    await session.done(OpenPoll, poll=POLL)
    screen = Listener(room, SCREEN)
    for member in MEMBERS:
        await session.done(CastBallot, by=member, poll=POLL, choice=("for",))
    await progress_pushed(room)
    screen.listen()
    assert [frame["parts"].keys() for frame in screen.frames[1:]] == [{f"poll/{POLL}"}]
    assert screen.parts[f"poll/{POLL}"]["voted"] == 25


async def test_equal_needs_share_one_encoding(session: Session) -> None:
    room = await session.room()
    listeners = [Listener(room, member) for member in range(10, 14)]
    await session.done(CheckIn, by=3)
    frames = [room.compose(listener.tablet) for listener in listeners]
    assert frames[0] and "presence" in frames[0]
    assert len(set(frames)) == 1
    assert len(room._broadcast._frames) == 1


async def test_a_tablet_that_never_reads_stays_small(session: Session) -> None:
    room = await session.room()
    stalled = Tablet(3)
    room.join(stalled)
    room.compose(stalled)
    for number in range(50):
        await session.done(NoteItem, by=SECRETARY, item=1, note=f"{number}")
        await session.done(ConcludeItem, by=SECRETARY, item=1, conclusion=f"{number}")
    assert stalled.changed == {"item/1"}
    frame = json.loads(room.compose(stalled) or "")
    assert frame["parts"]["item/1"]["conclusion"] == "49"


async def test_a_tablet_that_asks_and_never_reads_is_cut_off() -> None:
    tablet = Tablet(3)
    for _ in range(ANSWERS_LIMIT):
        tablet.answer("{}")
    with pytest.raises(TabletOverrun):
        tablet.answer("{}")


async def test_who_does_not_take_part_cannot_join(session: Session) -> None:
    room = await session.room()
    assert not room.join(Tablet(STRANGER))
    assert list(room.tablets) == []


async def test_a_guest_is_not_told_of_items_that_are_not_theirs(session: Session) -> None:
    room = await session.room()
    guest = Listener(room, INVITEE)
    await session.done(ConcludeItem, by=SECRETARY, item=2, conclusion="kín-với-khách")
    assert guest.listen() == []
    assert "item/2" not in guest.parts
    assert "Đề án du lịch" not in json.dumps(guest.parts, ensure_ascii=False)

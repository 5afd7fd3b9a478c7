"""One Room: batches, receipts after the commit, idempotent commands, and nothing lost when the disk fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from ecabinet.room.room import Done
from ecabinet.room.rooms import NoSuchMeeting, Rooms
from ecabinet.rules.apply import replay
from ecabinet.rules.ballots import receipt
from ecabinet.rules.commands import (
    AddItem,
    CastBallot,
    CheckIn,
    ClosePoll,
    OpenPoll,
    OpenSession,
    PublishResult,
    StartItem,
)
from ecabinet.rules.meeting import MeetingHead, Stage, blank
from ecabinet.rules.polls import PollState, Verdict
from ecabinet.rules.refused import Refused, refused
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.event_log import EventLog
from ecabinet.store.tables import AgendaItem, Ballot, Meeting, MeetingEvent
from tests.room.conftest import CHAIR, INVITEE, MEMBERS, NOW, SECRETARY, STRANGER, Session, call, new_meeting

POLL = "item-2"


async def with_open_poll(session: Session, present: int = 25) -> None:
    for member in list(MEMBERS)[:present]:
        await session.done(CheckIn, by=member)
    await session.done(OpenSession)
    await session.done(StartItem, item=2)
    await session.done(OpenPoll, poll=POLL)


async def count_rows(session: Session, table: Any) -> int:
    async with session.database.reading() as database:
        return (await database.exec(select(func.count()).select_from(table))).one()


async def test_a_whole_vote_is_recorded_and_published(session: Session) -> None:
    await with_open_poll(session)
    ballots = [
        session.done(CastBallot, by=m, id=f"b-{m}", poll=POLL, choice=("for",) if m <= 13 else ("against",))
        for m in MEMBERS
    ]
    receipts = await asyncio.gather(*ballots)
    await session.done(ClosePoll, poll=POLL)
    await session.done(PublishResult, poll=POLL)
    poll = (await session.room()).meeting.polls[POLL]
    assert [done.receipt for done in receipts] == [receipt(f"b-{m}") for m in MEMBERS]
    assert (poll.state, poll.result and poll.result.verdict) == (PollState.PUBLISHED, Verdict.PASSED)
    assert await count_rows(session, Ballot) == 25


async def test_sixteen_of_twenty_five_cannot_open(session: Session) -> None:
    for member in list(MEMBERS)[:16]:
        await session.done(CheckIn, by=member)
    outcome = await session.do(OpenSession)
    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.params["missing"]) == ("inquorate", 1)


async def test_commands_that_wait_together_are_one_transaction(session: Session) -> None:
    room = await session.room()
    commits = 0
    append = room._log.append

    async def counted(*args: Any) -> Any:
        nonlocal commits
        commits += 1
        return await append(*args)

    room._log.append = counted  # type: ignore[method-assign]
    await asyncio.gather(*(session.done(CheckIn, by=m) for m in MEMBERS))
    assert commits == 1


async def test_the_same_id_gets_the_same_answer_and_no_second_event(session: Session) -> None:
    await with_open_poll(session)
    first = await session.done(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",))
    before = (await session.room()).seq
    again = await session.done(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("against",))
    assert (again, (await session.room()).seq) == (first, before)
    assert (await session.room()).meeting.polls[POLL].ballots[3].choice == ("for",)


async def test_the_same_id_twice_in_one_batch_is_done_once(session: Session) -> None:
    await with_open_poll(session)
    twice = await asyncio.gather(
        *(session.done(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",)) for _ in range(2))
    )
    assert twice[0] == twice[1]
    assert await count_rows(session, Ballot) == 1


async def test_an_id_is_answered_to_nobody_else(session: Session) -> None:
    await with_open_poll(session)
    await session.done(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",))
    assert await session.do(CastBallot, by=4, id="ballot-a", poll=POLL, choice=("for",)) == refused("id_in_use")


async def test_a_changed_ballot_replaces_the_first(session: Session) -> None:
    await with_open_poll(session)
    await session.done(CastBallot, by=3, id="a", poll=POLL, choice=("for",))
    await session.done(CastBallot, by=3, id="b", poll=POLL, choice=("against",))
    assert await count_rows(session, Ballot) == 1
    assert (await session.room()).meeting.polls[POLL].ballots[3].choice == ("against",)


async def test_after_a_restart_the_poll_goes_on_and_ids_are_remembered(session: Session) -> None:
    await with_open_poll(session)
    first = await session.done(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",))
    before = (await session.room()).meeting
    await session.rooms.close()
    restarted = Rooms(session.database, lambda: NOW)
    session.rooms = restarted
    assert (await session.room()).meeting == before
    assert await session.done(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",)) == first
    assert isinstance(await session.do(CastBallot, by=4, poll=POLL, choice=("against",)), Done)
    await restarted.close()


async def test_the_state_is_what_the_log_replays(session: Session) -> None:
    await with_open_poll(session)
    await session.done(CastBallot, by=3, poll=POLL, choice=("for",))
    entries = await EventLog(session.database, session.meeting_id).read()
    draft = blank(MeetingHead("", "", Text(), Text()), RuleSet())
    assert replay(draft, [entry.event for entry in entries]) == (await session.room()).meeting
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))


async def test_who_does_not_take_part_is_refused(session: Session) -> None:
    assert await session.do(CheckIn, by=STRANGER) == refused("not_in_meeting")
    outcome = await session.do(CastBallot, by=INVITEE, poll=POLL, choice=("for",))
    assert isinstance(outcome, Refused)


@asynccontextmanager
async def disk_trouble(session: Session) -> AsyncIterator[None]:
    """Appends fail after the events were written and before the commit, as a full disk makes them fail."""
    room = await session.room()
    follow = room._log._follow

    async def fail(*_: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    room._log._follow = fail  # type: ignore[method-assign]
    yield
    room._log._follow = follow  # type: ignore[method-assign]


async def test_what_is_not_on_disk_is_not_acknowledged(session: Session) -> None:
    await with_open_poll(session)
    room = await session.room()
    before = (room.meeting, room.seq)
    async with disk_trouble(session):
        outcome = await session.do(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",))
    assert outcome == refused("not_recorded")
    assert (room.meeting, room.seq) == before
    assert isinstance(await session.do(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",)), Done)
    assert await count_rows(session, Ballot) == 1


async def test_a_caller_that_gives_up_changes_nothing_for_the_room(session: Session) -> None:
    await with_open_poll(session)
    impatient = asyncio.create_task(session.do(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",)))
    await asyncio.sleep(0)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    again = await session.done(CastBallot, by=3, id="ballot-a", poll=POLL, choice=("for",))
    assert again.receipt == receipt("ballot-a")
    assert await count_rows(session, Ballot) == 1


async def test_a_room_that_has_stopped_leaves_nobody_waiting(session: Session) -> None:
    room = await session.room()
    await room.stop()
    assert await room.execute(CheckIn(id="late", by=3)) == refused("not_recorded")


async def test_two_processes_on_one_log_agree(session: Session) -> None:
    other = Rooms(session.database, lambda: NOW)
    there = await other.room(session.meeting_id)
    await session.done(CheckIn, by=3)
    await other.execute(session.meeting_id, CheckIn(id="there", by=4))
    await session.done(CheckIn, by=5)
    here = await session.room()
    assert [entry.seq for entry in await EventLog(session.database, session.meeting_id).read()] == list(
        range(1, here.seq + 1)
    )
    await other.execute(session.meeting_id, CheckIn(id="there-2", by=6))
    assert set(there.meeting.presence) == {3, 4, 5, 6}
    await other.close()


async def test_a_second_ballot_breaks_the_key_where_changes_are_off(database: Any) -> None:
    """The constraint of the database, not a check in code, holds one ballot per seat."""
    rooms = Rooms(database, lambda: NOW)
    strict = Session(rooms, database, await new_meeting(database, "strict"))
    await rooms.execute(strict.meeting_id, call(rules=RuleSet(ballot_change=False)))
    await with_open_poll(strict)
    await strict.done(CastBallot, by=3, poll=POLL, choice=("for",))
    outcome = await strict.do(CastBallot, by=3, poll=POLL, choice=("against",))
    assert outcome == refused("ballot_unchangeable")
    room = await strict.room()
    cast = room.meeting.polls[POLL].ballots[3]
    # Were the rules wrong and asked for it all the same, the insert itself would fail.
    from ecabinet.rules.events import BallotCast
    from ecabinet.rules.record import Entry
    from ecabinet.store.event_log import Batch

    event = BallotCast(at=NOW, by=3, poll=POLL, seat=3, ballot="second", choice=cast.choice)
    head = await room._log.head()
    assert head is not None
    with pytest.raises(Exception, match="UNIQUE"):
        await room._log.append(head, Batch([Entry(head.key, head.seq + 1, "second", 0, event)], "in_session", False))
    assert await count_rows(strict, Ballot) == 1
    await rooms.close()


async def test_a_late_item_gets_a_row_of_its_own(session: Session) -> None:
    await session.done(AddItem, by=SECRETARY, title=Text("Nội dung phát sinh", "Urgent item"))
    items = (await session.room()).meeting.items
    late = [item for item in items.values() if item.late]
    async with session.database.reading() as database:
        row = await database.get(AgendaItem, late[0].id)
    assert row is not None
    assert (row.title_vi, row.deleted_at, row.meeting_id) == ("Nội dung phát sinh", None, session.meeting_id)


async def test_a_late_item_that_is_refused_leaves_no_row(session: Session) -> None:
    before = await count_rows(session, AgendaItem)
    outcomes = [
        await session.do(AddItem, by=MEMBERS[3], title=Text("Không phải việc của tôi")),
        await session.do(AddItem, by=SECRETARY, title=Text("")),
        await session.do(AddItem, by=SECRETARY, title=Text("Lạc"), parent=999),
    ]
    assert all(isinstance(outcome, Refused) for outcome in outcomes)
    assert await count_rows(session, AgendaItem) == before


async def test_the_row_of_the_meeting_follows_the_log(session: Session) -> None:
    await session.done(CheckIn, by=3)
    async with session.database.reading() as database:
        row = await database.get_one(Meeting, session.meeting_id)
        last = (await database.exec(select(MeetingEvent.hash).order_by(col(MeetingEvent.seq).desc()))).first()
    assert (row.stage, row.head_seq, row.head_hash) == (Stage.CALLED.value, (await session.room()).seq, last)


async def test_an_unknown_meeting_has_no_room(session: Session) -> None:
    with pytest.raises(NoSuchMeeting):
        await session.rooms.room(4711)
    assert await session.rooms.meeting(4711) is None


async def test_a_draft_is_not_live(session: Session, database: Any) -> None:
    draft = await new_meeting(database, "draft")
    assert await session.rooms.meeting(draft) is None
    assert await session.rooms.execute(draft, CheckIn(id="x", by=CHAIR)) == refused("not_in_meeting")

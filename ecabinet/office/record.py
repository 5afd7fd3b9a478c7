"""The record told again and recounted: `ecabinet replay` and `ecabinet verify`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from ecabinet.office.recount import Recount
from ecabinet.rules.ballots import receipt
from ecabinet.rules.record import GENESIS, Entry, chain, entry_from_bytes
from ecabinet.store.database import Database
from ecabinet.store.event_log import EventLog
from ecabinet.store.tables import Ballot, Meeting


class NoSuchRecord(LookupError):
    """There is no called meeting with this key."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found: the events and ballots counted, the head of the chain, and each thing that is wrong."""

    events: int
    ballots: int
    head: str
    polls: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.problems


async def replay(database: Database, key: str, time_zone: ZoneInfo) -> list[str]:
    """The session told from its log, one line an event; raises NoSuchRecord."""
    log, _ = await _log_of(database, key)
    return [_line(entry, time_zone) for entry in await log.read()]


async def verify(database: Database, key: str) -> Verification:
    """Recount the polls from the raw log, without `apply`, and check chain, numbers, keys and the ballot rows."""
    log, meeting = await _log_of(database, key)
    kept = await log.read_kept()
    problems = list(_chain_problems(kept, meeting))
    recount = Recount()
    for canonical, _ in kept:
        recount.add(entry_from_bytes(canonical))
    problems += recount.problems
    problems += await _ballot_problems(database, log.meeting_id, recount)
    head = kept[-1][1] if kept else GENESIS
    return Verification(len(kept), recount.ballot_count, head, recount.tallies(), problems)


async def _log_of(database: Database, key: str) -> tuple[EventLog, Meeting]:
    async with database.reading() as session:
        meeting = (await session.exec(select(Meeting).where(col(Meeting.key) == key))).first()
    if meeting is None or meeting.id is None or meeting.head_seq == 0:
        raise NoSuchRecord(key)
    return EventLog(database, meeting.id), meeting


def _chain_problems(kept: list[tuple[bytes, str]], meeting: Meeting) -> Iterator[str]:
    previous = GENESIS
    for number, (canonical, hash_) in enumerate(kept, start=1):
        entry = entry_from_bytes(canonical)
        if entry.seq != number:
            yield f"event {number}: the log says {entry.seq}"
        if entry.meeting != meeting.key:
            yield f"event {number}: belongs to {entry.meeting}"
        if chain(previous, canonical) != hash_:
            yield f"event {number}: the hash does not follow from the events before it"
        previous = hash_
    if (meeting.head_seq, meeting.head_hash) != (len(kept), previous):
        yield f"the meeting says it ends at {meeting.head_seq} {meeting.head_hash[:12]}, the log at {len(kept)} {previous[:12]}"


async def _ballot_problems(database: Database, meeting_id: int, recount: Recount) -> list[str]:
    async with database.reading() as session:
        rows = (await session.exec(select(Ballot).where(col(Ballot.meeting_id) == meeting_id))).all()
    held = {(row.poll_id, row.seat_id): row.choice for row in rows}
    counted = {key: "\x1f".join(choice) for key, choice in recount.last_choices().items()}
    return [
        f"poll {poll}, seat {seat}: ballot row and log differ" for poll, seat in sorted(held.keys() ^ counted.keys())
    ] + [
        f"poll {poll}, seat {seat}: the row says {held[poll, seat]}, the log {counted[poll, seat]}"
        for poll, seat in sorted(held.keys() & counted.keys())
        if held[poll, seat] != counted[poll, seat]
    ]


def _line(entry: Entry, time_zone: ZoneInfo) -> str:
    at = entry.event.at.astimezone(time_zone).strftime("%d/%m/%Y %H:%M:%S")
    data = {name: value for name, value in _shown(entry).items() if value not in ("", None, (), [])}
    details = " ".join(f"{name}={value}" for name, value in data.items())
    return f"{entry.seq:>5}  {at}  {entry.kind:<18} by {entry.event.by}  {details}".rstrip()


def _shown(entry: Entry) -> dict[str, Any]:
    event = entry.event
    match entry.kind:
        case "MeetingCalled":
            return {"items": len(event.items), "people": len(event.participants)}  # type: ignore[attr-defined]
        case "BallotCast":
            return {
                "poll": event.poll,  # type: ignore[attr-defined]
                "seat": event.seat,  # type: ignore[attr-defined]
                "choice": ",".join(event.choice),  # type: ignore[attr-defined]
                "receipt": receipt(event.ballot),  # type: ignore[attr-defined]
            }
    fields = (name for name in type(event).__dataclass_fields__ if name not in ("at", "by"))
    return {name: _plain(getattr(event, name)) for name in fields}


def _plain(value: Any) -> Any:
    return getattr(value, "vi", None) or getattr(value, "id", None) or value

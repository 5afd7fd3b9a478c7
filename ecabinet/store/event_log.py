"""The event log of a meeting: appended in one transaction, numbered without gaps, hash-chained."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from ecabinet.rules import events as e
from ecabinet.rules.meeting import Participant
from ecabinet.rules.record import GENESIS, Entry, chain, entry_bytes, entry_from_bytes
from ecabinet.store.database import Database
from ecabinet.store.tables import AgendaItem, Ballot, Invitation, Meeting, MeetingEvent, Paper


class Behind(Exception):
    """Somebody else appended first: read what is new and decide again."""


@dataclass(frozen=True, slots=True)
class LogHead:
    """Where the log stands: the number and hash of its last event."""

    key: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What is appended at once: the entries, the stage after them, and whether a ballot may replace an earlier one."""

    entries: Sequence[Entry]
    stage: str
    ballot_change: bool


class EventLog:
    """The log of one meeting. Any process may append; the unique keys and the row lock keep the order."""

    def __init__(self, database: Database, meeting_id: int) -> None:
        self.meeting_id = meeting_id
        self._database = database

    async def head(self) -> LogHead | None:
        """None where there is no such meeting."""
        async with self._database.reading() as session:
            meeting = await session.get(Meeting, self.meeting_id)
        return LogHead(meeting.key, meeting.head_seq, meeting.head_hash or GENESIS) if meeting else None

    async def read(self, after: int = 0) -> list[Entry]:
        return [entry_from_bytes(kept) for kept, _ in await self.read_kept(after)]

    async def read_kept(self, after: int = 0) -> list[tuple[bytes, str]]:
        """(canonical bytes, hash) of every event after number `after`."""
        query = (
            select(col(MeetingEvent.canonical), col(MeetingEvent.hash))
            .where(col(MeetingEvent.meeting_id) == self.meeting_id, col(MeetingEvent.seq) > after)
            .order_by(col(MeetingEvent.seq))
        )
        async with self._database.reading() as session:
            return [(bytes(kept), hash_) for kept, hash_ in (await session.exec(query)).all()]

    async def append(self, head: LogHead, batch: Batch) -> LogHead:
        """Commit `batch` after `head` and return the new head; raises Behind when `head` is no longer the newest.

        When this returns, the events are on disk; when it raises anything else, whether they are is unknown: read again.
        """
        kept = [entry_bytes(entry) for entry in batch.entries]
        hashes, previous = [], head.hash
        for canonical in kept:
            previous = chain(previous, canonical)
            hashes.append(previous)
        new_head = LogHead(head.key, head.seq + len(kept), previous)
        async with self._database.writing_connection() as connection:
            await self._lock(connection, head)
            await connection.execute(insert(MeetingEvent), self._rows(batch.entries, kept, hashes))
            await self._keep_ballots(connection, batch)
            await self._follow(connection, batch.entries)
            await connection.execute(
                update(Meeting)
                .where(col(Meeting.id) == self.meeting_id)
                .values(head_seq=new_head.seq, head_hash=new_head.hash, stage=batch.stage)
            )
        return new_head

    async def reserve_item(self, now: datetime) -> int:
        """The id of a late item: a row that stays deleted until its ItemAdded is appended."""
        async with self._database.writing() as session:
            row = AgendaItem(meeting_id=self.meeting_id, deleted_at=now)
            session.add(row)
            await session.flush()
            assert row.id is not None
            return row.id

    async def _lock(self, connection: AsyncConnection, head: LogHead) -> None:
        query = select(col(Meeting.head_seq)).where(col(Meeting.id) == self.meeting_id).with_for_update()
        if (await connection.execute(query)).scalar_one() != head.seq:
            raise Behind

    def _rows(self, entries: Sequence[Entry], kept: list[bytes], hashes: list[str]) -> list[dict[str, Any]]:
        return [
            {
                "meeting_id": self.meeting_id, "seq": entry.seq, "command_id": entry.command, "part": entry.part,
                "kind": entry.kind, "at": entry.event.at, "by": entry.event.by, "canonical": canonical, "hash": hash_,
            }
            for entry, canonical, hash_ in zip(entries, kept, hashes, strict=True)
        ]  # fmt: skip

    async def _keep_ballots(self, connection: AsyncConnection, batch: Batch) -> None:
        """One row per seat and poll; where the body forbids a change, a second ballot breaks the key and the batch."""
        rows = [
            {
                "meeting_id": self.meeting_id, "poll_id": entry.event.poll, "seat_id": entry.event.seat,
                "seq": entry.seq, "choice": "\x1f".join(entry.event.choice),
            }
            for entry in batch.entries
            if isinstance(entry.event, e.BallotCast)
        ]  # fmt: skip
        if not rows:
            return
        dialect = sqlite if self._database.is_sqlite else postgresql
        statement = dialect.insert(Ballot)
        if batch.ballot_change:
            newer = {"seq": statement.excluded.seq, "choice": statement.excluded.choice}
            statement = statement.on_conflict_do_update(index_elements=["meeting_id", "poll_id", "seat_id"], set_=newer)
        await connection.execute(statement, rows)

    async def _follow(self, connection: AsyncConnection, entries: Sequence[Entry]) -> None:
        """The rows of what came late or changed follow the record, so that the desk can copy and search them."""
        for entry in entries:
            match entry.event:
                case e.ItemAdded(item=item):
                    values: dict[str, Any] = {
                        "deleted_at": None, "kind": item.kind.value, "parent_id": item.parent, "title_vi": item.title.vi,
                        "title_en": item.title.en, "presenter_vi": item.presenter.vi, "presenter_en": item.presenter.en,
                        "planned_minutes": item.planned_minutes, "position": await self._last_position(connection),
                    }  # fmt: skip
                    await self._update_item(connection, item.id, values)
                case e.ItemEdited(item=item_id, title=title, presenter=presenter, planned_minutes=minutes):
                    values = {
                        "title_vi": title.vi, "title_en": title.en, "presenter_vi": presenter.vi,
                        "presenter_en": presenter.en, "planned_minutes": minutes,
                    }  # fmt: skip
                    await self._update_item(connection, item_id, values)
                case e.PaperAttached(paper=paper):
                    await self._update_paper(connection, paper.id, deleted_at=None)
                case e.PaperRemoved(paper=paper_id, at=at):
                    await self._update_paper(connection, paper_id, deleted_at=at)
                case e.ParticipantAdded(participant=added):
                    await self._invite(connection, added)
                case e.InviteeAdmitted(person=person, item_ids=item_ids):
                    own = (col(Invitation.meeting_id) == self.meeting_id, col(Invitation.person_id) == person)
                    await connection.execute(update(Invitation).where(*own).values(item_ids=list(item_ids)))

    async def _last_position(self, connection: AsyncConnection) -> int:
        query = select(func.max(col(AgendaItem.position))).where(col(AgendaItem.meeting_id) == self.meeting_id)
        return ((await connection.execute(query)).scalar() or 0) + 1

    async def _update_item(self, connection: AsyncConnection, item_id: int, values: dict[str, Any]) -> None:
        own = (col(AgendaItem.id) == item_id, col(AgendaItem.meeting_id) == self.meeting_id)
        await connection.execute(update(AgendaItem).where(*own).values(**values))

    async def _update_paper(self, connection: AsyncConnection, paper_id: int, **values: Any) -> None:
        own = (col(Paper.id) == paper_id, col(Paper.meeting_id) == self.meeting_id)
        await connection.execute(update(Paper).where(*own).values(**values))

    async def _invite(self, connection: AsyncConnection, added: Participant) -> None:
        """Whoever was on the list without taking part (an account that was closed when the meeting was called) has a row already."""
        values = {
            "role": added.role.value, "weight": added.weight, "item_ids": list(added.item_ids),
            "for_person_id": added.stands_for,
        }  # fmt: skip
        statement = (sqlite if self._database.is_sqlite else postgresql).insert(Invitation)
        statement = statement.on_conflict_do_update(index_elements=["meeting_id", "person_id"], set_=values)
        query = select(func.max(col(Invitation.position))).where(col(Invitation.meeting_id) == self.meeting_id)
        last = (await connection.execute(query)).scalar() or 0
        row = values | {"meeting_id": self.meeting_id, "person_id": added.person, "position": last + 1}
        await connection.execute(statement, [row])

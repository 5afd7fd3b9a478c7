"""All Rooms of this process, opened when somebody first asks."""

import asyncio

from ecabinet.room.room import Clock, Outcome, Room
from ecabinet.rules.commands import Command
from ecabinet.rules.meeting import Meeting, MeetingHead, Stage, blank
from ecabinet.rules.record import GENESIS
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.database import Database
from ecabinet.store.event_log import EventLog, LogHead


class NoSuchMeeting(Exception):
    """There is no meeting with this id."""


class Rooms:
    """Meeting id -> Room. One Room per meeting and process, whoever asks first and however many at once."""

    def __init__(self, database: Database, clock: Clock, build: str = "") -> None:
        """`build` names the version of the pages; a tablet with another one reloads itself."""
        self._database = database
        self._clock = clock
        self._build = build
        self._rooms: dict[int, Room] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    async def room(self, meeting_id: int) -> Room:
        """The Room of a meeting, called or not; raises NoSuchMeeting."""
        if meeting_id in self._rooms:
            return self._rooms[meeting_id]
        async with self._locks.setdefault(meeting_id, asyncio.Lock()):
            if meeting_id not in self._rooms:
                self._rooms[meeting_id] = await self._open(meeting_id)
        self._locks.pop(meeting_id, None)
        return self._rooms[meeting_id]

    async def meeting(self, meeting_id: int) -> Meeting | None:
        """The state of a called meeting; None where there is none or it is still a draft."""
        try:
            room = await self.room(meeting_id)
        except NoSuchMeeting:
            return None
        return None if room.meeting.stage is Stage.DRAFT else room.meeting

    async def execute(self, meeting_id: int, command: Command) -> Outcome:
        """Raises NoSuchMeeting."""
        return await (await self.room(meeting_id)).execute(command)

    async def close(self) -> None:
        for room in self._rooms.values():
            await room.stop()
        self._rooms.clear()

    async def _open(self, meeting_id: int) -> Room:
        log = EventLog(self._database, meeting_id)
        head = await log.head()
        if head is None:
            raise NoSuchMeeting(meeting_id)
        # What names the meeting comes with its first event; until then nothing of it is live.
        draft = blank(MeetingHead(head.key, "", Text(), Text()), RuleSet())
        room = Room(log, LogHead(head.key, 0, GENESIS), draft, self._clock, self._build)
        await room.start()
        return room

"""The Room of a meeting: one task that decides, records and then tells the tablets."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from ecabinet.room.broadcast import Broadcast
from ecabinet.room.tablet import Frame, Tablet
from ecabinet.rules.apply import apply
from ecabinet.rules.ballots import receipt
from ecabinet.rules.commands import AddItem, CastBallot, Command
from ecabinet.rules.decide import decide
from ecabinet.rules.events import Event
from ecabinet.rules.meeting import Meeting
from ecabinet.rules.record import Entry
from ecabinet.rules.refused import Refused, refused
from ecabinet.store.event_log import Batch, Behind, EventLog, LogHead

Clock = Callable[[], datetime]

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Done:
    """A command that was carried out and is on disk: the number of its last event, when, and a ballot's receipt."""

    seq: int
    at: datetime
    receipt: str | None = None


Outcome = Done | Refused
_Waiting = tuple[Command, "asyncio.Future[Outcome]"]


class Room:
    """Commands come in from any number of tablets, and out come their outcomes; all tablets are kept up to date."""

    def __init__(self, log: EventLog, head: LogHead, meeting: Meeting, clock: Clock, build: str) -> None:
        self.meeting = meeting
        self._log = log
        self._head = head
        self._clock = clock
        self._answers: dict[str, tuple[int, Done]] = {}
        self._waiting: list[_Waiting] = []
        self._wake = asyncio.Event()
        self._stale = False
        self._stopped = False
        self._broadcast = Broadcast(meeting, head.seq, clock, build)
        self._task: asyncio.Task[None] | None = None

    @property
    def seq(self) -> int:
        return self._head.seq

    @property
    def tablets(self) -> Iterable[Tablet]:
        return self._broadcast.tablets

    async def start(self) -> None:
        await self._catch_up()
        self._task = asyncio.create_task(self._run(), name=f"room-{self._log.meeting_id}")

    async def stop(self) -> None:
        self._stopped = True
        self._broadcast.stop()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for _, future in self._waiting:
            _settle(future, refused("not_recorded"))
        self._waiting.clear()

    async def execute(self, command: Command) -> Outcome:
        """The outcome after the commit. A caller that is cancelled meanwhile changes nothing for the Room."""
        if isinstance(command, AddItem) and command.item == 0 and command.id not in self._answers:
            # A row is reserved for it only where the rules do not refuse it anyway: any member could ask, again and again.
            if isinstance(problem := decide(self.meeting, command, self._clock()), Refused):
                return problem
            try:
                command = replace(command, item=await self._log.reserve_item(self._clock()))
            except (SQLAlchemyError, OSError):  # A full disk, a database that is away: as with every other command.
                _log.exception("item_not_reserved", meeting=self._log.meeting_id)
                return refused("not_recorded")
        if self._stopped:
            return refused("not_recorded")
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((command, future))
        self._wake.set()
        return await future

    def join(self, tablet: Tablet) -> bool:
        """Send everything to `tablet` and keep it up to date; False where the person does not take part."""
        return self._broadcast.join(tablet)

    def leave(self, tablet: Tablet) -> None:
        self._broadcast.leave(tablet)

    def compose(self, tablet: Tablet) -> Frame | None:
        return self._broadcast.compose(tablet)

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            try:
                await self._handle(batch)
            except Exception as error:
                # Whether the batch is on disk is unknown: say so, and read the log before anything else is decided.
                _log_failure(error, meeting=self._log.meeting_id, commands=len(batch))
                self._stale = True
                for _, future in batch:
                    _settle(future, refused("not_recorded"))

    async def _handle(self, batch: list[_Waiting]) -> None:
        if self._stale:
            await self._catch_up()
        try:
            await self._decide_and_append(batch)
        except (Behind, IntegrityError):
            # Another process appended first; with its events read, the same commands are decided afresh.
            await self._catch_up()
            await self._decide_and_append(batch)

    async def _decide_and_append(self, batch: list[_Waiting]) -> None:
        now = self._clock()
        meeting, entries = self.meeting, list[Entry]()
        outcomes: list[Outcome] = []
        decided: dict[str, tuple[int, Done]] = {}
        for command, _ in batch:
            outcome = self._answered(command, decided)
            if outcome is None:
                decision = decide(meeting, command, now)
                if isinstance(decision, Refused):
                    outcome = decision
                else:
                    for part, event in enumerate(decision):
                        entries.append(self._entry(len(entries), command, part, event))
                        meeting = apply(meeting, event)
                    outcome = self._done(command, now, self._head.seq + len(entries))
                    if decision:
                        decided[command.id] = (command.by, outcome)
            outcomes.append(outcome)
        if entries:
            await self._commit(meeting, entries, decided)
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            _settle(future, outcome)

    async def _commit(self, meeting: Meeting, entries: list[Entry], decided: dict[str, tuple[int, Done]]) -> None:
        batch = Batch(entries, meeting.stage.value, meeting.rules.ballot_change)
        self._head = await self._log.append(self._head, batch)
        self.meeting = meeting
        self._answers |= decided
        self._broadcast.moved(meeting, self._head.seq, [entry.event for entry in entries])

    def _answered(self, command: Command, decided: dict[str, tuple[int, Done]]) -> Outcome | None:
        """The first answer again for an id that was done before; nobody else may use that id."""
        earlier = decided.get(command.id) or self._answers.get(command.id)
        if earlier is None:
            return None
        by, done = earlier
        return done if by == command.by else refused("id_in_use")

    def _entry(self, offset: int, command: Command, part: int, event: Event) -> Entry:
        return Entry(self._head.key, self._head.seq + offset + 1, command.id, part, event)

    def _done(self, command: Command, now: datetime, seq: int) -> Done:
        return Done(seq, now, receipt(command.id) if isinstance(command, CastBallot) else None)

    async def _catch_up(self) -> None:
        """Apply what the log has beyond our head: all of it at start-up, what others appended later on."""
        entries = await self._log.read(after=self._head.seq)
        head = await self._log.head()
        assert head is not None
        meeting = self.meeting
        for entry in entries:
            meeting = apply(meeting, entry.event)
            code = receipt(entry.command) if entry.kind == "BallotCast" else None
            self._answers[entry.command] = (entry.event.by, Done(entry.seq, entry.event.at, code))
        self.meeting, self._head, self._stale = meeting, head, False
        if entries:
            self._broadcast.moved(meeting, head.seq, [entry.event for entry in entries])


def _log_failure(error: Exception, **facts: int) -> None:
    """On a full disk every tablet sends again and again: where the reason is known, a line each is enough."""
    is_known = isinstance(error, OperationalError)
    _log.error("batch_failed", **facts, error=repr(error), exc_info=None if is_known else error)


def _settle(future: "asyncio.Future[Outcome]", outcome: Outcome) -> None:
    if not future.done():
        future.set_result(outcome)

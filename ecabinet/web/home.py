"""The first page: what is in session, what comes next, what waits for me."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.desk_access import bodies_prepared_by
from ecabinet.office.meetings import is_cancelled_draft
from ecabinet.office.readiness import readiness
from ecabinet.rules.meeting import Stage
from ecabinet.store import home as store
from ecabinet.store.meetings import MeetingLine, find_meeting_lines
from ecabinet.store.tables import Body, Invitation, Meeting, Person
from ecabinet.web.forms import see_other
from ecabinet.web.guards import signed_in
from ecabinet.web.pages import page

LIVE = (Stage.IN_SESSION, Stage.SUSPENDED)
OVER = (Stage.CLOSED, Stage.CANCELLED)
# A session that was called and never opened still waits, however late it is: it says so from then on.
LATE_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting as its reader may know it. `role` is None for whom it is prepared by and who is not invited.

    `lacks` names what a draft still needs: date, items, papers; `missing` counts what else keeps it from being called.
    """

    meeting: Meeting
    body: Body
    role: str | None = None
    papers: int = 0
    lacks: tuple[str, ...] = ()
    missing: int = 0
    prepares: bool = False
    minutes_begun: bool = False


@dataclass(slots=True)
class Home:
    """The meetings sorted by what they ask of the reader."""

    live: list[Entry] = field(default_factory=list)
    coming: list[Entry] = field(default_factory=list)
    undated: list[Entry] = field(default_factory=list)
    drafts: list[Entry] = field(default_factory=list)
    minutes: list[Entry] = field(default_factory=list)
    past: list[Entry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.live or self.coming or self.undated or self.drafts or self.past)


@signed_in
async def show_home(request: Request) -> Response:
    person, app = request.state.person, request.app.state
    now = app.clock()
    async with app.database.reading() as session:
        entries = await _entries(session, person, now)
    home = sort_entries(entries, now)
    if person.kind == "screen" and len(home.live) == 1:
        return see_other(f"/meetings/{home.live[0].meeting.id}/screen")
    return page(request, "home/home.html", {"home": home, "now": now, "is_late": is_late})


def sort_entries(entries: list[Entry], now: datetime) -> Home:
    home = Home()
    for entry in entries:
        _shelf(home, entry).append(entry)
        if entry.prepares and entry.meeting.stage == Stage.CLOSED and not entry.minutes_begun:
            home.minutes.append(entry)
    home.coming.sort(key=lambda entry: (is_late(entry.meeting, now), entry.meeting.starts_at or now))
    return home


def is_late(meeting: Meeting, now: datetime) -> bool:
    return meeting.starts_at is not None and meeting.starts_at < now - LATE_AFTER


def _shelf(home: Home, entry: Entry) -> list[Entry]:
    meeting = entry.meeting
    if meeting.stage in LIVE:
        return home.live
    if meeting.stage in OVER:
        return home.past
    if meeting.stage == Stage.DRAFT:
        return home.drafts
    if meeting.starts_at is None:
        return home.undated
    return home.coming


async def _entries(session: AsyncSession, person: Person, now: datetime) -> list[Entry]:
    """What this person takes part in, and what they prepare."""
    own = await store.find_meetings_of(session, person.id or 0)
    counts = await store.count_papers(session, [meeting.id or 0 for meeting, _, _ in own])
    entries = {
        meeting.id: Entry(meeting, body, invitation.role, await _papers(session, invitation, counts))
        for meeting, body, invitation in own
    }
    bodies = [body.id or 0 for body in await bodies_prepared_by(session, person)]
    lines = await find_meeting_lines(session, bodies, list(Stage)) if bodies else []
    edited = await store.find_edited_minutes(session, [line.meeting.id or 0 for line in lines])
    for line in lines:
        if not is_cancelled_draft(line.meeting):
            missing = await _missing(session, line, now)
            entries[line.meeting.id] = _prepared(line, entries.get(line.meeting.id), edited, missing)
    return sorted(entries.values(), key=_newest_first)


def _prepared(line: MeetingLine, own: Entry | None, edited: set[int], missing: int) -> Entry:
    return Entry(
        meeting=line.meeting,
        body=line.body,
        role=own.role if own else None,
        papers=own.papers if own else line.papers,
        lacks=_lacks(line),
        missing=missing,
        prepares=True,
        minutes_begun=line.meeting.id in edited,
    )


async def _missing(session: AsyncSession, line: MeetingLine, now: datetime) -> int:
    """What the desk would say; asked only where nothing is plainly lacking."""
    if line.meeting.stage != Stage.DRAFT or _lacks(line):
        return 0
    return sum(finding.blocks for finding in await readiness(session, line.meeting, now))


def _newest_first(entry: Entry) -> tuple[float, int]:
    starts_at = entry.meeting.starts_at
    return (-starts_at.timestamp() if starts_at else 0.0, -(entry.meeting.id or 0))


async def _papers(session: AsyncSession, invitation: Invitation, counts: dict[int, int]) -> int:
    """An invitee learns only of the papers of the items they are admitted to."""
    if invitation.role == "invitee":
        counts = await store.count_papers(session, [invitation.meeting_id], of_items=invitation.item_ids)
    return counts.get(invitation.meeting_id, 0)


def _lacks(line: MeetingLine) -> tuple[str, ...]:
    if line.meeting.stage != Stage.DRAFT:
        return ()
    found = {"date": line.meeting.starts_at, "items": line.items, "papers": line.papers}
    return tuple(name for name, present in found.items() if not present)


routes = [Route("/", show_home)]

"""The first page: what is in session, what comes next, what waits for me."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.store import home as store
from ecabinet.store.tables import Body, Invitation, Meeting, Person
from ecabinet.web.forms import see_other
from ecabinet.web.guards import signed_in
from ecabinet.web.pages import page

LIVE = ("in_session", "suspended")
OVER = ("closed", "cancelled")
# A session that was called and never opened is still 'next' on its day, however long it is late.
STILL_TODAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting as its reader may know it. `role` is None for the secretariat's look at a meeting not its own.

    `lacks` names what a draft still needs: date, items, papers.
    """

    meeting: Meeting
    body: Body
    role: str | None = None
    papers: int = 0
    items: int = 0
    lacks: tuple[str, ...] = ()
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
    async with app.database.reading() as session:
        entries = await _entries(session, person)
    home = sort_entries(entries, app.clock(), person.is_secretariat)
    if person.kind == "screen" and len(home.live) == 1:
        return see_other(f"/meetings/{home.live[0].meeting.id}/screen")
    return page(request, "home/home.html", {"home": home})


def sort_entries(entries: list[Entry], now: datetime, is_secretariat: bool) -> Home:
    home = Home()
    for entry in entries:
        _shelf(home, entry, now).append(entry)
        if is_secretariat and entry.meeting.stage == "closed" and not entry.minutes_begun:
            home.minutes.append(entry)
    home.coming.sort(key=lambda entry: entry.meeting.starts_at or now)
    return home


def _shelf(home: Home, entry: Entry, now: datetime) -> list[Entry]:
    meeting = entry.meeting
    if meeting.stage in LIVE:
        return home.live
    if meeting.stage in OVER:
        return home.past
    if meeting.stage == "draft":
        return home.drafts
    if meeting.starts_at is None:
        return home.undated
    return home.coming if meeting.starts_at > now - STILL_TODAY else home.past


async def _entries(session: AsyncSession, person: Person) -> list[Entry]:
    assert person.id is not None
    own = await store.find_meetings_of(session, person.id)
    roles = {meeting.id: invitation for meeting, _, invitation in own}
    meetings = await store.find_all_meetings(session) if person.is_secretariat else [(m, b) for m, b, _ in own]
    ids = [meeting.id for meeting, _ in meetings if meeting.id is not None]
    items = await store.count_items(session, ids)
    papers = await store.count_papers(session, ids)
    edited = await store.find_edited_minutes(session, ids)
    return [
        Entry(
            meeting=meeting,
            body=body,
            role=roles[meeting.id].role if meeting.id in roles else None,
            papers=await _papers(session, meeting, roles.get(meeting.id), papers),
            items=items.get(meeting.id or 0, 0),
            lacks=_lacks(meeting, items, papers),
            minutes_begun=meeting.id in edited,
        )
        for meeting, body in meetings
    ]


async def _papers(
    session: AsyncSession, meeting: Meeting, invitation: Invitation | None, all_papers: dict[int, int]
) -> int:
    """An invitee learns only of the papers of the items they are admitted to."""
    meeting_id = meeting.id or 0
    if invitation is not None and invitation.role == "invitee":
        own = await store.count_papers(session, [meeting_id], of_items=invitation.item_ids)
        return own.get(meeting_id, 0)
    return all_papers.get(meeting_id, 0)


def _lacks(meeting: Meeting, items: dict[int, int], papers: dict[int, int]) -> tuple[str, ...]:
    if meeting.stage != "draft":
        return ()
    found = {"date": meeting.starts_at, "items": items.get(meeting.id or 0), "papers": papers.get(meeting.id or 0)}
    return tuple(name for name, present in found.items() if not present)


routes = [Route("/", show_home)]

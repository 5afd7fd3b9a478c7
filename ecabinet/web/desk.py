"""What the pages of the desk share: who may come in, the head of a meeting, changes that come too late."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from ecabinet.office.desk_access import bodies_prepared_by, prepares
from ecabinet.office.drafts import NoLongerDraft
from ecabinet.office.outline import Outline, outline
from ecabinet.office.readiness import Finding, readiness
from ecabinet.rules.rule_set import RuleSet
from ecabinet.store.agenda import find_deleted_items, find_deleted_papers, find_items, find_papers
from ecabinet.store.invitations import find_invitations
from ecabinet.store.meetings import find_body, find_meeting
from ecabinet.store.people import Missing
from ecabinet.store.tables import AgendaItem, Body, Invitation, Meeting, Paper, Person
from ecabinet.web.errors import NotAllowed, NotFound
from ecabinet.web.forms import Form, new_form_key, once, read_form, see_other
from ecabinet.web.guards import Endpoint, signed_in
from ecabinet.web.kept import kept_form
from ecabinet.web.pages import page

Work = Callable[[AsyncSession, Meeting, Form], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class DeskMeeting:
    """A draft with everything that its pages show around the form at hand."""

    meeting: Meeting
    body: Body
    agenda: Outline
    people: list[tuple[Invitation, Person]]
    findings: list[Finding]
    deleted_items: list[AgendaItem]
    deleted_papers: list[Paper]

    @property
    def blocking(self) -> int:
        return sum(finding.blocks for finding in self.findings)


def desk(endpoint: Endpoint) -> Endpoint:
    """For whoever prepares meetings. A change that comes after the call is shown back, not lost."""

    @signed_in
    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except NoLongerDraft as closed:
            if request.method in ("GET", "HEAD"):
                return see_other(address(closed.meeting))
            context = {"meeting": closed.meeting, "kept": kept_form(request)}
            return page(request, "desk/closed.html", context, status=409)
        finally:
            await request.close()  # The uploads of its form, on disk until now.

    return guarded


async def bodies_of(session: AsyncSession, request: Request) -> list[Body]:
    """The bodies whose meetings this person prepares. Raises NotAllowed where there are none."""
    person: Person = request.state.person
    bodies = await bodies_prepared_by(session, person)
    if not bodies and not person.is_secretariat:
        raise NotAllowed("role")
    return bodies


async def meeting_of(session: AsyncSession, request: Request, meeting_id: int | None = None) -> Meeting:
    """This meeting, or that of the address. Raises NotFound, also for who does not prepare it."""
    meeting = await find_meeting(session, meeting_id or request.path_params["meeting_id"])
    if meeting is None or not await prepares(session, request.state.person, meeting.body_id):
        raise NotFound
    return meeting


async def load_draft(session: AsyncSession, request: Request) -> DeskMeeting:
    """Raises NoLongerDraft for a meeting that was called or cancelled."""
    loaded = await load(session, request)
    if loaded.meeting.stage != "draft":
        raise NoLongerDraft(loaded.meeting)
    return loaded


async def load(session: AsyncSession, request: Request) -> DeskMeeting:
    meeting = await meeting_of(session, request)
    assert meeting.id is not None
    body = await find_body(session, meeting.body_id)
    if body is None:
        raise Missing(f"body {meeting.body_id}")
    items, papers = await find_items(session, meeting.id), await find_papers(session, meeting.id)
    return DeskMeeting(
        meeting=meeting,
        body=body,
        agenda=outline(items, papers, meeting.starts_at, RuleSet.from_json(body.rule_set).roman_numbers),
        people=await find_invitations(session, meeting.id),
        findings=await readiness(session, meeting, request.app.state.clock()),
        deleted_items=await find_deleted_items(session, meeting.id),
        deleted_papers=await find_deleted_papers(session, meeting.id),
    )


async def change(request: Request, work: Work) -> Response:
    """One button, one transaction: `work` returns where to go; sent twice, it goes there again and does nothing."""
    form = await read_form(request)
    async with once(request, form) as submission:
        if submission.is_new:
            meeting = await meeting_of(submission.session, request)
            submission.outcome = await work(submission.session, meeting, form)
    return see_other(submission.outcome)


def who(request: Request) -> dict[str, Any]:
    return {"by": request.state.person.id, "now": request.app.state.clock()}


def desk_page(
    request: Request, template: str, desk: DeskMeeting, context: dict[str, Any] | None = None, status: int = 200
) -> Response:
    everywhere = {"desk": desk, "meeting": desk.meeting, "new_key": new_form_key, "query": request.query_params}
    return page(request, template, everywhere | (context or {}), status=status)


def address(meeting: Meeting, *parts: object) -> str:
    return "/".join(["/desk/meetings", str(meeting.id), *map(str, parts)])

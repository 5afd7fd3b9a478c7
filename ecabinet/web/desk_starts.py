"""Agendas to start from, in the forms and on a page of their own: templates and earlier meetings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.agenda_templates import (
    Entry,
    add_entries,
    count_entries,
    delete_template,
    entries_of_draft,
    entries_of_record,
    entries_of_template,
    save_template,
)
from ecabinet.office.problems import Invalid
from ecabinet.rules.meeting import Stage
from ecabinet.store.agenda_templates import find_template, find_templates
from ecabinet.store.meetings import MeetingLine, find_meeting_lines
from ecabinet.store.tables import AgendaTemplate, Meeting
from ecabinet.web.desk import address, bodies_of, change, desk, desk_page, load, meeting_of, who
from ecabinet.web.errors import NotFound
from ecabinet.web.forms import Form, messages, new_form_key, once, read_form, see_other
from ecabinet.web.pages import page


@dataclass(frozen=True, slots=True)
class Starts:
    """What the list 'start from' offers; a choice is written 't-3' or 'm-12'."""

    templates: list[AgendaTemplate]
    meetings: list[MeetingLine]


async def find_starts(session: AsyncSession, request: Request, *, without: int | None = None) -> Starts:
    """`without` is the meeting that is to be filled."""
    ids = [body.id or 0 for body in await bodies_of(session, request)]
    lines = await find_meeting_lines(session, ids, tuple(Stage))
    meetings = [line for line in lines if line.items and line.meeting.id != without]
    return Starts(await find_templates(session, ids), meetings)


async def entries_from(session: AsyncSession, request: Request, start: str) -> Sequence[Entry]:
    """The agenda of the choice, nothing for none. Raises NotFound for what this person does not prepare."""
    kind, _, number = start.partition("-")
    if not start:
        return ()
    if kind not in ("t", "m") or not number.isdecimal() or len(number) > 9:
        raise NotFound
    if kind == "t":
        await _template(session, request, int(number))
        return await entries_of_template(session, int(number))
    return await _entries_of_meeting(session, request, int(number))


async def _entries_of_meeting(session: AsyncSession, request: Request, meeting_id: int) -> Sequence[Entry]:
    """A called meeting is copied as it became, with its late items."""
    await meeting_of(session, request, meeting_id)
    record = await request.app.state.rooms.meeting(meeting_id)
    return await entries_of_record(session, record) if record else await entries_of_draft(session, meeting_id)


async def _template(session: AsyncSession, request: Request, template_id: int) -> AgendaTemplate:
    template = await find_template(session, template_id)
    bodies = {body.id for body in await bodies_of(session, request)}
    if template is None or template.body_id not in {None, *bodies}:
        raise NotFound
    return template


@desk
async def show_starts(request: Request) -> Response:
    """Copy into this agenda, or save it as a template."""
    return await _page(request)


@desk
async def post_copy(request: Request) -> Response:
    form = await read_form(request)
    if not form.text("start"):
        return await _page(request, nothing_chosen=True)

    async def work(session: AsyncSession, meeting: Meeting, form: Form) -> str:
        entries = await entries_from(session, request, form.text("start"))
        with_papers = form.has("with_papers")
        count = await add_entries(session, meeting.id or 0, entries, with_papers=with_papers, **who(request))
        return address(meeting) + f"?done=copied&count={count}"

    return await change(request, work)


@desk
async def post_template(request: Request) -> Response:
    form = await read_form(request)

    async def work(session: AsyncSession, meeting: Meeting, form: Form) -> str:
        entries = await _entries_of_meeting(session, request, meeting.id or 0)
        await save_template(
            session, meeting.id or 0, form.text("name"), entries, body_id=meeting.body_id, **who(request)
        )
        return address(meeting, "templates") + "?done=template"

    try:
        return await change(request, work)
    except Invalid as invalid:
        return await _page(request, name=form.text("name"), problems=messages(request, invalid))


async def _page(
    request: Request, *, name: str = "", problems: dict[str, str] | None = None, nothing_chosen: bool = False
) -> Response:
    async with request.app.state.database.reading() as session:
        loaded = await load(session, request)
        starts = await find_starts(session, request, without=loaded.meeting.id)
    context = {"starts": starts, "name": name, "problems": problems or {}, "nothing_chosen": nothing_chosen}
    return desk_page(request, "desk/starts.html", loaded, context, 422 if problems or nothing_chosen else 200)


@desk
async def list_templates(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        bodies = {body.id: body for body in await bodies_of(session, request)}
        templates = await find_templates(session, [body_id for body_id in bodies if body_id is not None])
    counted = [(template, count_entries(Entry.from_json(data) for data in template.content)) for template in templates]
    context = {"templates": counted, "bodies": bodies, "new_key": new_form_key, "query": request.query_params}
    return page(request, "desk/templates.html", context)


@desk
async def post_delete_template(request: Request) -> Response:
    form = await read_form(request)
    async with once(request, form) as submission:
        if submission.is_new:
            template = await _template(submission.session, request, request.path_params["template_id"])
            await delete_template(submission.session, template.id or 0, **who(request))
            submission.outcome = "/desk/templates?done=deleted"
    return see_other(submission.outcome)


routes = [
    Route("/desk/templates", list_templates),
    Route("/desk/templates/{template_id:int}/delete", post_delete_template, methods=["POST"]),
    Route("/desk/meetings/{meeting_id:int}/templates", show_starts),
    Route("/desk/meetings/{meeting_id:int}/templates", post_template, methods=["POST"]),
    Route("/desk/meetings/{meeting_id:int}/copy", post_copy, methods=["POST"]),
]

"""The desk's list of meetings, and what names one: created, described, cancelled, brought back."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.agenda_templates import add_entries
from ecabinet.office.meetings import (
    KINDS,
    cancel_draft,
    create_meeting,
    edit_meeting,
    is_cancelled_draft,
    restore_draft,
)
from ecabinet.office.problems import Invalid, Stale
from ecabinet.rules.meeting import Stage
from ecabinet.store.agenda_templates import find_templates
from ecabinet.store.last_change import find_last_change
from ecabinet.store.meetings import find_meeting_lines
from ecabinet.store.tables import Meeting
from ecabinet.web.conflict import differences, pack, read_opened, read_values
from ecabinet.web.desk import address, bodies_of, change, desk, desk_page, load, load_draft, meeting_of, who
from ecabinet.web.desk_fields import MEETING, blank_meeting, meeting_values, read_meeting
from ecabinet.web.desk_starts import entries_from, find_starts
from ecabinet.web.forms import messages, new_form_key, once, read_form, see_other
from ecabinet.web.pages import page

# The words of the filter -> the stages they mean.
FILTERS: dict[str, tuple[str, ...]] = {
    "draft": (Stage.DRAFT,),
    "called": (Stage.CALLED,),
    "in_session": (Stage.IN_SESSION, Stage.SUSPENDED),
    "closed": (Stage.CLOSED,),
    "cancelled": (Stage.CANCELLED,),
    "all": tuple(Stage),
}


@desk
async def list_meetings(request: Request) -> Response:
    chosen = request.query_params.get("stage", "")
    async with request.app.state.database.reading() as session:
        bodies = await bodies_of(session, request)
        ids = [body.id or 0 for body in bodies]
        everything = await find_meeting_lines(session, ids, tuple(Stage))
        templates = await find_templates(session, ids)
        cancelled = await _just_cancelled(session, request)
    counts = {name: sum(line.meeting.stage in stages for line in everything) for name, stages in FILTERS.items()}
    chosen = chosen if chosen in FILTERS else _first_with_meetings(counts)
    context = {
        "lines": [line for line in everything if line.meeting.stage in FILTERS[chosen]],
        "counts": counts,
        "chosen": chosen,
        "bodies": bodies,
        "templates": templates,
        "cancelled": cancelled,
        "new_key": new_form_key,
    }
    return page(request, "desk/meetings.html", context)


def _first_with_meetings(counts: dict[str, int]) -> str:
    """Drafts are the desk's work; where there are none, whatever there is."""
    return next((name for name in ("draft", "in_session", "called") if counts[name]), "all")


async def _just_cancelled(session: AsyncSession, request: Request) -> Meeting | None:
    """The meeting that the undo notice speaks of."""
    wanted = request.query_params.get("cancelled", "")
    if not wanted.isdecimal():
        return None
    meeting = await meeting_of(session, request, int(wanted[:9]))
    return meeting if is_cancelled_draft(meeting) else None


@desk
async def new_meeting(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        bodies = [body for body in await bodies_of(session, request) if body.is_active]
    first = bodies[0] if len(bodies) == 1 else None
    values = blank_meeting(first.id if first else None, first.language if first else request.state.language)
    return await _new_page(request, values | {"start": request.query_params.get("start", "")})


@desk
async def post_meeting(request: Request) -> Response:
    form = await read_form(request)
    values = read_values(form, MEETING)
    start, with_papers = form.text("start"), form.has("with_papers")
    try:
        async with once(request, form) as submission:
            if submission.is_new:
                fields = read_meeting(values)
                if fields.body_id not in {body.id for body in await bodies_of(submission.session, request)}:
                    fields = read_meeting(values | {"body_id": ""})
                entries = await entries_from(submission.session, request, start)
                meeting = await create_meeting(submission.session, fields, **who(request))
                assert meeting.id is not None
                if entries:
                    await add_entries(submission.session, meeting.id, entries, with_papers=with_papers, **who(request))
                submission.outcome = address(meeting) + "?done=created"
    except Invalid as invalid:
        typed = values | {"start": start, "with_papers": "1" if with_papers else ""}
        return await _new_page(request, typed, messages(request, invalid))
    return see_other(submission.outcome)


async def _new_page(request: Request, values: dict[str, str], problems: dict[str, str] | None = None) -> Response:
    async with request.app.state.database.reading() as session:
        bodies = [body for body in await bodies_of(session, request) if body.is_active]
        starts = await find_starts(session, request)
    context: dict[str, Any] = {
        "values": {"start": "", "with_papers": ""} | values,
        "problems": problems or {},
        "bodies": bodies,
        "starts": starts,
        "kinds": KINDS,
        "new_key": new_form_key,
    }
    return page(request, "desk/new_meeting.html", context, status=422 if problems else 200)


@desk
async def show_details(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        meeting = await meeting_of(session, request)
    return await _details_page(request, meeting_values(meeting))


@desk
async def post_details(request: Request) -> Response:
    form = await read_form(request)
    values = read_values(form, MEETING)
    try:
        fields = read_meeting(values)
        async with request.app.state.database.writing() as session:
            meeting = await meeting_of(session, request)
            allowed = {body.id for body in await bodies_of(session, request)}
            fields = fields if fields.body_id in allowed else read_meeting(values | {"body_id": str(meeting.body_id)})
            await edit_meeting(session, meeting.id or 0, fields, version=form.integer("version") or 0, **who(request))
    except Invalid as invalid:
        return await _details_page(request, values, problems=messages(request, invalid), form=form)
    except Stale as stale:
        assert isinstance(stale.current, Meeting)
        found = differences(meeting_values(stale.current), values, read_opened(form))
        if not found:
            return see_other(address(stale.current, "details") + "?done=saved")
        return await _details_page(request, values, conflict=found, version=stale.current.version)
    return see_other(address(meeting, "details") + "?done=saved")


async def _details_page(request: Request, values: dict[str, str], **more: Any) -> Response:
    async with request.app.state.database.reading() as session:
        loaded = await load_draft(session, request)
        bodies = [body for body in await bodies_of(session, request) if body.is_active or body.id == loaded.body.id]
        changed = await find_last_change(session, "meeting", loaded.meeting.id)
    form, problems, conflict = more.get("form"), more.get("problems", {}), more.get("conflict", [])
    context: dict[str, Any] = {
        "values": values,
        "problems": problems,
        "conflict": conflict,
        "changed": changed,
        "version": more.get("version") or (form.integer("version") if form else loaded.meeting.version),
        "opened": pack(read_opened(form) if form else meeting_values(loaded.meeting)),
        "bodies": bodies,
        "kinds": KINDS,
    }
    return desk_page(request, "desk/details.html", loaded, context, 409 if conflict else 422 if problems else 200)


@desk
async def post_cancel(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, _: object) -> str:
        await cancel_draft(session, meeting.id or 0, **who(request))
        return f"/desk/meetings?cancelled={meeting.id}"

    return await change(request, work)


@desk
async def post_restore(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, _: object) -> str:
        await restore_draft(session, meeting.id or 0, **who(request))
        return address(meeting) + "?done=restored"

    try:
        return await change(request, work)
    except Invalid as invalid:
        async with request.app.state.database.reading() as session:
            loaded = await load(session, request)
        return desk_page(request, "desk/cancelled.html", loaded, {"problems": messages(request, invalid)}, 422)


routes = [
    Route("/desk/meetings", list_meetings),
    Route("/desk/meetings/new", new_meeting),
    Route("/desk/meetings/new", post_meeting, methods=["POST"]),
    Route("/desk/meetings/{meeting_id:int}/details", show_details),
    Route("/desk/meetings/{meeting_id:int}/details", post_details, methods=["POST"]),
    Route("/desk/meetings/{meeting_id:int}/cancel", post_cancel, methods=["POST"]),
    Route("/desk/meetings/{meeting_id:int}/restore", post_restore, methods=["POST"]),
]

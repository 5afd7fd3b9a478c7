"""Calling a meeting: what is missing, what the law would have liked, and the one button."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.calling import calling_command
from ecabinet.office.drafts import take_draft
from ecabinet.office.invitations import refresh_members
from ecabinet.office.readiness import papers_notice_of, readiness
from ecabinet.rules.refused import Refused
from ecabinet.rules.rule_set import RuleSet
from ecabinet.web.desk import address, desk, desk_page, load_draft, meeting_of, who
from ecabinet.web.forms import read_form, see_other


@desk
async def show_call(request: Request) -> Response:
    return await _page(request)


@desk
async def post_call(request: Request) -> Response:
    """The key of the form is the id of the command: sent twice, the meeting is called once."""
    form, app = await read_form(request), request.app.state
    async with app.database.writing() as session:
        meeting = await meeting_of(session, request)
        if meeting.stage == "called":
            return see_other(address(meeting) + "?done=called")
        await take_draft(session, meeting.id or 0)
        await refresh_members(session, meeting)
        blocked = any(finding.blocks for finding in await readiness(session, meeting, app.clock()))
        command = await calling_command(session, meeting.id or 0, who(request)["by"], f"call-{form.text('form_key')}")
    if blocked:
        return await _page(request, refused_because_blocked=True)
    outcome = await app.rooms.execute(meeting.id or 0, command)
    if isinstance(outcome, Refused):
        return await _page(request, refusal=outcome.text.say(request.state.language))
    return see_other(address(meeting) + "?done=called")


async def _page(request: Request, *, refused_because_blocked: bool = False, refusal: str = "") -> Response:
    async with request.app.state.database.reading() as session:
        loaded = await load_draft(session, request)
    rules = RuleSet.from_json(loaded.body.rule_set)
    papers = [paper for row in loaded.agenda.rows for paper in row.papers]
    context = {
        "notice": papers_notice_of(loaded.meeting, rules, request.app.state.clock()),
        "papers": len(papers),
        "readable": sum(file is not None for _, file in papers),
        "refused_because_blocked": refused_because_blocked,
        "refusal": refusal,
    }
    return desk_page(request, "desk/call.html", loaded, context, 422 if refused_because_blocked or refusal else 200)


routes = [
    Route("/desk/meetings/{meeting_id:int}/call", show_call),
    Route("/desk/meetings/{meeting_id:int}/call", post_call, methods=["POST"]),
]

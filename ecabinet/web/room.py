"""The live pages of a meeting: the room of its delegates, the secretariat's page, the screen."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ecabinet.rules.audience import Audience, Kind, audience_of
from ecabinet.rules.meeting import Meeting
from ecabinet.rules.view import view
from ecabinet.web.errors import NotAllowed, NotFound
from ecabinet.web.forms import see_other
from ecabinet.web.guards import signed_in
from ecabinet.web.pages import page


@signed_in
async def show_room(request: Request) -> Response:
    meeting, audience = await _admitted(request)
    if audience.kind is Kind.SCREEN:
        return see_other(f"/meetings/{request.path_params['meeting_id']}/screen")
    return _live_page(request, "room/room.html", meeting, audience)


@signed_in
async def show_run(request: Request) -> Response:
    """For the secretariat and whoever presides."""
    meeting, audience = await _admitted(request)
    if not audience.runs:
        raise NotAllowed("role")
    return _live_page(request, "room/run.html", meeting, audience)


@signed_in
async def show_screen(request: Request) -> Response:
    """Everybody in the room sees the screen, so everybody in the meeting may open it."""
    meeting, audience = await _admitted(request)
    return _live_page(request, "room/screen.html", meeting, audience)


async def _admitted(request: Request) -> tuple[Meeting, Audience]:
    """Raises NotFound: for who does not take part the meeting does not exist."""
    meeting = await request.app.state.rooms.meeting(request.path_params["meeting_id"])
    audience = audience_of(meeting, request.state.person.id) if meeting else None
    if meeting is None or audience is None:
        raise NotFound
    return meeting, audience


def _live_page(request: Request, template: str, meeting: Meeting, audience: Audience) -> Response:
    """The parts stand in the page as plain words until the first push: they may be read without any script."""
    context = {
        "meeting_id": request.path_params["meeting_id"],
        "head": meeting.head,
        "parts": view(meeting, audience),
        "audience": audience.kind.value,
    }
    return page(request, template, context)


routes: list[BaseRoute] = [
    Route("/meetings/{meeting_id:int}/room", show_room),
    Route("/meetings/{meeting_id:int}/run", show_run),
    Route("/meetings/{meeting_id:int}/screen", show_screen),
]

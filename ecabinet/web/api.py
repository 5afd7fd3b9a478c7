"""The JSON interface: the same commands and parts as on the socket, for other programs."""

from typing import Any

from sqlmodel import col, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ecabinet.room.contract import asyncapi, openapi
from ecabinet.room.room import Done
from ecabinet.room.rooms import NoSuchMeeting
from ecabinet.room.wire import Malformed, answer_json, read_command
from ecabinet.rules.audience import audience_of
from ecabinet.rules.view import personal_part, view
from ecabinet.store.tables import Invitation, Meeting
from ecabinet.web.errors import NotFound
from ecabinet.web.guards import signed_in


@signed_in
async def list_meetings(request: Request) -> Response:
    """The called meetings in which the person takes part, newest first."""
    query = (
        select(Meeting)
        .join(Invitation, col(Invitation.meeting_id) == col(Meeting.id))
        .where(col(Invitation.person_id) == request.state.person.id, col(Meeting.head_seq) > 0)
        .order_by(col(Meeting.starts_at).desc(), col(Meeting.id).desc())
    )
    async with request.app.state.database.reading() as session:
        meetings = (await session.exec(query)).all()
    return JSONResponse({"meetings": [_meeting_json(meeting) for meeting in meetings]})


def _meeting_json(meeting: Meeting) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "key": meeting.key,
        "title": {"vi": meeting.title_vi, "en": meeting.title_en},
        "stage": meeting.stage,
        "starts_at": meeting.starts_at.isoformat() if meeting.starts_at else None,
    }


@signed_in
async def show_parts(request: Request) -> Response:
    """Every part of the person's audience, `me` included; 404 for somebody who does not take part."""
    room = await _room(request)
    person = request.state.person.id
    audience = audience_of(room.meeting, person)
    if audience is None:
        raise NotFound
    parts = view(room.meeting, audience) | {"me": personal_part(room.meeting, person)}
    return JSONResponse({"seq": room.seq, "audience": audience.kind.value, "parts": parts})


@signed_in
async def carry_out(request: Request) -> Response:
    """One command; 200 done, 409 refused by the rules, 400 malformed, 503 not recorded (send it again, same id)."""
    room = await _room(request)
    if audience_of(room.meeting, request.state.person.id) is None:
        raise NotFound
    message = await _message(request)
    command = read_command(message, request.state.person.id)
    if isinstance(command, Malformed):
        return JSONResponse(answer_json(command.id, command.refused), 400)
    outcome = await room.execute(command)
    if isinstance(outcome, Done):
        return JSONResponse(answer_json(command.id, outcome))
    return JSONResponse(answer_json(command.id, outcome), 503 if outcome.reason == "not_recorded" else 409)


async def show_asyncapi(_: Request) -> Response:
    return JSONResponse(asyncapi())


async def show_openapi(_: Request) -> Response:
    return JSONResponse(openapi())


async def _room(request: Request) -> Any:
    try:
        return await request.app.state.rooms.room(request.path_params["meeting_id"])
    except NoSuchMeeting:
        raise NotFound from None


async def _message(request: Request) -> dict[str, Any]:
    try:
        message = await request.json()
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


routes: list[BaseRoute] = [
    Route("/api/asyncapi.json", show_asyncapi),
    Route("/api/openapi.json", show_openapi),
    Route("/api/meetings", list_meetings),
    Route("/api/meetings/{meeting_id:int}/parts", show_parts),
    Route("/api/meetings/{meeting_id:int}/commands", carry_out, methods=["POST"]),
]

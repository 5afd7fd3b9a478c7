"""A called meeting at the desk: the agenda as it stands in the record, and the ways to where it lives now."""

from starlette.requests import Request
from starlette.responses import Response

from ecabinet.rules.agenda import depth, item_numbers, shown_states
from ecabinet.rules.meeting import Meeting as Record
from ecabinet.rules.meeting import Stage
from ecabinet.rules.quorum import present_seats
from ecabinet.web.desk import DeskMeeting, desk_page
from ecabinet.web.errors import NotFound


async def called_page(request: Request, loaded: DeskMeeting) -> Response:
    record = await request.app.state.rooms.meeting(loaded.meeting.id)
    if record is None:
        raise NotFound
    numbers, states = item_numbers(record.items, record.rules.roman_numbers), shown_states(record.items)
    rows = [
        {"item": item, "number": numbers[item.id], "depth": depth(record.items, item.id), "state": states[item.id]}
        for item in record.items.values()
    ]
    context = {
        "record": record,
        "rows": rows,
        "role": _role(record, request.state.person.id),
        "present": len(present_seats(record)),
        "is_over": record.stage in (Stage.CLOSED, Stage.CANCELLED),
    }
    return desk_page(request, "desk/called.html", loaded, context)


def _role(record: Record, person: int) -> str:
    participant = record.participants.get(person)
    return participant.role.value if participant else ""

"""Who takes part: members stand there by themselves, the others are searched for and invited."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.invitations import INVITED_ROLES, Invite, admit, invite, uninvite, update_members
from ecabinet.office.passwords import fold
from ecabinet.office.problems import Invalid
from ecabinet.store.people import find_people
from ecabinet.store.tables import Agency, Meeting, Person
from ecabinet.web.desk import DeskMeeting, address, change, desk, desk_page, load_draft, who
from ecabinet.web.forms import Form, messages, read_form

# More are not read: whoever gets so many adds a word.
MOST_FOUND = 30


@desk
async def show_people(request: Request) -> Response:
    return await _page(request)


async def _page(request: Request, typed: dict[str, Any] | None = None, **more: Any) -> Response:
    words = request.query_params.get("words", "").strip()
    async with request.app.state.database.reading() as session:
        loaded = await load_draft(session, request)
        everybody = await find_people(session)
    listed = {row.person_id for row, _ in loaded.people}
    found = [pair for pair in everybody if pair[0].is_active and matches(*pair, words)]
    chosen = _chosen(request, everybody, typed)
    context: dict[str, Any] = {
        "words_typed": words,
        "found": found[:MOST_FOUND],
        "found_count": len(found),
        "listed": listed,
        "chosen": chosen,
        "agencies": {person.id: agency for person, agency in everybody},
        "roles": _roles_for(chosen),
        "typed": {"role": "screen" if chosen and chosen.kind == "screen" else "invitee", "item_ids": [], "for": None}
        | (typed or {}),
        "edited": _edited(loaded, request),
        "problems": {},
        "undo": _undo(request, everybody),
    } | more
    return desk_page(request, "desk/people.html", loaded, context, 422 if context["problems"] else 200)


def matches(person: Person, agency: Agency | None, words: str) -> bool:
    """Every word, with or without marks, in office, name, agency or user name; nothing is found by no words."""
    parts = [person.office_vi, person.office_en, person.name, person.username, agency.name_vi if agency else ""]
    text = " ".join(fold(part) for part in parts)
    wanted = [fold(word) for word in words.split()]
    return bool(wanted) and all(word in text for word in wanted)


def _chosen(
    request: Request, everybody: list[tuple[Person, Agency | None]], typed: dict[str, Any] | None
) -> Person | None:
    wanted = str(typed["person_id"]) if typed else request.query_params.get("person", "")
    return next((person for person, _ in everybody if str(person.id) == wanted and person.is_active), None)


def _roles_for(person: Person | None) -> tuple[str, ...]:
    if person is not None and person.kind == "screen":
        return ("screen",)
    return tuple(role for role in INVITED_ROLES if role != "screen")


def _edited(loaded: DeskMeeting, request: Request) -> Any:
    """The invitee whose items are being chosen."""
    wanted = request.query_params.get("edit", "")
    return next(
        (pair for pair in loaded.people if str(pair[0].person_id) == wanted and pair[0].role == "invitee"), None
    )


def _undo(request: Request, everybody: list[tuple[Person, Agency | None]]) -> dict[str, Any] | None:
    """Whoever was just taken off the list, with what invites them again."""
    query = request.query_params
    person = next((person for person, _ in everybody if str(person.id) == query.get("uninvited")), None)
    if person is None:
        return None
    items = [part for part in query.get("items", "").split(",") if part.isdecimal()]
    return {"person": person, "role": query.get("role", "invitee"), "items": items, "for": query.get("for", "")}


@desk
async def post_invite(request: Request) -> Response:
    form = await read_form(request)
    wish = Invite(form.integer("person_id") or 0, form.text("role"), _items(form), form.integer("for_person_id"))

    async def work(session: AsyncSession, meeting: Meeting, _: Form) -> str:
        await invite(session, meeting.id or 0, wish, **who(request))
        return address(meeting, "people") + f"?done=invited&invited={wish.person_id}"

    try:
        return await change(request, work)
    except Invalid as invalid:
        typed = {
            "person_id": wish.person_id,
            "role": wish.role,
            "item_ids": list(wish.item_ids),
            "for": wish.for_person_id,
        }
        return await _page(request, typed, problems=messages(request, invalid))


@desk
async def post_items(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, form: Form) -> str:
        person_id, seen = request.path_params["person_id"], _items(form, "seen")
        await admit(session, meeting.id or 0, person_id, seen=seen, chosen=_items(form), **who(request))
        return address(meeting, "people") + f"?done=admitted&invited={person_id}"

    return await change(request, work)


@desk
async def post_remove(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, _: Form) -> str:
        gone = await uninvite(session, meeting.id or 0, request.path_params["person_id"], **who(request))
        items = ",".join(map(str, gone.item_ids))
        back = f"?uninvited={gone.person_id}&role={gone.role}&items={items}&for={gone.for_person_id or ''}"
        return address(meeting, "people") + back

    return await change(request, work)


@desk
async def post_update(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, _: Form) -> str:
        await update_members(session, meeting.id or 0, **who(request))
        return address(meeting, "people") + "?done=updated"

    return await change(request, work)


def _items(form: Form, name: str = "item_ids") -> tuple[int, ...]:
    """Ticked boxes, or one field with commas."""
    parts = [part for value in form.data.getlist(name) if isinstance(value, str) for part in value.split(",")]
    return tuple(int(part) for part in parts if part.isdecimal() and len(part) <= 9)


_PEOPLE = "/desk/meetings/{meeting_id:int}/people"
routes = [
    Route(_PEOPLE, show_people),
    Route(_PEOPLE, post_invite, methods=["POST"]),
    Route(f"{_PEOPLE}/update", post_update, methods=["POST"]),
    Route(_PEOPLE + "/{person_id:int}/items", post_items, methods=["POST"]),
    Route(_PEOPLE + "/{person_id:int}/remove", post_remove, methods=["POST"]),
]

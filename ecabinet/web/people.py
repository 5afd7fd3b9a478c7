"""The administrator's pages of people: who may sign in, as what, and with which first password."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.passwords import fold
from ecabinet.office.people import (
    PersonFields,
    add_person,
    edit_person,
    fields_of,
    give_password,
    make_passwords,
    set_active,
)
from ecabinet.office.problems import Invalid, Stale
from ecabinet.store import logins
from ecabinet.store.people import find_agencies, find_people, get_person
from ecabinet.store.tables import Agency, Person
from ecabinet.web.forms import Form, form_page, messages, once, read_form, see_other
from ecabinet.web.guards import administrator_only
from ecabinet.web.language import say

ROLES = ("administrator", "secretariat", "screen", "disabled")


@administrator_only
async def list_people(request: Request) -> Response:
    words, role = request.query_params.get("words", ""), request.query_params.get("role", "")
    async with request.app.state.database.reading() as session:
        everybody = await find_people(session)
    people = [(person, agency) for person, agency in everybody if _matches(person, agency, words, role)]
    waiting = sum(_awaits_password(person) for person, _ in everybody)
    context = {"people": people, "total": len(everybody), "words": words, "role": role, "waiting": waiting}
    return form_page(request, "admin/people.html", context)


@administrator_only
async def new_person(request: Request) -> Response:
    return await _form_page(request, None, PersonFields("", ""))


@administrator_only
async def post_person(request: Request) -> Response:
    form = await read_form(request)
    data, app = _fields(form), request.app.state
    try:
        async with once(request, form) as submission:
            if submission.is_new:
                person = await add_person(submission.session, data, by=request.state.person.id, now=app.clock())
                submission.outcome = f"/admin/people/{person.id}?done=added"
    except Invalid as invalid:
        return await _form_page(request, None, data, problems=messages(request, invalid))
    return see_other(submission.outcome)


@administrator_only
async def show_person(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        person = await get_person(session, request.path_params["person_id"])
    return await _form_page(request, person, fields_of(person))


@administrator_only
async def post_changes(request: Request) -> Response:
    form, person_id, app = await read_form(request), request.path_params["person_id"], request.app.state
    data, version = _fields(form), form.integer("version") or 0
    try:
        async with app.database.writing() as session:
            await edit_person(session, person_id, data, version=version, by=request.state.person.id, now=app.clock())
    except (Invalid, Stale) as problem:
        return await _show_problem(request, person_id, data, problem)
    return see_other(f"/admin/people/{person_id}?done=saved")


async def _show_problem(request: Request, person_id: int, data: PersonFields, problem: Invalid | Stale) -> Response:
    """The typing stays; where somebody else was faster, their text is shown beside it."""
    async with request.app.state.database.reading() as session:
        person = await get_person(session, person_id)
    if isinstance(problem, Invalid):
        return await _form_page(request, person, data, problems=messages(request, problem))
    if fields_of(person) == data:  # The same form again: the first press has saved it.
        return see_other(f"/admin/people/{person_id}?done=saved")
    return await _form_page(request, person, data, theirs=fields_of(person))


@administrator_only
async def post_active(request: Request) -> Response:
    form, person_id, app = await read_form(request), request.path_params["person_id"], request.app.state
    is_active = form.text("active") == "yes"
    try:
        async with app.database.writing() as session:
            ended = await set_active(session, person_id, is_active, by=request.state.person.id, now=app.clock())
    except Invalid as invalid:
        return await _show_refusal(request, person_id, invalid)
    await app.revoked.revoke(ended)
    return see_other(f"/admin/people/{person_id}?done={'enabled' if is_active else 'disabled'}")


async def _show_refusal(request: Request, person_id: int, invalid: Invalid) -> Response:
    async with request.app.state.database.reading() as session:
        person = await get_person(session, person_id)
    return await _form_page(request, person, fields_of(person), problems=messages(request, invalid))


@administrator_only
async def post_password(request: Request) -> Response:
    person_id = request.path_params["person_id"]
    async with request.app.state.database.reading() as session:
        await get_person(session, person_id)
    return await _give(request, [person_id], f"/admin/people/{person_id}?done=given")


@administrator_only
async def post_first_passwords(request: Request) -> Response:
    """First passwords for everybody who has none yet, as a sheet to print and cut."""
    async with request.app.state.database.reading() as session:
        waiting = [person.id or 0 for person, _ in await find_people(session) if _awaits_password(person)]
    return await _give(request, waiting, "/admin/people?done=given")


async def _give(request: Request, person_ids: list[int], outcome: str) -> Response:
    """This one answer shows the passwords: they stand in no address, in no log, and not in the database."""
    form, app = await read_form(request), request.app.state
    made = await make_passwords(app.passwords, person_ids)
    ended: list[str] = []
    async with once(request, form) as submission:
        for new in made if submission.is_new else []:
            ended += await give_password(submission.session, new, by=request.state.person.id, now=app.clock())
        given = [(await get_person(submission.session, new.person_id), new.password) for new in made]
        submission.outcome = outcome
    await app.revoked.revoke(ended)
    if not submission.is_new:
        return see_other(outcome)
    return form_page(request, "admin/passwords.html", {"given": given, "path": "/admin/people"})


async def _form_page(request: Request, person: Person | None, data: PersonFields, **more: Any) -> Response:
    app = request.app.state
    async with app.database.reading() as session:
        agencies = await find_agencies(session)
        sessions = await logins.find_logins_of(session, person.id, app.clock()) if person and person.id else []
    options = [(agency.id, say(agency, request.state.language, "name")) for agency in agencies]
    context: dict[str, Any] = {"account": person, "data": data, "agency_options": options, "sessions": sessions}
    context |= {"problems": {}, "theirs": None} | more
    status = 409 if context["theirs"] else 422 if context["problems"] else 200
    return form_page(request, "admin/person.html", context, status=status)


def _fields(form: Form) -> PersonFields:
    return PersonFields(
        username=form.text("username").casefold(),
        office_vi=form.text("office_vi"),
        office_en=form.text("office_en"),
        name=form.text("name"),
        agency_id=form.integer("agency_id"),
        email=form.text("email"),
        language=form.text("language") or "vi",
        kind="screen" if form.has("is_screen") else "person",
        is_administrator=form.has("is_administrator"),
        is_secretariat=form.has("is_secretariat"),
    )


def _matches(person: Person, agency: Agency | None, words: str, role: str) -> bool:
    """Every word somewhere in name, office or agency; tone marks do not matter."""
    texts = [person.username, person.name, person.office_vi, person.office_en, person.email]
    texts += [agency.name_vi, agency.name_en] if agency else []
    haystack = " ".join(fold(text) for text in texts)
    held = {
        "administrator": person.is_administrator,
        "secretariat": person.is_secretariat,
        "screen": person.kind == "screen",
        "disabled": not person.is_active,
    }
    return all(fold(word) in haystack for word in words.split()) and held.get(role, True)


def _awaits_password(person: Person) -> bool:
    return person.is_active and not person.password_hash


routes = [
    Route("/admin/people", list_people),
    Route("/admin/people", post_person, methods=["POST"]),
    Route("/admin/people/new", new_person),
    Route("/admin/people/passwords", post_first_passwords, methods=["POST"]),
    Route("/admin/people/{person_id:int}", show_person),
    Route("/admin/people/{person_id:int}", post_changes, methods=["POST"]),
    Route("/admin/people/{person_id:int}/active", post_active, methods=["POST"]),
    Route("/admin/people/{person_id:int}/password", post_password, methods=["POST"]),
]

"""The administrator's pages of bodies: names, members in order, and the rules by which they decide."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.bodies import ROLES, BodyFields, Seat, add_body, edit_body, set_members, set_rules
from ecabinet.office.problems import Invalid, Stale
from ecabinet.rules.rule_set import RuleSet
from ecabinet.store.people import find_bodies, find_members, find_people, get_body
from ecabinet.store.tables import Body
from ecabinet.web.forms import Form, form_page, messages, once, read_form, see_other
from ecabinet.web.guards import administrator_only
from ecabinet.web.rule_form import read_rules, rules_in_words, typed_rules


@administrator_only
async def list_bodies(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        bodies = [(body, len(await find_members(session, body.id or 0))) for body in await find_bodies(session)]
    return form_page(request, "admin/bodies.html", {"bodies": bodies})


@administrator_only
async def new_body(request: Request) -> Response:
    return _form_page(request, None, BodyFields("", ""))


@administrator_only
async def post_body(request: Request) -> Response:
    form = await read_form(request)
    data, app = _fields(form), request.app.state
    try:
        async with once(request, form) as submission:
            if submission.is_new:
                body = await add_body(submission.session, data, by=request.state.person.id, now=app.clock())
                submission.outcome = f"/admin/bodies/{body.id}/members?done=added"
    except Invalid as invalid:
        return _form_page(request, None, data, problems=messages(request, invalid))
    return see_other(submission.outcome)


@administrator_only
async def show_body(request: Request) -> Response:
    body = await _body(request)
    return _form_page(request, body, fields_of(body))


@administrator_only
async def post_changes(request: Request) -> Response:
    form, app = await read_form(request), request.app.state
    data, body_id = _fields(form), request.path_params["body_id"]
    try:
        async with app.database.writing() as session:
            await edit_body(session, body_id, data, **_by(request, form))
    except Invalid as invalid:
        return _form_page(request, await _body(request), data, problems=messages(request, invalid))
    except Stale:
        body = await _body(request)
        if fields_of(body) != data:  # Equal where the same form came twice.
            return _form_page(request, body, data, theirs=fields_of(body))
    return see_other(f"/admin/bodies/{body_id}?done=saved")


@administrator_only
async def show_members(request: Request) -> Response:
    body = await _body(request)
    return await _members_page(request, body, await _stored_seats(request, body))


@administrator_only
async def post_members(request: Request) -> Response:
    """The whole list in one form: rows are ordered by their number, and a row marked 'remove' falls out."""
    form, app, body_id = await read_form(request), request.app.state, request.path_params["body_id"]
    seats = _seats(form)
    try:
        async with app.database.writing() as session:
            await set_members(session, body_id, seats, **_by(request, form))
    except Invalid as invalid:
        return await _members_page(request, await _body(request), seats, problems=messages(request, invalid))
    except Stale:
        body = await _body(request)
        if await _stored_seats(request, body) != seats:
            return await _members_page(request, body, seats, is_stale=True)
    return see_other(f"/admin/bodies/{body_id}/members?done=saved")


@administrator_only
async def show_rules(request: Request) -> Response:
    body = await _body(request)
    return _rules_page(request, body, RuleSet.from_json(body.rule_set))


@administrator_only
async def post_rules(request: Request) -> Response:
    form, app, body = await read_form(request), request.app.state, await _body(request)
    stored = RuleSet.from_json(body.rule_set)
    try:
        rules = read_rules(form, stored)
        async with app.database.writing() as session:
            await set_rules(session, request.path_params["body_id"], rules, **_by(request, form))
    except Invalid as invalid:
        return _rules_page(request, body, stored, typed=typed_rules(form), problems=messages(request, invalid))
    except Stale:
        if rules != stored:  # Equal where the same form came twice.
            return _rules_page(request, body, rules, mine=rules_in_words(rules), theirs=rules_in_words(stored))
    return see_other(f"/admin/bodies/{body.id}/rules?done=saved")


def _rules_page(request: Request, body: Body, rules: RuleSet, **more: Any) -> Response:
    context: dict[str, Any] = {
        "body": body,
        "rules": rules,
        "typed": {},
        "problems": {},
        "mine": {},
        "theirs": {},
    } | more
    status = 409 if context["theirs"] else 422 if context["problems"] else 200
    return form_page(request, "admin/rules.html", context, status=status)


def _by(request: Request, form: Form) -> dict[str, Any]:
    now = request.app.state.clock()
    return {"version": form.integer("version") or 0, "by": request.state.person.id, "now": now}


async def _body(request: Request) -> Body:
    async with request.app.state.database.reading() as session:
        return await get_body(session, request.path_params["body_id"])


async def _stored_seats(request: Request, body: Body) -> list[Seat]:
    async with request.app.state.database.reading() as session:
        members = await find_members(session, body.id or 0)
    return [Seat(member.person_id, member.role, member.position, member.weight) for member, _ in members]


async def _members_page(request: Request, body: Body, seats: list[Seat], **more: Any) -> Response:
    async with request.app.state.database.reading() as session:
        everybody = [person for person, _ in await find_people(session) if person.kind == "person"]
        stored = await find_members(session, body.id or 0)
    seated = {seat.person_id for seat in seats}
    context: dict[str, Any] = {
        "body": body,
        "seats": seats,
        "stored": stored,
        "people": {person.id: person for person in everybody},
        "others": [person for person in everybody if person.is_active and person.id not in seated],
        "roles": ROLES,
    }
    context |= {"problems": {}, "is_stale": False} | more
    status = 409 if context["is_stale"] else 422 if context["problems"] else 200
    return form_page(request, "admin/members.html", context, status=status)


def _seats(form: Form) -> list[Seat]:
    """Rows are named by person: `role-12`, `order-12`, `weight-12`, `remove-12`; new people come as `add`."""
    seats = [
        Seat(person, form.text(f"role-{person}"), form.integer(f"order-{person}") or 0, _weight(form, person))
        for person in _ids(form, "person")
        if not form.has(f"remove-{person}")
    ]
    last = max((seat.position for seat in seats), default=0)
    added = [Seat(person, "member", last + number) for number, person in enumerate(_ids(form, "add"), start=1)]
    return sorted(seats + added, key=lambda seat: seat.position)


def _ids(form: Form, name: str) -> list[int]:
    values = form.data.getlist(name)
    return [int(value) for value in values if isinstance(value, str) and value.isdecimal() and len(value) <= 9]


def _weight(form: Form, person: int) -> int:
    weight = form.integer(f"weight-{person}")
    return 0 if weight is None else weight


def _form_page(request: Request, body: Body | None, data: BodyFields, **more: Any) -> Response:
    context: dict[str, Any] = {"body": body, "data": data, "problems": {}, "theirs": None} | more
    status = 409 if context["theirs"] else 422 if context["problems"] else 200
    return form_page(request, "admin/body.html", context, status=status)


def fields_of(body: Body) -> BodyFields:
    return BodyFields(**{name: getattr(body, name) for name in BodyFields.__dataclass_fields__})


def _fields(form: Form) -> BodyFields:
    texts = {name: form.text(name) for name in BodyFields.__dataclass_fields__ if name != "is_active"}
    texts |= {"code": texts["code"].casefold(), "language": texts["language"] or "vi"}
    return BodyFields(**texts, is_active=form.has("is_active"))


routes = [
    Route("/admin/bodies", list_bodies),
    Route("/admin/bodies", post_body, methods=["POST"]),
    Route("/admin/bodies/new", new_body),
    Route("/admin/bodies/{body_id:int}", show_body),
    Route("/admin/bodies/{body_id:int}", post_changes, methods=["POST"]),
    Route("/admin/bodies/{body_id:int}/members", show_members),
    Route("/admin/bodies/{body_id:int}/members", post_members, methods=["POST"]),
    Route("/admin/bodies/{body_id:int}/rules", show_rules),
    Route("/admin/bodies/{body_id:int}/rules", post_rules, methods=["POST"]),
]

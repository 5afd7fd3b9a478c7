"""The administrator's pages of departments, offices and districts."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.agencies import AgencyFields, add_agency, edit_agency, fields_of
from ecabinet.office.problems import Invalid, Stale
from ecabinet.store.people import find_agencies, get_agency
from ecabinet.store.tables import Agency
from ecabinet.web.errors import NotFound
from ecabinet.web.forms import Form, form_page, messages, once, read_form, see_other
from ecabinet.web.guards import administrator_only


@administrator_only
async def list_agencies(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        agencies = await find_agencies(session)
    return form_page(request, "admin/agencies.html", {"agencies": agencies})


@administrator_only
async def new_agency(request: Request) -> Response:
    return _form_page(request, None, AgencyFields("", ""))


@administrator_only
async def post_agency(request: Request) -> Response:
    form = await read_form(request)
    data, app = _fields(form), request.app.state
    try:
        async with once(request, form) as submission:
            if submission.is_new:
                await add_agency(submission.session, data, by=request.state.person.id, now=app.clock())
                submission.outcome = "/admin/agencies?done=added"
    except Invalid as invalid:
        return _form_page(request, None, data, problems=messages(request, invalid))
    return see_other(submission.outcome)


@administrator_only
async def show_agency(request: Request) -> Response:
    agency = await _agency(request)
    return _form_page(request, agency, fields_of(agency))


@administrator_only
async def post_changes(request: Request) -> Response:
    form, agency_id, app = await read_form(request), request.path_params["agency_id"], request.app.state
    data, version = _fields(form), form.integer("version") or 0
    try:
        async with app.database.writing() as session:
            await edit_agency(session, agency_id, data, version=version, by=request.state.person.id, now=app.clock())
    except Invalid as invalid:
        return _form_page(request, await _agency(request), data, problems=messages(request, invalid))
    except Stale:
        agency = await _agency(request)
        if fields_of(agency) != data:  # Equal where the same form came twice.
            return _form_page(request, agency, data, theirs=fields_of(agency))
    return see_other("/admin/agencies?done=saved")


async def _agency(request: Request) -> Agency:
    async with request.app.state.database.reading() as session:
        agency = await get_agency(session, request.path_params["agency_id"])
    if agency is None:
        raise NotFound()
    return agency


def _form_page(request: Request, agency: Agency | None, data: AgencyFields, **more: Any) -> Response:
    context: dict[str, Any] = {"agency": agency, "data": data, "problems": {}, "theirs": None} | more
    status = 409 if context["theirs"] else 422 if context["problems"] else 200
    return form_page(request, "admin/agency.html", context, status=status)


def _fields(form: Form) -> AgencyFields:
    return AgencyFields(
        code=form.text("code").casefold(),
        name_vi=form.text("name_vi"),
        name_en=form.text("name_en"),
        position=form.integer("position") or 0,
        is_active=form.has("is_active"),
    )


routes = [
    Route("/admin/agencies", list_agencies),
    Route("/admin/agencies", post_agency, methods=["POST"]),
    Route("/admin/agencies/new", new_agency),
    Route("/admin/agencies/{agency_id:int}", show_agency),
    Route("/admin/agencies/{agency_id:int}", post_changes, methods=["POST"]),
]

"""Import of people, agencies and members from a spreadsheet: upload, preview, confirm."""

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.imports import KINDS, Plan, PlanChanged, carry_out, make_plan, template_rows
from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.rows import Row
from ecabinet.paper.spreadsheet import MAX_BYTES, read_table, write_csv, write_xlsx
from ecabinet.web.errors import BadRequest, NotFound
from ecabinet.web.forms import Form, form_page, once, read_form, see_other
from ecabinet.web.guards import administrator_only

# The rows of the preview travel in a hidden field, so that nothing is kept until it is confirmed.
UPLOAD_BYTES = MAX_BYTES + 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@administrator_only
async def show_import(request: Request) -> Response:
    return _page(request, _kind(request))


@administrator_only
async def get_template(request: Request) -> Response:
    """An empty table with the right column names, in the language of the page."""
    kind, ending = _kind(request), request.path_params["ending"]
    if ending not in ("xlsx", "csv"):
        raise NotFound()
    rows = template_rows(kind, request.state.language)
    content, media_type = (write_xlsx(rows), XLSX) if ending == "xlsx" else (write_csv(rows), "text/csv; charset=utf-8")
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{kind}.{ending}"'}
    )


@administrator_only
async def post_preview(request: Request) -> Response:
    """What the file would create, change and leave; or everything that is wrong in it. Nothing is stored."""
    form, kind, app = await read_form(request), _kind(request), request.app.state
    file = form.file("file")
    if file is None:
        return _page(request, kind, missing=True, status=422)
    try:
        table = await read_table(app.workers, await file.read())
    except PaperRefused as refused:
        return _page(request, kind, refused=refused.text.say(request.state.language), status=422)
    async with app.database.reading() as session:
        plan = await make_plan(session, kind, table)
    return _page(request, kind, plan=plan, table=_packed(table), status=422 if plan.problems else 200)


@administrator_only
async def post_import(request: Request) -> Response:
    """Exactly what was shown, in one transaction; if the data moved on meanwhile, the new preview is shown instead."""
    form, kind, app = await read_form(request), _kind(request), request.app.state
    table = _unpacked(form)
    try:
        async with once(request, form) as submission:
            if submission.is_new:
                plan = await carry_out(
                    submission.session,
                    kind,
                    table,
                    digest=form.text("digest"),
                    by=request.state.person.id,
                    now=app.clock(),
                )
                submission.outcome = _outcome(kind, plan)
    except PlanChanged as changed:
        return _page(request, kind, plan=changed.plan, table=_packed(table), moved_on=True, status=409)
    return see_other(submission.outcome)


def _outcome(kind: str, plan: Plan) -> str:
    where = {"members": "bodies"}.get(kind, kind)
    return f"/admin/{where}?done=imported&added={plan.count('add')}&changed={plan.count('change')}"


def _kind(request: Request) -> str:
    kind: str = request.path_params["kind"]
    if kind not in KINDS:
        raise NotFound()
    return kind


def _packed(table: tuple[Row, ...]) -> str:
    return json.dumps([[row.number, *row.cells] for row in table], ensure_ascii=False, separators=(",", ":"))


def _unpacked(form: Form) -> tuple[Row, ...]:
    """It comes back from the browser: it is read as strictly as the file was."""
    try:
        rows = json.loads(form.secret("table"))
        return tuple(Row(int(number), tuple(str(cell) for cell in cells)) for number, *cells in rows)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadRequest("malformed") from error


def _words_of(request: Request, kind: str) -> Callable[[str], str]:
    """A field as its column is called."""
    names = {column.key: column.name.say(request.state.language) for column in KINDS[kind].columns}
    aliases = {"agency_id": "agency", "kind": "is_screen"}
    return lambda field: names.get(aliases.get(field, field), field)


def _page(request: Request, kind: str, status: int = 200, **more: Any) -> Response:
    context: dict[str, Any] = {"kind": kind, "about": KINDS[kind], "plan": None, "table": "", "refused": ""}
    context |= {"missing": False, "moved_on": False, "words_of": _words_of(request, kind)} | more
    return form_page(request, "admin/import.html", context, status=status)


routes = [
    Route("/admin/import/{kind}", show_import),
    Route("/admin/import/{kind}/template.{ending}", get_template),
    Route("/admin/import/{kind}/preview", post_preview, methods=["POST"], max_body_size=UPLOAD_BYTES),
    Route("/admin/import/{kind}", post_import, methods=["POST"], max_body_size=UPLOAD_BYTES),
]

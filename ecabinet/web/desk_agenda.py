"""The agenda editor: the agenda at the left, the item at the right; every step is a plain form."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.agenda import add_item, delete_item, edit_item, move_item, place_item, restore_item
from ecabinet.office.meetings import is_cancelled_draft
from ecabinet.office.papers import KINDS as PAPER_KINDS
from ecabinet.office.problems import Invalid, Stale
from ecabinet.rules.meeting import ItemKind
from ecabinet.store.agenda import find_item
from ecabinet.store.last_change import find_last_change
from ecabinet.store.people import find_agencies
from ecabinet.store.tables import AgendaItem, Meeting
from ecabinet.web.conflict import differences, pack, read_opened, read_values
from ecabinet.web.desk import DeskMeeting, address, change, desk, desk_page, load, load_draft, meeting_of, who
from ecabinet.web.desk_called import called_page
from ecabinet.web.desk_fields import ITEM, blank_item, blank_paper, item_values, read_item
from ecabinet.web.errors import NotFound
from ecabinet.web.forms import Form, messages, once, read_form, see_other


@desk
async def show_meeting(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        loaded = await load(session, request)
        gone = await _item_of_query(session, request, loaded.meeting, "deleted")
        moved = await _item_of_query(session, request, loaded.meeting, "moved")
    if is_cancelled_draft(loaded.meeting):
        return desk_page(request, "desk/cancelled.html", loaded, {"problems": {}})
    if loaded.meeting.stage != "draft":
        return await called_page(request, loaded)
    return desk_page(request, "desk/agenda.html", loaded, _agenda_context(None) | {"gone": gone, "moved": moved})


async def _item_of_query(session: AsyncSession, request: Request, meeting: Meeting, name: str) -> AgendaItem | None:
    wanted = request.query_params.get(name, "")
    return await find_item(session, meeting.id or 0, int(wanted[:9])) if wanted.isdecimal() else None


def _agenda_context(selected: int | None) -> dict[str, Any]:
    return {"selected": selected, "gone": None, "moved": None, "removed_paper": None, "problems": {}, "refused": ""}


@desk
async def new_item(request: Request) -> Response:
    parent = request.query_params.get("parent", "")
    return await _new_page(request, blank_item() | {"parent": parent if parent.isdecimal() else ""})


@desk
async def post_item(request: Request) -> Response:
    form = await read_form(request)
    values, parent = read_values(form, ITEM), form.integer("parent")
    try:
        async with once(request, form) as submission:
            if submission.is_new:
                meeting = await meeting_of(submission.session, request)
                fields = read_item(values)
                item = await add_item(submission.session, meeting.id or 0, fields, parent_id=parent, **who(request))
                submission.outcome = _after_adding(meeting, item, form)
    except Invalid as invalid:
        return await _new_page(request, values | {"parent": form.text("parent")}, messages(request, invalid))
    return see_other(submission.outcome)


def _after_adding(meeting: Meeting, item: AgendaItem, form: Form) -> str:
    if form.has("another"):
        parent = f"&parent={item.parent_id}" if item.parent_id else ""
        return address(meeting, "items", "new") + f"?done=added&item={item.id}{parent}"
    return address(meeting, "items", item.id or 0) + "?done=added"


async def _new_page(request: Request, values: dict[str, str], problems: dict[str, str] | None = None) -> Response:
    async with request.app.state.database.reading() as session:
        loaded = await load_draft(session, request)
        context = _agenda_context(None) | await _form_context(session, loaded.meeting, values)
    context |= {"problems": problems or {}, "version": 0, "opened": ""}
    return desk_page(request, "desk/new_item.html", loaded, context, 422 if problems else 200)


async def _form_context(session: AsyncSession, meeting: Meeting, values: dict[str, str]) -> dict[str, Any]:
    agencies = await find_agencies(session)
    shown = [agency for agency in agencies if agency.is_active or str(agency.id) == values["agency_id"]]
    return {"values": values, "agencies": shown, "item_kinds": list(ItemKind), "language_first": meeting.language}


@desk
async def show_item(request: Request) -> Response:
    return await item_page(request)


async def item_page(request: Request, values: dict[str, str] | None = None, **more: Any) -> Response:
    """The item of the address; with `values` what was typed and could not be saved. The papers' form is on it too."""
    item_id = request.path_params["item_id"]
    async with request.app.state.database.reading() as session:
        loaded = await load_draft(session, request)
        item = await find_item(session, loaded.meeting.id or 0, item_id)
        if item is None:
            raise NotFound
        stored = item_values(item)
        context = _agenda_context(item_id) | await _form_context(session, loaded.meeting, values or stored)
        changed = await find_last_change(session, "agenda_item", item_id)
    if item.deleted_at is not None and values is None:
        return see_other(address(loaded.meeting) + f"?deleted={item_id}")
    form = more.get("form")
    context |= {
        "item": item,
        "row": loaded.agenda.row(item_id),
        "changed": changed,
        "conflict": [],
        "stale": False,
        "was_deleted": False,
        "version": form.integer("version") if form else item.version,
        "opened": pack(read_opened(form) if form else stored),
        "paper_values": blank_paper(loaded.meeting.language),
        "paper_problems": {},
        "paper_kinds": PAPER_KINDS,
        "held": [],
        "file_refusals": [],
        "removed_paper": _removed(loaded, request),
    } | more
    bad = context["problems"] or context["paper_problems"] or context["file_refusals"]
    return desk_page(request, "desk/item.html", loaded, context, 409 if context["stale"] else 422 if bad else 200)


def _removed(loaded: DeskMeeting, request: Request) -> Any:
    wanted = request.query_params.get("removed", "")
    return next((paper for paper in loaded.deleted_papers if str(paper.id) == wanted), None)


@desk
async def post_changes(request: Request) -> Response:
    form = await read_form(request)
    values, item_id = read_values(form, ITEM), request.path_params["item_id"]
    try:
        fields = read_item(values)
        async with request.app.state.database.writing() as session:
            meeting = await meeting_of(session, request)
            version = form.integer("version") or 0
            if form.has("restore"):
                version = (await restore_item(session, meeting.id or 0, item_id, **who(request))).version
            await edit_item(session, meeting.id or 0, item_id, fields, version=version, **who(request))
    except Invalid as invalid:
        return await item_page(request, values, problems=messages(request, invalid), form=form)
    except Stale as stale:
        return await _stale_page(request, stale, values, form)
    return see_other(address(meeting, "items", item_id) + "?done=saved")


async def _stale_page(request: Request, stale: Stale, values: dict[str, str], form: Form) -> Response:
    """Changed, moved or deleted by somebody else: both sides are shown, and nothing typed is lost."""
    current = stale.current
    assert isinstance(current, AgendaItem)
    found = differences(item_values(current), values, read_opened(form))
    was_deleted = current.deleted_at is not None
    if not found and not was_deleted:
        return see_other(f"/desk/meetings/{current.meeting_id}/items/{current.id}?done=saved")
    return await item_page(
        request, values, stale=True, was_deleted=was_deleted, conflict=found, version=current.version
    )


@desk
async def post_move(request: Request) -> Response:
    """A step ('up', 'down', 'in', 'out'), or a place (`parent`, `before`) where an item was dragged to."""

    async def work(session: AsyncSession, meeting: Meeting, form: Form) -> str:
        meeting_id, item_id, step = meeting.id or 0, request.path_params["item_id"], form.text("step")
        if step:
            await move_item(session, meeting_id, item_id, step, **who(request))
        else:
            target = (form.integer("parent"), form.integer("before"))
            await place_item(session, meeting_id, item_id, target, **who(request))
        # No #item-… in the address: with a fragment browsers ignore the autofocus of the button that was pressed.
        return _back(meeting, form) + f"?moved={item_id}&step={step or 'drag'}"

    try:
        return await change(request, work)
    except Invalid as invalid:
        return await _refused_page(request, messages(request, invalid))


async def _refused_page(request: Request, problems: dict[str, str]) -> Response:
    async with request.app.state.database.reading() as session:
        loaded = await load_draft(session, request)
    context = _agenda_context(None) | {"refused": " ".join(problems.values())}
    return desk_page(request, "desk/agenda.html", loaded, context, 422)


def _back(meeting: Meeting, form: Form) -> str:
    """To the item that was open beside the agenda, or to the agenda alone."""
    at = form.integer("at")
    return address(meeting, "items", at) if at else address(meeting)


@desk
async def post_delete(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, form: Form) -> str:
        item_id = request.path_params["item_id"]
        await delete_item(session, meeting.id or 0, item_id, **who(request))
        return address(meeting) + f"?deleted={item_id}"

    return await change(request, work)


@desk
async def post_restore(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, _: Form) -> str:
        item_id = request.path_params["item_id"]
        await restore_item(session, meeting.id or 0, item_id, **who(request))
        return address(meeting, "items", item_id) + "?done=restored"

    return await change(request, work)


_ITEM = "/desk/meetings/{meeting_id:int}/items/{item_id:int}"
routes = [
    Route("/desk/meetings/{meeting_id:int}", show_meeting),
    Route("/desk/meetings/{meeting_id:int}/items/new", new_item),
    Route("/desk/meetings/{meeting_id:int}/items/new", post_item, methods=["POST"]),
    Route(_ITEM, show_item),
    Route(_ITEM, post_changes, methods=["POST"]),
    Route(f"{_ITEM}/move", post_move, methods=["POST"]),
    Route(f"{_ITEM}/delete", post_delete, methods=["POST"]),
    Route(f"{_ITEM}/restore", post_restore, methods=["POST"]),
]

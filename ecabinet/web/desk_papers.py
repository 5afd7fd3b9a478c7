"""Papers at the desk: attached several at once, described, ordered, replaced, removed with a way back."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office import papers as office
from ecabinet.office.held_files import PDF, find_held, forget_held, hold_pdf
from ecabinet.office.problems import Invalid, Problem, Stale
from ecabinet.paper.refusals import PaperRefused
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_paper, find_paper_with_file
from ecabinet.store.last_change import find_last_change
from ecabinet.store.tables import Meeting, Paper, StoredFile
from ecabinet.web.conflict import differences, pack, read_opened, read_values
from ecabinet.web.desk import address, change, desk, desk_page, load_draft, meeting_of, who
from ecabinet.web.desk_agenda import item_page
from ecabinet.web.desk_fields import PAPER, paper_values, read_paper
from ecabinet.web.errors import NotFound
from ecabinet.web.forms import Form, messages, once, read_form, see_other

# Several papers in one form; each of them is held to the setting `max_upload_bytes`.
UPLOAD_BYTES = 1024 * 1024 * 1024

# The form of a new paper stands beside that of its item, whose fields have the same names.
NEW = "new_"

Refusals = list[tuple[str, str]]


@desk
async def post_papers(request: Request) -> Response:
    """Files that can be taken are kept before the form is judged: a mistake in a field costs no second upload."""
    async with request.app.state.database.reading() as session:
        await meeting_of(session, request)
    form = await read_form(request)
    values = read_values(form, PAPER, NEW)
    received, refusals = await _receive(request, form)
    held = await _held_before(request, form) + received
    if refusals and not held:
        return await item_page(request, paper_values=values, file_refusals=refusals)
    try:
        async with once(request, form) as submission:
            if submission.is_new:
                submission.outcome = await _attach(submission.session, request, values, held)
            else:
                await forget_held(submission.session, received)
    except Invalid as invalid:
        problems = {f"{NEW}{name}": words for name, words in messages(request, invalid).items()}
        return await item_page(request, paper_values=values, paper_problems=problems, held=held, file_refusals=refusals)
    if refusals:
        return await item_page(request, file_refusals=refusals, attached=len(held))
    return see_other(submission.outcome)


async def _receive(request: Request, form: Form) -> tuple[list[StoredFile], Refusals]:
    """What came with this form; beside it each refused file with the reason."""
    received, refusals = [], []
    for upload in form.files("files"):
        try:
            received.append(await _hold(request, upload))
        except PaperRefused as refused:
            refusals.append((upload.filename or "", refused.text.say(request.state.language)))
    return received, refusals


async def _held_before(request: Request, form: Form) -> list[StoredFile]:
    ids = form.integers("held")
    async with request.app.state.database.reading() as session:
        return await find_held(session, ids, PDF, request.state.person.id)


async def _hold(request: Request, upload: UploadFile) -> StoredFile:
    app = request.app.state
    limit = app.settings.max_upload_bytes
    return await hold_pdf(app.database, app.files, app.workers, upload, max_bytes=limit, **who(request))


async def _attach(session: AsyncSession, request: Request, values: dict[str, str], held: list[StoredFile]) -> str:
    meeting, unnumbered = await meeting_of(session, request), 0
    for file, typed in _described(values, held, meeting.language):
        unnumbered += await _attach_one(session, request, meeting, file, typed, number_was_typed=bool(values["number"]))
    done = f"?done=attached&count={len(held)}&unnumbered={unnumbered}" if held else "?done=noted"
    return address(meeting, "items", request.path_params["item_id"]) + f"{done}#papers"


async def _attach_one(
    session: AsyncSession,
    request: Request,
    meeting: Meeting,
    file: StoredFile | None,
    typed: dict[str, str],
    *,
    number_was_typed: bool,
) -> bool:
    """Whether the number had to be left out: one that only the file's name gave is no reason to refuse the file."""
    item_id, file_id = request.path_params["item_id"], file.id if file else None
    try:
        fields = read_paper(typed)
        await office.attach_paper(session, meeting.id or 0, item_id, fields, file_id=file_id, **who(request))
    except Invalid as invalid:
        if number_was_typed or {problem.field for problem in invalid.problems} != {"number"}:
            raise
        fields = read_paper(typed | {"number": ""})
        await office.attach_paper(session, meeting.id or 0, item_id, fields, file_id=file_id, **who(request))
        return True
    return False


def _described(
    values: dict[str, str], held: list[StoredFile], language: str
) -> list[tuple[StoredFile | None, dict[str, str]]]:
    """Each file with its fields: what was typed, and where nothing was, what the name of the file tells.

    Title and number belong to one paper: with several files they must be left to the files' names.
    """
    if len(held) > 1 and any(values[name] for name in ("title_vi", "title_en", "number")):
        raise Invalid(Problem("title_vi", _ONE_AT_A_TIME))
    if not held and not values["title_vi"] and not values["title_en"]:
        raise Invalid(Problem("files", _NOTHING))
    if not held:
        return [(None, values)]
    return [(file, _filled(values, file, language)) for file in held]


def _filled(values: dict[str, str], file: StoredFile, language: str) -> dict[str, str]:
    told = office.fields_from_name(file.name, language)
    if values["title_vi"] or values["title_en"]:
        return values
    kind = told.kind if values["kind"] == "other" else values["kind"]
    number = values["number"] or told.number
    return values | {"title_vi": told.title_vi, "title_en": told.title_en, "number": number, "kind": kind}


_NOTHING = Text(
    "Hãy chọn tệp PDF; nếu chưa có tệp, ghi tên tài liệu để nhớ.",
    "Choose a PDF file; if there is none yet, give the title of the paper to keep its place.",
)
_ONE_AT_A_TIME = Text(
    "Có nhiều tệp: hãy để trống tên và số, hệ thống lấy theo tên tệp; sau đó sửa từng tài liệu.",
    "There are several files: leave title and number empty, they are taken from the files' names; edit each afterwards.",
)


@desk
async def show_paper(request: Request) -> Response:
    return await _paper_page(request)


@desk
async def post_changes(request: Request) -> Response:
    """The words of a paper, a new file for it, and the item that it belongs to."""
    async with request.app.state.database.reading() as session:
        await meeting_of(session, request)
    form = await read_form(request)
    values, paper_id = read_values(form, PAPER), request.path_params["paper_id"]
    received, refusals = await _receive(request, form)
    held, is_back = await _held_before(request, form) + received, form.has("restore")
    if refusals:
        return await _paper_page(request, values, file_refusals=refusals, form=form, was_removed=is_back)
    try:
        fields = read_paper(values)
        async with request.app.state.database.writing() as session:
            meeting, seen = await meeting_of(session, request), form.text("seen")
            if is_back:
                seen = office.fingerprint(
                    await office.restore_paper(session, meeting.id or 0, paper_id, **who(request))
                )
            file_id = held[-1].id if held else None
            paper = await office.edit_paper(
                session, meeting.id or 0, paper_id, fields, seen=seen, file_id=file_id, **who(request)
            )
            to = form.integer("item_id") or paper.item_id
            await office.move_paper_to_item(session, meeting.id or 0, paper_id, to, **who(request))
    except Invalid as invalid:
        problems = messages(request, invalid)
        return await _paper_page(request, values, problems=problems, held=held, form=form, was_removed=is_back)
    except Stale as stale:
        return await _stale_page(request, stale, values, held, form)
    return see_other(address(meeting, "items", to) + "?done=paper_saved#papers")


async def _stale_page(
    request: Request, stale: Stale, values: dict[str, str], held: list[StoredFile], form: Form
) -> Response:
    current = stale.current
    assert isinstance(current, Paper)
    was_removed = current.deleted_at is not None
    found = differences(paper_values(current), values, read_opened(form))
    if not found and not was_removed and await _is_file_of(request, current, held):
        return see_other(f"/desk/meetings/{current.meeting_id}/items/{current.item_id}?done=paper_saved#papers")
    more = {"conflict": found, "held": held, "seen": office.fingerprint(current), "was_removed": was_removed}
    return await _paper_page(request, values, stale=True, **more)


async def _is_file_of(request: Request, paper: Paper, held: list[StoredFile]) -> bool:
    """Whether nothing else was sent than what the paper has: the same form came twice. It is then forgotten."""
    async with request.app.state.database.writing() as session:
        file = await session.get(StoredFile, paper.file_id) if paper.file_id else None
        is_same = not held or (file is not None and file.sha256 == held[-1].sha256)
        if is_same:
            await forget_held(session, (other for other in held if file is None or other.id != file.id))
    return is_same


async def _paper_page(request: Request, values: dict[str, str] | None = None, **more: Any) -> Response:
    paper_id, form = request.path_params["paper_id"], more.get("form")
    async with request.app.state.database.reading() as session:
        loaded = await load_draft(session, request)
        found = await find_paper_with_file(session, paper_id, removed_too=more.get("was_removed", False))
        if found is None or found[0].meeting_id != loaded.meeting.id:
            raise NotFound
        changed = await find_last_change(session, "paper", paper_id)
    paper, file = found
    stored = paper_values(paper)
    context: dict[str, Any] = (
        {
            "selected": paper.item_id,
            "paper": paper,
            "file": file,
            "values": values or stored,
            "item_id": (form.integer("item_id") if form else None) or paper.item_id,
            "problems": {},
            "conflict": [],
            "stale": False,
            "was_removed": False,
            "changed": changed,
            "held": [],
            "file_refusals": [],
            "seen": form.text("seen") if form else office.fingerprint(paper),
            "opened": pack(read_opened(form) if form else stored),
            "paper_kinds": office.KINDS,
        }
        | {"gone": None, "moved": None, "removed_paper": None, "refused": ""}
        | more
    )
    bad = context["problems"] or context["file_refusals"]
    return desk_page(request, "desk/paper.html", loaded, context, 409 if context["stale"] else 422 if bad else 200)


@desk
async def post_move(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, form: Form) -> str:
        paper_id = request.path_params["paper_id"]
        paper = await office.move_paper(session, meeting.id or 0, paper_id, form.text("step"), **who(request))
        return address(meeting, "items", paper.item_id) + f"?paper_moved={paper_id}#papers"

    return await change(request, work)


@desk
async def post_remove(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, _: Form) -> str:
        paper = await office.remove_paper(session, meeting.id or 0, request.path_params["paper_id"], **who(request))
        return address(meeting, "items", paper.item_id) + f"?removed={paper.id}#papers"

    return await change(request, work)


@desk
async def post_restore(request: Request) -> Response:
    async def work(session: AsyncSession, meeting: Meeting, _: Form) -> str:
        paper = await office.restore_paper(session, meeting.id or 0, request.path_params["paper_id"], **who(request))
        return address(meeting, "items", paper.item_id) + "?done=paper_restored#papers"

    try:
        return await change(request, work)
    except Invalid as invalid:
        request.path_params["item_id"] = await _item_of(request)
        return await item_page(request, paper_problems=messages(request, invalid))


async def _item_of(request: Request) -> int:
    async with request.app.state.database.reading() as session:
        meeting = await meeting_of(session, request)
        paper = await find_paper(session, meeting.id or 0, request.path_params["paper_id"])
    if paper is None:
        raise NotFound
    return paper.item_id


_PAPER = "/desk/meetings/{meeting_id:int}/papers/{paper_id:int}"
routes = [
    Route(
        "/desk/meetings/{meeting_id:int}/items/{item_id:int}/papers",
        post_papers,
        methods=["POST"],
        max_body_size=UPLOAD_BYTES,
    ),
    Route(_PAPER, show_paper),
    Route(_PAPER, post_changes, methods=["POST"], max_body_size=UPLOAD_BYTES),
    Route(f"{_PAPER}/move", post_move, methods=["POST"]),
    Route(f"{_PAPER}/remove", post_remove, methods=["POST"]),
    Route(f"{_PAPER}/restore", post_restore, methods=["POST"]),
]

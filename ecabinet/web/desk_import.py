"""Import of an agenda folder as a zip, with a preview of what it will do; and the same folder back as a zip."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ecabinet.office.agenda_export import export_agenda
from ecabinet.office.agenda_import import import_agenda, preview_import
from ecabinet.office.agenda_papers import CheckedPaper, check_papers, keep_papers, known_pages
from ecabinet.office.agenda_plan import AgendaPlanChanged, ImportPlan, ImportRefused
from ecabinet.office.desk_access import prepares
from ecabinet.office.held_files import ZIP, find_held, hold_zip, on_disk
from ecabinet.paper.agenda_file import AgendaFile, AgendaFileInvalid, read_agenda
from ecabinet.paper.agenda_problems import AGENDA_NAME
from ecabinet.paper.archive import unpacked
from ecabinet.paper.intake import check_pdf, refuse_size
from ecabinet.paper.refusals import PaperRefused
from ecabinet.rules.text import Text
from ecabinet.store.meetings import find_body_by_code
from ecabinet.store.tables import StoredFile
from ecabinet.web.desk import bodies_of, desk, meeting_of, who
from ecabinet.web.errors import NotFound
from ecabinet.web.forms import new_form_key, once, read_form, see_other
from ecabinet.web.pages import page
from ecabinet.web.papers import attachment

UPLOAD_BYTES = 256 * 1024 * 1024
# What only an administrator changes; new ones may come with an agenda.
_KEPT_BY_ADMINISTRATORS = ("body", "membership", "person")

Papers = dict[str, CheckedPaper]


@desk
async def show_import(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        await bodies_of(session, request)
    return _page(request)


@desk
async def post_preview(request: Request) -> Response:
    """What the folder would create and change, or everything that is wrong in it. Only the zip itself is kept."""
    async with request.app.state.database.reading() as session:
        await bodies_of(session, request)
    form, app = await read_form(request), request.app.state
    upload = form.file("file")
    if upload is None:
        return _page(request, missing=True)
    try:
        async with on_disk(upload) as path:
            await asyncio.to_thread(refuse_size, path, app.settings.max_upload_bytes)
            async with _opened(request, path) as (agenda, papers):
                async with app.database.reading() as session:
                    plan = await preview_import(session, agenda, papers)
                    reserved = await _reserved(session, request, agenda, plan)
            held = await hold_zip(app.database, app.files, path, upload.filename or "", **who(request))
    except PaperRefused as refused:
        return _page(request, refused=refused.text)
    except AgendaFileInvalid as invalid:
        return _page(request, faults=invalid.problems, file_name=upload.filename)
    return _page(request, plan=plan, held=held, reserved=reserved)


@desk
async def post_import(request: Request) -> Response:
    """Exactly what was shown, in one transaction; where the data moved on meanwhile, the new preview is shown instead."""
    form, app = await read_form(request), request.app.state
    held = await _held(request, form.integer("held") or 0)
    if not app.files.has(held.sha256):
        return _page(request, refused=_GONE)
    try:
        async with _opened(request, app.files.path(held.sha256)) as (agenda, papers):
            await keep_papers(papers, app.files)
            async with once(request, form) as submission:
                if submission.is_new:
                    await _refuse_reserved(submission.session, request, agenda, papers)
                    outcome = await import_agenda(
                        submission.session, agenda, papers, shown=form.text("shown"), **who(request)
                    )
                    submission.outcome = f"/desk/meetings/{outcome.meeting_id}?done=imported"
    except AgendaPlanChanged as changed:
        return _page(request, plan=changed.plan, held=held, moved_on=True)
    except ImportRefused as refused:
        return _page(request, plan=ImportPlan(Text(), (), refused.refusals), held=held)
    except PaperRefused as unreadable:  # It was read for the preview; now the reader is busy or stopping.
        return _page(request, refused=unreadable.text)
    except AgendaFileInvalid as invalid:
        return _page(request, faults=invalid.problems, file_name=held.name)
    return see_other(submission.outcome)


@asynccontextmanager
async def _opened(request: Request, path: Path) -> AsyncIterator[tuple[AgendaFile, Papers]]:
    """The agenda of a zip and its papers, looked at. Raises PaperRefused or AgendaFileInvalid."""
    app = request.app.state

    async def check(paper: Path) -> Any:
        return await check_pdf(app.workers, paper, app.settings.max_upload_bytes)

    async with unpacked(app.workers, path) as folder:
        agenda = await asyncio.to_thread(_read, folder)
        async with app.database.reading() as session:
            known = await known_pages(session)
        yield agenda, await check_papers(agenda, check, known)


def _read(folder: Path) -> AgendaFile:
    """People zip the folder or what is in it: both are read."""
    inside = [entry for entry in folder.iterdir() if entry.is_dir()]
    only = inside[0] if len(inside) == 1 and not (folder / AGENDA_NAME).is_file() else folder
    return read_agenda(only)


async def _held(request: Request, file_id: int) -> StoredFile:
    async with request.app.state.database.reading() as session:
        found = await find_held(session, [file_id], ZIP, request.state.person.id)
    if not found:
        raise NotFound
    return found[0]


async def _reserved(session: AsyncSession, request: Request, agenda: AgendaFile, plan: ImportPlan) -> list[Text]:
    """Why this person may not carry the plan out: rules, members and accounts are the administrator's."""
    person = request.state.person
    body = await find_body_by_code(session, agenda.body.code)
    if body is not None and not await prepares(session, person, body.id or 0):
        return [_OTHER_BODY]
    if person.is_administrator:
        return []
    if body is None and not person.is_secretariat:
        return [_OTHER_BODY]
    return [
        line.text
        for line in plan.lines
        if line.subject in _KEPT_BY_ADMINISTRATORS
        and (line.action == "change" or (line.action == "add" and line.subject == "membership" and body is not None))
    ]


async def _refuse_reserved(session: AsyncSession, request: Request, agenda: AgendaFile, papers: Papers) -> None:
    plan = await preview_import(session, agenda, papers)
    reserved = await _reserved(session, request, agenda, plan)
    if reserved:
        raise ImportRefused(*reserved)


_GONE = Text(
    "Tệp zip không còn trên máy chủ nên chưa nhập gì. Hãy chọn lại tệp và xem trước lần nữa.",
    "The zip is no longer on the server, so nothing was imported. Choose the file again and look at the preview once more.",
)
_OTHER_BODY = Text(
    "Cuộc họp này thuộc tập thể mà bạn không chuẩn bị. Hãy nhờ thư ký của tập thể đó hoặc quản trị viên nhập.",
    "This meeting is of a body whose meetings you do not prepare. Ask its secretariat or an administrator to import it.",
)


def _page(request: Request, **more: Any) -> Response:
    context: dict[str, Any] = {
        "plan": None,
        "held": None,
        "reserved": [],
        "refused": None,
        "faults": [],
        "file_name": "",
        "missing": False,
        "moved_on": False,
        "new_key": new_form_key,
    } | more
    bad = context["refused"] or context["faults"] or context["missing"]
    return page(request, "desk/import.html", context, status=409 if context["moved_on"] else 422 if bad else 200)


@desk
async def get_export(request: Request) -> Response:
    """agenda.yaml and the papers of a draft, as one zip that the import takes."""
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="ecabinet-export-"))
    try:
        async with request.app.state.database.reading() as session:
            meeting = await meeting_of(session, request)
            await export_agenda(session, meeting.id or 0, request.app.state.files, folder / meeting.key)
        archive = await asyncio.to_thread(shutil.make_archive, str(folder / "export"), "zip", folder, meeting.key)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    headers = {"Content-Disposition": attachment(f"{meeting.key}.zip")}
    cleanup = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(archive, media_type="application/zip", headers=headers, background=cleanup)


routes = [
    Route("/desk/import", show_import),
    Route("/desk/import", post_preview, methods=["POST"], max_body_size=UPLOAD_BYTES),
    Route("/desk/import/confirm", post_import, methods=["POST"]),
    Route("/desk/meetings/{meeting_id:int}/export", get_export),
]

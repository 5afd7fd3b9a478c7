"""A paper in the browser: only to whom it is open, never run in our origin, readable from any byte on."""

import unicodedata
from urllib.parse import quote

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ecabinet.office.desk_access import prepares
from ecabinet.rules.audience import may_read_item
from ecabinet.rules.meeting import Meeting as Record
from ecabinet.store.agenda import find_paper_with_file
from ecabinet.store.meetings import find_meeting
from ecabinet.store.tables import Paper, Person, StoredFile
from ecabinet.web.errors import NotFound
from ecabinet.web.guards import signed_in

log = structlog.get_logger()

# The file is a stranger's: it may show itself and nothing else (Chromium's viewer opens under this policy, it was
# looked at). The reader of the room may frame it, no other site.
_POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox"


@signed_in
async def show_paper(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        paper, file = await _readable(session, request)
    etag = f'"{file.sha256}"'
    headers = {
        "ETag": etag,
        # Kept for reading on, but access is asked for again each time.
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": _POLICY,
        "X-Frame-Options": "SAMEORIGIN",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": inline(file_name(paper, file)),
    }
    if etag in (part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    path = request.app.state.files.path(file.sha256)
    if not path.is_file():
        log.error("file_missing", paper=paper.id, sha256=file.sha256)
        raise NotFound("file_missing")
    return FileResponse(path, headers=headers, media_type=file.media_type)


async def _readable(session: AsyncSession, request: Request) -> tuple[Paper, StoredFile]:
    """Raises NotFound: who may not read a paper does not learn that there is one."""
    found = await find_paper_with_file(session, request.path_params["paper_id"])
    if found is None:
        raise NotFound
    paper, file = found
    if file is None or not await _may_read(session, request, paper):
        raise NotFound
    return paper, file


async def _may_read(session: AsyncSession, request: Request, paper: Paper) -> bool:
    """The secretariat and administrators read everything, the others what the record of a called meeting opens to them."""
    person: Person = request.state.person
    meeting = await find_meeting(session, paper.meeting_id)
    if meeting is None:
        return False
    if person.is_administrator or await prepares(session, person, meeting.body_id):
        return True
    if meeting.head_seq == 0:
        return False
    record = await request.app.state.rooms.meeting(paper.meeting_id)
    return record is not None and is_open_to(record, person.id or 0, paper.id or 0)


def is_open_to(record: Record, person: int, paper: int) -> bool:
    """Whether the paper stands at an item that the person is admitted to."""
    items = [item.id for item in record.items.values() if any(held.id == paper for held in item.papers)]
    return any(may_read_item(record, person, item) for item in items)


def file_name(paper: Paper, file: StoredFile) -> str:
    """What the person called it; else number and title."""
    name = file.name or f"{paper.number} {paper.title_vi or paper.title_en}".strip() or f"paper-{paper.id}"
    safe = "".join("-" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in name).strip(". ")
    return safe if safe.lower().endswith(".pdf") else f"{safe}.pdf"


def inline(name: str) -> str:
    return _disposition("inline", name)


def attachment(name: str) -> str:
    return _disposition("attachment", name)


def _disposition(kind: str, name: str) -> str:
    """RFC 6266: the name in plain letters for old programs, and in full for the others."""
    flat = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(char for char in flat if " " <= char <= "~" and char not in '"\\%')
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


routes = [Route("/papers/{paper_id:int}", show_paper)]

"""The minutes: read them, edit the prose, print them."""

from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ecabinet.office.minutes import EXTRAS, EditedMinutes, edited_minutes, save_minutes
from ecabinet.office.minutes_document import Language, minutes_document
from ecabinet.office.problems import Stale
from ecabinet.paper.official import to_pdf
from ecabinet.paper.workers import Limits
from ecabinet.resources import FONTS
from ecabinet.rules.audience import Kind, audience_of
from ecabinet.rules.meeting import Meeting, Stage
from ecabinet.store.event_log import EventLog
from ecabinet.web.errors import NotAllowed, NotFound
from ecabinet.web.forms import Form, read_form, see_other
from ecabinet.web.guards import signed_in
from ecabinet.web.pages import page

# A year-end session has many votes; rendering loads fonts and takes more than reading a PDF does.
_PRINT = Limits(memory_bytes=1024**3, cpu_s=60, wall_s=90)


@signed_in
async def show_minutes(request: Request) -> Response:
    meeting, edited = await _readable(request)
    return page(request, "minutes/minutes.html", _context(request, meeting, edited))


@signed_in
async def save(request: Request) -> Response:
    return await _save(request)


@signed_in
async def restore(request: Request) -> Response:
    """Take a section back to what the record says; what was typed in the others is saved with it."""
    section = (await read_form(request)).text("section")
    return await _save(request, without=section, place=f"#{section}")


async def _save(request: Request, *, without: str = "", place: str = "") -> Response:
    """Typing that clashes with another secretary's is shown beside theirs; nothing is lost, nothing overwritten."""
    meeting, edited = await _readable(request)
    if not _may_edit(request, meeting):
        raise NotAllowed("role")
    form, app = await read_form(request), request.app.state
    words = _typed(form, edited, without)
    try:
        if (form.integer("version") or 0) != edited.version:
            raise Stale(None)
        changed = _changed(edited, words, request)
        async with app.database.writing() as session:
            await save_minutes(session, _id(request), edited, changed, request.state.person.id, app.clock())
    except Stale:
        meeting, edited = await _readable(request)
        if without in edited.edited or not _has_all(edited, words, meeting.head.language):
            return page(
                request, "minutes/minutes.html", _context(request, meeting, edited) | {"typed": words}, status=409
            )
    return see_other(f"/meetings/{_id(request)}/minutes?saved=1{place}")


def _typed(form: Form, edited: EditedMinutes, without: str) -> dict[str, str]:
    keys = {section.key for section in edited.minutes.sections} | set(EXTRAS)
    return {key: form.lines(key) for key in keys - {without} if form.has(key)}


def _has_all(edited: EditedMinutes, words: dict[str, str], language: str) -> bool:
    """Whether all of it stands there already, as when the same form comes twice."""
    stored = {section.key: section.text.say(language) for section in edited.minutes.sections}
    stored |= {"number": edited.number, "recipients": "\n".join(edited.recipients)}
    return all(stored[key] == text for key, text in words.items())


@signed_in
async def print_minutes(request: Request) -> Response:
    """The PDF, made in a worker so that no tablet waits for it."""
    meeting, edited = await _readable(request)
    language = request.query_params.get("language", meeting.head.language)
    document = minutes_document(edited, cast(Language, language if language in ("vi", "en") else "vi"))
    pdf = await request.app.state.workers.run(to_pdf, document, FONTS, limits=_PRINT)
    name = f"bien-ban-{meeting.head.key}.pdf"
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


async def _readable(request: Request) -> tuple[Meeting, EditedMinutes]:
    """Members read the minutes once the session is closed; chair and secretariat see them grow. Others: not found."""
    meeting = await request.app.state.rooms.meeting(_id(request))
    if meeting is None or not _may_read(request, meeting):
        raise NotFound
    async with request.app.state.database.reading() as session:
        log = EventLog(request.app.state.database, _id(request))
        return meeting, await edited_minutes(session, log, meeting)


def _may_read(request: Request, meeting: Meeting) -> bool:
    audience = audience_of(meeting, request.state.person.id)
    if audience is None or audience.kind in (Kind.GUEST, Kind.SCREEN):
        return False
    return audience.runs or meeting.stage is Stage.CLOSED


def _may_edit(request: Request, meeting: Meeting) -> bool:
    audience = audience_of(meeting, request.state.person.id)
    return audience is not None and audience.kind is Kind.SECRETARIAT


def _changed(edited: EditedMinutes, words: dict[str, str], request: Request) -> dict[str, str]:
    """What the secretary changed: a section left as the record has it stays with the record."""
    language = edited.minutes.meeting.head.language
    shown = {section.key: section.text.say(language) for section in edited.minutes.sections}
    return {key: text for key, text in words.items() if key in edited.edited or text != shown.get(key, "")}


def _context(request: Request, meeting: Meeting, edited: EditedMinutes) -> dict[str, object]:
    language = cast(Language, meeting.head.language)
    return {
        "meeting_id": _id(request),
        "meeting": meeting,
        "edited": edited,
        "document_language": language,
        "may_edit": _may_edit(request, meeting),
        "typed": None,
        "saved": "saved" in request.query_params,
    }


def _id(request: Request) -> int:
    return int(request.path_params["meeting_id"])


routes: list[BaseRoute] = [
    Route("/meetings/{meeting_id:int}/minutes", show_minutes),
    Route("/meetings/{meeting_id:int}/minutes", save, methods=["POST"]),
    Route("/meetings/{meeting_id:int}/minutes/restore", restore, methods=["POST"]),
    Route("/meetings/{meeting_id:int}/minutes.pdf", print_minutes),
]

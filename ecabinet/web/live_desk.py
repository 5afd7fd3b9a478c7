"""What the secretariat adds to a called meeting from the desk's rows: late papers and late participants.

Both are forms with an `id` that the page made: sent again, they are answered as the first time. The answers are those of
the commands, or {"problems": {field: words}} with status 422 for what has to be mended before the meeting is asked.
"""

import re
from dataclasses import replace
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ecabinet.office import late
from ecabinet.office.held_files import hold_pdf
from ecabinet.office.invitations import Invite
from ecabinet.office.papers import PaperFields, fields_from_name
from ecabinet.office.problems import Invalid
from ecabinet.paper.refusals import PaperRefused
from ecabinet.room.room import Outcome
from ecabinet.room.wire import answer_json
from ecabinet.rules.audience import audience_of
from ecabinet.rules.authority import refuse_unless_desk
from ecabinet.rules.commands import AddParticipant, AttachPaper, Command
from ecabinet.rules.decide import decide
from ecabinet.rules.meeting import AgendaPaper, Meeting
from ecabinet.rules.refused import Refused
from ecabinet.rules.text import Text
from ecabinet.store.tables import StoredFile
from ecabinet.web.errors import BadRequest, NotAllowed, NotFound
from ecabinet.web.forms import Form, messages, read_form
from ecabinet.web.guards import signed_in

# One paper and its form; the paper itself is held to the setting `max_upload_bytes`.
UPLOAD_BYTES = 1024 * 1024 * 1024

_ID = re.compile(r"[!-~]{1,64}")
_NO_FILE = Text("Hãy chọn tệp PDF.", "Choose a PDF file.")


@signed_in
async def show_candidates(request: Request) -> Response:
    """Who could still be added, by office."""
    meeting = await _meeting(request)
    if refuse_unless_desk(meeting, request.state.person.id):
        raise NotAllowed("role")
    async with request.app.state.database.reading() as session:
        found = await late.candidates(session, meeting)
    return JSONResponse({"people": [_candidate_json(candidate) for candidate in found]})


@signed_in
async def post_paper(request: Request) -> Response:
    try:
        return await _take_paper(request)
    finally:
        await request.close()


async def _take_paper(request: Request) -> Response:
    """The meeting is asked before the file is read: what it refuses costs no reader."""
    meeting, form = await _meeting(request), await read_form(request)
    command = _command(request, form, AttachPaper, item=form.integer("item") or 0, paper=AgendaPaper(0, Text("?")))
    if await _was_done(request, command):
        return await _carry_out(request, command)
    if isinstance(problem := decide(meeting, command, request.app.state.clock()), Refused):
        return _answer(command, problem)
    upload = form.file("file")
    if upload is None:
        return _problems({"file": _NO_FILE.say(request.state.language)})
    return await _attach(request, command, _paper_fields(form, upload, meeting.head.language), upload)


async def _attach(request: Request, command: AttachPaper, fields: PaperFields, upload: UploadFile) -> Response:
    try:
        paper = await _reserve(request, command.item, fields, await _hold(request, upload))
    except PaperRefused as unreadable:
        return _problems({"file": unreadable.text.say(request.state.language)})
    except Invalid as invalid:
        return _problems(messages(request, invalid))
    try:
        return await _carry_out(request, replace(command, paper=paper))
    finally:
        async with request.app.state.database.writing() as session:
            await late.drop_reserved(session, paper.id)


async def _hold(request: Request, upload: UploadFile) -> StoredFile:
    app, by = request.app.state, request.state.person.id
    limit = app.settings.max_upload_bytes
    return await hold_pdf(app.database, app.files, app.workers, upload, max_bytes=limit, by=by, now=app.clock())


async def _reserve(request: Request, item: int, fields: PaperFields, file: StoredFile) -> AgendaPaper:
    """Raises Invalid, and then nothing of the file is kept in the rows."""
    app = request.app.state
    try:
        async with app.database.writing() as session:
            return await late.reserve_paper(session, request.path_params["meeting_id"], item, fields, file, app.clock())
    except Invalid:
        async with app.database.writing() as session:
            await session.delete(await session.get_one(StoredFile, file.id))
        raise


def _paper_fields(form: Form, upload: UploadFile, language: str) -> PaperFields:
    """What was typed; where no title was, what the name of the file tells."""
    told = fields_from_name(upload.filename or "", language)
    kind, number = form.text("kind") or told.kind, form.text("number") or told.number
    title_vi, title_en = form.text("title_vi"), form.text("title_en")
    if not (title_vi or title_en):
        title_vi, title_en = told.title_vi, told.title_en
    return PaperFields(title_vi, title_en, number, kind, language=language)


@signed_in
async def post_participant(request: Request) -> Response:
    await _meeting(request)
    form = await read_form(request)
    wish = Invite(form.integer("person") or 0, form.text("role"), _integers(form, "items"), form.integer("stands_for"))
    try:
        async with request.app.state.database.reading() as session:
            participant = await late.late_participant(session, wish)
    except Invalid as invalid:
        return _problems(messages(request, invalid))
    return await _carry_out(request, _command(request, form, AddParticipant, participant=participant))


async def _meeting(request: Request) -> Meeting:
    """Raises NotFound: for who does not take part the meeting does not exist."""
    meeting = await request.app.state.rooms.meeting(request.path_params["meeting_id"])
    if meeting is None or audience_of(meeting, request.state.person.id) is None:
        raise NotFound
    return meeting  # type: ignore[no-any-return]


def _command(request: Request, form: Form, kind: type[Command], **fields: Any) -> Any:
    if not _ID.fullmatch(form.text("id")):
        raise BadRequest("id")
    return kind(id=form.text("id"), by=request.state.person.id, **fields)


async def _was_done(request: Request, command: Command) -> bool:
    async with request.app.state.database.reading() as session:
        return await late.was_done(session, request.path_params["meeting_id"], command.id)


async def _carry_out(request: Request, command: Command) -> Response:
    outcome = await request.app.state.rooms.execute(request.path_params["meeting_id"], command)
    return _answer(command, outcome)


def _answer(command: Command, outcome: Outcome) -> Response:
    status = 200
    if isinstance(outcome, Refused):
        status = 503 if outcome.reason == "not_recorded" else 409
    return JSONResponse(answer_json(command.id, outcome), status)


def _problems(problems: dict[str, str]) -> Response:
    return JSONResponse({"problems": problems}, 422)


def _candidate_json(candidate: late.Candidate) -> dict[str, Any]:
    person, agency = candidate.person, candidate.agency
    return {
        "person": person.id,
        "kind": person.kind,
        "office": {"vi": person.office_vi, "en": person.office_en},
        "agency": {"vi": agency.name_vi, "en": agency.name_en} if agency else None,
    }


def _integers(form: Form, name: str) -> tuple[int, ...]:
    values = [value for value in form.data.getlist(name) if isinstance(value, str)]
    return tuple(int(value) for value in values if value.isascii() and value.isdecimal() and len(value) <= 9)


routes: list[BaseRoute] = [
    Route("/api/meetings/{meeting_id:int}/candidates", show_candidates),
    Route("/api/meetings/{meeting_id:int}/papers", post_paper, methods=["POST"], max_body_size=UPLOAD_BYTES),
    Route("/api/meetings/{meeting_id:int}/participants", post_participant, methods=["POST"]),
]

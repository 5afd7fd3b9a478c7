"""Forms: the token that proves the page was ours, the one-time key, and the fields as typed."""

import hmac
import secrets
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData, UploadFile
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from ecabinet.office.problems import Invalid
from ecabinet.store.submitted_forms import claim_form, find_outcome, settle_form
from ecabinet.web.errors import BadRequest, NotAllowed
from ecabinet.web.pages import page

FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class Form:
    """The fields of a posted form, as composed Unicode without surrounding space."""

    def __init__(self, data: FormData) -> None:
        self.data = data

    def text(self, name: str) -> str:
        value = self.data.get(name, "")
        return clean(value) if isinstance(value, str) else ""

    def lines(self, name: str) -> str:
        """A long text with its line breaks."""
        value = self.data.get(name, "")
        return "\n".join(clean(line) for line in value.splitlines()).strip() if isinstance(value, str) else ""

    def secret(self, name: str) -> str:
        """A password: exactly as typed."""
        value = self.data.get(name, "")
        return value if isinstance(value, str) else ""

    def has(self, name: str) -> bool:
        """Whether a checkbox is ticked or a button was pressed."""
        return name in self.data

    def integer(self, name: str) -> int | None:
        return _integer(self.text(name))

    def integers(self, name: str) -> list[int]:
        """Of several fields with one name, those that are numbers."""
        found = (_integer(value) for value in self.data.getlist(name) if isinstance(value, str))
        return [value for value in found if value is not None]

    def file(self, name: str) -> UploadFile | None:
        value = self.data.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def files(self, name: str) -> list[UploadFile]:
        return [value for value in self.data.getlist(name) if isinstance(value, UploadFile) and value.filename]


def _integer(text: str) -> int | None:
    """No longer number names a row, and the database takes none."""
    return int(text) if text.isdecimal() and len(text) <= 9 else None


async def read_form(request: Request) -> Form:
    """Every handler of a posted form begins here. Raises NotAllowed when the token is not this session's."""
    if not hasattr(request.state, "form"):
        data = await request.form(max_files=200, max_fields=5000)
        _refuse_no_text(data)
        request.state.form = data
    sent = request.state.form.get("csrf_token") or request.headers.get("x-csrf-token", "")
    if not request.state.by_bearer:
        check_token(request, sent if isinstance(sent, str) else "")
    return Form(request.state.form)


def _refuse_no_text(data: FormData) -> None:
    """A form may name an encoding that yields half a surrogate pair, which can be neither stored nor shown."""
    try:
        for name, value in data.multi_items():
            f"{name}{value if isinstance(value, str) else value.filename}".encode()
    except UnicodeEncodeError:
        raise BadRequest("malformed") from None


def check_token(request: HTTPConnection, sent: str) -> None:
    if not hmac.compare_digest(sent.encode(), request.state.csrf_token.encode()):
        raise NotAllowed("stale_form")


def new_form_key() -> str:
    """For the hidden field of a form that makes something; drawn anew each time the form is shown."""
    return secrets.token_urlsafe(16)


class Submission:
    """`is_new`: do the work with `session` and set `outcome`. Otherwise `outcome` is that of the first time."""

    def __init__(self, session: AsyncSession, outcome: str | None) -> None:
        self.session = session
        self.is_new = outcome is None
        self.outcome = outcome or "/"


@asynccontextmanager
async def once(request: Request, form: Form) -> AsyncIterator[Submission]:
    """One transaction for a form that may be sent twice: the second time finds the outcome of the first."""
    key = form.text("form_key")
    if not 16 <= len(key) <= 64:
        raise BadRequest("form_key")
    key = f"{request.state.person.id}:{key}"
    async with request.app.state.database.writing() as session:
        is_new = await claim_form(session, key, request.app.state.clock())
        submission = Submission(session, None if is_new else await find_outcome(session, key))
        yield submission
        if is_new:
            await settle_form(session, key, submission.outcome)


def messages(request: Request, invalid: Invalid) -> dict[str, str]:
    """What is wrong, by field, in the language of the page."""
    found: dict[str, str] = {}
    for problem in invalid.problems:
        said = problem.text.say(request.state.language)
        found[problem.field] = f"{found[problem.field]} {said}" if problem.field in found else said
    return found


def form_page(request: Request, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page with a form: with a fresh one-time key, and the outcome of the last form, if it led here."""
    everywhere = {"form_key": new_form_key(), "done": request.query_params.get("done", "")}
    return page(request, template, everywhere | context, status=status)


def see_other(url: str) -> RedirectResponse:
    """After a change: the browser gets a page that can be reloaded without sending the form again."""
    return RedirectResponse(url, status_code=303)


def clean(text: str) -> str:
    """Composed letters, no control characters, single spaces."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(char if char.isprintable() else " " for char in composed).split())

"""Who may come in: decorators of endpoints, decided on the server before anything is looked up."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from ecabinet.store.tables import Person
from ecabinet.web.errors import NotAllowed, SignInNeeded
from ecabinet.web.forms import read_form, see_other
from ecabinet.web.kept import KeptForm, kept_form, path_and_query
from ecabinet.web.pages import page
from ecabinet.web.sign_in_page import sign_in_page

Endpoint = Callable[[Request], Awaitable[Response]]

# What a form may weigh beside the file in it.
FORM_ALLOWANCE_BYTES = 1024 * 1024
PASSWORD_PAGE = "/account/password"


def signed_in(endpoint: Endpoint) -> Endpoint:
    """Anybody with a session. A page leads to the sign-in and back; a posted form is carried along, not lost."""
    return _guarded(endpoint, lambda person: True)


def secretariat_only(endpoint: Endpoint) -> Endpoint:
    return _guarded(endpoint, lambda person: person.is_secretariat)


def administrator_only(endpoint: Endpoint) -> Endpoint:
    return _guarded(endpoint, lambda person: person.is_administrator)


def _guarded(endpoint: Endpoint, allows: Callable[[Person], bool]) -> Endpoint:
    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        person: Person | None = request.state.person
        if person is None:
            return await _ask_to_sign_in(request)
        if person.must_change_password and request.url.path != PASSWORD_PAGE:
            return await _ask_for_password(request)
        if not allows(person):
            raise NotAllowed("role")
        return await endpoint(request)

    return guarded


async def _ask_to_sign_in(request: Request) -> Response:
    if request.url.path.startswith("/api/"):
        raise SignInNeeded("signed_out")
    if request.method in ("GET", "HEAD"):
        return see_other(f"/sign-in?next={quote(path_and_query(request))}")
    return sign_in_page(request, kept=await _read_kept(request), ended=True, status=401)


async def _ask_for_password(request: Request) -> Response:
    if request.url.path.startswith("/api/"):
        raise NotAllowed("password_change_needed")
    if request.method in ("GET", "HEAD"):
        return see_other(PASSWORD_PAGE)
    context: dict[str, Any] = {"kept": await _read_kept(request), "first_time": True, "problems": {}}
    return page(request, "account/password.html", context, status=403)


async def _read_kept(request: Request) -> KeptForm | None:
    """What was typed. A stranger fills no disk: of a body without a length, or longer than any paper, nothing is read."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > request.app.state.settings.max_upload_bytes + FORM_ALLOWANCE_BYTES:
        return None
    with suppress(NotAllowed):  # The token went with its session; the fields are read before it is compared.
        await read_form(request)
    return kept_form(request)

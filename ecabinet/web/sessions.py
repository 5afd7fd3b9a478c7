"""Who is asking: from the cookie or the bearer token to the person, and what the cookies look like."""

import hashlib
import secrets
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecabinet.office.sign_in import SESSION_LASTS, hash_token
from ecabinet.store import logins
from ecabinet.store.database import Database
from ecabinet.store.tables import LoginSession, Person
from ecabinet.web.language import preferred_language

# Not at every request: a page of ten requests would write ten times.
TOUCH_EVERY = timedelta(minutes=5)

log = structlog.get_logger()


def is_https(connection: HTTPConnection) -> bool:
    return connection.url.scheme in ("https", "wss")


def cookie_name(connection: HTTPConnection, name: str = "session") -> str:
    """`__Host-`: no subdomain and no plain-http page can set it. A browser takes that prefix over https only."""
    return f"__Host-{name}" if is_https(connection) else name


def set_cookie(connection: HTTPConnection, response: Response, name: str, value: str, lasts: timedelta) -> None:
    response.set_cookie(
        cookie_name(connection, name),
        value,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=is_https(connection),
        httponly=True,
        samesite="lax",
    )


def start_session(connection: HTTPConnection, response: Response, token: str) -> None:
    """A fresh id at every sign-in: an id planted before it is worth nothing (session fixation)."""
    set_cookie(connection, response, "session", token, SESSION_LASTS)
    forget_cookie(connection, response, "visitor")


def forget_cookie(connection: HTTPConnection, response: Response, name: str = "session") -> None:
    response.delete_cookie(
        cookie_name(connection, name), path="/", secure=is_https(connection), httponly=True, samesite="lax"
    )


class SessionMiddleware:
    """Sets `state.person`, `state.login`, `state.language` and `state.csrf_token` for pages and sockets alike."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        await _recognise(connection)
        greets = connection.state.login is None and cookie_name(connection, "visitor") not in connection.cookies

        async def send_with_cookie(message: Message) -> None:
            if greets and message["type"] == "http.response.start":
                _greet(connection, MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_cookie)


async def _recognise(connection: HTTPConnection) -> None:
    state = connection.state
    state.person, state.login, state.visitor, state.by_bearer = None, None, "", False
    if not connection.url.path.startswith("/static/"):
        await _find_person(connection)
    if state.login is None:
        state.visitor = connection.cookies.get(cookie_name(connection, "visitor")) or secrets.token_urlsafe(24)
        state.csrf_token = _visitor_token(state.visitor)
    else:
        state.csrf_token = state.login.csrf_token
    state.language = preferred_language(connection, state.person)


async def _find_person(connection: HTTPConnection) -> None:
    state, app = connection.state, connection.app
    token, state.by_bearer = _token_of(connection)
    if not token:
        return
    now = app.state.clock()
    async with app.state.database.reading() as session:
        found = await logins.find_login(session, hash_token(token), now)
    if found:
        state.login, state.person = found
        await _touch(app.state.database, state.login, now)


def _token_of(connection: HTTPConnection) -> tuple[str, bool]:
    scheme, _, credentials = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip(), True
    return connection.cookies.get(cookie_name(connection), ""), False


async def _touch(database: Database, login: LoginSession, now: datetime) -> None:
    """Let the session last on while it is used. Reading goes on when the disk is full or the database busy."""
    if now - login.seen_at < TOUCH_EVERY:
        return
    login.seen_at, login.expires_at = now, now + SESSION_LASTS
    try:
        async with database.writing() as session:
            await logins.extend_login(session, login.token_hash, seen_at=now, expires_at=login.expires_at)
    except OperationalError as error:
        log.warning("session_not_extended", error=repr(error.orig))


def _greet(connection: HTTPConnection, headers: MutableHeaders) -> None:
    """A page shown to a stranger may hold a form, whose token hangs on this cookie."""
    if headers.get("content-type", "").startswith("text/html"):
        cookies = Response()
        set_cookie(connection, cookies, "visitor", connection.state.visitor, SESSION_LASTS)
        headers.append("set-cookie", cookies.headers["set-cookie"])


def _visitor_token(visitor: str) -> str:
    """The form token of somebody not signed in, from their cookie: nothing is stored for a visitor."""
    return hashlib.sha256(f"form {visitor}".encode()).hexdigest()


def person_of(connection: HTTPConnection) -> Person | None:
    person: Person | None = connection.state.person
    return person

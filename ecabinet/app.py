"""Builds everything once: database, sessions, rooms, routes, and their life from start to stop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import BaseRoute, Mount

from ecabinet.office.held_files import keep_tidy
from ecabinet.office.passwords import Passwords
from ecabinet.paper.workers import Workers
from ecabinet.resources import DIST
from ecabinet.room.rooms import Rooms
from ecabinet.settings import Settings
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.migrate import migrate
from ecabinet.web import (
    account,
    agencies,
    api,
    audit,
    bodies,
    desk_agenda,
    desk_calling,
    desk_import,
    desk_meetings,
    desk_papers,
    desk_people,
    desk_starts,
    health,
    home,
    live,
    live_desk,
    minutes,
    papers,
    people,
    people_import,
    room,
    sign_in,
)
from ecabinet.web.built_files import BuiltFiles
from ecabinet.web.errors import ErrorPages, show_error
from ecabinet.web.headers import SecurityHeaders
from ecabinet.web.origin import OriginCheck
from ecabinet.web.pages import build_hash
from ecabinet.web.request_log import RequestLog
from ecabinet.web.revocations import Revocations
from ecabinet.web.sessions import SessionMiddleware

Clock = Callable[[], datetime]

# Every page but an upload is a form of text; a route that takes files sets its own `max_body_size`.
FORM_BYTES = 1024 * 1024

DEFAULT_PASSWORDS = Passwords()

# One list per module of pages: this is the place to add one.
ROUTES: list[Sequence[BaseRoute]] = [
    health.routes,
    sign_in.routes,
    home.routes,
    account.routes,
    people.routes,
    people_import.routes,
    agencies.routes,
    bodies.routes,
    audit.routes,
    live.routes,
    api.routes,
    live_desk.routes,
    room.routes,
    minutes.routes,
    desk_meetings.routes,
    desk_agenda.routes,
    desk_papers.routes,
    desk_people.routes,
    desk_starts.routes,
    desk_calling.routes,
    desk_import.routes,
    papers.routes,
]


def wall_clock() -> datetime:
    return datetime.now(UTC)


def create_app(settings: Settings, clock: Clock = wall_clock, passwords: Passwords = DEFAULT_PASSWORDS) -> Starlette:
    app = Starlette(
        routes=[*(route for routes in ROUTES for route in routes), Mount("/static/dist", BuiltFiles(directory=DIST))],
        middleware=_middleware(settings),
        exception_handlers={HTTPException: show_error},
        lifespan=_lifespan,
    )
    # Papers and ballots lie here: for the account that runs the server alone.
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.state.settings = settings
    app.state.clock = clock
    app.state.passwords = passwords
    app.state.database = Database(settings.database_url)
    app.state.rooms = Rooms(app.state.database, clock, build_hash())
    app.state.revoked = Revocations(app.state.database, clock)
    app.state.workers = Workers()
    app.state.files = FileStore(settings.files_dir)
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    """From the outside in. Headers stand outside of errors: an error page carries them too."""
    return [
        Middleware(live.ServerSend),
        Middleware(RequestLog),
        Middleware(SecurityHeaders),
        Middleware(ErrorPages),
        Middleware(RequestBodyLimitMiddleware, max_body_size=FORM_BYTES),
        Middleware(SessionMiddleware),
        Middleware(OriginCheck, origins=settings.origins),
    ]


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        stack.push_async_callback(app.state.database.close)
        if app.state.settings.migrate_at_start:
            await migrate(app.state.database)
        stack.push_async_callback(app.state.workers.close)
        stack.push_async_callback(app.state.rooms.close)
        await stack.enter_async_context(_running(app.state.revoked.run()))
        await stack.enter_async_context(_running(keep_tidy(app.state.database, app.state.files, app.state.clock)))
        yield


@asynccontextmanager
async def _running(work) -> AsyncIterator[None]:  # type: ignore[no-untyped-def]
    """A background task that ends with the server."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

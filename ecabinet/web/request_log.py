"""Every request gets a number, which its log lines, its error page and its answer carry."""

import time
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Probes come every few seconds and files by the dozen: a line for each would bury what people do.
_QUIET = ("/static/", "/healthz", "/readyz")

log = structlog.get_logger()


class RequestLog:
    """One line a request: what, how it ended, how long it took, for whom. No query, no body: they may hold anything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        connection.state.request_id = uuid4().hex[:12]
        status = 0

        async def send_with_number(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = connection.state.request_id
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=connection.state.request_id):
            await self.app(scope, receive, send_with_number)
            _write(connection, status, time.perf_counter() - started)


def _write(connection: HTTPConnection, status: int, took_s: float) -> None:
    path = connection.url.path
    if path.startswith(_QUIET) and status < 400:
        return
    person = getattr(connection.state, "person", None)
    log.info(
        "request",
        method=connection.scope.get("method", "WEBSOCKET"),
        path=path,
        status=status,
        took_ms=round(took_s * 1000),
        person=person.id if person else None,
    )

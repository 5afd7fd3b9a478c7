"""Requests from elsewhere: which hosts we answer for, and that no other site may make us change anything."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from ecabinet.web.errors import BadRequest, NotAllowed
from ecabinet.web.forms import FORM_TYPES, check_token

# A load balancer asks by whatever address it knows.
PROBES = ("/healthz", "/readyz")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class OriginCheck:
    """Refuses unknown hosts (DNS rebinding) and every changing request that another origin has caused (CSRF)."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.hosts = frozenset(urlsplit(origin).netloc for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._check_http(HTTPConnection(scope), scope["method"])
        await self.app(scope, receive, send)

    def _check_http(self, connection: HTTPConnection, method: str) -> None:
        if connection.headers.get("host", "") not in self.hosts and connection.url.path not in PROBES:
            raise BadRequest("unknown_host")
        if method not in SAFE_METHODS and not connection.state.by_bearer:
            check_same_origin(connection, self.origins)
            _check_header(connection)


def _check_header(connection: HTTPConnection) -> None:
    """A form carries its token as a field, judged where it is read; whatever else comes with our cookie, as a header."""
    kind = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if connection.state.login is not None and kind not in FORM_TYPES:
        check_token(connection, connection.headers.get("x-csrf-token", ""))


def check_same_origin(connection: HTTPConnection, origins: Collection[str]) -> None:
    """Raises NotAllowed. Both headers are judged where both are sent; over plain http only Origin is.

    A request without either comes from no browser of today; it still needs the token of its form.
    """
    site = connection.headers.get("sec-fetch-site", "same-origin")
    origin = connection.headers.get("origin")
    if site not in ("same-origin", "none") or (origin is not None and origin not in origins):
        raise NotAllowed("other_site")

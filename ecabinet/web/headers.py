"""The security headers of every answer."""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CONTENT = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # 'no-referrer' would make browsers send 'Origin: null' with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_ONE_YEAR_S = 31_536_000


class SecurityHeaders:
    """Adds what is missing: a route that serves a file may have set a stricter policy of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), connection)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add_headers(headers: MutableHeaders, connection: HTTPConnection) -> None:
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", content_policy(connection))
    headers.setdefault("Cache-Control", "no-store")
    if connection.url.scheme == "https":
        headers.setdefault("Strict-Transport-Security", f"max-age={_ONE_YEAR_S}")


def content_policy(connection: HTTPConnection) -> str:
    """No inline script, no inline style. Older Safari does not count a websocket as 'self', so it is named."""
    socket = "wss" if connection.url.scheme == "https" else "ws"
    directives = _CONTENT | {"connect-src": f"'self' {socket}://{connection.url.netloc}"}
    return "; ".join(f"{name} {value}" for name, value in directives.items())

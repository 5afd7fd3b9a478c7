"""What a person or a program sees when something cannot be done, and what the log keeps of it."""

import errno
from datetime import datetime

import structlog
from sqlalchemy.exc import DBAPIError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ecabinet.rules.text import Text
from ecabinet.store.files import DiskFull
from ecabinet.store.people import Missing
from ecabinet.web.kept import KeptForm, kept_form
from ecabinet.web.language import preferred_language
from ecabinet.web.pages import page

log = structlog.get_logger()


class WebError(HTTPException):
    """`reason` chooses the words in templates/errors; the status alone does where it is empty."""

    status = 400

    def __init__(self, reason: str = "") -> None:
        super().__init__(self.status)
        self.reason = reason


class BadRequest(WebError):
    status = 400


class SignInNeeded(WebError):
    status = 401


class NotAllowed(WebError):
    status = 403


class NotFound(WebError):
    """Also for what exists but may not be known to exist."""

    status = 404


class TooMany(WebError):
    status = 429

    def __init__(self, until: datetime) -> None:
        super().__init__("throttled")
        self.until = until


class ErrorPages:
    """Turns whatever comes up from inside into an answer; nothing raised goes further out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, answer = Request(scope, receive), _Answer(send)
        try:
            response = await self._serve(request, answer)
            if response is not None:
                await response(scope, receive, send)
        finally:
            await _close_uploads(request)

    async def _serve(self, request: Request, answer: "_Answer") -> Response | None:
        """None when the app has answered by itself."""
        try:
            await self.app(request.scope, request.receive, answer.send)
        except Exception as error:
            if answer.has_started:
                raise
            return await show_error(request, error)
        if not answer.is_plain_413:
            return None
        return await show_error(request, HTTPException(413))


async def _close_uploads(request: Request) -> None:
    """Uploaded files lie in temporary files until they are closed."""
    form: FormData | None = getattr(request.state, "form", None)
    if form is not None:
        await form.close()


class _Answer:
    """Passes an answer on, but for the plain text of the body limit, whose place our page takes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_started = False
        self.is_plain_413 = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 413:
            self.is_plain_413 = (b"content-type", b"text/plain; charset=utf-8") in message["headers"]
        if not self.is_plain_413:
            self.has_started = True
            await self._send(message)


async def show_error(request: Request, error: Exception) -> Response:
    """The answer for this exception: JSON below /api, a page elsewhere."""
    status, reason = _status_of(error)
    if status >= 500:
        log.error("request_failed", status=status, reason=reason, exc_info=error)
    headers = dict(getattr(error, "headers", None) or {})
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(_seconds_until(request, error.until))
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": reason or str(status), "request_id": _request_id(request)}, status, headers)
    try:
        return _error_page(request, error, status, reason, headers)
    except Exception as failure:  # The pages themselves are broken: words without a page are better than none.
        log.error("error_page_failed", exc_info=failure)
        return PlainTextResponse(f"{_LAST_WORDS.vi}\n{_LAST_WORDS.en}\n{_request_id(request)}", status, headers)


_LAST_WORDS = Text(
    "Máy chủ gặp lỗi; chưa lưu gì cả. Hãy quay lại trang trước và thử lần nữa.",
    "The server has met an error; nothing was stored. Go back and try again.",
)


def _error_page(request: Request, error: Exception, status: int, reason: str, headers: dict[str, str]) -> Response:
    if not hasattr(request.state, "language"):  # Raised before the session was read.
        request.state.language, request.state.csrf_token = preferred_language(request, None), ""
    context = {
        "status": status,
        "reason": reason,
        "until": getattr(error, "until", None),
        "kept": _kept(request, status, reason),
        "request_id": _request_id(request),
    }
    return page(request, "errors/error.html", context, status=status, headers=headers)


def _kept(request: Request, status: int, reason: str) -> KeptForm | None:
    """Offer to send the form again where that can help: our fault, or a form that has grown old."""
    return kept_form(request) if status >= 500 or reason == "stale_form" else None


def _status_of(error: Exception) -> tuple[int, str]:
    if isinstance(error, WebError):
        return error.status_code, error.reason
    if isinstance(error, HTTPException):
        return error.status_code, ""
    if isinstance(error, Missing):
        return 404, ""
    if isinstance(error, DiskFull) or isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return 507, "disk_full"
    if isinstance(error, DBAPIError):
        return _status_of_database(str(error.orig))
    return 500, ""


def _status_of_database(message: str) -> tuple[int, str]:
    if "disk is full" in message or "No space left" in message:
        return 507, "disk_full"
    if "locked" in message or "disk I/O error" in message or "readonly" in message or "connect" in message:
        return 503, "database_busy"
    return 500, ""


def _seconds_until(request: Request, until: datetime) -> int:
    return max(1, int((until - request.app.state.clock()).total_seconds()) + 1)


def _request_id(connection: HTTPConnection) -> str:
    return str(getattr(connection.state, "request_id", ""))

"""The sign-in page itself: shown when asked for, and in place of a page whose session has ended."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from ecabinet.web.kept import KeptForm
from ecabinet.web.pages import page


def sign_in_page(
    request: Request,
    *,
    username: str = "",
    next: str = "/",
    kept: KeptForm | None = None,
    ended: bool = False,
    wrong: bool = False,
    until: datetime | None = None,
    status: int = 200,
) -> Response:
    """`kept` is carried through the sign-in; `until` says when a throttled visitor may try again."""
    context = {"username": username, "next": next, "kept": kept, "ended": ended, "wrong": wrong, "until": until}
    # A change of language must lead back to the form, not to the address whose place it takes.
    return page(request, "sign_in/sign_in.html", context | {"path": "/sign-in"}, status=status)

"""One's own account: password, language, and the places where one is signed in."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.people import choose_password
from ecabinet.office.problems import Invalid
from ecabinet.office.sign_in import end_other_sessions, end_session
from ecabinet.store import logins
from ecabinet.web.forms import messages, read_form, see_other
from ecabinet.web.guards import PASSWORD_PAGE, signed_in
from ecabinet.web.kept import read_kept
from ecabinet.web.pages import page


@signed_in
async def show_account(request: Request) -> Response:
    app = request.app.state
    async with app.database.reading() as session:
        sessions = await logins.find_logins_of(session, request.state.person.id, app.clock())
    context = {"sessions": sessions, "current": request.state.login.token_hash}
    return page(request, "account/account.html", context)


@signed_in
async def show_password(request: Request) -> Response:
    return _password_page(request, {})


@signed_in
async def post_password(request: Request) -> Response:
    """The old password is asked for: a tablet left lying open must not give the account away."""
    form = await read_form(request)
    app, person = request.app.state, request.state.person
    kept = read_kept(form.secret("kept"))
    if not await app.passwords.verify(person.password_hash, form.secret("old_password")):
        return _password_page(request, {"old_is_wrong": True, "kept": kept}, status=422)
    chosen = form.secret("new_password")
    if chosen != form.secret("repeated_password"):
        return _password_page(request, {"differ": True, "kept": kept}, status=422)
    if chosen == form.secret("old_password"):
        return _password_page(request, {"unchanged": True, "kept": kept}, status=422)
    try:
        ended = await choose_password(
            app.database, app.passwords, person, chosen, keep=request.state.login.token_hash, now=app.clock()
        )
    except Invalid as invalid:
        return _password_page(request, {"problems": messages(request, invalid), "kept": kept}, status=422)
    await app.revoked.revoke(ended)
    return page(request, "sign_in/kept.html", {"kept": kept}) if kept else see_other("/account?done=password")


@signed_in
async def post_end_session(request: Request) -> Response:
    """End one of one's own sessions, or all but this one."""
    form = await read_form(request)
    app, person, current = request.app.state, request.state.person, request.state.login.token_hash
    if form.has("others"):
        ended = await end_other_sessions(app.database, person.id, current, app.clock())
    else:
        ended = await end_session(app.database, person.id, form.text("session"), app.clock())
    await app.revoked.revoke(ended)
    return see_other("/account?done=ended")


def _password_page(request: Request, context: dict[str, Any], status: int = 200) -> Response:
    first_time = request.state.person.must_change_password
    return page(request, "account/password.html", {"problems": {}, "first_time": first_time} | context, status=status)


routes = [
    Route("/account", show_account),
    Route(PASSWORD_PAGE, show_password),
    Route(PASSWORD_PAGE, post_password, methods=["POST"]),
    Route("/account/sessions/end", post_end_session, methods=["POST"]),
]

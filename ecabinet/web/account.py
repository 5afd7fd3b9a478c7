"""One's own account: password, language, and the places where one is signed in."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.office.people import choose_password
from ecabinet.office.problems import Invalid
from ecabinet.office.sign_in import end_other_sessions, end_session
from ecabinet.rules.text import Text
from ecabinet.store import logins
from ecabinet.web.forms import Form, form_page, messages, read_form, see_other
from ecabinet.web.guards import PASSWORD_PAGE, signed_in
from ecabinet.web.kept import read_kept


@signed_in
async def show_account(request: Request) -> Response:
    app = request.app.state
    async with app.database.reading() as session:
        sessions = await logins.find_logins_of(session, request.state.person.id, app.clock())
    context = {"sessions": sessions, "current": request.state.login.token_hash, "agent_words": agent_words}
    return form_page(request, "account/account.html", context)


@signed_in
async def show_password(request: Request) -> Response:
    return _password_page(request, {})


@signed_in
async def post_password(request: Request) -> Response:
    """The old password is asked for: a tablet left lying open must not give the account away."""
    form = await read_form(request)
    app, person = request.app.state, request.state.person
    kept = read_kept(form.secret("kept"))
    chosen = form.secret("new_password")
    problem = await _typing_problem(request, form, chosen)
    if problem and await _is_changed_already(request, form, chosen):
        return see_other("/account?done=password")
    if problem:
        return _password_page(request, {"problems": problem, "kept": kept}, status=422)
    try:
        ended = await choose_password(
            app.database, app.passwords, person, chosen, keep=request.state.login.token_hash, now=app.clock()
        )
    except Invalid as invalid:
        words = messages(request, invalid)
        return _password_page(request, {"problems": {"new_password": words["password"]}, "kept": kept}, status=422)
    await app.revoked.revoke(ended)
    return form_page(request, "sign_in/kept.html", {"kept": kept}) if kept else see_other("/account?done=password")


async def _typing_problem(request: Request, form: Form, chosen: str) -> dict[str, str]:
    language, old = request.state.language, form.secret("old_password")
    if not await request.app.state.passwords.verify(request.state.person.password_hash, old):
        return {"old_password": _OLD_WRONG.say(language)}
    if chosen != form.secret("repeated_password"):
        return {"repeated_password": _DIFFER.say(language)}
    return {"new_password": _UNCHANGED.say(language)} if chosen == old else {}


async def _is_changed_already(request: Request, form: Form, chosen: str) -> bool:
    """The same form again: the first press has changed it, and a complaint about the old password would frighten."""
    if chosen in (form.secret("old_password"), "") or chosen != form.secret("repeated_password"):
        return False
    return bool(await request.app.state.passwords.verify(request.state.person.password_hash, chosen))


_OLD_WRONG = Text("Mật khẩu hiện tại chưa đúng.", "The present password is wrong.")
_DIFFER = Text("Hai lần nhập mật khẩu mới không giống nhau.", "The new password was typed differently the second time.")
_UNCHANGED = Text("Mật khẩu mới phải khác mật khẩu hiện tại.", "The new password must differ from the present one.")


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
    defaults = {"problems": {}, "kept": None, "first_time": first_time}
    return form_page(request, "account/password.html", defaults | context, status=status)


# What a browser says of itself, and how a person would call it; the first that fits.
_SYSTEMS = ("iPad", "iPhone", "Android", "Windows", "Macintosh", "Linux")
_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def agent_words(agent: str) -> str:
    """'Safari, iPad' from the long line that a browser sends; its beginning where nothing is known of it."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return ", ".join(word for word in (browser, system) if word) or agent[:40] or "?"


routes = [
    Route("/account", show_account),
    Route(PASSWORD_PAGE, show_password),
    Route(PASSWORD_PAGE, post_password, methods=["POST"]),
    Route("/account/sessions/end", post_end_session, methods=["POST"]),
]

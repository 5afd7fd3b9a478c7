"""Signing in, signing out, and the language of the page."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ecabinet.office import sign_in as office
from ecabinet.office.people import set_language
from ecabinet.web.errors import BadRequest, TooMany
from ecabinet.web.forms import Form, read_form, see_other
from ecabinet.web.kept import is_own_path, read_kept
from ecabinet.web.language import LANGUAGES
from ecabinet.web.pages import page
from ecabinet.web.sessions import forget_cookie, is_https, start_session
from ecabinet.web.sign_in_page import sign_in_page

YEAR_S = 31_536_000


async def show_sign_in(request: Request) -> Response:
    if request.state.person is not None:
        return see_other("/")
    return sign_in_page(request, next=_next(request.query_params.get("next", "/")))


async def post_sign_in(request: Request) -> Response:
    form = await read_form(request)
    attempt = _attempt(request, form.text("username"), form.secret("password"))
    app = request.app.state
    outcome = await office.sign_in(app.database, app.passwords, attempt, app.clock())
    if not isinstance(outcome, office.SignedIn):
        return _refused(request, form, outcome)
    await _leave_old_session(request)
    response = _welcome(request, form, outcome)
    start_session(request, response, outcome.token)
    return response


async def post_sign_out(request: Request) -> Response:
    if request.state.login is None:  # Pressed twice, or ended meanwhile: what was wanted is so already.
        return see_other("/sign-in")
    await read_form(request)
    await _leave_old_session(request)
    response = see_other("/sign-in")
    forget_cookie(request, response)
    return response


async def post_language(request: Request) -> Response:
    form = await read_form(request)
    language, back = form.text("language"), _next(form.text("next"))
    if language not in LANGUAGES:
        raise BadRequest()
    if request.state.person is not None:
        await set_language(request.app.state.database, request.state.person.id, language)
    response = see_other(back)
    response.set_cookie("language", language, max_age=YEAR_S, samesite="lax", httponly=True, secure=is_https(request))
    return response


async def post_api_session(request: Request) -> Response:
    """For programs: name and password in, a bearer token out; the same table, throttle and revocation."""
    try:
        data = await request.json()
        attempt = _attempt(request, data["username"], data["password"])
        f"{data['username']}{data['password']}".encode()  # Half a surrogate pair is no letter.
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequest("malformed") from error
    app = request.app.state
    outcome = await office.sign_in(app.database, app.passwords, attempt, app.clock())
    if isinstance(outcome, office.Throttled):
        raise TooMany(outcome.until)
    if not isinstance(outcome, office.SignedIn):
        return JSONResponse({"error": "wrong_name_or_password"}, 401)
    return JSONResponse({"token": outcome.token, "expires_in": int(office.SESSION_LASTS.total_seconds())}, 201)


def _attempt(request: Request, username: str, password: str) -> office.Attempt:
    address = request.client.host if request.client else ""
    agent = request.headers.get("user-agent", "")
    return office.Attempt(username.strip(), "".join(password), address, agent)


async def _leave_old_session(request: Request) -> None:
    login, app = request.state.login, request.app.state
    if login is not None:
        await office.sign_out(app.database, login.token_hash, login.person_id, app.clock())
        await app.revoked.revoke([login.token_hash])


def _welcome(request: Request, form: Form, outcome: office.SignedIn) -> Response:
    kept = read_kept(form.secret("kept"))
    if kept is None:
        return see_other(_next(form.text("next")))
    state = request.state
    state.person, state.login = outcome.person, outcome.login
    state.csrf_token, state.language = outcome.login.csrf_token, outcome.person.language
    return page(request, "sign_in/kept.html", {"kept": kept})


def _refused(request: Request, form: Form, outcome: office.WrongNameOrPassword | office.Throttled) -> Response:
    until = outcome.until if isinstance(outcome, office.Throttled) else None
    return sign_in_page(
        request,
        username=form.text("username"),
        next=_next(form.text("next")),
        kept=read_kept(form.secret("kept")),
        wrong=until is None,
        until=until,
        status=401 if until is None else 429,
    )


def _next(path: str) -> str:
    return path if is_own_path(path) else "/"


routes = [
    Route("/sign-in", show_sign_in),
    Route("/sign-in", post_sign_in, methods=["POST"]),
    Route("/sign-out", post_sign_out, methods=["POST"]),
    Route("/language", post_language, methods=["POST"]),
    Route("/api/session", post_api_session, methods=["POST"]),
]

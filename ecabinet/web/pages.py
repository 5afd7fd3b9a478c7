"""Rendering pages: one Jinja environment per language, with the built files and icons at hand."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from ecabinet.resources import DIST, TEMPLATES
from ecabinet.web.language import catalogue, clock, day, long_day, number, say


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """`template` in the language of the request, with what every page needs: person, csrf_token, path."""
    state = request.state
    everywhere = {
        "request": request,
        "language": state.language,
        "person": getattr(state, "person", None),
        "csrf_token": state.csrf_token,
        "path": request.url.path,
    }
    html = _environment(state.language).get_template(template).render({**everywhere, **(context or {})})
    return HTMLResponse(html, status, dict(headers or {}))


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        day=day,
        clock=clock,
        long_day=lambda moment: long_day(moment, language),
        number=lambda value: number(value, language),
        say=lambda thing, name="": say(thing, language, name),
    )
    environment.globals.update(asset=asset, icon=icon, build_hash=build_hash)
    return environment


@cache
def _manifest() -> dict[str, str]:
    """What the build wrote: entry -> hashed file; empty before the first build."""
    path = DIST / "manifest.json"
    return json.loads(path.read_text()) if path.exists() else {}


def build_hash() -> str:
    """The version of the pages and scripts; '' when nothing is built."""
    return _manifest().get("version", "")


def asset(name: str) -> str:
    """The address of a built file: asset('room.js'). Raises KeyError for one that the build does not know."""
    manifest = _manifest()
    return f"/static/dist/{manifest[name]}" if manifest else f"/static/dist/{name}"


def icon(name: str) -> Markup:
    """A Lucide icon from the sprite; always beside a word, so hidden from screen readers."""
    return Markup('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>').format(
        asset("icons.svg"), name
    )

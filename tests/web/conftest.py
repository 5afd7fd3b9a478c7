"""The whole app on a real SQLite database, and browsers that speak to it in process."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from ecabinet.app import create_app
from ecabinet.office.passwords import Passwords
from ecabinet.office.people import PersonFields, add_person
from ecabinet.settings import Settings
from ecabinet.store.tables import Person

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PASSWORD = "chim sẻ đậu mái đình"
# As cheap as argon2 allows: what is tested is who comes in, not how long it takes.
CHEAP = Passwords(time_cost=1, memory_kib=8, parallelism=1)

PEOPLE = {
    "quantri": PersonFields("quantri", "Quản trị hệ thống", "Administrator", is_administrator=True),
    "thuky": PersonFields("thuky", "Chánh Văn phòng", "Chief of Office", is_secretariat=True),
    "gd-dulich": PersonFields("gd-dulich", "Giám đốc Sở Du lịch", "Director of Tourism"),
    "manhinh": PersonFields("manhinh", "Màn hình phòng họp", "Screen", kind="screen"),
}


class Clock:
    """The time of the house, moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Browser:
    """Keeps cookies, sends what a browser sends, and fills in the token of the form that it saw last."""

    def __init__(self, app: Starlette, origin: str = "http://localhost:8000", address: str = "10.0.0.7") -> None:
        self.origin = origin
        transport = httpx2.ASGITransport(app, client=(address, 40000))
        self.client = httpx2.AsyncClient(transport=transport, base_url=origin)
        self.token = ""
        self.key = ""

    async def get(self, path: str, **options: object) -> httpx2.Response:
        return self._seen(await self.client.get(path, **options))  # type: ignore[arg-type]

    async def post(self, path: str, fields: dict[str, object] | None = None, **options: object) -> httpx2.Response:
        data = {"csrf_token": self.token, "form_key": self.key} | (fields or {})
        headers = {"origin": self.origin, "sec-fetch-site": "same-origin"} | options.pop("headers", {})  # type: ignore[operator]
        return self._seen(await self.client.post(path, data=data, headers=headers, **options))  # type: ignore[arg-type]

    async def sign_in(self, username: str, password: str = PASSWORD) -> httpx2.Response:
        await self.get("/sign-in")
        answer = await self.post("/sign-in", {"username": username, "password": password})
        if answer.status_code == 303:
            await self.get("/account")
        return answer

    def _seen(self, answer: httpx2.Response) -> httpx2.Response:
        self.token = self._field(answer.text, "csrf_token") or self.token
        self.key = self._field(answer.text, "form_key") or self.key
        return answer

    @staticmethod
    def _field(html: str, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', html)
        return found.group(1) if found else ""


@dataclass
class House:
    """A running app with its people."""

    app: Starlette
    clock: Clock
    ids: dict[str, int]
    browsers: list[Browser] = field(default_factory=list)

    def browser(self, **options: str) -> Browser:
        self.browsers.append(Browser(self.app, **options))
        return self.browsers[-1]

    async def signed_in(self, username: str, **options: str) -> Browser:
        browser = self.browser(**options)
        assert (await browser.sign_in(username)).status_code == 303
        return browser

    async def person(self, username: str) -> Person:
        async with self.app.state.database.reading() as session:
            return await session.get_one(Person, self.ids[username])


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


@asynccontextmanager
async def open_house(data_dir: Path, **more: Any) -> AsyncIterator[House]:
    """Also for a module that shares one house among its tests; `more` are further settings."""
    clock = Clock()
    settings = Settings(data_dir=data_dir, origins=["https://hop.example.vn"], **more)
    app = create_app(settings, clock=clock, passwords=CHEAP)
    async with app.router.lifespan_context(app):
        house = House(app, clock, await _move_in(app, clock))
        yield house
        for browser in house.browsers:
            await browser.client.aclose()


async def _move_in(app: Starlette, clock: Clock) -> dict[str, int]:
    password_hash = await CHEAP.hash(PASSWORD)
    ids = {}
    async with app.state.database.writing() as session:
        for username, data in PEOPLE.items():
            person = await add_person(session, data, by=None, now=clock())
            person.password_hash = password_hash
            ids[username] = person.id or 0
    return ids

"""A form whose session has ended, whose page is old, or that meets a full disk: nothing typed is lost."""

import html
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from ecabinet.store.tables import Agency
from tests.web.conftest import PASSWORD, Browser, House

TYPED = {
    "code": "so-du-lich",
    "name_vi": 'Sở <Du lịch> & "Lữ hành"\nHuế',
    "name_en": "",
    "position": "9",
    "is_active": "1",
}
STORED_NAME = 'Sở <Du lịch> & "Lữ hành" Huế'


async def names(house: House) -> list[str]:
    async with house.app.state.database.reading() as session:
        return [agency.name_vi for agency in (await session.exec(select(Agency))).all()]


def kept_field(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found.group(1))


def fields_of(page: str) -> dict[str, object]:
    """The kept form as a browser would send it: hidden fields and text areas of the form marked data-kept."""
    form = page[page.index("data-kept") :]
    form = form[: form.index("</form>")]
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>', form, re.S)
    }
    return fields | dict(re.findall(r'<input type="hidden" name="(csrf_token)" value="([^"]*)"', form))


async def post_after_the_session_ended(house: House, browser: Browser) -> str:
    await browser.get("/admin/agencies/new")
    house.clock.pass_by(hours=13)
    answer = await browser.post("/admin/agencies", TYPED)
    assert answer.status_code == 401
    return answer.text


async def test_typing_comes_back_after_the_session_ended(house: House) -> None:
    browser = await house.signed_in("quantri")
    page = await post_after_the_session_ended(house, browser)
    answer = await browser.post("/sign-in", {"username": "quantri", "password": PASSWORD, "kept": kept_field(page)})
    assert answer.status_code == 200
    assert await names(house) == []  # The person has not pressed the button yet.
    done = await browser.client.post("/admin/agencies", data=fields_of(answer.text), headers={"origin": browser.origin})
    assert (done.status_code, done.headers["location"]) == (303, "/admin/agencies?done=added")
    assert await names(house) == [STORED_NAME]


async def test_typing_outlives_a_mistyped_password(house: House) -> None:
    browser = await house.signed_in("quantri")
    page = await post_after_the_session_ended(house, browser)
    again = await browser.post("/sign-in", {"username": "quantri", "password": "wrong", "kept": kept_field(page)})
    assert again.status_code == 401
    assert kept_field(again.text) == kept_field(page)


async def test_kept_typing_never_holds_passwords_or_tokens(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/account/password")
    house.clock.pass_by(hours=13)
    answer = await browser.post(
        "/account/password", {"old_password": PASSWORD, "new_password": "x" * 20, "note": "kept"}
    )
    kept = json.loads(kept_field(answer.text))
    assert [name for name, _ in kept["fields"]] == ["form_key", "note"]
    assert PASSWORD not in answer.text


async def test_kept_typing_is_bounded(house: House) -> None:
    browser = await house.signed_in("quantri")
    house.clock.pass_by(hours=13)
    answer = await browser.post("/admin/agencies", {"name_vi": "x" * 200_000})
    assert answer.status_code == 401
    assert 'name="kept"' not in answer.text


async def test_kept_typing_is_never_sent_to_another_site(house: House) -> None:
    for path in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"):
        browser = house.browser()
        await browser.get("/sign-in")
        kept = json.dumps({"path": path, "fields": [["a", "b"]], "has_files": False})
        answer = await browser.post("/sign-in", {"username": "quantri", "password": PASSWORD, "kept": kept})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_old_page_offers_to_send_again(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/agencies/new")
    answer = await browser.post("/admin/agencies", TYPED | {"csrf_token": "of another session"})
    assert answer.status_code == 403
    done = await browser.client.post("/admin/agencies", data=fields_of(answer.text), headers={"origin": browser.origin})
    assert done.status_code == 303
    assert await names(house) == [STORED_NAME]


@asynccontextmanager
async def pragma(house: House, setting: str) -> AsyncIterator[None]:
    """Every connection of the house begins with this setting for a while."""
    engine = house.app.state.database.engine

    def apply(connection: Any, _: Any) -> None:
        connection.cursor().execute(f"PRAGMA {setting}")

    event.listen(engine.sync_engine, "connect", apply)
    await engine.dispose()
    try:
        yield
    finally:
        event.remove(engine.sync_engine, "connect", apply)
        await engine.dispose()


async def fill_up(house: House) -> None:
    """Use the room that is left inside the pages of the file, in ever smaller steps."""
    for size in (32, 8, 1):
        with suppress(OperationalError):
            while True:
                async with house.app.state.database.writing() as session:
                    session.add_all(Agency(code=f"{uuid4()}", name_vi="x") for _ in range(size))


async def test_full_disk_stores_nothing_and_keeps_the_typing(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/agencies/new")
    async with pragma(house, "max_page_count = 1"):  # SQLite makes that the present size: the file cannot grow.
        await fill_up(house)
        before = await names(house)
        answer = await browser.post("/admin/agencies", TYPED | {"name_vi": "y" * 290, "name_en": "z" * 290})
        assert answer.status_code == 507
        assert "Máy chủ hết chỗ lưu trữ" in answer.text
        assert await names(house) == before
        assert (await browser.get("/admin/agencies")).status_code == 200
    done = await browser.client.post("/admin/agencies", data=fields_of(answer.text), headers={"origin": browser.origin})
    assert done.status_code == 303
    assert await names(house) == [*before, "y" * 290]


async def test_busy_database_stores_nothing_and_keeps_the_typing(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/agencies/new")
    async with pragma(house, "busy_timeout = 10"), house.app.state.database.writing_connection():
        answer = await browser.post("/admin/agencies", TYPED)
    assert answer.status_code == 503
    assert "Máy chủ đang bận" in answer.text
    done = await browser.client.post("/admin/agencies", data=fields_of(answer.text), headers={"origin": browser.origin})
    assert done.status_code == 303
    assert await names(house) == [STORED_NAME]


async def test_a_stranger_fills_no_disk(house: House) -> None:
    """A signed-out upload larger than any paper is not read for the sake of its fields."""
    house.app.state.settings.max_upload_bytes = 1000
    browser = house.browser()
    await browser.get("/sign-in")
    fields, large = {"title_vi": "Phiên họp tháng 12"}, b"x" * (1024 * 1024 + 2000)
    kept = await browser.post("/desk/import", fields, files={"file": ("a.zip", b"x")})
    dropped = await browser.post("/desk/import", fields, files={"file": ("a.zip", large)})
    assert (kept.status_code, "Phiên họp tháng 12" in kept.text) == (401, True)
    assert (dropped.status_code, "Phiên họp tháng 12" in dropped.text) == (401, False)

"""A form whose session ended, on every page that has one: the typing is there after signing in again."""

import pytest

from tests.web.conftest import PASSWORD, House
from tests.web.desk_house import furnish
from tests.web.test_kept_typing import fields_of, kept_field
from tests.web.test_origin import POSTS, dump, filled

TYPED = 'Điều tôi đã gõ <b>"& dở dang'
# Signing in and out and the choice of a language work without a session, and passwords are never kept.
WITHOUT = ("/sign-in", "/sign-out", "/language", "/account/password")
FORMS = [path for path in POSTS if path not in WITHOUT]
WORDS = {
    "vi": ("Phiên làm việc đã hết hạn", "Gửi lại"),
    "en": ("Your session has ended", "Send again"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_form_comes_back_after_signing_in_again(house: House, language: str) -> None:
    await furnish(house)
    async with house.app.state.database.writing() as session:
        person = await session.get_one(type(await house.person("thuky")), house.ids["thuky"])
        person.language, person.is_administrator = language, True
    before = _rows(await dump(house))
    for path in FORMS:
        browser = house.browser()
        await browser.get("/sign-in", headers={"cookie": f"language={language}"})
        browser.client.cookies.set("language", language)
        ended = await browser.post(filled(path), {"title_vi": TYPED, "version": "3", "form_key": "k" * 20})
        assert ended.status_code == 401 and WORDS[language][0] in ended.text, path
        back = await browser.post(
            "/sign-in", {"username": "thuky", "password": PASSWORD, "kept": kept_field(ended.text)}
        )
        assert back.status_code == 200 and f'action="{filled(path)}"' in back.text, path
        sent = fields_of(back.text)
        assert (sent["title_vi"], sent["version"], sent["form_key"]) == (TYPED, "3", "k" * 20), path
        assert WORDS[language][1] in back.text
    assert _rows(await dump(house)) == before


def _rows(everything: list[object]) -> list[object]:
    """All but who signed in when."""
    return [table for table in everything if table[0] not in ("login_session", "login_failure", "audit_entry")]  # type: ignore[index]


async def test_a_file_cannot_be_kept_and_the_page_says_so(house: House) -> None:
    desk = await furnish(house)
    browser = house.browser()
    await browser.get("/sign-in")
    address = f"{desk.address}/items/{desk.items['Khai mạc']}/papers"
    fields = {"new_title_vi": TYPED, "form_key": "k" * 20}
    ended = await browser.post(address, fields, files=[("files", ("a.pdf", b"%PDF-1.7", "application/pdf"))])
    back = await browser.post("/sign-in", {"username": "thuky", "password": PASSWORD, "kept": kept_field(ended.text)})
    assert "Tệp không giữ được. Hãy quay lại, chọn lại tệp" in back.text
    assert fields_of(back.text)["new_title_vi"] == TYPED

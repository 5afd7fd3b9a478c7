"""One's own account: password and sessions."""

import re

import pytest

from ecabinet.office.sign_in import hash_token, public_id_of
from tests.web.conftest import PASSWORD, House

NEW = "ruộng bậc thang mùa lúa chín"


@pytest.mark.parametrize(
    ("old", "new", "repeated", "words"),
    [
        ("wrong", NEW, NEW, "Mật khẩu hiện tại chưa đúng."),
        (PASSWORD, NEW, NEW + "x", "không giống nhau"),
        (PASSWORD, PASSWORD, PASSWORD, "phải khác mật khẩu hiện tại"),
        (PASSWORD, "ngắn quá", "ngắn quá", "ít nhất 15 ký tự (hiện có 8)"),
        (PASSWORD, "passwordpassword", "passwordpassword", "quá dễ đoán"),
    ],
)
async def test_password_is_refused_with_the_reason(house: House, old: str, new: str, repeated: str, words: str) -> None:
    browser = await house.signed_in("gd-dulich")
    answer = await browser.post(
        "/account/password", {"old_password": old, "new_password": new, "repeated_password": repeated}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert new not in answer.text
    assert (await house.browser().sign_in("gd-dulich")).status_code == 303


async def test_new_password_signs_out_everywhere_else(house: House) -> None:
    here, there = await house.signed_in("gd-dulich"), await house.signed_in("gd-dulich")
    typed = {"old_password": PASSWORD, "new_password": NEW, "repeated_password": NEW}
    assert (await here.post("/account/password", typed)).status_code == 303
    assert (await here.get("/account")).status_code == 200
    assert (await there.get("/account")).status_code == 303
    assert (await house.browser().sign_in("gd-dulich")).status_code == 401
    assert (await house.browser().sign_in("gd-dulich", NEW)).status_code == 303


async def test_one_session_is_ended_and_the_others_stay(house: House) -> None:
    here, there, third = [await house.signed_in("gd-dulich") for _ in range(3)]
    ids = re.findall(r'name="session" value="([0-9a-f]{16})"', (await here.get("/account")).text)
    assert len(ids) == 2
    await here.post("/account/sessions/end", {"session": public_id_of(hash_token(there.client.cookies["session"]))})
    assert (await there.get("/account")).status_code == 303
    assert (await third.get("/account")).status_code == 200
    await here.post("/account/sessions/end", {"others": "1"})
    assert (await third.get("/account")).status_code == 303
    assert (await here.get("/account")).status_code == 200


async def test_nobody_ends_the_session_of_another(house: House) -> None:
    here, other = await house.signed_in("gd-dulich"), await house.signed_in("thuky")
    await here.post("/account/sessions/end", {"session": public_id_of(hash_token(other.client.cookies["session"]))})
    assert (await other.get("/account")).status_code == 200


async def test_page_never_shows_a_whole_token_hash(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    await house.signed_in("gd-dulich")
    assert not re.search(r"[0-9a-f]{40}", (await browser.get("/account")).text)

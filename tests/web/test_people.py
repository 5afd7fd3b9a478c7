"""The administrator's pages of people, as a browser uses them."""

import asyncio
import html
import re

import pytest
from sqlmodel import func, select

from ecabinet.store.tables import Person
from tests.web.conftest import PASSWORD, House

TYPED: dict[str, object] = {
    "username": "gd-taichinh",
    "office_vi": "Giám đốc Sở Tài chính",
    "office_en": "Finance",
    "language": "vi",
}


async def count_people(house: House) -> int:
    async with house.app.state.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(Person))).one()


@pytest.mark.parametrize("username", ["thuky", "gd-dulich", "manhinh"])
@pytest.mark.parametrize(
    "path", ["/admin/people", "/admin/people/1", "/admin/people/999", "/admin/bodies", "/admin/audit"]
)
async def test_only_administrators_come_in(house: House, username: str, path: str) -> None:
    browser = await house.signed_in(username)
    answer = await browser.get(path)
    assert answer.status_code == 403
    assert "Trang này không dành cho vai trò của bạn" in answer.text


async def test_person_that_is_not_there_is_not_found(house: House) -> None:
    browser = await house.signed_in("quantri")
    for path in ("/admin/people/999", "/admin/people/99999999999999999999", "/admin/bodies/999", "/admin/agencies/999"):
        assert (await browser.get(path)).status_code == 404


async def test_list_is_filtered_by_words_without_marks_and_by_role(house: House) -> None:
    browser = await house.signed_in("quantri")
    assert "gd-dulich" in (await browser.get("/admin/people?words=so+du+lich")).text
    found = (await browser.get("/admin/people?role=secretariat")).text
    assert "thuky" in found and "gd-dulich" not in found
    assert "Không tìm thấy ai" in (await browser.get("/admin/people?words=nobody")).text


async def test_person_is_added_and_edited(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/people/new")
    added = await browser.post("/admin/people", TYPED)
    assert added.status_code == 303
    page = (await browser.get(added.headers["location"])).text
    assert "Đã thêm." in page and "Giám đốc Sở Tài chính" in page
    address = added.headers["location"].split("?")[0]
    saved = await browser.post(address, TYPED | {"office_en": "Director of Finance", "version": "1"})
    assert saved.status_code == 303
    assert "Director of Finance" in (await browser.get(address)).text


async def test_form_sent_twice_adds_one_person(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/people/new")
    before = await count_people(house)
    answers = await asyncio.gather(*(browser.post("/admin/people", TYPED) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await count_people(house) == before + 1


async def test_bad_field_keeps_the_typing_and_says_what_is_wrong(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/people/new")
    answer = await browser.post("/admin/people", TYPED | {"username": "Giám Đốc", "email": "x"})
    assert answer.status_code == 422
    page = html.unescape(answer.text)
    assert "Tên đăng nhập gồm 1-64" in page and "ten@coquan.vn" in page
    assert 'value="Giám đốc Sở Tài chính"' in page
    assert 'aria-invalid="true"' in page
    mended = await browser.post("/admin/people", TYPED)
    assert mended.status_code == 303


async def test_two_administrators_see_both_texts(house: House) -> None:
    first, second = await house.signed_in("quantri"), await house.signed_in("quantri")
    address = f"/admin/people/{house.ids['gd-dulich']}"
    mine = {"username": "gd-dulich", "office_vi": "Giám đốc Sở", "office_en": "Mine", "version": "1"}
    await first.get(address), await second.get(address)
    assert (await first.post(address, mine | {"office_en": "Theirs"})).status_code == 303
    conflict = await second.post(address, mine)
    assert conflict.status_code == 409
    assert "Mine" in conflict.text and "Theirs" in conflict.text
    assert (await house.person("gd-dulich")).office_en == "Theirs"
    version = re.search(r'name="version" value="(\d+)"', conflict.text)
    assert version is not None
    assert (await second.post(address, mine | {"version": version.group(1)})).status_code == 303
    assert (await house.person("gd-dulich")).office_en == "Mine"


async def test_markup_in_a_name_is_shown_not_run(house: House) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/people/new")
    await browser.post("/admin/people", TYPED | {"office_vi": "<script>alert(1)</script>"})
    page = (await browser.get("/admin/people")).text
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


async def test_disabling_ends_the_sessions_of_the_account(house: House) -> None:
    admin, other = await house.signed_in("quantri"), await house.signed_in("gd-dulich")
    address = f"/admin/people/{house.ids['gd-dulich']}/active"
    await admin.post(address, {"active": "no"})
    assert (await other.get("/account")).status_code == 303
    assert (await house.browser().sign_in("gd-dulich")).status_code == 401
    await admin.post(address, {"active": "yes"})
    assert (await house.browser().sign_in("gd-dulich")).status_code == 303


async def test_last_administrator_cannot_lock_everybody_out(house: House) -> None:
    browser = await house.signed_in("quantri")
    answer = await browser.post(f"/admin/people/{house.ids['quantri']}/active", {"active": "no"})
    assert answer.status_code == 422
    assert "Phải còn ít nhất một quản trị viên" in answer.text


async def test_given_password_is_shown_once_and_must_be_changed(house: House) -> None:
    admin, other = await house.signed_in("quantri"), await house.signed_in("gd-dulich")
    page = f"/admin/people/{house.ids['gd-dulich']}"
    await admin.get(page)
    shown = await admin.post(f"{page}/password")
    [given] = re.findall(r"<code>((?:[a-z0-9]{4}-){4}[a-z0-9]{4})</code>", shown.text)
    again = await admin.post(f"{page}/password")
    assert (again.status_code, again.headers["location"]) == (303, f"{page}?done=given")
    assert (await other.get("/account")).status_code == 303
    newcomer = house.browser()
    assert (await newcomer.sign_in("gd-dulich", given)).status_code == 303
    assert (await newcomer.get("/")).headers["location"] == "/account/password"
    assert (await newcomer.get("/admin/people")).headers["location"] == "/account/password"
    chosen = {"old_password": given, "new_password": PASSWORD, "repeated_password": PASSWORD}
    await newcomer.get("/account/password")
    assert (await newcomer.post("/account/password", chosen)).headers["location"] == "/account?done=password"
    assert (await newcomer.get("/")).status_code == 200


async def test_first_passwords_are_made_for_all_who_have_none(house: House) -> None:
    admin = await house.signed_in("quantri")
    await admin.get("/admin/people/new")
    await admin.post("/admin/people", TYPED)
    assert "1 tài khoản chưa có mật khẩu" in (await admin.get("/admin/people")).text
    sheet = await admin.post("/admin/people/passwords")
    [given] = re.findall(r"<code>((?:[a-z0-9]{4}-){4}[a-z0-9]{4})</code>", sheet.text)
    assert (await house.browser().sign_in("gd-taichinh", given)).status_code == 303


async def test_every_change_stands_in_the_audit(house: House) -> None:
    admin = await house.signed_in("quantri")
    await admin.post(f"/admin/people/{house.ids['gd-dulich']}/active", {"active": "no"})
    page = (await admin.get("/admin/audit?words=gd-dulich&subject=person")).text
    assert "đã khóa · tài khoản" in page
    assert PASSWORD not in page

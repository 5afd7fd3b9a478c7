"""The list of meetings and what names one: created, refused beside the field, changed by two, cancelled and back."""

import pytest

from ecabinet.store.tables import Body, Membership
from tests.web.conftest import House
from tests.web.desk_house import Desk, add_account, furnish, hidden


@pytest.fixture
async def desk(house: House) -> Desk:
    return await furnish(house)


def _fields(desk: Desk, **more: str) -> dict[str, object]:
    return {
        "body_id": str(desk.body),
        "kind": "ordinary",
        "title_vi": "Phiên họp tháng 1",
        "number": "1",
        "day": "05/01/2027",
        "clock": "8h00",
        "place_vi": "Phòng họp 2",
        "language": "vi",
    } | more


async def test_list_shows_its_number_and_filters_as_words(desk: Desk) -> None:
    page = (await desk.secretary.get("/desk/meetings")).text
    assert "1 cuộc họp" in page and "Phiên họp tháng 12" in page
    assert 'stage=draft" aria-current="page"' in page
    assert "Không có cuộc họp nào ở giai đoạn này" in (await desk.secretary.get("/desk/meetings?stage=closed")).text


async def test_empty_list_says_what_to_do(house: House) -> None:
    browser = await house.signed_in("thuky")
    page = (await browser.get("/desk/meetings")).text
    assert "Chưa có tập thể họp" in page and 'href="/desk/import"' in page


async def test_meeting_is_created_once_however_often_it_is_sent(desk: Desk) -> None:
    await desk.secretary.get("/desk/meetings/new")
    key = desk.secretary.key
    first = await desk.secretary.post("/desk/meetings/new", _fields(desk))
    second = await desk.secretary.post("/desk/meetings/new", _fields(desk) | {"form_key": key})
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    page = (await desk.secretary.get(first.headers["location"])).text
    assert "08:00, Thứ Ba, ngày 5 tháng 1 năm 2027" in page
    assert "2 cuộc họp" in (await desk.secretary.get("/desk/meetings")).text


async def test_duplicate_number_stands_beside_its_field_and_typing_is_kept(desk: Desk) -> None:
    await desk.secretary.get("/desk/meetings/new")
    answer = await desk.secretary.post("/desk/meetings/new", _fields(desk, number="12", day="24/12/2026"))
    assert answer.status_code == 422
    assert '<a href="#number">' in answer.text
    assert "Số 12 đã dùng cho «Phiên họp tháng 12»" in answer.text
    assert "Phiên họp tháng 1</textarea>" in answer.text and 'value="Phòng họp 2"' in answer.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("day", "31/02/2027", "Không có ngày này"),
        ("clock", "25:00", "Giờ ghi dạng 08:00"),
        ("clock", "", "Hãy ghi cả giờ họp"),
        ("title_vi", "", "Hãy ghi tên cuộc họp"),
        ("body_id", "999", "Hãy chọn tập thể họp"),
        ("key", "Có Dấu", "Mã gồm chữ thường không dấu"),
    ],
)
async def test_what_cannot_be_read_is_told_beside_its_field(desk: Desk, field: str, value: str, words: str) -> None:
    await desk.secretary.get("/desk/meetings/new")
    answer = await desk.secretary.post("/desk/meetings/new", _fields(desk, **{field: value}))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text and words in answer.text


async def test_two_secretaries_see_both_texts_and_choose(desk: Desk) -> None:
    address = f"{desk.address}/details"
    other = await desk.second_secretary()
    mine, theirs = (await desk.secretary.get(address)).text, (await other.get(address)).text
    form = {name: hidden(mine, name) for name in ("version", "opened")}
    fields = _fields(desk, title_vi="Phiên họp tháng 12", number="12", day="24/12/2026", clock="09:00")
    saved = await other.post(address, fields | form | {"place_vi": "Hội trường", "opened": hidden(theirs, "opened")})
    assert saved.status_code == 303
    conflict = await desk.secretary.post(address, fields | form | {"place_vi": "Phòng họp 3", "place_en": "Room 3"})
    assert conflict.status_code == 409
    assert "Hội trường" in conflict.text and "Phòng họp 3" in conflict.text and "Room 3" in conflict.text
    assert "Chánh Văn phòng đã sửa lúc 09:00" in conflict.text
    # Only they changed the place to a hall and both changed it: mine is proposed, and both stand there.
    assert 'name="pick-place_vi" value="yours" checked' in conflict.text
    choice = fields | {
        "version": hidden(conflict.text, "version"),
        "opened": hidden(conflict.text, "opened"),
        "pick-place_vi": "theirs",
        "theirs-place_vi": "Hội trường",
        "yours-place_vi": "Phòng họp 3",
        "pick-place_en": "yours",
        "theirs-place_en": "",
        "yours-place_en": "Room 3",
    }
    assert (await desk.secretary.post(address, choice)).status_code == 303
    row = await desk.row()
    assert (row.place_vi, row.place_en) == ("Hội trường", "Room 3")


async def test_cancelled_draft_is_brought_back_by_undo(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/details")
    answer = await desk.secretary.post(f"{desk.address}/cancel")
    assert answer.headers["location"] == f"/desk/meetings?cancelled={desk.meeting}"
    page = (await desk.secretary.get(answer.headers["location"])).text
    assert f'action="{desk.address}/restore"' in page
    assert "Bản nháp này đã bị hủy" in (await desk.secretary.get(desk.address)).text
    assert (await desk.secretary.post(f"{desk.address}/restore")).status_code == 303
    assert (await desk.row()).stage == "draft"


async def test_agenda_begins_with_that_of_an_earlier_meeting(desk: Desk) -> None:
    await desk.secretary.get("/desk/meetings/new")
    answer = await desk.secretary.post("/desk/meetings/new", _fields(desk, start=f"m-{desk.meeting}"))
    page = (await desk.secretary.get(answer.headers["location"])).text
    assert "3 nội dung" in page and "Đề án du lịch" in page


async def test_template_is_saved_used_and_deleted(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/templates")
    assert (await desk.secretary.post(f"{desk.address}/templates", {"name": "Thường kỳ"})).status_code == 303
    page = (await desk.secretary.get("/desk/templates")).text
    assert "Mẫu chương trình (1)" in page and "3 nội dung" in page
    await desk.secretary.get(f"{desk.address}/templates")
    refused = await desk.secretary.post(f"{desk.address}/templates", {"name": "thường kỳ"})
    assert refused.status_code == 422 and "Đã có mẫu tên «thường kỳ»" in refused.text
    await desk.secretary.get(f"{desk.address}/templates")
    answer = await desk.secretary.post(f"{desk.address}/copy", {"start": "t-1"})
    assert answer.headers["location"].endswith("?done=copied&count=3")
    assert "6 nội dung" in (await desk.secretary.get(desk.address)).text
    await desk.secretary.get("/desk/templates")
    assert (await desk.secretary.post("/desk/templates/1/delete")).status_code == 303
    assert "Chưa có mẫu" in (await desk.secretary.get("/desk/templates")).text


async def test_desk_is_closed_to_members_and_open_to_a_bodys_own_secretary(desk: Desk) -> None:
    member = await desk.house.signed_in("gd-dulich")
    assert (await member.get("/desk/meetings")).status_code == 403
    for address in (desk.address, f"{desk.address}/people", f"{desk.address}/call", f"{desk.address}/export"):
        assert (await member.get(address)).status_code == 404
    assert (await member.post(f"{desk.address}/cancel", {"form_key": "a" * 32})).status_code == 404
    await _make_secretary(desk, await add_account(desk.house, "tk", office_vi="Thư ký"))
    own = await desk.house.signed_in("tk")
    assert (await own.get("/desk/meetings")).status_code == 200
    assert (await own.get(desk.address)).status_code == 200


async def _make_secretary(desk: Desk, person: int) -> None:
    async with desk.house.app.state.database.writing() as session:
        session.add(Membership(body_id=desk.body, person_id=person, role="secretariat", position=9))


async def test_other_bodys_secretary_finds_nothing_here(desk: Desk) -> None:
    person = await add_account(desk.house, "tk2", office_vi="Thư ký khác")
    async with desk.house.app.state.database.writing() as session:
        body = Body(code="hdnd", name_vi="HĐND tỉnh")
        session.add(body)
        await session.flush()
        session.add(Membership(body_id=body.id or 0, person_id=person, role="secretariat"))
    other = await desk.house.signed_in("tk2")
    assert "Phiên họp tháng 12" not in (await other.get("/desk/meetings?stage=all")).text
    assert (await other.get(desk.address)).status_code == 404
    await other.get("/desk/meetings/new")
    answer = await other.post("/desk/meetings/new", _fields(desk))
    assert answer.status_code == 422 and "Hãy chọn tập thể họp" in answer.text
    stolen = await other.post("/desk/meetings/new", _fields(desk, body_id="2", start=f"m-{desk.meeting}"))
    assert stolen.status_code == 404

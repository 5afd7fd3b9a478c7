"""Calling a meeting: what is missing, the call itself, and what the desk is afterwards."""

from datetime import timedelta

import pytest

from ecabinet.office.bodies import Seat, set_members
from ecabinet.rules.meeting import Stage
from ecabinet.store.meetings import find_meeting
from tests.web.conftest import NOW, House
from tests.web.desk_house import Desk, furnish, hidden, pdf


@pytest.fixture
async def desk(house: House) -> Desk:
    return await furnish(house)


async def _call(desk: Desk):  # type: ignore[no-untyped-def]
    await desk.secretary.get(f"{desk.address}/call")
    return await desk.secretary.post(f"{desk.address}/call")


async def _change(desk: Desk, **values: object) -> None:
    async with desk.house.app.state.database.writing() as session:
        meeting = await find_meeting(session, desk.meeting)
        for name, value in values.items():
            setattr(meeting, name, value)


async def test_what_is_missing_is_listed_with_a_way_to_mend_it(desk: Desk) -> None:
    await _change(desk, place_vi="", starts_at=None)
    page = (await desk.secretary.get(f"{desk.address}/call")).text
    assert "Còn thiếu (2)" in page and "Chưa có địa điểm." in page and f'href="{desk.address}/details"' in page
    assert 'aria-disabled="true" aria-describedby="why-not"' in page
    answer = await _call(desk)
    assert answer.status_code == 422 and "Chưa triệu tập được" in answer.text
    assert (await desk.row()).stage == "draft"


async def test_short_notice_warns_with_its_article_and_does_not_block(desk: Desk) -> None:
    await _change(desk, starts_at=NOW + timedelta(days=1))
    page = (await desk.secretary.get(f"{desk.address}/call")).text
    assert "ít nhất 3 ngày làm việc, chậm nhất ngày 20/11/2026" in page
    assert "Điều 114 khoản 4 Luật Tổ chức chính quyền địa phương 77/2015/QH13" in page
    assert (await _call(desk)).status_code == 303


async def test_called_meeting_is_live_and_the_desk_leads_there(desk: Desk) -> None:
    answer = await _call(desk)
    assert answer.headers["location"] == f"{desk.address}?done=called"
    record = await desk.house.app.state.rooms.meeting(desk.meeting)
    assert record.stage is Stage.CALLED and [item.title.vi for item in record.items.values()] == list(desk.items)
    page = (await desk.secretary.get(answer.headers["location"])).text
    for place in ("run", "room", "screen", "minutes"):
        assert f'href="/meetings/{desk.meeting}/{place}"' in page
    assert "Đề án du lịch" in page and "/items/new" not in page


async def test_double_press_calls_once(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/call")
    key = desk.secretary.key
    for _ in range(2):
        answer = await desk.secretary.post(f"{desk.address}/call", {"form_key": key})
        assert answer.headers["location"] == f"{desk.address}?done=called"
    assert (await desk.row()).head_seq == 1


async def test_call_takes_the_members_as_they_are_now(desk: Desk) -> None:
    async with desk.house.app.state.database.writing() as session:
        seats = [Seat(desk.house.ids["gd-dulich"], "chair", 1), Seat(desk.house.ids["quantri"], "member", 2)]
        await set_members(session, desk.body, seats, version=2, by=None, now=NOW)
    assert "Thành viên của tập thể đã thay đổi" in (await desk.secretary.get(f"{desk.address}/people")).text
    await _call(desk)
    record = await desk.house.app.state.rooms.meeting(desk.meeting)
    assert sorted(seat.person for seat in record.seats) == sorted(seat.person_id for seat in seats)


async def test_edit_that_comes_after_the_call_is_shown_back(desk: Desk) -> None:
    item = f"{desk.address}/items/{desk.items['Đề án du lịch']}"
    mine = (await desk.secretary.get(item)).text
    version = hidden(mine, "version")
    await _call(desk)
    answer = await desk.secretary.post(item, {"title_vi": "Đề án mới", "kind": "decision", "version": version})
    assert answer.status_code == 409
    assert "vừa được triệu tập" in answer.text and "Đề án mới" in answer.text
    assert f'href="/meetings/{desk.meeting}/run"' in answer.text
    assert (await desk.secretary.get(item)).headers["location"] == desk.address


async def test_papers_cannot_be_attached_here_after_the_call(desk: Desk) -> None:
    await _call(desk)
    answer = await desk.secretary.post(
        f"{desk.address}/items/{desk.items['Bế mạc']}/papers",
        {"form_key": "k" * 32, "new_kind": "other", "new_language": "vi"},
        files=[("files", ("a.pdf", pdf(), "application/pdf"))],
    )
    assert answer.status_code == 409 and await desk.paper_rows() == []


async def test_called_agenda_is_copied_as_it_became(desk: Desk) -> None:
    await _call(desk)
    await desk.secretary.get("/desk/meetings/new")
    fields = {
        "body_id": desk.body, "kind": "ordinary", "title_vi": "Phiên sau", "language": "vi", "start": f"m-{desk.meeting}",
    }  # fmt: skip
    answer = await desk.secretary.post("/desk/meetings/new", fields)
    assert "3 nội dung" in (await desk.secretary.get(answer.headers["location"])).text

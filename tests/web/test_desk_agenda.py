"""The agenda editor without a script: add, edit, nest, move, delete with undo, and two secretaries at once."""

import pytest

from tests.web.conftest import House
from tests.web.desk_house import Desk, furnish, hidden


@pytest.fixture
async def desk(house: House) -> Desk:
    return await furnish(house)


async def _move(desk: Desk, title: str, **place: object) -> str:
    await desk.secretary.get(desk.address)
    answer = await desk.secretary.post(f"{desk.address}/items/{desk.items[title]}/move", place)
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_items_are_added_and_numbered(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/items/new")
    fields = {"title_vi": "Đề án  đầu tư", "kind": "decision", "planned_minutes": "20", "another": "1"}
    answer = await desk.secretary.post(f"{desk.address}/items/new", fields)
    assert answer.headers["location"].startswith(f"{desk.address}/items/new?done=added")
    page = (await desk.secretary.get(answer.headers["location"])).text
    assert "Đã thêm nội dung. Hãy thêm nội dung tiếp theo." in page
    assert await desk.agenda() == "1 Khai mạc, 2 Đề án du lịch, 3 Bế mạc, 4 Đề án đầu tư"


async def test_item_is_added_inside_another(desk: Desk) -> None:
    parent = desk.items["Đề án du lịch"]
    page = (await desk.secretary.get(f"{desk.address}/items/new?parent={parent}")).text
    assert "Bên trong mục 2, Đề án du lịch." in page
    await desk.secretary.post(f"{desk.address}/items/new", {"title_vi": "Vốn", "kind": "discussion", "parent": parent})
    assert await desk.agenda() == "1 Khai mạc, 2 Đề án du lịch, 2.1 Vốn, 3 Bế mạc"


async def test_mistakes_stand_beside_their_fields_and_typing_is_kept(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/items/new")
    fields = {"title_en": "", "presenter_vi": "Sở Du lịch", "kind": "decision", "planned_minutes": "nửa giờ"}
    answer = await desk.secretary.post(f"{desk.address}/items/new", fields)
    assert answer.status_code == 422
    assert 'href="#title_vi"' in answer.text and 'href="#planned_minutes"' in answer.text
    assert 'value="nửa giờ"' in answer.text and 'value="Sở Du lịch"' in answer.text


@pytest.mark.parametrize(
    ("title", "place", "read"),
    [
        ("Bế mạc", {"step": "up"}, "1 Khai mạc, 2 Bế mạc, 3 Đề án du lịch"),
        ("Khai mạc", {"step": "down"}, "1 Đề án du lịch, 2 Khai mạc, 3 Bế mạc"),
        ("Bế mạc", {"step": "in"}, "1 Khai mạc, 2 Đề án du lịch, 2.1 Bế mạc"),
        ("Khai mạc", {"step": "up"}, "1 Khai mạc, 2 Đề án du lịch, 3 Bế mạc"),
        ("Bế mạc", {"parent": "1", "before": ""}, "1 Khai mạc, 1.1 Bế mạc, 2 Đề án du lịch"),
        ("Bế mạc", {"parent": "", "before": "1"}, "1 Bế mạc, 2 Khai mạc, 3 Đề án du lịch"),
    ],
)
async def test_steps_and_places_move_an_item(desk: Desk, title: str, place: dict[str, str], read: str) -> None:
    location = await _move(desk, title, **place)
    assert await desk.agenda() == read
    page = (await desk.secretary.get(location)).text
    assert f"“{title}” nay là mục" in page


async def test_focus_stays_on_the_step_that_was_pressed(desk: Desk) -> None:
    page = (await desk.secretary.get(await _move(desk, "Bế mạc", step="up"))).text
    menu = page.split(f'id="item-{desk.items["Bế mạc"]}"')[1].split("</details>")[0]
    assert '<details class="desk-menu" open>' in menu
    assert 'value="up" autofocus' in menu


async def test_moving_twice_by_a_double_press_moves_once(desk: Desk) -> None:
    await desk.secretary.get(desk.address)
    key = desk.secretary.key
    for _ in range(2):
        fields = {"step": "up", "form_key": key}
        await desk.secretary.post(f"{desk.address}/items/{desk.items['Bế mạc']}/move", fields)
    assert await desk.agenda() == "1 Khai mạc, 2 Bế mạc, 3 Đề án du lịch"


async def test_item_cannot_be_dropped_into_itself(desk: Desk) -> None:
    await desk.secretary.get(desk.address)
    item = desk.items["Khai mạc"]
    answer = await desk.secretary.post(f"{desk.address}/items/{item}/move", {"parent": item})
    assert answer.status_code == 422 and "Không chuyển được một nội dung vào bên trong chính nó." in answer.text


async def test_deleting_offers_undo_and_keeps_the_place(desk: Desk) -> None:
    await desk.secretary.get(desk.address)
    item = desk.items["Đề án du lịch"]
    answer = await desk.secretary.post(f"{desk.address}/items/{item}/delete")
    page = (await desk.secretary.get(answer.headers["location"])).text
    assert "Đã xóa “Đề án du lịch”" in page and f'action="{desk.address}/items/{item}/restore"' in page
    assert await desk.agenda() == "1 Khai mạc, 2 Bế mạc"
    assert (await desk.secretary.post(f"{desk.address}/items/{item}/restore")).status_code == 303
    assert await desk.agenda() == "1 Khai mạc, 2 Đề án du lịch, 3 Bế mạc"


async def _conflict(desk: Desk) -> tuple[str, dict[str, object]]:
    """Both opened the item; the other one saved first. My answer, and what I sent."""
    address = f"{desk.address}/items/{desk.items['Đề án du lịch']}"
    other = await desk.second_secretary()
    mine, theirs = (await desk.secretary.get(address)).text, (await other.get(address)).text
    saved = await other.post(
        address,
        {"title_vi": "Đề án du lịch", "kind": "decision", "planned_minutes": "30"}
        | {name: hidden(theirs, name) for name in ("version", "opened")},
    )
    assert saved.status_code == 303
    sent = {"title_vi": "Đề án phát triển du lịch", "kind": "discussion", "planned_minutes": "20"}
    answer = await desk.secretary.post(address, sent | {name: hidden(mine, name) for name in ("version", "opened")})
    assert answer.status_code == 409
    return answer.text, sent


async def test_conflict_shows_both_and_proposes_what_only_one_side_changed(desk: Desk) -> None:
    page, _ = await _conflict(desk)
    assert "Những gì bạn nhập vẫn còn" in page
    assert 'name="pick-title_vi" value="yours" checked' in page
    assert 'name="pick-kind" value="theirs" checked' in page
    assert 'name="pick-planned_minutes" value="yours" checked' in page
    assert page.count("Cả hai người cùng sửa mục này.") == 1


async def test_choice_between_two_texts_is_saved(desk: Desk) -> None:
    page, _ = await _conflict(desk)
    address = f"{desk.address}/items/{desk.items['Đề án du lịch']}"
    names = ("title_vi", "kind", "planned_minutes")
    choice: dict[str, object] = {
        f"{side}-{name}": hidden(page, f"{side}-{name}") for side in ("theirs", "yours") for name in names
    }
    choice |= {"pick-title_vi": "yours", "pick-kind": "theirs", "pick-planned_minutes": "theirs"}
    choice |= {name: hidden(page, name) for name in ("version", "opened")}
    assert (await desk.secretary.post(address, choice)).status_code == 303
    row = await desk.item_row("Đề án du lịch")
    assert (row.title_vi, row.kind, row.planned_minutes) == ("Đề án phát triển du lịch", "decision", 30)


async def test_edit_of_a_deleted_item_can_bring_it_back_with_the_text(desk: Desk) -> None:
    item = desk.items["Đề án du lịch"]
    address = f"{desk.address}/items/{item}"
    mine = (await desk.secretary.get(address)).text
    other = await desk.second_secretary()
    await other.get(desk.address)
    await other.post(f"{address}/delete")
    sent = {"title_vi": "Đề án mới", "kind": "decision"}
    answer = await desk.secretary.post(address, sent | {name: hidden(mine, name) for name in ("version", "opened")})
    assert answer.status_code == 409
    assert "đã xóa nội dung này" in answer.text and "Đề án mới</textarea>" in answer.text
    again = sent | {"version": hidden(answer.text, "version"), "restore": "1"}
    assert (await desk.secretary.post(address, again)).status_code == 303
    assert await desk.agenda() == "1 Khai mạc, 2 Đề án mới, 3 Bế mạc"


async def test_running_total_and_end_are_forecast(desk: Desk) -> None:
    for title, minutes in (("Khai mạc", 10), ("Đề án du lịch", 45)):
        page = (await desk.secretary.get(f"{desk.address}/items/{desk.items[title]}")).text
        fields = {
            "title_vi": title,
            "kind": "discussion",
            "planned_minutes": str(minutes),
            "version": hidden(page, "version"),
        }
        await desk.secretary.post(f"{desk.address}/items/{desk.items[title]}", fields)
    page = (await desk.secretary.get(desk.address)).text
    assert "dự kiến 55 phút" in page and "02:00 – 02:55" in page
    assert "1 nội dung chưa có thời lượng" in page


async def test_items_of_other_meetings_are_not_found(desk: Desk) -> None:
    await desk.secretary.get(desk.address)
    assert (await desk.secretary.get(f"{desk.address}/items/999")).status_code == 404
    assert (await desk.secretary.post(f"{desk.address}/items/999/delete")).status_code == 404
    assert (await desk.secretary.get("/desk/meetings/999")).status_code == 404


async def test_forged_and_stale_forms_change_nothing(desk: Desk) -> None:
    item = desk.items["Khai mạc"]
    await desk.secretary.get(desk.address)
    forged = await desk.secretary.post(f"{desk.address}/items/{item}/delete", {"csrf_token": "x"})
    assert forged.status_code == 403
    elsewhere = await desk.secretary.post(
        f"{desk.address}/items/{item}/delete", headers={"origin": "https://evil.example"}
    )
    assert elsewhere.status_code == 403
    assert (await desk.secretary.get(f"{desk.address}/items/{item}/delete")).status_code == 405
    assert await desk.agenda() == "1 Khai mạc, 2 Đề án du lịch, 3 Bế mạc"

"""Who attends: searched for without marks, invited to named items, taken off with undo."""

import pytest

from ecabinet.store.invitations import find_invitations
from tests.web.conftest import House
from tests.web.desk_house import Desk, add_account, furnish


@pytest.fixture
async def desk(house: House) -> Desk:
    await add_account(house, "bt", office_vi="Giám đốc Bảo tàng tỉnh", office_en="Director of the Museum")
    return await furnish(house)


async def _listed(desk: Desk) -> dict[int, tuple[str, list[int]]]:
    async with desk.house.app.state.database.reading() as session:
        return {row.person_id: (row.role, row.item_ids) for row, _ in await find_invitations(session, desk.meeting)}


async def _invite(desk: Desk, **fields: object):  # type: ignore[no-untyped-def]
    await desk.secretary.get(f"{desk.address}/people")
    return await desk.secretary.post(f"{desk.address}/people", {"person_id": desk.house.ids["bt"]} | fields)


async def test_members_stand_there_and_groups_have_their_number(desk: Desk) -> None:
    page = (await desk.secretary.get(f"{desk.address}/people")).text
    assert "Thành viên (1)" in page and "Thư ký (1)" in page and "Khách mời (0)" in page
    assert "Giám đốc Sở Du lịch" in page


@pytest.mark.parametrize("words", ["bao tang", "BẢO TÀNG", "tỉnh giám", "museum", "bt"])
async def test_search_finds_without_marks_and_in_both_languages(desk: Desk, words: str) -> None:
    page = (await desk.secretary.get(f"{desk.address}/people", params={"words": words})).text
    assert "Giám đốc Bảo tàng tỉnh" in page and f"?person={desk.house.ids['bt']}&" in page


async def test_search_tells_who_is_on_the_list_already(desk: Desk) -> None:
    page = (await desk.secretary.get(f"{desk.address}/people", params={"words": "du lich"})).text
    assert "Tìm thấy 1 người" in page and "đã có trong danh sách" in page
    assert "Tìm thấy 0 người" in (await desk.secretary.get(f"{desk.address}/people?words=khongai")).text


async def test_invitee_is_admitted_to_items_and_can_be_changed(desk: Desk) -> None:
    item, other = desk.items["Đề án du lịch"], desk.items["Bế mạc"]
    assert (await _invite(desk, role="invitee", item_ids=item)).status_code == 303
    person = desk.house.ids["bt"]
    assert (await _listed(desk))[person] == ("invitee", [item])
    page = (await desk.secretary.get(f"{desk.address}/people?edit={person}")).text
    assert f'name="item_ids" value="{item}" id="edit-{item}" checked' in page
    fields = {"seen": item, "item_ids": [item, other]}
    assert (await desk.secretary.post(f"{desk.address}/people/{person}/items", fields)).status_code == 303
    assert (await _listed(desk))[person] == ("invitee", [item, other])


async def test_substitute_needs_the_member_who_is_away_and_typing_is_kept(desk: Desk) -> None:
    answer = await _invite(desk, role="substitute", for_person_id="")
    assert answer.status_code == 422
    assert 'href="#for_person_id"' in answer.text and 'value="substitute" checked' in answer.text
    assert (await _invite(desk, role="substitute", for_person_id=desk.house.ids["gd-dulich"])).status_code == 303
    page = (await desk.secretary.get(f"{desk.address}/people")).text
    assert "dự thay Giám đốc Sở Du lịch" in page


async def test_screen_account_is_offered_the_screen_only(desk: Desk) -> None:
    screen = desk.house.ids["manhinh"]
    page = (await desk.secretary.get(f"{desk.address}/people?person={screen}")).text
    assert 'value="screen"' in page and 'value="invitee"' not in page
    assert (await _invite(desk, person_id=screen, role="screen")).status_code == 303
    assert (await _listed(desk))[screen][0] == "screen"


async def test_taking_off_offers_undo_with_the_same_items(desk: Desk) -> None:
    item, person = desk.items["Đề án du lịch"], desk.house.ids["bt"]
    await _invite(desk, role="invitee", item_ids=item)
    await desk.secretary.get(f"{desk.address}/people")
    answer = await desk.secretary.post(f"{desk.address}/people/{person}/remove")
    assert person not in await _listed(desk)
    page = (await desk.secretary.get(answer.headers["location"])).text
    assert "Giám đốc Bảo tàng tỉnh đã được đưa khỏi danh sách." in page
    undo = {"role": "invitee", "item_ids": str(item), "for_person_id": ""}
    assert (await _invite(desk, **undo)).status_code == 303
    assert (await _listed(desk))[person] == ("invitee", [item])


async def test_members_cannot_be_taken_off(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/people")
    answer = await desk.secretary.post(f"{desk.address}/people/{desk.house.ids['gd-dulich']}/remove")
    assert answer.status_code == 404

"""A paper in the browser: who may open it, with which headers, from which byte on."""

import re

import httpx2
import pytest

from ecabinet.office.invitations import Invite, invite
from ecabinet.rules.commands import RemovePaper
from ecabinet.web.papers import inline
from tests.web.conftest import NOW, House
from tests.web.desk_house import Desk, add_account, furnish, pdf

CONTENT = pdf(3)


@pytest.fixture
async def desk(house: House) -> Desk:
    """The tourism item has paper 1, the last item paper 2 and, without a file, paper 3."""
    desk = await furnish(house)
    for title, name in (("Đề án du lịch", "45_TTr-SDL Đề án.pdf"), ("Bế mạc", "khác.pdf")):
        await _attach(desk, title, {}, [("files", (name, CONTENT, "application/pdf"))])
    await _attach(desk, "Bế mạc", {"new_title_vi": "Chưa có"}, [])
    return desk


async def _attach(desk: Desk, title: str, fields: dict[str, object], files: list[object]) -> None:
    address = f"{desk.address}/items/{desk.items[title]}"
    await desk.secretary.get(address)
    fields = {"new_kind": "other", "new_language": "vi"} | fields
    answer = await desk.secretary.post(f"{address}/papers", fields, files=files or [("files", ("", b"", "text/plain"))])
    assert answer.status_code == 303


async def _call(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/call")
    assert (await desk.secretary.post(f"{desk.address}/call")).status_code == 303


async def _statuses(desk: Desk, username: str) -> list[int]:
    """The answers to papers 1, 2, 3 and to one that does not exist."""
    browser = await desk.house.signed_in(username)
    return [(await browser.get(f"/papers/{number}")).status_code for number in (1, 2, 3, 4)]


async def _invite(desk: Desk, username: str, wish: Invite) -> None:
    async with desk.house.app.state.database.writing() as session:
        await invite(session, desk.meeting, wish, by=desk.house.ids["thuky"], now=NOW)


async def test_drafts_are_read_by_the_secretariat_and_administrators_only(desk: Desk) -> None:
    assert await _statuses(desk, "thuky") == [200, 200, 404, 404]
    assert await _statuses(desk, "quantri") == [200, 200, 404, 404]
    assert await _statuses(desk, "gd-dulich") == [404] * 4


async def test_members_read_called_meetings_and_invitees_their_items(desk: Desk) -> None:
    expert = await add_account(desk.house, "bt", office_vi="Giám đốc Bảo tàng")
    deputy = await add_account(desk.house, "pgd", office_vi="Phó Giám đốc Sở Du lịch")
    await add_account(desk.house, "la", office_vi="Người lạ")
    await _invite(desk, "bt", Invite(expert, item_ids=(desk.items["Đề án du lịch"],)))
    await _invite(desk, "pgd", Invite(deputy, "substitute", for_person_id=desk.house.ids["gd-dulich"]))
    await _invite(desk, "manhinh", Invite(desk.house.ids["manhinh"], "screen"))
    assert await _statuses(desk, "bt") == [404] * 4
    await _call(desk)
    assert await _statuses(desk, "gd-dulich") == [200, 200, 404, 404]
    assert await _statuses(desk, "pgd") == [200, 200, 404, 404]
    assert await _statuses(desk, "manhinh") == [200, 200, 404, 404]
    assert await _statuses(desk, "bt") == [200, 404, 404, 404]
    assert await _statuses(desk, "la") == [404] * 4


async def test_paper_taken_out_of_the_record_is_closed_to_members(desk: Desk) -> None:
    await _call(desk)
    command = RemovePaper(id="r1", by=desk.house.ids["thuky"], item=desk.items["Đề án du lịch"], paper=1)
    await desk.house.app.state.rooms.execute(desk.meeting, command)
    assert await _statuses(desk, "gd-dulich") == [404, 200, 404, 404]


async def test_removed_paper_of_a_draft_is_gone(desk: Desk) -> None:
    await desk.secretary.get(f"{desk.address}/items/{desk.items['Bế mạc']}")
    await desk.secretary.post(f"{desk.address}/papers/2/remove")
    assert await _statuses(desk, "thuky") == [200, 404, 404, 404]


async def test_visitors_are_led_to_the_sign_in(desk: Desk) -> None:
    answer = await desk.house.browser().get("/papers/1")
    assert answer.headers["location"] == "/sign-in?next=/papers/1"


async def _get(desk: Desk, **headers: str) -> httpx2.Response:
    return await desk.secretary.get("/papers/1", headers=headers)


async def test_headers_keep_a_strangers_file_harmless(desk: Desk) -> None:
    answer = await _get(desk)
    assert answer.content == CONTENT
    headers = answer.headers
    assert headers["content-type"] == "application/pdf"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'self'; sandbox"
    assert headers["cache-control"] == "private, no-cache"
    assert headers["accept-ranges"] == "bytes"
    assert re.fullmatch(r'"[0-9a-f]{64}"', headers["etag"])


async def test_name_is_told_to_old_and_new_programs(desk: Desk) -> None:
    assert (await _get(desk)).headers["content-disposition"] == (
        "inline; filename=\"45_TTr-SDL De an.pdf\"; filename*=UTF-8''45_TTr-SDL%20%C4%90%E1%BB%81%20%C3%A1n.pdf"
    )
    assert inline('a"b\\c%41\r\n.pdf').count("\n") == 0 and '"abc41' in inline('a"b\\c%41.pdf')


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [("bytes=0-9", 206, 0, 10), ("bytes=-5", 206, -5, None), ("bytes=100-", 206, 100, None)],
)
async def test_reading_goes_on_from_any_byte(desk: Desk, asked: str, status: int, first: int, last: int | None) -> None:
    answer = await _get(desk, range=asked)
    assert (answer.status_code, answer.content) == (status, CONTENT[first:last])
    assert answer.headers["content-range"].endswith(f"/{len(CONTENT)}")


async def test_impossible_range_is_refused(desk: Desk) -> None:
    assert (await _get(desk, range=f"bytes={len(CONTENT)}-")).status_code == 416


async def test_known_file_is_not_sent_again_but_access_is_asked_again(desk: Desk) -> None:
    etag = (await _get(desk)).headers["etag"]
    again = await _get(desk, **{"if-none-match": f'"x", W/{etag}'})
    assert (again.status_code, again.content) == (304, b"")
    member = await desk.house.signed_in("gd-dulich")
    assert (await member.get("/papers/1", headers={"if-none-match": etag})).status_code == 404


async def test_file_that_left_the_disk_is_not_found_and_does_not_crash(desk: Desk) -> None:
    etag = (await _get(desk)).headers["etag"].strip('"')
    desk.house.app.state.files.path(etag).unlink()
    assert (await _get(desk)).status_code == 404


async def test_head_tells_without_the_bytes(desk: Desk) -> None:
    answer = await desk.secretary.client.head("/papers/1")
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", str(len(CONTENT)))

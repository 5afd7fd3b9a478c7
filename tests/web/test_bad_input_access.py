"""Links to what one may not see: every address tried by everybody, with GET, HEAD and Range, and every form as well.

A called meeting (1) of the People's Committee, whose one member presides, with papers 1 (first item) and 2 (second item), and a draft (2) with paper 3.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from ecabinet.office.agenda import ItemFields, add_item
from ecabinet.office.bodies import BodyFields, Seat, add_body, set_members
from ecabinet.office.invitations import Invite, invite
from ecabinet.office.local_time import at_local
from ecabinet.office.meetings import MeetingFields, create_meeting
from tests.web.conftest import NOW, Browser, House, open_house
from tests.web.desk_house import Desk, add_account, furnish, pdf
from tests.web.test_origin import GETS, POSTS, filled
from tests.web.untouched import own_temporary_folder, untouched

WHO = ("nobody", "stranger", "member_b", "secretary_b", "screen", "invitee", "member", "secretary", "administrator")
USERNAMES = {
    "stranger": "la", "member_b": "dai-bieu", "secretary_b": "tk-hdnd", "screen": "manhinh", "invitee": "khach",
    "member": "gd-dulich", "secretary": "thuky", "administrator": "quantri",
}  # fmt: skip

OPEN = (200,) * 9
OWN = (303, *(200,) * 8)
ADMIN = (303, *(403,) * 7, 200)
DESK = (303, 403, 403, 200, 403, 403, 403, 200, 403)
DRAFT = (303, 404, 404, 404, 404, 404, 404, 200, 404)
# The one who prepares is led from a page of the draft to the called meeting.
CALLED = (303, 404, 404, 404, 404, 404, 404, 303, 404)
# Each address (the route it is of, where that is not plain) and what everybody gets there, in the order of WHO.
PAGES: dict[str, tuple[int, ...]] = {
    "/": OWN, "/account": OWN, "/account/password": OWN,
    "/sign-in": (200, *(303,) * 8),
    "/healthz": OPEN, "/readyz": OPEN, "/api/asyncapi.json": OPEN, "/api/openapi.json": OPEN,
    "/api/meetings": (401, *(200,) * 8),
    "/admin/agencies": ADMIN, "/admin/agencies/new": ADMIN, "/admin/audit": ADMIN,
    "/admin/agencies/9": (303, *(403,) * 7, 404),
    "/admin/bodies": ADMIN, "/admin/bodies/new": ADMIN, "/admin/bodies/1": ADMIN, "/admin/bodies/1/members": ADMIN,
    "/admin/bodies/1/rules": ADMIN, "/admin/bodies/99/rules": (303, *(403,) * 7, 404),
    "/admin/people": ADMIN, "/admin/people/new": ADMIN, "/admin/people/1": ADMIN, "/admin/people/99": (303, *(403,) * 7, 404),
    "/admin/import/people": ADMIN, "/admin/import/people/template.csv": ADMIN, "/admin/import/secrets": (303, *(403,) * 7, 404),
    "/desk/meetings": DESK, "/desk/meetings/new": DESK, "/desk/import": DESK, "/desk/templates": DESK,
    "/desk/meetings/2": DRAFT, "/desk/meetings/2/call": DRAFT, "/desk/meetings/2/details": DRAFT, "/desk/meetings/2/export": DRAFT,
    "/desk/meetings/2/items/new": DRAFT, "/desk/meetings/2/items/4": DRAFT, "/desk/meetings/2/papers/3": DRAFT,
    "/desk/meetings/2/people": DRAFT, "/desk/meetings/2/templates": DRAFT,
    # An item and a paper of another meeting, by an address of one that is prepared.
    "/desk/meetings/2/items/1": (303, *(404,) * 8), "/desk/meetings/2/papers/1": (303, *(404,) * 8),
    "/desk/meetings/99": (303, *(404,) * 8),
    "/desk/meetings/1": DRAFT, "/desk/meetings/1/details": CALLED, "/desk/meetings/1/items/1": CALLED, "/desk/meetings/1/papers/1": CALLED,
    "/meetings/1/room": (303, 404, 404, 404, 303, 200, 200, 200, 404),
    "/meetings/1/run": (303, 404, 404, 404, 403, 403, 200, 200, 404),
    "/meetings/1/screen": (303, 404, 404, 404, 200, 200, 200, 200, 404),
    "/meetings/1/minutes": (303, 404, 404, 404, 404, 404, 200, 200, 404),
    "/meetings/1/minutes.pdf": (303, 404, 404, 404, 404, 404, 200, 200, 404),
    "/api/meetings/1/parts": (401, 404, 404, 404, 200, 200, 200, 200, 404),
    "/api/meetings/1/candidates": (401, 404, 404, 404, 403, 403, 200, 200, 404),
    **{f"/meetings/{meeting}/{page}": (303, *(404,) * 8) for meeting in (2, 99) for page in ("room", "run", "screen", "minutes", "minutes.pdf")},
    "/api/meetings/2/parts": (401, *(404,) * 8), "/api/meetings/99/parts": (401, *(404,) * 8),
    "/papers/1": (303, 404, 404, 404, 200, 200, 200, 200, 200),
    "/papers/2": (303, 404, 404, 404, 200, 404, 200, 200, 200),
    "/papers/3": (303, 404, 404, 404, 404, 404, 404, 200, 200),
    "/papers/99": (303, *(404,) * 8),
}  # fmt: skip


@dataclass
class Town:
    """Who has a browser: everybody of WHO."""

    desk: Desk
    browsers: dict[str, Browser]

    @property
    def house(self) -> House:
        return self.desk.house


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    with own_temporary_folder(folder):
        async with open_house(folder / "data") as house:
            desk = await furnish(house)
            await _move_in(desk)
            browsers = {who: await house.signed_in(USERNAMES[who]) for who in WHO[1:]}
            yield Town(desk, {"nobody": house.browser(), **browsers})


async def _move_in(desk: Desk) -> None:
    house, stamp = desk.house, {"by": desk.house.ids["thuky"], "now": NOW}
    guest = await add_account(house, "khach", office_vi="Giám đốc Bảo tàng")
    for username in ("la", "dai-bieu", "tk-hdnd"):
        await add_account(house, username, office_vi=username)
    async with house.app.state.database.writing() as session:
        council = await add_body(session, BodyFields("hdnd", "HĐND tỉnh"), **stamp)
        seats = [Seat(house.ids["dai-bieu"], "member", 1), Seat(house.ids["tk-hdnd"], "secretariat", 2)]
        await set_members(session, council.id or 0, seats, version=council.version, **stamp)
        first = desk.items["Khai mạc"]
        await invite(session, desk.meeting, Invite(guest, item_ids=(first,)), **stamp)
        await invite(session, desk.meeting, Invite(house.ids["manhinh"], "screen"), **stamp)
        at = at_local(NOW.date().replace(year=2027, month=1), NOW.time())
        draft = await create_meeting(
            session, MeetingFields(body_id=desk.body, title_vi="Phiên họp kín", number="1", starts_at=at), **stamp
        )
        await add_item(session, draft.id or 0, ItemFields(title_vi="Nội dung kín"), **stamp)
    for meeting, item in ((1, first), (1, desk.items["Đề án du lịch"]), (2, 4)):
        await _attach(desk, meeting, item)
    await desk.secretary.get(f"{desk.address}/call")
    assert (await desk.secretary.post(f"{desk.address}/call")).status_code == 303


async def _attach(desk: Desk, meeting: int, item: int) -> None:
    address = f"/desk/meetings/{meeting}/items/{item}"
    await desk.secretary.get(address)
    fields = {"new_kind": "other", "new_language": "vi", "new_title_vi": f"Tài liệu {meeting}.{item}"}
    files = [("files", ("a.pdf", pdf(), "application/pdf"))]
    assert (await desk.secretary.post(f"{address}/papers", fields, files=files)).status_code == 303


def test_no_address_is_left_out() -> None:
    patterns = {path: re.compile(re.sub(r"\{[^}]*\}", r"[^/]+", path)) for path in GETS}
    assert [path for path in GETS if not any(patterns[path].fullmatch(page) for page in PAGES)] == []


@pytest.mark.parametrize("who", WHO)
async def test_every_address_answers_as_designed(town: Town, who: str) -> None:
    """And looking changes nothing."""
    browser, at = town.browsers[who], WHO.index(who)
    async with untouched(town.house):
        found = {page: (await browser.get(page)).status_code for page in PAGES}
    assert found == {page: statuses[at] for page, statuses in PAGES.items()}


@pytest.mark.parametrize("who", WHO)
async def test_head_and_range_learn_no_more(town: Town, who: str) -> None:
    browser, at = town.browsers[who], WHO.index(who)
    heads = {page: (await browser.client.head(page)).status_code for page in PAGES}
    assert heads == {page: statuses[at] for page, statuses in PAGES.items()}
    for page in ("/papers/1", "/papers/2", "/papers/3", "/papers/99"):
        part = await browser.client.get(page, headers={"range": "bytes=0-3", "if-none-match": "*"})
        assert part.status_code == (206 if PAGES[page][at] == 200 else PAGES[page][at])


PAIRS = [("/papers/3", "/papers/99"), ("/meetings/2/room", "/meetings/99/room"), ("/meetings/1/room", "/meetings/99/room"),
         ("/desk/meetings/2", "/desk/meetings/99"), ("/api/meetings/1/parts", "/api/meetings/99/parts")]  # fmt: skip


@pytest.mark.parametrize(("hidden", "absent"), PAIRS)
async def test_what_is_hidden_cannot_be_told_from_what_is_not_there(town: Town, hidden: str, absent: str) -> None:
    browser = town.browsers["stranger"]
    answers = [await browser.get(path) for path in (hidden, absent)]
    first, second = (_without_its_own(answer.text) for answer in answers)
    assert first == second
    assert set(answers[0].headers) == set(answers[1].headers)


def _without_its_own(text: str) -> str:
    """But for the id of the request and the address, which the browser knows."""
    text = re.sub(r'"request_id":"\w+"', "", text)
    return re.sub(r"/(papers|meetings|desk/meetings)/\d+[/\w]*", "/ADDRESS", text)


# What everybody signed in may send: their own language, password and sessions.
FOR_ALL = ("/language", "/sign-in", "/sign-out", "/account/password", "/account/sessions/end")


@pytest.mark.parametrize("who", WHO[1:7])
async def test_no_form_of_the_desk_or_the_administrator_is_taken_from_others(town: Town, who: str) -> None:
    """With a valid token and a fresh key: it is the person who may not. The secretary of another body has its own desk."""
    browser = town.browsers[who]
    await browser.get("/account")
    own_desk = ("/desk/import", "/desk/meetings/new") if who == "secretary_b" else ()
    async with untouched(town.house):
        for path in POSTS:
            if path in FOR_ALL or path in own_desk:
                continue
            fields = {"form_key": f"{who}-{path}"[:60].ljust(20, "-"), "step": "up", "active": "no", "start": "m-2"}
            answer = await browser.post(filled(path), fields)
            assert answer.status_code in (403, 404), (path, answer.status_code)


@pytest.mark.parametrize("who", ("stranger", "member_b", "secretary_b", "administrator"))
async def test_who_does_not_take_part_can_do_nothing_in_the_meeting(town: Town, who: str) -> None:
    browser = town.browsers[who]
    await browser.get("/account")
    async with untouched(town.house):
        for path in ("commands", "papers", "participants"):
            headers = {"origin": browser.origin, "x-csrf-token": browser.token}
            answer = await browser.client.post(
                f"/api/meetings/1/{path}", json={"id": "x", "do": "check_in"}, headers=headers
            )
            assert answer.status_code == 404

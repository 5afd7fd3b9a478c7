"""The first page: what each role finds there."""

from datetime import timedelta

import pytest

from ecabinet.office.bodies import BodyFields, Seat, add_body, set_members
from ecabinet.store.tables import AgendaItem, Invitation, Meeting, Paper, StoredFile
from tests.web.conftest import NOW, House


@pytest.fixture
async def body_id(house: House) -> int:
    async with house.app.state.database.writing() as session:
        body = await add_body(session, BodyFields("ubnd-tinh", "UBND tỉnh"), by=None, now=NOW)
        return body.id or 0


async def meet(house: House, body_id: int, title: str, stage: str, in_days: int | None = 1, **roles: str) -> int:
    """A meeting as the event log would leave it, with people by role."""
    async with house.app.state.database.writing() as session:
        meeting = Meeting(
            key=title,
            body_id=body_id,
            title_vi=title,
            stage=stage,
            head_seq=0 if stage == "draft" else 1,
            starts_at=None if in_days is None else NOW + timedelta(days=in_days),
            created_at=NOW,
        )
        session.add(meeting)
        await session.flush()
        for username, role in roles.items():
            person_id = house.ids[username.replace("_", "-")]
            session.add(Invitation(meeting_id=meeting.id or 0, person_id=person_id, role=role))
        return meeting.id or 0


async def test_empty_page_says_what_comes_next(house: House) -> None:
    for username, words in (
        ("thuky", "Hãy tạo cuộc họp đầu tiên"),
        ("quantri", "Hãy thêm cơ quan, người dùng"),
        ("gd-dulich", "Khi thư ký triệu tập cuộc họp có bạn tham dự"),
    ):
        assert words in (await (await house.signed_in(username)).get("/")).text


async def test_member_sees_only_meetings_of_their_own(house: House, body_id: int) -> None:
    await meet(house, body_id, "Phiên họp của tôi", "called", gd_dulich="member")
    await meet(house, body_id, "Phiên họp của người khác", "called", thuky="secretariat")
    await meet(house, body_id, "Bản nháp", "draft", gd_dulich="member")
    page = (await (await house.signed_in("gd-dulich")).get("/")).text
    assert "Phiên họp của tôi" in page
    assert "người khác" not in page and "Bản nháp" not in page


async def test_draft_cancelled_before_it_was_called_stays_unknown(house: House, body_id: int) -> None:
    meeting_id = await meet(house, body_id, "Bản nháp đã hủy", "draft", gd_dulich="member")
    async with house.app.state.database.writing() as session:
        (await session.get_one(Meeting, meeting_id)).stage = "cancelled"
    for username in ("gd-dulich", "thuky"):
        assert "Bản nháp đã hủy" not in (await (await house.signed_in(username)).get("/")).text


@pytest.mark.parametrize(
    ("role", "link"),
    [("member", "room"), ("chair", "room"), ("invitee", "room"), ("secretariat", "run"), ("screen", "screen")],
)
async def test_role_decides_the_way_in(house: House, body_id: int, role: str, link: str) -> None:
    meeting_id = await meet(house, body_id, "Phiên họp", "in_session", gd_dulich=role)
    page = (await (await house.signed_in("gd-dulich")).get("/")).text
    assert "Đang họp" in page
    assert f'href="/meetings/{meeting_id}/{link}"' in page
    assert (f'href="/meetings/{meeting_id}/run"' in page) is (role == "secretariat")


async def test_screen_goes_straight_to_the_meeting_in_session(house: House, body_id: int) -> None:
    meeting_id = await meet(house, body_id, "Phiên họp", "in_session", manhinh="screen")
    answer = await (await house.signed_in("manhinh")).get("/")
    assert answer.headers["location"] == f"/meetings/{meeting_id}/screen"


async def test_secretariat_sees_what_drafts_still_lack(house: House, body_id: int) -> None:
    await meet(house, body_id, "Chưa có gì", "draft", None)
    page = (await (await house.signed_in("thuky")).get("/")).text
    assert "Đang chờ bạn (1)" in page
    for words in ("chưa có ngày", "chưa có nội dung", "chưa có tài liệu"):
        assert words in page


async def test_draft_is_not_ready_while_the_desk_says_what_is_missing(house: House, body_id: int) -> None:
    """A date, an item and a paper are there; the place, the members and a secretary are not."""
    meeting_id = await meet(house, body_id, "Gần xong", "draft")
    async with house.app.state.database.writing() as session:
        session.add(AgendaItem(id=1, meeting_id=meeting_id, position=1, title_vi="Nội dung"))
        await session.flush()
        session.add(Paper(meeting_id=meeting_id, item_id=1, title_vi="Tờ trình"))
    secretary = await house.signed_in("thuky")
    assert "còn thiếu 3" in (await secretary.get("/")).text
    assert "còn thiếu 3" in (await secretary.get(f"/desk/meetings/{meeting_id}")).text


async def test_secretary_of_one_body_sees_its_drafts_only(house: House, body_id: int) -> None:
    async with house.app.state.database.writing() as session:
        other = await add_body(session, BodyFields("hdnd", "HĐND"), by=None, now=NOW)
        seats = [Seat(house.ids["gd-dulich"], "secretariat", 1)]
        await set_members(session, body_id, seats, version=1, by=None, now=NOW)
    await meet(house, body_id, "Của tập thể này", "draft")
    await meet(house, other.id or 0, "Của tập thể kia", "draft")
    page = (await (await house.signed_in("gd-dulich")).get("/")).text
    assert "Của tập thể này" in page and "Của tập thể kia" not in page


async def test_closed_meeting_waits_for_its_minutes(house: House, body_id: int) -> None:
    await meet(house, body_id, "Đã xong", "closed", -1, thuky="secretariat", gd_dulich="member")
    assert "Biên bản cần soạn" in (await (await house.signed_in("thuky")).get("/")).text
    page = (await (await house.signed_in("gd-dulich")).get("/")).text
    assert "Biên bản cần soạn" not in page and "Các cuộc họp trước (1)" in page


async def test_next_meeting_comes_first_and_a_forgotten_one_says_so(house: House, body_id: int) -> None:
    await meet(house, body_id, "Sau", "called", 9, gd_dulich="member")
    await meet(house, body_id, "Trước", "called", 2, gd_dulich="member")
    await meet(house, body_id, "Quên", "called", -30, gd_dulich="member")
    page = (await (await house.signed_in("gd-dulich")).get("/")).text
    assert page.index("Trước") < page.index("Sau") < page.index("Quên")
    assert page.count("đã quá ngày") == 1


async def test_invitee_counts_only_papers_of_their_items(house: House, body_id: int) -> None:
    meeting_id = await meet(house, body_id, "Phiên họp", "called", gd_dulich="invitee")
    async with house.app.state.database.writing() as session:
        items = [AgendaItem(meeting_id=meeting_id, title_vi=str(number)) for number in range(3)]
        file = StoredFile(sha256="0" * 64, size_bytes=1, media_type="application/pdf", name="x.pdf", created_at=NOW)
        session.add_all([*items, file])
        await session.flush()
        session.add_all(Paper(meeting_id=meeting_id, item_id=item.id or 0, file_id=file.id) for item in items)
        invitation = await session.get_one(Invitation, 1)
        invitation.item_ids = [items[0].id or 0]
    assert "1 tài liệu" in (await (await house.signed_in("gd-dulich")).get("/")).text

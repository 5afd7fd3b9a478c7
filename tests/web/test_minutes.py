"""The minutes page: drawn up from the record, edited by the secretary, printed by the form of Decree 30/2020."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pypdfium2
import pytest

from ecabinet.room.room import Done
from ecabinet.rules.commands import (
    CastBallot,
    CheckIn,
    ClosePoll,
    CloseSession,
    Command,
    ConcludeItem,
    OpenPoll,
    OpenSession,
    PublishResult,
    StartItem,
)
from tests.web.live_server import CHAIR, INVITEE, MEMBER, SECOND_SECRETARY, SECRETARY, STRANGER, LiveServer, live_server


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[LiveServer]:
    async with live_server(tmp_path) as server:
        await hold_session(server)
        yield server


async def hold_session(server: LiveServer) -> None:
    """Four of five members, one vote that passes with four for, closed."""

    async def do(kind: type[Command], by: int = CHAIR, **fields: Any) -> None:
        command = kind(id=f"{kind.__name__}-{by}-{sorted(fields.items())}", by=by, **fields)
        outcome = await server.app.state.rooms.execute(server.meeting, command)
        assert isinstance(outcome, Done), outcome

    for member in (1, 2, 3, 4):
        await do(CheckIn, by=member)
    await do(OpenSession)
    await do(StartItem, item=2)
    await do(OpenPoll, poll="item-2")
    for member in (1, 2, 3):
        await do(CastBallot, by=member, poll="item-2", choice=("for",))
    await do(CastBallot, by=4, poll="item-2", choice=("against",))
    await do(ClosePoll, poll="item-2")
    await do(PublishResult, poll="item-2")
    await do(ConcludeItem, by=SECRETARY, item=2, conclusion="Thống nhất chủ trương.")
    await do(CloseSession)


def person(server: LiveServer, who: int) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=server.origin, headers=server.headers(who), timeout=60)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


ADDRESS = "/meetings/1/minutes"


async def test_the_pdf_tells_the_session_in_the_form_of_the_decree(server: LiveServer) -> None:
    async with person(server, SECRETARY) as secretary:
        answer = await secretary.get(f"{ADDRESS}.pdf")
    text = words(answer.content)
    assert answer.headers["content-type"] == "application/pdf"
    for expected in (
        "ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BIÊN BẢN", "Số thành viên có mặt: 4/5",
        "Thông qua: 3 tán thành, cần 3 (quá nửa tổng số thành viên: 5).", "Kết luận: Thống nhất chủ trương.",
        "Lưu: VT.", "Sổ ghi phiên họp",
    ):  # fmt: skip
        assert expected in text
    assert text.index("THƯ KÝ") < text.index("CHỦ TỌA")


async def test_the_english_minutes_have_no_decree_in_them(server: LiveServer) -> None:
    async with person(server, CHAIR) as chair:
        text = words((await chair.get(f"{ADDRESS}.pdf", params={"language": "en"})).content)
    assert "MINUTES" in text and "Passed: 3 for, 3 needed" in text
    assert "CỘNG HÒA" not in text


async def test_the_secretary_edits_prose_and_it_is_printed(server: LiveServer) -> None:
    async with person(server, SECRETARY) as secretary:
        fields = {"version": "0", "item-2": "Sở Du lịch trình bày, các đại biểu góp ý.", "number": "7"}
        saved = await secretary.post(ADDRESS, data=fields)
        page = (await secretary.get(ADDRESS)).text
        text = words((await secretary.get(f"{ADDRESS}.pdf")).content)
    assert saved.status_code == 303
    assert "Sở Du lịch trình bày, các đại biểu góp ý." in page
    assert "Sở Du lịch trình bày, các đại biểu góp ý." in text
    assert "Số: 07/BB" in text
    assert "Thông qua: 3 tán thành" in text


async def test_a_section_goes_back_to_the_record(server: LiveServer) -> None:
    async with person(server, SECRETARY) as secretary:
        await secretary.post(ADDRESS, data={"version": "0", "item-2": "Nhầm."})
        form = {"version": "1", "item-2": "Nhầm.", "closing": "Chưa lưu.", "section": "item-2"}
        answer = await secretary.post(f"{ADDRESS}/restore", data=form)
        page = (await secretary.get(ADDRESS)).text
    assert answer.headers["location"] == f"{ADDRESS}?saved=1#item-2"
    assert "Nhầm." not in page and "Thống nhất chủ trương." in page
    # The button stands in the form of the whole page: what was typed elsewhere goes with it.
    assert "Chưa lưu." in page


async def test_two_secretaries_at_once_lose_nothing(server: LiveServer) -> None:
    async with person(server, SECRETARY) as first, person(server, SECOND_SECRETARY) as second:
        await first.post(ADDRESS, data={"version": "0", "closing": "Lời của người thứ nhất.", "number": "7"})
        clash = await second.post(ADDRESS, data={"version": "0", "closing": "Lời của người thứ hai.", "number": "8"})
        page = (await first.get(ADDRESS)).text
    assert clash.status_code == 409
    assert "Lời của người thứ nhất." in clash.text and "Lời của người thứ hai." in clash.text
    assert 'value="8"' in clash.text and "<p>7</p>" in clash.text
    assert "Lời của người thứ nhất." in page and "Lời của người thứ hai." not in page


async def test_what_is_typed_under_an_old_version_and_stands_there_already_is_no_clash(server: LiveServer) -> None:
    form = {"version": "0", "closing": "Lời.", "number": "7", "recipients": "Như trên\nLưu: VT"}
    async with person(server, SECRETARY) as secretary:
        assert [(await secretary.post(ADDRESS, data=form)).status_code for _ in range(2)] == [303, 303]


@pytest.mark.parametrize(
    ("who", "reads", "edits"),
    [(SECRETARY, 200, 303), (CHAIR, 200, 403), (MEMBER, 200, 403), (INVITEE, 404, 404), (STRANGER, 404, 404)],
)
async def test_who_reads_and_who_edits(server: LiveServer, who: int, reads: int, edits: int) -> None:
    async with person(server, who) as client:
        assert (await client.get(ADDRESS)).status_code == reads
        assert (await client.get(f"{ADDRESS}.pdf")).status_code == reads
        assert (await client.post(ADDRESS, data={"version": "0", "closing": "x"})).status_code == edits


async def test_a_vote_cannot_be_edited(server: LiveServer) -> None:
    """Only sections of prose are taken; other fields of a forged form are dropped."""
    async with person(server, SECRETARY) as secretary:
        await secretary.post(ADDRESS, data={"version": "0", "votes": "Không thông qua", "item-2-votes": "x"})
        text = words((await secretary.get(f"{ADDRESS}.pdf")).content)
    assert "Thông qua: 3 tán thành" in text and "Không thông qua" not in text

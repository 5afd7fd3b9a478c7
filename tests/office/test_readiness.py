"""What is missing before the call, and the notice that the law wants, with its article."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from ecabinet.office.agenda import ItemFields, add_item
from ecabinet.office.invitations import Invite, invite, refresh_members
from ecabinet.office.papers import PaperFields, attach_paper
from ecabinet.office.readiness import Finding, readiness
from ecabinet.rules.rule_set import RuleSet
from ecabinet.store.meetings import find_meeting
from ecabinet.store.tables import Body, Membership, Person, StoredFile
from tests.office.conftest import NOW, Draft

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


async def _findings(draft: Draft, now: datetime = NOW) -> list[Finding]:
    async with draft.database.reading() as session:
        meeting = await find_meeting(session, draft.meeting)
        assert meeting is not None
        return await readiness(session, meeting, now)


async def _codes(draft: Draft, now: datetime = NOW) -> list[str]:
    return [finding.code for finding in await _findings(draft, now)]


async def _add_item(draft: Draft, kind: str = "decision", minutes: int | None = 10) -> int:
    async with draft.database.writing() as session:
        fields = ItemFields(title_vi="Đề án", kind=kind, planned_minutes=minutes)
        return (await add_item(session, draft.meeting, fields, by=draft.secretary, now=NOW)).id or 0


async def _attach(draft: Draft, item: int, *, with_file: bool) -> None:
    async with draft.database.writing() as session:
        file = StoredFile(sha256="a" * 64, size_bytes=1, media_type="application/pdf", name="a.pdf", created_at=NOW)
        session.add(file)
        await session.flush()
        await attach_paper(
            session, draft.meeting, item, PaperFields(title_vi="Tờ trình"), file_id=file.id if with_file else None,
            by=draft.secretary, now=NOW,
        )  # fmt: skip


async def test_complete_meeting_is_ready(draft: Draft) -> None:
    await _attach(draft, await _add_item(draft), with_file=True)
    assert await _findings(draft) == []


async def test_what_blocks_stands_first(draft: Draft) -> None:
    await _add_item(draft)
    async with draft.database.writing() as session:
        meeting = await find_meeting(session, draft.meeting)
        assert meeting is not None
        meeting.starts_at, meeting.place_vi = None, ""
    findings = await _findings(draft)
    assert [(finding.code, finding.blocks) for finding in findings] == [
        ("no_date", True),
        ("no_place", True),
        ("no_papers", False),
    ]


async def test_decision_without_papers_or_without_files_is_told(draft: Draft) -> None:
    item = await _add_item(draft)
    await _add_item(draft, "discussion", minutes=None)
    assert await _codes(draft) == ["no_papers", "unplanned"]
    await _attach(draft, item, with_file=False)
    assert await _codes(draft) == ["no_files", "unplanned"]


async def test_heading_marked_for_decision_is_told(draft: Draft) -> None:
    heading = await _add_item(draft)
    async with draft.database.writing() as session:
        fields = ItemFields(title_vi="Bên trong", planned_minutes=5)
        await add_item(session, draft.meeting, fields, parent_id=heading, by=draft.secretary, now=NOW)
    assert await _codes(draft) == ["heading_for_decision"]


async def test_empty_agenda_blocks(draft: Draft) -> None:
    assert [(finding.code, finding.blocks) for finding in await _findings(draft)] == [("empty", True)]


async def test_short_notice_names_day_and_article(draft: Draft) -> None:
    await _attach(draft, await _add_item(draft), with_file=True)
    (finding,) = await _findings(draft, FRIDAY)
    assert (finding.code, finding.blocks, finding.article) == ("short_notice", False, RuleSet().article("papers"))
    assert finding.text.en == (
        "Papers must reach the members at least 3 working days before the session, by 19/11/2026; calling today leaves 2."
    )


async def test_who_could_not_take_part_is_told(draft: Draft) -> None:
    await _attach(draft, await _add_item(draft), with_file=True)
    async with draft.database.writing() as session:
        await invite(session, draft.meeting, Invite(draft.expert), by=draft.secretary, now=NOW)
        (await session.get_one(Person, draft.deputy)).is_active = False
    assert [(finding.code, finding.blocks) for finding in await _findings(draft)] == [
        ("disabled", True),
        ("admitted_to_nothing", False),
    ]


@pytest.mark.parametrize("role", ["chair", "all"])
async def test_meeting_needs_members_and_a_chair(draft: Draft, role: str) -> None:
    await _attach(draft, await _add_item(draft), with_file=True)
    async with draft.database.writing() as session:
        for seat in (await session.exec(select(Membership))).all():
            seat.is_active = role != "all" and seat.role != role
        await session.flush()
        meeting = await find_meeting(session, draft.meeting)
        assert meeting is not None
        await refresh_members(session, meeting)
    assert await _codes(draft) == ["no_members" if role == "all" else "no_chair"]


async def test_changed_body_is_told(draft: Draft) -> None:
    await _attach(draft, await _add_item(draft), with_file=True)
    async with draft.database.writing() as session:
        session.add(Membership(body_id=draft.body, person_id=draft.expert, role="member", position=4))
    assert await _codes(draft) == ["members_differ"]


async def test_body_without_the_rule_needs_no_notice(draft: Draft) -> None:
    await _attach(draft, await _add_item(draft), with_file=True)
    async with draft.database.writing() as session:
        (await session.get_one(Body, draft.body)).rule_set = RuleSet(notice_working_days=0).to_json()
    assert await _codes(draft, FRIDAY) == []

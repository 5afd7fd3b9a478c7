"""Meetings in preparation: what is refused beside its field, what two secretaries do to each other, undo."""

from dataclasses import replace

import pytest
from sqlmodel import select

from ecabinet.office.drafts import NoLongerDraft
from ecabinet.office.meetings import MeetingFields, cancel_draft, create_meeting, edit_meeting, restore_draft
from ecabinet.office.problems import Invalid, Stale
from ecabinet.store.invitations import find_invitations
from ecabinet.store.meetings import find_meeting
from ecabinet.store.tables import Meeting, Membership
from tests.office.conftest import MEETS_AT, NOW, Draft


async def _problems(draft: Draft, fields: MeetingFields) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        async with draft.database.writing() as session:
            await create_meeting(session, fields, by=draft.secretary, now=NOW)
    return {problem.field: problem.text.en for problem in caught.value.problems}


async def test_members_and_the_maker_come_by_themselves(draft: Draft) -> None:
    async with draft.database.reading() as session:
        people = [(row.person_id, row.role) for row, _ in await find_invitations(session, draft.meeting)]
    assert people == [
        (draft.secretary, "secretariat"),
        (draft.chair, "chair"),
        (draft.deputy, "deputy"),
        (draft.member, "member"),
    ]


async def test_key_is_made_of_body_and_day_and_stays_unique(draft: Draft) -> None:
    fields = MeetingFields(body_id=draft.body, title_vi="Họp chuyên đề", starts_at=MEETS_AT)
    async with draft.database.writing() as session:
        second = await create_meeting(session, fields, by=draft.secretary, now=NOW)
        third = await create_meeting(session, replace(fields, starts_at=None), by=draft.secretary, now=NOW)
        first = await find_meeting(session, draft.meeting)
    assert first is not None
    assert [first.key, second.key, third.key] == ["ubnd-2026-11-24", "ubnd-2026-11-24-2", "ubnd-draft"]


async def test_every_problem_is_told_at_once_beside_its_field(draft: Draft) -> None:
    fields = MeetingFields(body_id=0, kind="party", key="Key!", language="vi")
    assert await _problems(draft, fields) == {
        "body_id": "Choose the body that meets.",
        "title_vi": "Give the title in Vietnamese, the language of the documents.",
        "kind": "Choose the kind of meeting.",
        "key": "A key has small letters without marks, digits and hyphens, and begins and ends with a letter or a digit.",
    }


async def test_number_and_key_of_another_meeting_are_refused(draft: Draft) -> None:
    fields = MeetingFields(
        body_id=draft.body, title_vi="Phiên khác", number="11", key="ubnd-2026-11-24", starts_at=MEETS_AT
    )
    assert await _problems(draft, fields) == {
        "number": "“Phiên họp tháng 11” has number 11 already. Give another number or leave it empty.",
        "key": "“Phiên họp tháng 11” has this key already. Give another one.",
    }


async def test_numbers_begin_anew_each_year(draft: Draft) -> None:
    fields = MeetingFields(
        body_id=draft.body, title_vi="Phiên 11/2027", number="11", starts_at=MEETS_AT.replace(year=2027)
    )
    async with draft.database.writing() as session:
        await create_meeting(session, fields, by=draft.secretary, now=NOW)
    assert "number" in await _problems(draft, replace(fields, starts_at=None))


async def test_second_secretary_is_told_what_the_first_changed(draft: Draft) -> None:
    fields = MeetingFields(body_id=draft.body, title_vi="Phiên họp tháng 11", number="11", starts_at=MEETS_AT)
    async with draft.database.writing() as session:
        changed = replace(fields, place_vi="Phòng họp 2")
        await edit_meeting(session, draft.meeting, changed, version=1, by=draft.secretary, now=NOW)
    with pytest.raises(Stale) as caught:
        async with draft.database.writing() as session:
            changed = replace(fields, place_vi="Hội trường")
            await edit_meeting(session, draft.meeting, changed, version=1, by=draft.secretary, now=NOW)
    assert isinstance(caught.value.current, Meeting)
    assert (caught.value.current.place_vi, caught.value.current.version) == ("Phòng họp 2", 2)


async def test_saving_without_a_change_is_no_new_version(draft: Draft) -> None:
    async with draft.database.writing() as session:
        meeting = await find_meeting(session, draft.meeting)
        assert meeting is not None
        fields = MeetingFields(**{name: getattr(meeting, name) for name in MeetingFields.__dataclass_fields__})
        await edit_meeting(session, draft.meeting, fields, version=1, by=draft.secretary, now=NOW)
        assert meeting.version == 1
    assert await draft.audited("meeting") == ["added"]


async def test_cancelled_draft_comes_back(draft: Draft) -> None:
    async with draft.database.writing() as session:
        await cancel_draft(session, draft.meeting, by=draft.secretary, now=NOW)
    with pytest.raises(NoLongerDraft):
        async with draft.database.writing() as session:
            await cancel_draft(session, draft.meeting, by=draft.secretary, now=NOW)
    async with draft.database.writing() as session:
        meeting = await restore_draft(session, draft.meeting, by=draft.secretary, now=NOW)
    assert meeting.stage == "draft"
    assert await draft.audited("meeting") == ["added", "cancelled", "restored"]


async def test_cancelled_draft_stays_away_when_its_number_was_given_away(draft: Draft) -> None:
    async with draft.database.writing() as session:
        await cancel_draft(session, draft.meeting, by=draft.secretary, now=NOW)
        fields = MeetingFields(body_id=draft.body, title_vi="Phiên thay", number="11", starts_at=MEETS_AT)
        await create_meeting(session, fields, by=draft.secretary, now=NOW)
    with pytest.raises(Invalid):
        async with draft.database.writing() as session:
            await restore_draft(session, draft.meeting, by=draft.secretary, now=NOW)


async def test_called_meeting_is_closed_to_the_desk(draft: Draft) -> None:
    async with draft.database.writing() as session:
        meeting = await find_meeting(session, draft.meeting)
        assert meeting is not None
        meeting.stage, meeting.head_seq = "called", 1
    fields = MeetingFields(body_id=draft.body, title_vi="Khác")
    with pytest.raises(NoLongerDraft):
        async with draft.database.writing() as session:
            await edit_meeting(session, draft.meeting, fields, version=1, by=draft.secretary, now=NOW)
    with pytest.raises(NoLongerDraft):
        async with draft.database.writing() as session:
            await restore_draft(session, draft.meeting, by=draft.secretary, now=NOW)


async def test_another_body_brings_its_own_members(draft: Draft) -> None:
    async with draft.database.writing() as session:
        for seat in (await session.exec(select(Membership).where(Membership.person_id != draft.chair))).all():
            seat.is_active = False
        await session.flush()
        fields = MeetingFields(body_id=draft.body, title_vi="Phiên họp", starts_at=MEETS_AT)
        await edit_meeting(session, draft.meeting, fields, version=1, by=draft.secretary, now=NOW)
        people = [(row.person_id, row.role) for row, _ in await find_invitations(session, draft.meeting)]
    assert people == [(draft.secretary, "secretariat"), (draft.chair, "chair")]

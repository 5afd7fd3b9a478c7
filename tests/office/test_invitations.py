"""Who takes part: members by themselves, the others by invitation, merged when two secretaries tick at once."""

import pytest
from sqlmodel import select

from ecabinet.office.agenda import ItemFields, add_item
from ecabinet.office.invitations import Invite, admit, invite, members_differ, uninvite, update_members
from ecabinet.office.problems import Invalid
from ecabinet.store.invitations import find_invitation
from ecabinet.store.meetings import find_meeting
from ecabinet.store.people import Missing
from ecabinet.store.tables import Membership
from tests.office.conftest import NOW, Draft


@pytest.fixture
async def items(draft: Draft) -> list[int]:
    async with draft.database.writing() as session:
        made = [
            await add_item(session, draft.meeting, ItemFields(title_vi=title), by=draft.secretary, now=NOW)
            for title in "ABC"
        ]
    return [item.id or 0 for item in made]


async def _invite(draft: Draft, wish: Invite) -> None:
    async with draft.database.writing() as session:
        await invite(session, draft.meeting, wish, by=draft.secretary, now=NOW)


async def _admitted(draft: Draft) -> list[int]:
    async with draft.database.reading() as session:
        row = await find_invitation(session, draft.meeting, draft.expert)
    assert row is not None
    return row.item_ids


async def _refused(draft: Draft, wish: Invite) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        await _invite(draft, wish)
    return {problem.field: problem.text.en for problem in caught.value.problems}


async def test_invitee_is_admitted_to_the_named_items_in_their_order(draft: Draft, items: list[int]) -> None:
    await _invite(draft, Invite(draft.expert, item_ids=(items[2], items[0], 999)))
    assert await _admitted(draft) == [items[0], items[2]]


async def test_two_secretaries_admitting_at_once_lose_nothing(draft: Draft, items: list[int]) -> None:
    await _invite(draft, Invite(draft.expert, item_ids=(items[0],)))
    for chosen in ([items[0], items[1]], [items[2]]):
        async with draft.database.writing() as session:
            await admit(
                session, draft.meeting, draft.expert, seen=[items[0]], chosen=chosen, by=draft.secretary, now=NOW
            )
    assert await _admitted(draft) == [items[1], items[2]]


async def test_who_cannot_be_invited_and_why(draft: Draft) -> None:
    assert await _refused(draft, Invite(draft.chair)) == {"person_id": "Chair is on the list already."}
    assert await _refused(draft, Invite(999)) == {"person_id": "Choose somebody from the list."}
    assert await _refused(draft, Invite(draft.expert, "member")) == {"role": "Choose in which capacity they attend."}
    screens = "A screen account attends as a screen only, and only a screen account can be a screen."
    assert await _refused(draft, Invite(draft.expert, "screen")) == {"role": screens}
    assert await _refused(draft, Invite(draft.screen, "invitee")) == {"role": screens}


async def test_substitute_stands_for_one_member_and_a_member_has_one(draft: Draft) -> None:
    wish = Invite(draft.expert, "substitute", for_person_id=draft.secretary)
    assert await _refused(draft, wish) == {"for_person_id": "Choose the member who will be away."}
    await _invite(draft, Invite(draft.expert, "substitute", for_person_id=draft.member))
    async with draft.database.writing() as session:
        await uninvite(session, draft.meeting, draft.secretary, by=draft.secretary, now=NOW)
    wish = Invite(draft.secretary, "substitute", for_person_id=draft.member)
    assert await _refused(draft, wish) == {"for_person_id": "This member has a substitute already."}


async def test_uninviting_gives_back_what_undoes_it(draft: Draft, items: list[int]) -> None:
    wish = Invite(draft.expert, item_ids=(items[0],))
    await _invite(draft, wish)
    async with draft.database.writing() as session:
        assert await uninvite(session, draft.meeting, draft.expert, by=draft.secretary, now=NOW) == wish
    await _invite(draft, wish)
    assert await _admitted(draft) == [items[0]]


async def test_members_cannot_be_uninvited(draft: Draft) -> None:
    with pytest.raises(Missing):
        async with draft.database.writing() as session:
            await uninvite(session, draft.meeting, draft.member, by=draft.secretary, now=NOW)


async def test_list_follows_the_body_when_asked(draft: Draft) -> None:
    await _invite(draft, Invite(draft.expert))
    async with draft.database.writing() as session:
        meeting = await find_meeting(session, draft.meeting)
        assert meeting is not None and not await members_differ(session, meeting)
        gone = (await session.exec(select(Membership).where(Membership.person_id == draft.member))).one()
        gone.is_active = False
        session.add(Membership(body_id=draft.body, person_id=draft.expert, role="member", position=9))
        await session.flush()
        assert await members_differ(session, meeting)
        await update_members(session, draft.meeting, by=draft.secretary, now=NOW)
        assert not await members_differ(session, meeting)
        assert await find_invitation(session, draft.meeting, draft.member) is None
        row = await find_invitation(session, draft.meeting, draft.expert)
    assert row is not None and row.role == "member"
    assert await draft.audited("meeting") == ["added", "invited", "members_updated"]

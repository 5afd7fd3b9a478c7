"""Who takes part in a meeting: members come by themselves, the secretariat invites the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.changes import set_fields
from ecabinet.office.drafts import take_draft
from ecabinet.office.problems import Invalid, Problem
from ecabinet.rules.meeting import MEMBER_ROLES
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_items
from ecabinet.store.audit import add_audit
from ecabinet.store.invitations import find_invitation, find_invitations
from ecabinet.store.people import Missing, find_members
from ecabinet.store.tables import Invitation, Meeting, Membership, Person

INVITED_ROLES = ("invitee", "substitute", "secretariat", "screen")


@dataclass(frozen=True, slots=True)
class Invite:
    """`item_ids`: what an invitee is admitted to. `for_person_id`: the member whom a substitute stands in for."""

    person_id: int
    role: str = "invitee"
    item_ids: tuple[int, ...] = ()
    for_person_id: int | None = None


async def refresh_members(session: AsyncSession, meeting: Meeting) -> list[str]:
    """Bring the members of the list in line with those of the body; says what changed.

    Whoever left the body leaves the list; a secretary stays, since one may be invited for this meeting alone.
    """
    assert meeting.id is not None
    invited = {row.person_id: row for row, _ in await find_invitations(session, meeting.id)}
    seats = [seat for seat, _ in await find_members(session, meeting.body_id)]
    changes = []
    for seat in seats:
        changes += _seat(session, meeting.id, seat, invited.get(seat.person_id))
    for person_id in invited.keys() - {seat.person_id for seat in seats}:
        if invited[person_id].role in MEMBER_ROLES:
            await session.delete(invited[person_id])
            changes.append(f"person {person_id} left the body")
    await session.flush()
    return changes


def _seat(session: AsyncSession, meeting_id: int, seat: Membership, row: Invitation | None) -> list[str]:
    if row is None:
        row = Invitation(meeting_id=meeting_id, person_id=seat.person_id, role=seat.role)
        row.position, row.weight = seat.position, seat.weight
        session.add(row)
        return [f"person {seat.person_id} joined as {seat.role}"]
    values = {
        "role": seat.role,
        "position": seat.position,
        "weight": seat.weight,
        "item_ids": [],
        "for_person_id": None,
    }
    return [f"person {seat.person_id} {change}" for change in set_fields(row, values)]


async def members_differ(session: AsyncSession, meeting: Meeting) -> bool:
    """Whether the body has changed since the list was made."""
    assert meeting.id is not None
    listed = {
        (row.person_id, row.role, row.position, row.weight)
        for row, _ in await find_invitations(session, meeting.id)
        if row.role in MEMBER_ROLES
    }
    seats = {
        (seat.person_id, seat.role, seat.position, seat.weight)
        for seat, _ in await find_members(session, meeting.body_id)
        if seat.role in MEMBER_ROLES
    }
    return listed != seats


async def update_members(session: AsyncSession, meeting_id: int, *, by: int, now: datetime) -> list[str]:
    """`refresh_members` at the secretariat's request. Raises Missing or NoLongerDraft."""
    meeting = await take_draft(session, meeting_id)
    changes = await refresh_members(session, meeting)
    if changes:
        _note(session, meeting_id, "members_updated", by, now, "; ".join(changes))
    return changes


async def invite_secretary(session: AsyncSession, meeting_id: int, person_id: int) -> None:
    """Whoever prepares a meeting works in it too, unless already on the list."""
    if await find_invitation(session, meeting_id, person_id) is None:
        session.add(Invitation(meeting_id=meeting_id, person_id=person_id, role="secretariat"))
        await session.flush()


async def invite(session: AsyncSession, meeting_id: int, wish: Invite, *, by: int, now: datetime) -> Invitation:
    """Raises Missing, NoLongerDraft or Invalid."""
    await take_draft(session, meeting_id)
    person = await session.get(Person, wish.person_id)
    listed = await find_invitations(session, meeting_id)
    problems = _person_problems(person, wish, listed) + _role_problems(wish, listed)
    if problems:
        raise Invalid(*problems)
    row = Invitation(
        meeting_id=meeting_id,
        person_id=wish.person_id,
        role=wish.role,
        position=1 + max((other.position for other, _ in listed), default=0),
        item_ids=await _known_items(session, meeting_id, wish.item_ids) if wish.role == "invitee" else [],
        for_person_id=wish.for_person_id if wish.role == "substitute" else None,
    )
    session.add(row)
    await session.flush()
    _note(session, meeting_id, "invited", by, now, f"person {row.person_id} as {row.role}, items {row.item_ids}")
    return row


async def admit(
    session: AsyncSession,
    meeting_id: int,
    person_id: int,
    *,
    seen: Iterable[int],
    chosen: Iterable[int],
    by: int,
    now: datetime,
) -> Invitation:
    """Admit an invitee to items. `seen` is what the form showed: only what was ticked or unticked there is changed,
    so that two secretaries at once lose nothing. Raises Missing or NoLongerDraft."""
    row = await _invited(session, meeting_id, person_id, ("invitee",))
    added, removed = set(chosen) - set(seen), set(seen) - set(chosen)
    items = await _known_items(session, meeting_id, (set(row.item_ids) | added) - removed)
    if items != row.item_ids:
        row.item_ids = items
        _note(session, meeting_id, "admitted", by, now, f"person {person_id}, items {items}")
    return row


async def uninvite(session: AsyncSession, meeting_id: int, person_id: int, *, by: int, now: datetime) -> Invite:
    """Take somebody off the list; what comes back invites them again. Members stay: raises Missing for them."""
    row = await _invited(session, meeting_id, person_id, INVITED_ROLES)
    await session.delete(row)
    _note(session, meeting_id, "uninvited", by, now, f"person {person_id} as {row.role}, items {row.item_ids}")
    return Invite(person_id, row.role, tuple(row.item_ids), row.for_person_id)


async def _invited(session: AsyncSession, meeting_id: int, person_id: int, roles: tuple[str, ...]) -> Invitation:
    await take_draft(session, meeting_id)
    row = await find_invitation(session, meeting_id, person_id)
    if row is None or row.role not in roles:
        raise Missing(f"invitation of {person_id} to {meeting_id}")
    return row


async def _known_items(session: AsyncSession, meeting_id: int, wanted: Iterable[int]) -> list[int]:
    """The wanted items that stand on the agenda, in its order."""
    wanted = set(wanted)
    return [item.id for item in await find_items(session, meeting_id) if item.id in wanted]


def _person_problems(person: Person | None, wish: Invite, listed: list[tuple[Invitation, Person]]) -> list[Problem]:
    if person is None or not person.is_active:
        return [Problem("person_id", Text("Hãy chọn một người trong danh sách.", "Choose somebody from the list."))]
    if any(row.person_id == wish.person_id for row, _ in listed):
        office = Text(person.office_vi, person.office_en)
        return [
            Problem(
                "person_id",
                Text(
                    f"{office.say('vi')} đã có trong danh sách dự họp.", f"{office.say('en')} is on the list already."
                ),
            )
        ]
    if (person.kind == "screen") != (wish.role == "screen"):
        return [SCREEN_PROBLEM]
    return []


def _role_problems(wish: Invite, listed: list[tuple[Invitation, Person]]) -> list[Problem]:
    if wish.role not in INVITED_ROLES:
        return [Problem("role", Text("Hãy chọn tư cách tham dự.", "Choose in which capacity they attend."))]
    if wish.role != "substitute":
        return []
    members = {row.person_id for row, _ in listed if row.role in MEMBER_ROLES}
    if wish.for_person_id not in members:
        return [Problem("for_person_id", Text("Hãy chọn thành viên vắng mặt.", "Choose the member who will be away."))]
    if any(row.for_person_id == wish.for_person_id for row, _ in listed):
        taken = Text("Thành viên này đã có người dự thay.", "This member has a substitute already.")
        return [Problem("for_person_id", taken)]
    return []


SCREEN_PROBLEM = Problem(
    "role",
    Text(
        "Tài khoản màn hình chỉ dự với tư cách màn hình, và chỉ tài khoản màn hình mới làm màn hình.",
        "A screen account attends as a screen only, and only a screen account can be a screen.",
    ),
)


def _note(session: AsyncSession, meeting_id: int, action: str, by: int, now: datetime, detail: str) -> None:
    add_audit(session, at=now, by=by, action=action, subject="meeting", subject_id=meeting_id, detail=detail)

"""Bodies that meet: their names, their members in order, and the rules by which they decide."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agencies import CODE, CODE_PROBLEM
from ecabinet.office.changes import set_fields
from ecabinet.office.problems import Invalid, Problem, Stale
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.audit import add_audit
from ecabinet.store.people import Missing
from ecabinet.store.tables import Body, Membership, Person

ROLES = ("chair", "deputy", "member", "secretariat")


@dataclass(frozen=True, slots=True)
class BodyFields:
    """`superior` stands above the body's name in the head of a document, `symbol` in its number (UBND), `place` before its date."""

    code: str
    name_vi: str
    name_en: str = ""
    superior_vi: str = ""
    superior_en: str = ""
    symbol: str = ""
    place_vi: str = ""
    place_en: str = ""
    language: str = "vi"
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a body; `position` is the order of precedence."""

    person_id: int
    role: str
    position: int
    weight: int = 1


async def add_body(session: AsyncSession, data: BodyFields, *, by: int | None, now: datetime) -> Body:
    """A body with the rules of a provincial People's Committee until others are set. Raises Invalid."""
    await _check(session, data, body_id=None)
    body = Body(**asdict(data), rule_set=RuleSet().to_json())
    session.add(body)
    await session.flush()
    add_audit(session, at=now, by=by, action="added", subject="body", subject_id=body.id, detail=body.code)
    return body


async def edit_body(
    session: AsyncSession, body_id: int, data: BodyFields, *, version: int, by: int | None, now: datetime
) -> Body:
    """Raises Missing, Invalid, or Stale when somebody else edited the body since `version`."""
    body = await _fresh(session, body_id, version)
    await _check(session, data, body_id=body_id)
    changes = set_fields(body, asdict(data))
    _note(session, body, changes, by, now)
    return body


async def set_rules(
    session: AsyncSession, body_id: int, rules: RuleSet, *, version: int, by: int | None, now: datetime
) -> Body:
    """Meetings already called keep the rules they were called with. Raises Missing or Stale."""
    body = await _fresh(session, body_id, version)
    old, new = RuleSet.from_json(body.rule_set).to_json(), rules.to_json()
    changes = [f"{name}: {old[name]} -> {new[name]}" for name in new if new[name] != old[name]]
    if changes:
        body.rule_set = new
    _note(session, body, changes, by, now)
    return body


async def set_members(
    session: AsyncSession, body_id: int, seats: list[Seat], *, version: int, by: int | None, now: datetime
) -> Body:
    """The whole list at once. Raises Missing, Stale or Invalid. A seat left out is kept, inactive."""
    body = await _fresh(session, body_id, version)
    await _check_seats(session, seats)
    query = select(Membership).where(Membership.body_id == body_id)
    old = {membership.person_id: membership for membership in (await session.exec(query)).all()}
    changes = _place(session, body_id, seats, old)
    for person_id in old.keys() - {seat.person_id for seat in seats}:
        if old[person_id].is_active:
            old[person_id].is_active = False
            changes.append(f"person {person_id} left")
    _note(session, body, changes, by, now, action="members_changed")
    return body


def _place(session: AsyncSession, body_id: int, seats: list[Seat], old: dict[int, Membership]) -> list[str]:
    changes = []
    for seat in seats:
        values: dict[str, Any] = {
            "role": seat.role,
            "weight": seat.weight,
            "position": seat.position,
            "is_active": True,
        }
        membership = old.get(seat.person_id)
        if membership is None:
            session.add(Membership(body_id=body_id, person_id=seat.person_id, **values))
            changes.append(f"person {seat.person_id} joined as {seat.role}")
        elif differences := set_fields(membership, values):
            changes.append(f"person {seat.person_id} {', '.join(differences)}")
    return changes


async def _fresh(session: AsyncSession, body_id: int, version: int) -> Body:
    body = await session.get(Body, body_id)
    if body is None:
        raise Missing(f"body {body_id}")
    if body.version != version:
        raise Stale(body)
    return body


def _note(
    session: AsyncSession, body: Body, changes: list[str], by: int | None, now: datetime, action: str = "changed"
) -> None:
    if not changes:
        return
    body.version += 1
    detail = f"{body.code}: {'; '.join(changes)}"
    add_audit(session, at=now, by=by, action=action, subject="body", subject_id=body.id, detail=detail)


async def _check(session: AsyncSession, data: BodyFields, body_id: int | None) -> None:
    problems = [] if CODE.fullmatch(data.code) else [CODE_PROBLEM]
    if not data.name_vi and not data.name_en:
        problems.append(Problem("name_vi", Text("Cần ghi tên.", "The name is needed.")))
    if max(len(text) for text in asdict(data).values() if isinstance(text, str)) > 300:
        problems.append(Problem("name_vi", Text("Có ô dài quá 300 ký tự.", "A field is longer than 300 characters.")))
    other = (await session.exec(select(Body).where(Body.code == data.code))).first()
    if other is not None and other.id != body_id:
        problems.append(Problem("code", Text("Mã này đã dùng cho tập thể khác.", "Another body has this code.")))
    if problems:
        raise Invalid(*problems)


async def _check_seats(session: AsyncSession, seats: list[Seat]) -> None:
    problems = seat_problems(seats)
    query = select(Person).where(col(Person.id).in_([seat.person_id for seat in seats]))
    known = {person.id: person for person in (await session.exec(query)).all()}
    if len(known) < len({seat.person_id for seat in seats}):
        problems.append(
            Problem("members", Text("Có người không còn trong danh sách.", "Somebody is no longer listed."))
        )
    if any(person.kind == "screen" for person in known.values()):
        problems.append(Problem("members", Text("Màn hình không thể là thành viên.", "A screen cannot be a member.")))
    if problems:
        raise Invalid(*problems)


def seat_problems(seats: list[Seat]) -> list[Problem]:
    """What is wrong with a list of seats as such; for the form and for imported rows."""
    problems = []
    people = [seat.person_id for seat in seats]
    if len(set(people)) < len(people):
        problems.append(Problem("members", Text("Một người có hai ghế.", "Somebody has two seats.")))
    if sum(seat.role == "chair" for seat in seats) > 1:
        problems.append(Problem("members", Text("Chỉ có một Chủ tịch.", "There is only one chair.")))
    if any(seat.role not in ROLES for seat in seats):
        problems.append(Problem("members", Text("Vai trò không có trong danh sách.", "A role is not in the list.")))
    if any(not 1 <= seat.weight <= 1000 for seat in seats):
        problems.append(
            Problem(
                "members", Text("Trọng số là số nguyên từ 1 đến 1000.", "A weight is a whole number from 1 to 1000.")
            )
        )
    return problems

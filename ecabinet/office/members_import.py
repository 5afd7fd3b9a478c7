"""Members of bodies from a table: who is listed joins or changes, who is not listed stays."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.bodies import Seat, seat_problems, set_members
from ecabinet.office.import_steps import Step, step_for
from ecabinet.office.import_tables import Column, Record, at_row, read_number, repeated_problem, unknown_problem
from ecabinet.office.passwords import fold
from ecabinet.office.problems import Problem
from ecabinet.rules.text import Text
from ecabinet.store.people import find_bodies, find_members, find_people, get_body
from ecabinet.store.tables import Body, Membership, Person

COLUMNS = (
    Column("body", Text("Mã tập thể", "Body code"), ("Tập thể", "Body"), True, Text("ubnd-tinh", "ubnd-tinh")),
    Column("username", Text("Tên đăng nhập", "User name"), ("Tài khoản",), True, Text("gd-dulich", "gd-dulich")),
    Column("role", Text("Vai trò", "Role"), ("Tư cách",), True, Text("Ủy viên", "Member")),
    Column("position", Text("Thứ tự", "Order"), ("STT", "TT", "Position"), False, Text("12", "12")),
    Column("weight", Text("Trọng số", "Weight"), (), False, Text("1", "1")),
)

_ROLES = {
    "chair": "chair",
    "chutich": "chair",
    "deputy": "deputy",
    "phochutich": "deputy",
    "vicechair": "deputy",
    "member": "member",
    "uyvien": "member",
    "thanhvien": "member",
    "secretariat": "secretariat",
    "thuky": "secretariat",
    "secretary": "secretariat",
}


@dataclass(frozen=True, slots=True)
class ListedSeat:
    """A seat with its place in the order of precedence."""

    body_id: int
    person_id: int
    role: str
    position: int
    weight: int


async def plan(session: AsyncSession, records: list[Record]) -> tuple[list[Step], list[Problem]]:
    bodies = {body.code: body for body in await find_bodies(session)}
    people = {person.username: person for person, _ in await find_people(session)}
    seats = {body.id or 0: await find_members(session, body.id or 0) for body in bodies.values()}
    steps: list[Step] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for record in records:
        key = (record.get("body").casefold(), record.get("username").casefold())
        if key in seen:
            problems.append(repeated_problem("username", key[1], seen[key], record.row))
            continue
        seen[key] = record.row
        step = _plan_row(record, bodies.get(key[0]), people.get(key[1]), seats, problems)
        steps += [step] if step else []
    return steps, problems + await _problems_of_whole(session, steps)


async def carry_out(session: AsyncSession, steps: list[Step], *, by: int | None, now: datetime) -> None:
    for body_id, seats in (await _resulting_seats(session, steps)).items():
        body = await get_body(session, body_id)
        await set_members(session, body_id, seats, version=body.version, by=by, now=now)


def _plan_row(
    record: Record,
    body: Body | None,
    person: Person | None,
    seats: dict[int, list[tuple[Membership, Person]]],
    problems: list[Problem],
) -> Step | None:
    if body is None:
        problems.append(
            unknown_problem("body", record.get("body"), Text("tập thể có mã", "body with the code"), record.row)
        )
    if person is None:
        what = Text("tài khoản", "account")
        problems.append(unknown_problem("username", record.get("username"), what, record.row))
    if body is None or person is None or body.id is None or person.id is None:
        return None
    members = seats[body.id]
    membership = next((member for member, _ in members if member.person_id == person.id), None)
    old = _listed(membership) if membership else ListedSeat(body.id, person.id, "member", len(members) + record.row, 1)
    data = _read(record, old, problems)
    label = f"{body.code} - {person.username}"
    # The version is the body's: any other change to its members makes a new plan.
    step = step_for(record.row, label, data, None, None) if membership is None else _changed(record, label, old, data)
    return replace(step, version=body.version)


def _changed(record: Record, label: str, old: ListedSeat, data: ListedSeat) -> Step:
    names = ("role", "position", "weight")
    pairs = [(name, str(getattr(old, name)), str(getattr(data, name))) for name in names]
    changes = tuple(pair for pair in pairs if pair[1] != pair[2])
    return Step(record.row, label, "change" if changes else "same", data, old.person_id, 0, changes)


def _read(record: Record, old: ListedSeat, problems: list[Problem]) -> ListedSeat:
    role = _ROLES.get(fold(record.get("role", old.role)))
    if role is None:
        problems.append(unknown_problem("role", record.get("role"), Text("vai trò", "role"), record.row))
    return replace(
        old,
        role=role or old.role,
        position=read_number(record, "position", old.position, problems),
        weight=read_number(record, "weight", old.weight, problems),
    )


async def _problems_of_whole(session: AsyncSession, steps: list[Step]) -> list[Problem]:
    """Two chairs, for example, come from lines that are right one by one."""
    problems = []
    for body_id, seats in (await _resulting_seats(session, steps)).items():
        row = max(step.row for step in steps if step.data.body_id == body_id)
        problems += [at_row(problem, row) for problem in seat_problems(seats)]
    return problems


async def _resulting_seats(session: AsyncSession, steps: list[Step]) -> dict[int, list[Seat]]:
    listed: dict[int, dict[int, ListedSeat]] = defaultdict(dict)
    for step in steps:
        listed[step.data.body_id][step.data.person_id] = step.data
    result = {}
    for body_id, changed in listed.items():
        current = {member.person_id: _listed(member) for member, _ in await find_members(session, body_id)}
        result[body_id] = [
            Seat(seat.person_id, seat.role, seat.position, seat.weight) for seat in (current | changed).values()
        ]
    return result


def _listed(member: Membership) -> ListedSeat:
    return ListedSeat(member.body_id, member.person_id, member.role, member.position, member.weight)

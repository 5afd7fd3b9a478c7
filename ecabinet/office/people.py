"""People who sign in: added, edited, disabled, given a password, by the administrator or for themselves."""

import asyncio
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.changes import set_fields
from ecabinet.office.passwords import Passwords, make_password, password_problem
from ecabinet.office.problems import Invalid, Problem, Stale
from ecabinet.rules.text import Text
from ecabinet.store import logins
from ecabinet.store.audit import add_audit
from ecabinet.store.database import Database
from ecabinet.store.people import find_person_by_username, get_agency, get_person
from ecabinet.store.tables import Person

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
KINDS = ("person", "screen")
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True)
class PersonFields:
    """What the administrator decides about an account; everything but the password."""

    username: str
    office_vi: str
    office_en: str = ""
    name: str = ""
    agency_id: int | None = None
    email: str = ""
    language: str = "vi"
    kind: str = "person"
    is_administrator: bool = False
    is_secretariat: bool = False


async def add_person(session: AsyncSession, data: PersonFields, *, by: int | None, now: datetime) -> Person:
    """Raises Invalid. The account has no password yet, so nobody can sign in with it."""
    await _check(session, data, person_id=None)
    person = Person(**asdict(data))
    session.add(person)
    await session.flush()
    add_audit(session, at=now, by=by, action="added", subject="person", subject_id=person.id, detail=describe(person))
    return person


async def edit_person(
    session: AsyncSession, person_id: int, data: PersonFields, *, version: int, by: int | None, now: datetime
) -> Person:
    """Raises Invalid, or Stale when somebody else edited the account since `version`."""
    person = await get_person(session, person_id)
    if person.version != version:
        raise Stale(person)
    await _check(session, data, person_id=person_id)
    administered = _administers(person)
    changes = set_fields(person, asdict(data))
    if changes:
        person.version += 1
        await _keep_an_administrator(session, administered and not _administers(person))
        add_audit(
            session,
            at=now,
            by=by,
            action="changed",
            subject="person",
            subject_id=person_id,
            detail=f"{person.username}: {'; '.join(changes)}",
        )
    return person


async def set_active(
    session: AsyncSession, person_id: int, is_active: bool, *, by: int | None, now: datetime
) -> list[str]:
    """Enable or disable an account. Disabling ends its sessions: returns their hashes, for `Revocations`."""
    person = await get_person(session, person_id)
    if person.is_active == is_active:
        return []
    administered = _administers(person)
    person.is_active = is_active
    person.version += 1
    await _keep_an_administrator(session, administered and not is_active)
    ended = [] if is_active else await _end_sessions(session, person_id, now)
    add_audit(
        session,
        at=now,
        by=by,
        action="enabled" if is_active else "disabled",
        subject="person",
        subject_id=person_id,
        detail=person.username,
    )
    return ended


@dataclass(frozen=True, slots=True)
class NewPassword:
    """Shown once to the administrator; only the hash is stored."""

    person_id: int
    password: str
    password_hash: str


async def make_passwords(passwords: Passwords, person_ids: list[int]) -> list[NewPassword]:
    """Slow, so it comes before the transaction that gives them."""
    made = [make_password() for _ in person_ids]
    hashes = await asyncio.gather(*(passwords.hash(password) for password in made))
    return [NewPassword(*new) for new in zip(person_ids, made, hashes, strict=True)]


async def give_password(session: AsyncSession, new: NewPassword, *, by: int | None, now: datetime) -> list[str]:
    """To be changed at the first sign-in. Returns the hashes of the sessions that it ended."""
    person = await get_person(session, new.person_id)
    person.password_hash = new.password_hash
    # A screen has nobody at it who could choose one.
    person.must_change_password = person.kind == "person"
    add_audit(
        session,
        at=now,
        by=by,
        action="password_given",
        subject="person",
        subject_id=person.id,
        detail=person.username,
    )
    return await _end_sessions(session, new.person_id, now)


async def choose_password(
    database: Database, passwords: Passwords, person: Person, chosen: str, *, keep: str, now: datetime
) -> list[str]:
    """The person's own choice. Raises Invalid. Every session but `keep` ends; returns their hashes."""
    problem = password_problem(chosen, (person.username, person.name, person.office_vi, person.office_en))
    if problem:
        raise Invalid(problem)
    assert person.id is not None
    password_hash = await passwords.hash(chosen)
    async with database.writing() as session:
        stored = await get_person(session, person.id)
        stored.password_hash = password_hash
        stored.must_change_password = False
        ended = await _end_sessions(session, person.id, now, keep=keep)
        add_audit(session, at=now, by=person.id, action="password_changed", subject="person", subject_id=person.id)
    return ended


async def set_language(database: Database, person_id: int, language: str) -> None:
    async with database.writing() as session:
        (await get_person(session, person_id)).language = language


def fields_of(person: Person) -> PersonFields:
    return PersonFields(**{name: getattr(person, name) for name in PersonFields.__dataclass_fields__})


def describe(person: Person) -> str:
    roles = [
        role
        for role, held in (("administrator", person.is_administrator), ("secretariat", person.is_secretariat))
        if held
    ]
    return " ".join([person.username, f"({person.office_vi})", *roles])


async def _end_sessions(session: AsyncSession, person_id: int, now: datetime, keep: str = "") -> list[str]:
    ended = [login.token_hash for login in await logins.find_logins_of(session, person_id, now)]
    await logins.delete_logins_of(session, person_id, keep=keep)
    return [token_hash for token_hash in ended if token_hash != keep]


async def _check(session: AsyncSession, data: PersonFields, person_id: int | None) -> None:
    problems = person_problems(data)
    other = await find_person_by_username(session, data.username)
    if other is not None and other.id != person_id:
        problems.append(
            Problem("username", Text("Tên đăng nhập này đã có người dùng.", "This user name is already taken."))
        )
    if data.agency_id is not None and await get_agency(session, data.agency_id) is None:
        problems.append(Problem("agency_id", Text("Không có cơ quan này.", "There is no such agency.")))
    if problems:
        raise Invalid(*problems)


def person_problems(data: PersonFields) -> list[Problem]:
    """What can be seen without the database; for forms and for imported rows."""
    problems = []
    if not USERNAME.fullmatch(data.username):
        problems.append(_USERNAME_PROBLEM)
    if not data.office_vi:
        problems.append(
            Problem("office_vi", Text("Cần ghi chức vụ bằng tiếng Việt.", "The office held is needed, in Vietnamese."))
        )
    if data.email and not EMAIL.fullmatch(data.email):
        problems.append(
            Problem(
                "email",
                Text("Địa chỉ thư chưa đúng dạng ten@coquan.vn.", "This is not an address like name@office.vn."),
            )
        )
    if data.language not in LANGUAGES:
        problems.append(Problem("language", Text("Ngôn ngữ là vi hoặc en.", "The language is vi or en.")))
    if data.kind not in KINDS:
        problems.append(Problem("kind", Text("Loại là person hoặc screen.", "The kind is person or screen.")))
    if data.kind == "screen" and (data.is_administrator or data.is_secretariat):
        problems.append(
            Problem("kind", Text("Màn hình không thể giữ vai trò của người.", "A screen cannot hold a person's role."))
        )
    too_long = [name for name, value in asdict(data).items() if isinstance(value, str) and len(value) > 300]
    problems += [Problem(name, Text("Dài quá 300 ký tự.", "Longer than 300 characters.")) for name in too_long]
    return problems


_USERNAME_PROBLEM = Problem(
    "username",
    Text(
        "Tên đăng nhập gồm 1-64 chữ thường không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới; đầu và cuối là chữ hoặc số.",
        "A user name has 1-64 small letters without marks, digits, dots, hyphens or underscores; "
        "it begins and ends with a letter or a digit.",
    ),
)


def _administers(person: Person) -> bool:
    return person.is_administrator and person.is_active


async def _keep_an_administrator(session: AsyncSession, one_goes: bool) -> None:
    """Without one, nobody could let anybody in again. Raises Invalid."""
    if not one_goes:
        return
    await session.flush()
    query = select(func.count()).where(col(Person.is_administrator), col(Person.is_active))
    if (await session.exec(query)).one() == 0:
        raise Invalid(
            Problem(
                "is_administrator",
                Text(
                    "Phải còn ít nhất một quản trị viên đang hoạt động.",
                    "At least one active administrator must remain.",
                ),
            )
        )

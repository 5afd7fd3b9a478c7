"""Accounts from the command line: the first administrator, and a way back in for somebody locked out."""

from datetime import UTC, datetime

from ecabinet.office.passwords import Passwords, password_problem
from ecabinet.office.people import PersonFields, add_person
from ecabinet.office.problems import Invalid, Problem
from ecabinet.rules.text import Text
from ecabinet.store import logins
from ecabinet.store.audit import add_audit
from ecabinet.store.database import Database
from ecabinet.store.people import find_person_by_username

DEFAULT = Passwords()


async def add_administrator(
    database: Database, username: str, office_vi: str, office_en: str, password: str, passwords: Passwords = DEFAULT
) -> None:
    """Raises Invalid."""
    _check(password, username)
    password_hash = await passwords.hash(password)
    data = PersonFields(username, office_vi, office_en, is_administrator=True)
    async with database.writing() as session:
        person = await add_person(session, data, by=None, now=datetime.now(UTC))
        person.password_hash = password_hash


async def set_password(database: Database, username: str, password: str, passwords: Passwords = DEFAULT) -> None:
    """Raises Invalid. A running server closes the account's sockets within a second, as it asks the database."""
    _check(password, username)
    password_hash, now = await passwords.hash(password), datetime.now(UTC)
    async with database.writing() as session:
        person = await find_person_by_username(session, username.casefold())
        if person is None or person.id is None:
            raise Invalid(Problem("username", Text("Không có tài khoản này.", "There is no such account.")))
        person.password_hash = password_hash
        person.must_change_password = False
        await logins.delete_logins_of(session, person.id)
        add_audit(
            session, at=now, by=None, action="password_set", subject="person", subject_id=person.id, detail=username
        )


def _check(password: str, username: str) -> None:
    problem = password_problem(password, (username,))
    if problem:
        raise Invalid(problem)

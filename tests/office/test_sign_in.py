"""The throttle against attempts sent at once, and accounts that change while a password is checked."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from sqlmodel import select

from ecabinet.office import sign_in as office
from ecabinet.office.passwords import Passwords
from ecabinet.office.people import PersonFields, add_person
from ecabinet.store.database import Database
from ecabinet.store.tables import AuditEntry, LoginFailure, LoginSession, Person

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CHEAP = Passwords(time_cost=1, memory_kib=8, parallelism=1)
PASSWORD = "chim sẻ đậu mái đình"


@pytest.fixture
async def person_id(database: Database) -> int:
    async with database.writing() as session:
        person = await add_person(session, PersonFields("thuky", "Chánh Văn phòng"), by=None, now=NOW)
        person.password_hash = await CHEAP.hash(PASSWORD)
        return person.id or 0


async def attempt(database: Database, password: str, username: str = "thuky") -> object:
    return await office.sign_in(database, CHEAP, office.Attempt(username, password, "10.0.0.7"), NOW)


async def test_attempts_sent_at_once_cannot_outrun_the_throttle(database: Database, person_id: int) -> None:
    outcomes = await asyncio.gather(*(attempt(database, f"guess {number}") for number in range(20)))
    checked = [outcome for outcome in outcomes if isinstance(outcome, office.WrongNameOrPassword)]
    assert len(checked) == office.ATTEMPTS_OF_ACCOUNT_AT_ADDRESS
    assert isinstance(await attempt(database, PASSWORD), office.Throttled)


async def test_unknown_account_is_throttled_like_a_known_one(database: Database) -> None:
    outcomes = [await attempt(database, "guess", "nobody") for _ in range(office.ATTEMPTS_OF_ACCOUNT_AT_ADDRESS + 1)]
    assert isinstance(outcomes[-1], office.Throttled)


async def test_what_was_typed_as_a_name_is_stored_nowhere(database: Database, person_id: int) -> None:
    await attempt(database, "guess", "my secret password typed into the wrong box")
    async with database.reading() as session:
        [failure] = (await session.exec(select(LoginFailure))).all()
        assert "secret" not in failure.username
        details = (await session.exec(select(AuditEntry.detail))).all()
        assert not any("secret" in detail for detail in details)


class Meanwhile(Passwords):
    """Something happens to the account while its password is checked."""

    change: ClassVar[Callable[[], Awaitable[None]]]

    async def verify(self, password_hash: str, password: str) -> bool:
        await type(self).change()
        return await CHEAP.verify(password_hash, password)


@pytest.mark.parametrize("values", [{"is_active": False}, {"password_hash": "another"}])
async def test_account_changed_during_the_check_does_not_get_in(
    database: Database, person_id: int, values: dict[str, object]
) -> None:
    async def change() -> None:
        async with database.writing() as session:
            (await session.get_one(Person, person_id)).sqlmodel_update(values)

    Meanwhile.change = change
    outcome = await office.sign_in(database, Meanwhile(), office.Attempt("thuky", PASSWORD, "10.0.0.7"), NOW)
    assert isinstance(outcome, office.WrongNameOrPassword)
    async with database.reading() as session:
        assert (await session.exec(select(LoginSession))).all() == []


async def test_token_is_256_bits_and_only_hashed_in_the_database(database: Database, person_id: int) -> None:
    outcome = await attempt(database, PASSWORD)
    assert isinstance(outcome, office.SignedIn)
    assert len(outcome.token) == 43
    assert outcome.login.token_hash == office.hash_token(outcome.token)
    assert await office.session_is_valid(database, outcome.login.token_hash, NOW)
    assert not await office.session_is_valid(database, outcome.login.token_hash, NOW + office.SESSION_LASTS)

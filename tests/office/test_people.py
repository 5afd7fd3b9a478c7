"""Accounts: what is refused, what is kept, and that somebody can always let people in."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from ecabinet.office import people as office
from ecabinet.office.passwords import Passwords
from ecabinet.office.problems import Invalid, Stale
from ecabinet.office.sign_in import Attempt, SignedIn, sign_in
from ecabinet.store.database import Database
from ecabinet.store.people import Missing
from ecabinet.store.tables import AuditEntry, Person

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CHEAP = Passwords(time_cost=1, memory_kib=8, parallelism=1)
TOURISM = office.PersonFields("gd-dulich", "Giám đốc Sở Du lịch", "Director of Tourism")
ADMINISTRATOR = office.PersonFields("quantri", "Quản trị hệ thống", is_administrator=True)


async def add(database: Database, data: office.PersonFields) -> int:
    async with database.writing() as session:
        return (await office.add_person(session, data, by=None, now=NOW)).id or 0


async def edit(database: Database, person_id: int, data: office.PersonFields, version: int = 1) -> None:
    async with database.writing() as session:
        await office.edit_person(session, person_id, data, version=version, by=None, now=NOW)


async def stored(database: Database, person_id: int) -> Person:
    async with database.reading() as session:
        return await session.get_one(Person, person_id)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "Giám Đốc"}, "username"),
        ({"username": "-gd"}, "username"),
        ({"username": "gd dulich"}, "username"),
        ({"username": "x" * 65}, "username"),
        ({"office_vi": ""}, "office_vi"),
        ({"office_vi": "x" * 301}, "office_vi"),
        ({"email": "no address"}, "email"),
        ({"language": "fr"}, "language"),
        ({"kind": "robot"}, "kind"),
        ({"kind": "screen", "is_secretariat": True}, "kind"),
        ({"agency_id": 99}, "agency_id"),
    ],
)
async def test_bad_field_is_refused_by_name(database: Database, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await add(database, replace(TOURISM, **changes))
    assert [problem.field for problem in refusal.value.problems] == [field]


async def test_user_name_belongs_to_one_person(database: Database) -> None:
    first = await add(database, TOURISM)
    with pytest.raises(Invalid):
        await add(database, TOURISM)
    await edit(database, first, replace(TOURISM, name="Văn A"))
    assert (await stored(database, first)).name == "Văn A"


async def test_edit_of_an_older_version_is_stale(database: Database) -> None:
    person_id = await add(database, TOURISM)
    await edit(database, person_id, replace(TOURISM, office_en="Head of Tourism"))
    with pytest.raises(Stale) as stale:
        await edit(database, person_id, replace(TOURISM, email="gd@sodulich.vn"))
    assert isinstance(stale.value.current, Person)
    assert (await stored(database, person_id)).email == ""


async def test_edit_that_changes_nothing_leaves_no_trace(database: Database) -> None:
    person_id = await add(database, TOURISM)
    await edit(database, person_id, TOURISM)
    assert (await stored(database, person_id)).version == 1
    async with database.reading() as session:
        assert (await session.exec(select(AuditEntry.action))).all() == ["added"]


async def test_change_is_audited_with_the_old_and_the_new(database: Database) -> None:
    person_id = await add(database, TOURISM)
    await edit(database, person_id, replace(TOURISM, office_en="Head of Tourism"))
    async with database.reading() as session:
        [detail] = (await session.exec(select(AuditEntry.detail).where(AuditEntry.action == "changed"))).all()
    assert detail == "gd-dulich: office_en: Director of Tourism -> Head of Tourism"


async def test_an_active_administrator_always_remains(database: Database) -> None:
    only = await add(database, ADMINISTRATOR)
    with pytest.raises(Invalid):
        await edit(database, only, replace(ADMINISTRATOR, is_administrator=False))
    with pytest.raises(Invalid):
        async with database.writing() as session:
            await office.set_active(session, only, False, by=None, now=NOW)
    await add(database, replace(ADMINISTRATOR, username="quantri2"))
    async with database.writing() as session:
        await office.set_active(session, only, False, by=None, now=NOW)
    assert not (await stored(database, only)).is_active


async def test_unknown_person_is_missing(database: Database) -> None:
    with pytest.raises(Missing):
        await edit(database, 99, TOURISM)


async def test_given_password_is_changed_at_the_first_sign_in(database: Database) -> None:
    person_id = await add(database, TOURISM)
    [new] = await office.make_passwords(CHEAP, [person_id])
    async with database.writing() as session:
        assert await office.give_password(session, new, by=None, now=NOW) == []
    person = await stored(database, person_id)
    assert person.must_change_password and new.password not in person.password_hash
    outcome = await sign_in(database, CHEAP, Attempt("gd-dulich", new.password, "10.0.0.7"), NOW)
    assert isinstance(outcome, SignedIn)
    ended = await office.choose_password(database, CHEAP, person, "chim sẻ đậu mái đình", keep="", now=NOW)
    assert ended == [outcome.login.token_hash]
    assert not (await stored(database, person_id)).must_change_password


async def test_screen_keeps_the_password_it_was_given(database: Database) -> None:
    screen = await add(database, office.PersonFields("manhinh", "Màn hình phòng họp", kind="screen"))
    [new] = await office.make_passwords(CHEAP, [screen])
    async with database.writing() as session:
        await office.give_password(session, new, by=None, now=NOW)
    assert not (await stored(database, screen)).must_change_password


async def test_own_name_is_no_password(database: Database) -> None:
    person = await stored(database, await add(database, TOURISM))
    with pytest.raises(Invalid):
        await office.choose_password(database, CHEAP, person, "giám đốc sở du lịch 2026", keep="", now=NOW)

"""Bodies: their members in order and their rules."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from ecabinet.office import bodies as office
from ecabinet.office.bodies import Seat
from ecabinet.office.people import PersonFields, add_person
from ecabinet.office.problems import Invalid, Stale
from ecabinet.rules.rule_set import RuleSet, Share
from ecabinet.store.database import Database
from ecabinet.store.people import find_members, get_body
from ecabinet.store.tables import AuditEntry, Membership

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
COMMITTEE = office.BodyFields("ubnd-tinh", "UBND tỉnh", "People's Committee", symbol="UBND")


@pytest.fixture
async def body_id(database: Database) -> int:
    async with database.writing() as session:
        for number in range(1, 5):
            await add_person(session, PersonFields(f"m{number}", f"Ủy viên {number}"), by=None, now=NOW)
        await add_person(session, PersonFields("manhinh", "Màn hình", kind="screen"), by=None, now=NOW)
        return (await office.add_body(session, COMMITTEE, by=None, now=NOW)).id or 0


async def seat(database: Database, body_id: int, seats: list[Seat], version: int) -> int:
    async with database.writing() as session:
        return (await office.set_members(session, body_id, seats, version=version, by=None, now=NOW)).version


async def seated(database: Database, body_id: int) -> list[tuple[str, str, int]]:
    async with database.reading() as session:
        return [(person.username, row.role, row.weight) for row, person in await find_members(session, body_id)]


async def test_new_body_has_the_rules_of_a_peoples_committee(database: Database, body_id: int) -> None:
    async with database.reading() as session:
        assert RuleSet.from_json((await get_body(session, body_id)).rule_set) == RuleSet()


async def test_members_stand_in_their_order(database: Database, body_id: int) -> None:
    await seat(database, body_id, [Seat(2, "member", 3), Seat(1, "chair", 1), Seat(3, "member", 2, 5)], 1)
    assert await seated(database, body_id) == [("m1", "chair", 1), ("m3", "member", 5), ("m2", "member", 1)]


async def test_who_leaves_keeps_the_row_and_comes_back_to_it(database: Database, body_id: int) -> None:
    version = await seat(database, body_id, [Seat(1, "chair", 1), Seat(2, "member", 2)], 1)
    version = await seat(database, body_id, [Seat(1, "chair", 1)], version)
    assert await seated(database, body_id) == [("m1", "chair", 1)]
    await seat(database, body_id, [Seat(1, "chair", 1), Seat(2, "deputy", 2)], version)
    assert await seated(database, body_id) == [("m1", "chair", 1), ("m2", "deputy", 1)]
    async with database.reading() as session:
        assert len((await session.exec(select(Membership))).all()) == 2


@pytest.mark.parametrize(
    "seats",
    [
        [Seat(1, "chair", 1), Seat(2, "chair", 2)],
        [Seat(1, "member", 1), Seat(1, "member", 2)],
        [Seat(1, "king", 1)],
        [Seat(1, "member", 1, 0)],
        [Seat(1, "member", 1, 1001)],
        [Seat(99, "member", 1)],
        [Seat(5, "member", 1)],
    ],
    ids=["two chairs", "twice", "unknown role", "no weight", "too heavy", "nobody", "a screen"],
)
async def test_impossible_list_is_refused_and_the_old_one_stays(
    database: Database, body_id: int, seats: list[Seat]
) -> None:
    version = await seat(database, body_id, [Seat(4, "chair", 1)], 1)
    with pytest.raises(Invalid):
        await seat(database, body_id, seats, version)
    assert await seated(database, body_id) == [("m4", "chair", 1)]


async def test_names_members_and_rules_share_one_version(database: Database, body_id: int) -> None:
    await seat(database, body_id, [Seat(1, "chair", 1)], 1)
    async with database.writing() as session:
        with pytest.raises(Stale):
            await office.set_rules(session, body_id, RuleSet(live_tally=True), version=1, by=None, now=NOW)
        with pytest.raises(Stale):
            await office.edit_body(session, body_id, replace(COMMITTEE, symbol="X"), version=1, by=None, now=NOW)


async def test_rules_are_kept_and_the_change_is_audited(database: Database, body_id: int) -> None:
    rules = RuleSet(quorum=Share(1, 2), live_tally=True)
    async with database.writing() as session:
        await office.set_rules(session, body_id, rules, version=1, by=None, now=NOW)
    async with database.reading() as session:
        assert RuleSet.from_json((await get_body(session, body_id)).rule_set) == rules
        [detail] = (await session.exec(select(AuditEntry.detail).where(AuditEntry.action == "changed"))).all()
    assert "live_tally: False -> True" in detail and "majority" not in detail


async def test_code_belongs_to_one_body(database: Database, body_id: int) -> None:
    async with database.writing() as session:
        with pytest.raises(Invalid) as refusal:
            await office.add_body(session, COMMITTEE, by=None, now=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["code"]

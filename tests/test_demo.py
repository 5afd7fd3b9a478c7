"""The demo: everything is there at the first start, and the second start leaves it alone."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from sqlmodel import col, func, select

from ecabinet.demo import PLAYED, lan_addresses, prepare
from ecabinet.office.passwords import Passwords
from ecabinet.office.people import PersonFields, add_person
from ecabinet.office.sign_in import Attempt, SignedIn, sign_in
from ecabinet.paper.agenda_file import sample_folders
from ecabinet.resources import AGENDAS
from ecabinet.settings import Settings
from ecabinet.store.database import Database
from ecabinet.store.migrate import migrate
from ecabinet.store.tables import AuditEntry, Meeting, Person

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


async def test_first_start_brings_everything_and_the_second_leaves_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    first = await prepare(settings)
    assert stat.S_IMODE((tmp_path / "demo-password.txt").stat().st_mode) == 0o600
    assert len(first.members) == 25
    database = Database(settings.database_url)
    async with database.writing() as session:
        assert (await session.get_one(Meeting, first.meeting_id)).stage == "called"
        assert (await session.exec(select(func.count()).select_from(Meeting))).one() == len(sample_folders(AGENDAS))
        changed = (await session.exec(select(Person).where(Person.username == "gd-dulich"))).one()
        changed.office_en = "Changed by hand"
        entries = (await session.exec(select(func.count()).select_from(AuditEntry))).one()
    assert await prepare(settings) == first
    async with database.reading() as session:
        kept = (await session.exec(select(Person).where(Person.username == "gd-dulich"))).one()
        assert kept.office_en == "Changed by hand"
        assert (await session.exec(select(func.count()).select_from(AuditEntry))).one() == entries
    for username, _, _ in PLAYED:
        attempt = Attempt(username, first.password, "10.0.0.7")
        assert isinstance(await sign_in(database, Passwords(), attempt, NOW), SignedIn), username
    async with database.reading() as session:
        roles = {
            person.username: person
            for person in (await session.exec(select(Person).where(col(Person.is_active)))).all()
        }
    assert roles["quantri"].is_administrator and roles["thuky"].is_secretariat and roles["manhinh"].kind == "screen"
    await database.close()


async def test_folder_with_real_accounts_is_left_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    database = Database(settings.database_url)
    await migrate(database)
    async with database.writing() as session:
        await add_person(session, PersonFields("somebody", "Chánh Văn phòng"), by=None, now=NOW)
    await database.close()
    with pytest.raises(typer.Exit):
        await prepare(settings)
    assert not (tmp_path / "demo-password.txt").exists()


def test_address_of_the_network_is_no_loopback() -> None:
    assert all(not address.startswith("127.") for address in lan_addresses())

"""Exporting a meeting: the same bytes that came in, and a file that can be read whatever stands in the rows."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from ecabinet.office.agenda_export import FolderNotEmpty, export_agenda
from ecabinet.office.agenda_import import import_folder
from ecabinet.paper.agenda_file import AgendaFile, read_agenda, sample_folders
from ecabinet.paper.intake import PdfFacts
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.people import Missing
from ecabinet.store.tables import AgendaItem, Body, Invitation, Meeting, Paper, Person, StoredFile
from tests.paper.agendas import AGENDAS, SMALLEST, copy_of, write
from tests.paper.test_agenda_writer import BY_HAND

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


async def one_page(path: Path) -> PdfFacts:
    return PdfFacts(1, 1, path.name, "", True)


async def there_and_back(database: Database, folder: Path, tmp_path: Path) -> Path:
    files = FileStore(tmp_path / "files")
    outcome = await import_folder(database, folder, files, one_page, now=NOW, by=None)
    back = tmp_path / "back" / folder.name
    async with database.reading() as session:
        await export_agenda(session, outcome.meeting_id, files, back)
    return back


async def exported(database: Database, tmp_path: Path) -> AgendaFile:
    """The only meeting, written out and read again."""
    back = tmp_path / "exported"
    async with database.reading() as session:
        meeting = (await session.exec(select(Meeting))).one()
        await export_agenda(session, meeting.id or 0, FileStore(tmp_path / "files"), back)
    return read_agenda(back)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("sample", sample_folders(AGENDAS), ids=lambda sample: sample.name)
async def test_every_sample_comes_back_byte_by_byte(database: Database, sample: Path, tmp_path: Path) -> None:
    folder = copy_of(sample, tmp_path / "copies")
    assert contents(await there_and_back(database, folder, tmp_path)) == contents(folder)


async def test_every_sample_comes_back_from_one_database(database: Database, tmp_path: Path) -> None:
    """Bodies and agencies are shared between meetings: none of them may leave a trace in another's file."""
    for sample in sample_folders(AGENDAS):
        folder = copy_of(sample, tmp_path / "copies")
        assert contents(await there_and_back(database, folder, tmp_path)) == contents(folder)


async def test_a_file_by_hand_comes_back_as_the_same_meeting(database: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "by-hand", BY_HAND)
    back = await there_and_back(database, folder, tmp_path)
    assert read_agenda(back) == read_agenda(folder)
    assert (back / "agenda.yaml").read_text() != BY_HAND


async def test_an_export_writes_over_nothing(database: Database, tmp_path: Path) -> None:
    back = await there_and_back(database, write(tmp_path / "meeting", SMALLEST), tmp_path)
    async with database.reading() as session:
        with pytest.raises(FolderNotEmpty):
            await export_agenda(session, 1, FileStore(tmp_path / "files"), back)
        with pytest.raises(Missing):
            await export_agenda(session, 99, FileStore(tmp_path / "files"), tmp_path / "new")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../agenda.yaml", "agenda-yaml.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("agenda.yaml", "agenda-yaml.pdf"),
        ("C:\\x\\Tờ trình.pdf", "Tờ-trình.pdf"),
        ("", "tai-lieu.pdf"),
        ("Tờ trình số 1.pdf", "Tờ trình số 1.pdf"),
    ],
)
async def test_a_name_from_the_desk_is_made_safe(database: Database, name: str, kept: str, tmp_path: Path) -> None:
    await add_papers(database, tmp_path, name)
    assert [paper.file for paper in (await exported(database, tmp_path)).every_paper()] == [kept]


async def test_two_files_of_one_name_keep_their_bytes(database: Database, tmp_path: Path) -> None:
    await add_papers(database, tmp_path, "Tờ trình.pdf", "tờ trình.pdf", "Tờ trình.pdf")
    agenda = await exported(database, tmp_path)
    assert [paper.file for paper in agenda.every_paper()] == ["Tờ trình.pdf", "tờ trình-2.pdf", "Tờ trình-3.pdf"]
    written = [(tmp_path / "exported" / paper.file).read_bytes() for paper in agenda.every_paper()]
    assert len(set(written)) == 3


async def add_papers(database: Database, tmp_path: Path, *names: str) -> None:
    """A meeting as the desk would make it: no keys, a paper for each name."""
    files = FileStore(tmp_path / "files")
    kept = [await files.put(b"%PDF-1.7 " + os.urandom(8)) for _ in names]
    async with database.writing() as session:
        body = Body(code="ubnd", name_vi="UBND tỉnh")
        session.add(body)
        await session.flush()
        meeting = Meeting(key="k", body_id=body.id or 0, title_vi="Phiên họp", created_at=NOW)
        session.add(meeting)
        await session.flush()
        item = AgendaItem(meeting_id=meeting.id or 0, title_vi="Một")
        session.add(item)
        await session.flush()
        for position, (name, file) in enumerate(zip(names, kept, strict=True)):
            row = StoredFile(
                sha256=file.sha256, size_bytes=file.size_bytes, media_type="application/pdf", name=name, created_at=NOW
            )
            session.add(row)
            await session.flush()
            session.add(
                Paper(
                    meeting_id=meeting.id or 0,
                    item_id=item.id or 0,
                    position=position,
                    title_vi="Tờ trình",
                    file_id=row.id,
                )
            )


async def test_an_invitee_without_an_item_is_not_admitted_to_all(database: Database, tmp_path: Path) -> None:
    await add_papers(database, tmp_path)
    async with database.writing() as session:
        person = Person(username="mttq", office_vi="Mặt trận")
        session.add(person)
        await session.flush()
        meeting = (await session.exec(select(Meeting))).one()
        session.add(Invitation(meeting_id=meeting.id or 0, person_id=person.id or 0, role="invitee"))
    assert (await exported(database, tmp_path)).people[0].items == ()


async def test_what_lies_below_an_admitted_item_is_not_said_twice(database: Database, tmp_path: Path) -> None:
    people = "people: [{username: mttq, office: Mặt trận, role: invitee, items: [1]}]\n"
    folder = write(tmp_path / "meeting", SMALLEST + people + "items: [{title: Một, items: [Hai, Ba]}, Bốn]\n")
    await import_folder(database, folder, FileStore(tmp_path / "files"), one_page, now=NOW, by=None)
    async with database.writing() as session:
        invitation = (await session.exec(select(Invitation))).one()
        child = (await session.exec(select(AgendaItem).where(col(AgendaItem.key) == "ba"))).one()
        invitation.item_ids = [*invitation.item_ids, child.id or 0]
    assert (await exported(database, tmp_path)).people[0].items == ("mot",)


async def test_deleted_items_and_papers_stay_out(database: Database, tmp_path: Path) -> None:
    await add_papers(database, tmp_path, "a.pdf", "b.pdf")
    async with database.writing() as session:
        (await session.exec(select(Paper))).first().deleted_at = NOW  # type: ignore[union-attr]
    agenda = await exported(database, tmp_path)
    assert [paper.file for paper in agenda.every_paper()] == ["b.pdf"]
    assert sorted(path.name for path in (tmp_path / "exported").iterdir()) == ["agenda.yaml", "b.pdf"]

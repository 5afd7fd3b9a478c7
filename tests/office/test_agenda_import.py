"""Importing an agenda: the plan is what is done, twice changes nothing, and nothing that was typed is lost."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, select

from ecabinet.office.agenda_import import import_agenda, import_folder, preview_import
from ecabinet.office.agenda_papers import check_papers, keep_papers, known_pages
from ecabinet.office.agenda_plan import AgendaPlanChanged, ImportOutcome, ImportPlan, ImportRefused
from ecabinet.paper.agenda_file import AgendaFileInvalid, read_agenda, sample_folders
from ecabinet.paper.intake import PdfFacts, check_pdf
from ecabinet.paper.workers import Workers
from ecabinet.rules.rule_set import RuleSet
from ecabinet.store.database import Database
from ecabinet.store.files import FileStore
from ecabinet.store.tables import (
    AgendaItem,
    AuditEntry,
    Body,
    Invitation,
    Meeting,
    Membership,
    Paper,
    Person,
    StoredFile,
)
from tests.paper.agendas import AGENDAS, copy_of, write
from tests.paper.pdfs import typeset

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MEGABYTE = 1 << 20

AGENDA = """
body: {code: ubnd, name: {vi: UBND tỉnh, en: People's Committee}, symbol: UBND}
meeting: {key: thang-12, title: Phiên họp tháng 12, date: 24/12/2026, time: 8h00, number: 12, facts: {weather: mưa}}
agencies: {so-du-lich: Sở Du lịch, so-y-te: Sở Y tế}
people:
  - {username: chutich, office: Chủ tịch, role: chair}
  - {username: gd-dulich, office: Giám đốc Sở Du lịch, agency: so-du-lich}
  - {username: gd-yte, office: Giám đốc Sở Y tế, agency: so-y-te}
  - {username: pgd-yte, office: Phó Giám đốc Sở Y tế, role: substitute, for: gd-yte}
  - {username: thuky, office: Chuyên viên, role: secretariat}
  - {username: mttq, office: Mặt trận, role: invitee, items: [2]}
  - {username: hdnd, office: Thường trực HĐND, role: invitee}
  - {username: manhinh, office: Màn hình, role: screen}
items:
  - {title: Khai mạc, kind: formal}
  - title: Đề án du lịch
    kind: decision
    agency: so-du-lich
    minutes: 30
    papers:
      - {title: Tờ trình, number: 45/TTr-SDL, file: to-trinh.pdf, kind: submission, date: 11/12/2026}
      - {title: Phụ lục, note: phát bản giấy}
    items: [Mục tiêu, Cơ chế]
  - {title: Bế mạc}
"""


@dataclass
class Desk:
    database: Database
    files: FileStore
    workers: Workers
    folder: Path

    async def check(self, path: Path) -> PdfFacts:
        return await check_pdf(self.workers, path, MEGABYTE)

    async def take(self, text: str = AGENDA, password_hash: str = "") -> ImportOutcome:
        folder = write(self.folder, text)
        return await import_folder(
            self.database, folder, self.files, self.check, now=NOW, by=None, password_hash=password_hash
        )

    async def preview(self, text: str = AGENDA) -> ImportPlan:
        agenda = read_agenda(write(self.folder, text))
        async with self.database.reading() as session:
            papers = await check_papers(agenda, self.check, await known_pages(session))
            return await preview_import(session, agenda, papers)

    async def rows(self) -> dict[str, list[dict[str, object]]]:
        """Everything in the database, to compare."""
        async with self.database.engine.connect() as connection:
            return {
                name: [
                    dict(row)
                    for row in (await connection.execute(table.select().order_by(*table.primary_key))).mappings()
                ]
                for name, table in SQLModel.metadata.tables.items()
            }

    async def all(self, table: type[SQLModel]) -> list[SQLModel]:
        async with self.database.reading() as session:
            return list((await session.exec(select(table).order_by(table.id))).all())  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
async def workers() -> AsyncIterator[Workers]:
    async with Workers(1) as workers:
        yield workers


@pytest.fixture
async def desk(database: Database, workers: Workers, tmp_path: Path) -> Desk:
    folder = tmp_path / "meeting"
    folder.mkdir()
    (folder / "to-trinh.pdf").write_bytes(typeset('<p>Tờ trình</p><p style="page-break-before: always">Trang 2</p>'))
    return Desk(database, FileStore(tmp_path / "files"), workers, folder)


async def test_an_agenda_becomes_rows(desk: Desk) -> None:
    outcome = await desk.take()
    [meeting] = await desk.all(Meeting)
    assert meeting.id == outcome.meeting_id
    assert (meeting.key, meeting.title_vi, meeting.number, meeting.stage) == (
        "thang-12",
        "Phiên họp tháng 12",
        "12",
        "draft",
    )
    assert meeting.starts_at == datetime(2026, 12, 24, 1, 0, tzinfo=UTC)
    assert meeting.facts == {"weather": "mưa"}
    [body] = await desk.all(Body)
    assert (body.code, body.symbol, RuleSet.from_json(body.rule_set)) == ("ubnd", "UBND", RuleSet())
    items = {item.key: item for item in await desk.all(AgendaItem)}
    assert [(item.position, item.parent_id) for item in items.values()] == [
        (0, None),
        (1, None),
        (0, items["de-an-du-lich"].id),
        (1, items["de-an-du-lich"].id),
        (2, None),
    ]
    submission, annex = await desk.all(Paper)
    [file] = await desk.all(StoredFile)
    assert (submission.number, submission.kind, submission.file_id, annex.file_id) == (
        "45/TTr-SDL",
        "submission",
        file.id,
        None,
    )
    assert (file.name, file.pages, file.media_type) == ("to-trinh.pdf", 2, "application/pdf")
    assert desk.files.path(file.sha256).read_bytes() == (desk.folder / "to-trinh.pdf").read_bytes()


async def test_people_take_part_in_their_roles(desk: Desk) -> None:
    await desk.take()
    people = {person.username: person for person in await desk.all(Person)}
    invited = {row.person_id: row for row in await desk.all(Invitation)}
    items = {item.key: item.id for item in await desk.all(AgendaItem)}
    of = {username: invited[person.id] for username, person in people.items()}
    assert [of[name].role for name in people] == [
        "chair",
        "member",
        "member",
        "substitute",
        "secretariat",
        "invitee",
        "invitee",
        "screen",
    ]
    assert of["pgd-yte"].for_person_id == people["gd-yte"].id
    assert of["mttq"].item_ids == [items["de-an-du-lich"]]
    assert of["hdnd"].item_ids == [items[key] for key in ("khai-mac", "de-an-du-lich", "be-mac")]
    assert [row.role for row in await desk.all(Membership)] == ["chair", "member", "member", "secretariat"]
    assert (people["manhinh"].kind, people["thuky"].is_secretariat) == ("screen", True)
    assert not any(person.is_administrator for person in people.values())


async def test_new_people_cannot_sign_in_until_somebody_gives_a_password(desk: Desk) -> None:
    await desk.take()
    assert {person.password_hash for person in await desk.all(Person)} == {""}


async def test_the_demo_gives_new_people_a_password_and_leaves_the_others(desk: Desk) -> None:
    async with desk.database.writing() as session:
        session.add(
            Person(username="gd-yte", office_vi="Giám đốc", password_hash="own", language="en", is_administrator=True)
        )
    await desk.take(password_hash="demo")
    people = {person.username: person for person in await desk.all(Person)}
    assert people["chutich"].password_hash == "demo"
    known = people["gd-yte"]
    assert (known.password_hash, known.language, known.is_administrator) == ("own", "en", True)
    assert (known.office_vi, known.version) == ("Giám đốc Sở Y tế", 2)


async def test_importing_twice_changes_nothing(desk: Desk) -> None:
    await desk.take()
    before = await desk.rows()
    outcome = await desk.take()
    assert outcome.plan.changes_nothing
    assert await desk.rows() == before


@pytest.mark.parametrize("sample", sample_folders(AGENDAS), ids=lambda sample: sample.name)
async def test_every_sample_is_imported_once(desk: Desk, sample: Path, tmp_path: Path) -> None:
    folder = copy_of(sample, tmp_path / "copies")

    async def check(path: Path) -> PdfFacts:
        return PdfFacts(1, 1, "", "", True)

    async def take() -> ImportOutcome:
        return await import_folder(desk.database, folder, desk.files, check, now=NOW, by=None)

    first = await take()
    before, kept = await desk.rows(), sorted(desk.files.folder.rglob("*"))
    assert first.plan.count("add") == len(first.plan.lines)
    assert (await take()).plan.changes_nothing
    assert (await desk.rows(), sorted(desk.files.folder.rglob("*"))) == (before, kept)


async def test_the_preview_tells_exactly_what_is_done_and_stores_nothing(desk: Desk) -> None:
    empty = await desk.rows()
    plan = await desk.preview()
    assert await desk.rows() == empty
    assert not desk.files.folder.exists()
    assert {
        subject: plan.count("add", subject) for subject in ("body", "agency", "person", "agenda_item", "paper")
    } == {
        "body": 1,
        "agency": 2,
        "person": 8,
        "agenda_item": 5,
        "paper": 2,
    }
    assert (await desk.take()).plan == plan


CHANGED = AGENDA.replace("minutes: 30", "minutes: 45").replace(
    "title: Tờ trình", "key: to-trinh, title: Tờ trình Đề án"
)


async def test_a_changed_file_changes_what_differs(desk: Desk) -> None:
    await desk.take()
    plan = await desk.preview(CHANGED)
    told = [line.text.vi for line in plan.lines if line.action != "same"]
    assert told == [
        "Nội dung “Đề án du lịch”: thay đổi (thời lượng)",
        "Tài liệu “Tờ trình Đề án”: thay đổi (tên: Tờ trình → Tờ trình Đề án)",
    ]
    assert (await desk.take(CHANGED)).plan.digest == plan.digest
    item = next(item for item in await desk.all(AgendaItem) if item.key == "de-an-du-lich")
    assert (item.planned_minutes, item.version) == (45, 2)
    assert [item.version for item in await desk.all(AgendaItem)] == [1, 2, 1, 1, 1]


async def test_what_was_confirmed_is_what_is_done(desk: Desk) -> None:
    shown = await desk.preview()
    await desk.take(AGENDA.replace("Phiên họp tháng 12", "Phiên họp khác"))
    agenda = read_agenda(write(desk.folder, AGENDA))
    papers = await check_papers(agenda, desk.check, {})
    before = await desk.rows()
    with pytest.raises(AgendaPlanChanged) as changed:
        async with desk.database.writing() as session:
            await import_agenda(session, agenda, papers, now=NOW, by=None, shown=shown.digest)
    assert changed.value.plan.count("change") == 1
    assert await desk.rows() == before


async def test_what_the_file_leaves_out_stays(desk: Desk) -> None:
    await desk.take()
    async with desk.database.writing() as session:
        meeting = (await session.exec(select(Meeting))).one()
        meeting.place_vi = "Phòng họp 1"
        session.add(AgendaItem(meeting_id=meeting.id or 0, position=3, title_vi="Việc khác"))
        annex = (await session.exec(select(Paper).where(col(Paper.key) == "phu-luc"))).one()
        file = StoredFile(sha256="0" * 64, size_bytes=1, media_type="application/pdf", name="x.pdf", created_at=NOW)
        session.add(file)
        await session.flush()
        annex.file_id = file.id
    before = await desk.rows()
    assert (await desk.take()).plan.changes_nothing
    assert await desk.rows() == before


async def test_an_item_made_at_the_desk_is_found_by_its_title(desk: Desk) -> None:
    await desk.take()
    async with desk.database.writing() as session:
        meeting = (await session.exec(select(Meeting))).one()
        session.add(AgendaItem(meeting_id=meeting.id or 0, position=3, title_vi="Việc khác"))
    plan = (await desk.take(AGENDA + "  - Việc khác\n")).plan
    assert [line.text.en for line in plan.lines if line.action != "same"] == [
        "Item “Việc khác”: changed (key: … → viec-khac)",
        "Invitation “Thường trực HĐND (hdnd)”: changed (items admitted to)",
    ]
    assert len(await desk.all(AgendaItem)) == 6


async def test_a_deleted_item_comes_back_with_its_papers(desk: Desk) -> None:
    await desk.take()
    async with desk.database.writing() as session:
        for row in [*(await session.exec(select(AgendaItem))).all(), *(await session.exec(select(Paper))).all()]:
            row.deleted_at = NOW
    plan = await desk.preview()
    assert (plan.count("change"), plan.count("add")) == (7, 0)
    assert (await desk.take()).plan.digest == plan.digest
    assert {item.deleted_at for item in await desk.all(AgendaItem)} == {None}
    assert len(await desk.all(Paper)) == 2


async def test_a_new_file_under_the_same_name_is_a_new_paper_file(desk: Desk) -> None:
    await desk.take()
    (desk.folder / "to-trinh.pdf").write_bytes(typeset("<p>Tờ trình sửa lại</p>"))
    plan = (await desk.take()).plan
    assert [line.text.en for line in plan.lines if line.action != "same"] == ["Paper “Tờ trình”: changed (file)"]
    files = await desk.all(StoredFile)
    assert [file.pages for file in files] == [2, 1]
    assert (await desk.all(Paper))[0].file_id == files[1].id


async def test_members_of_the_body_who_are_not_listed_are_invited(desk: Desk) -> None:
    await desk.take()
    next_month = AGENDA.replace("thang-12", "thang-01").replace("number: 12", "number: 13")
    next_month = next_month[: next_month.index("people:")] + next_month[next_month.index("\nitems:") :]
    outcome = await desk.take(next_month)
    invited = [row.role for row in await desk.all(Invitation) if row.meeting_id == outcome.meeting_id]
    assert invited == ["chair", "member", "member", "secretariat"]


@pytest.mark.parametrize("stage", ["called", "in_session", "closed", "cancelled"])
async def test_a_called_meeting_is_not_touched(desk: Desk, stage: str) -> None:
    await desk.take()
    async with desk.database.writing() as session:
        (await session.exec(select(Meeting))).one().stage = stage
    before = await desk.rows()
    changed = AGENDA.replace("office: Chủ tịch", "office: Chủ tịch UBND tỉnh")
    assert "has been called or cancelled" in (await desk.preview(changed)).refusals[0].en
    with pytest.raises(ImportRefused, match="has been called or cancelled"):
        await desk.take(changed)
    assert await desk.rows() == before


async def test_the_key_of_another_body_is_refused(desk: Desk) -> None:
    await desk.take()
    with pytest.raises(ImportRefused, match="belongs to “Phiên họp tháng 12” of another body"):
        await desk.take(AGENDA.replace("code: ubnd", "code: hdnd"))


async def test_a_number_is_given_once_a_year(desk: Desk) -> None:
    await desk.take()
    other = AGENDA.replace("thang-12", "thang-12-bis")
    with pytest.raises(ImportRefused, match="“Phiên họp tháng 12” has number 12 already"):
        await desk.take(other.replace("key: thang-12,", "key: thang-12-bis,"))
    await desk.take(other.replace("24/12/2026", "24/12/2027"))
    assert len(await desk.all(Meeting)) == 2


async def test_a_person_does_not_become_a_screen(desk: Desk) -> None:
    async with desk.database.writing() as session:
        session.add(Person(username="manhinh", office_vi="Quản trị", is_administrator=True))
    with pytest.raises(ImportRefused, match="“manhinh” exists and is of the other kind"):
        await desk.take()
    assert await desk.all(Meeting) == []


async def test_a_broken_paper_refuses_all_of_it(desk: Desk) -> None:
    (desk.folder / "to-trinh.pdf").write_bytes(b"PK\x03\x04 no pdf")
    before = await desk.rows()
    with pytest.raises(AgendaFileInvalid) as invalid:
        await desk.take()
    [problem] = invalid.value.problems
    assert (problem.file, problem.say("vi").startswith("to-trinh.pdf: ")) == ("to-trinh.pdf", True)
    assert await desk.rows() == before
    assert not desk.files.folder.exists()


async def test_a_paper_that_changes_meanwhile_is_noticed(desk: Desk) -> None:
    agenda = read_agenda(write(desk.folder, AGENDA))
    papers = await check_papers(agenda, desk.check, {})
    swapped = {name: replace(paper, sha256="0" * 64) for name, paper in papers.items()}
    with pytest.raises(ValueError, match="changed while it was being imported"):
        await keep_papers(swapped, desk.files)


async def test_a_known_paper_is_not_read_again(desk: Desk) -> None:
    await desk.take()

    async def never(path: Path) -> PdfFacts:
        raise AssertionError(path)

    agenda = read_agenda(write(desk.folder, AGENDA))
    async with desk.database.reading() as session:
        papers = await check_papers(agenda, never, await known_pages(session))
    assert papers["to-trinh.pdf"].pages == 2


async def test_every_change_is_in_the_log(desk: Desk) -> None:
    await desk.take()
    entries = await desk.all(AuditEntry)
    assert {entry.subject for entry in entries} == {
        "body", "agency", "person", "membership", "meeting", "agenda_item", "paper", "invitation",
    }  # fmt: skip
    assert {entry.action for entry in entries} == {"added"}
    await desk.take(CHANGED)
    assert [entry.action for entry in (await desk.all(AuditEntry))[len(entries) :]] == ["changed", "changed"]

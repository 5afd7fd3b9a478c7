"""What comes after the call: late papers and late participants, sent once or twice, taken or refused."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx2
import pytest
from sqlmodel import col, select

from ecabinet.office.calling import calling_command
from ecabinet.rules.commands import AttachPaper, CancelMeeting, RemovePaper
from ecabinet.rules.meeting import AgendaPaper, Role
from ecabinet.rules.meeting import Meeting as Record
from ecabinet.rules.text import Text
from ecabinet.store.tables import AgendaItem, Body, Invitation, Meeting, Paper, Person, StoredFile
from tests.paper.pdfs import typeset
from tests.web.conftest import NOW, Browser, House

PDF = typeset("<h1>Tờ trình</h1><p>Về đề án phát triển du lịch.</p>")


@dataclass
class Called:
    """A called meeting of the house: `secretary` takes part in it, `director` is a member."""

    house: House
    secretary: Browser
    director: Browser
    id: int = 1
    people: dict[str, int] = field(default_factory=dict)

    @property
    async def record(self) -> Record:
        return await self.house.app.state.rooms.meeting(self.id)  # type: ignore[no-any-return]

    async def send_paper(
        self, browser: Browser | None = None, content: bytes = PDF, name: str = "45_TTr-SDL Đề án.pdf", **fields: object
    ) -> httpx2.Response:
        files = {"file": (name, content, "application/pdf")} if content is not None else None
        values = {"id": "p-1", "item": 2} | fields
        return await (browser or self.secretary).post(f"/api/meetings/{self.id}/papers", values, files=files)

    async def send_person(self, browser: Browser | None = None, **fields: object) -> httpx2.Response:
        values = {"id": "a-1", "person": self.people["chuyengia"], "role": "invitee"} | fields
        return await (browser or self.secretary).post(f"/api/meetings/{self.id}/participants", values)

    async def rows(self, table: type) -> list:  # type: ignore[type-arg]
        async with self.house.app.state.database.reading() as session:
            return list((await session.exec(select(table))).all())

    async def papers(self) -> list[Paper]:
        """The living ones."""
        return [row for row in await self.rows(Paper) if row.deleted_at is None]


@pytest.fixture
async def called(house: House) -> AsyncIterator[Called]:
    people, password = dict(house.ids), (await house.person("thuky")).password_hash
    async with house.app.state.database.writing() as session:
        for username, office in (("chuyengia", "Chuyên gia du lịch"), ("khachcu", "Nguyên lãnh đạo Sở")):
            person = Person(
                username=username, office_vi=office, is_active=username == "chuyengia", password_hash=password
            )
            session.add(person)
            await session.flush()
            people[username] = person.id or 0
        session.add(Body(id=1, code="ubnd", name_vi="UBND tỉnh"))
        session.add(Meeting(id=1, key="phien-1", body_id=1, title_vi="Phiên họp", created_at=NOW))
        await session.flush()
        for number in (1, 2):
            session.add(AgendaItem(id=number, meeting_id=1, position=number, title_vi=f"Nội dung {number}"))
        roles = {"quantri": "chair", "thuky": "secretariat", "gd-dulich": "member", "khachcu": "invitee"}
        for username, role in roles.items():
            session.add(Invitation(meeting_id=1, person_id=people[username], role=role))
    async with house.app.state.database.reading() as session:
        command = await calling_command(session, 1, by=people["thuky"], command_id="call")
    await house.app.state.rooms.execute(1, command)
    secretary, director = await house.signed_in("thuky"), await house.signed_in("gd-dulich")
    yield Called(house, secretary, director, people=people)


async def test_a_late_paper_reaches_the_record_and_the_rows(called: Called) -> None:
    answer = await called.send_paper()
    assert (answer.status_code, answer.json()["id"]) == (200, "p-1")
    [paper], [row] = (await called.record).items[2].papers, await called.papers()
    assert (paper.id, paper.title.vi, paper.number, paper.pages) == (row.id, "Đề án", "45/TTr-SDL", 1)
    assert (row.item_id, row.kind, row.position) == (2, "submission", 0)
    opened = await called.director.get(f"/papers/{row.id}")
    assert opened.content == PDF


async def test_a_late_paper_sent_twice_is_one(called: Called) -> None:
    first, second = await called.send_paper(), await called.send_paper()
    assert first.json() == second.json()
    assert len(await called.rows(Paper)) == 1
    assert len((await called.record).items[2].papers) == 1


async def test_a_late_paper_sent_again_after_the_end_is_still_answered_as_taken(called: Called) -> None:
    first = await called.send_paper()
    rooms, chair = called.house.app.state.rooms, called.people["quantri"]
    await rooms.execute(1, CancelMeeting(id="end", by=chair, reason="bão"))
    assert (await called.send_paper()).json() == first.json()
    refused = await called.send_paper(id="p-2")
    assert (refused.status_code, refused.json()["refused"]["reason"]) == (409, "meeting_over")


async def test_what_the_rules_refuse_is_not_even_read(called: Called) -> None:
    by_member = await called.send_paper(called.director, content=b"no pdf at all")
    assert (by_member.status_code, by_member.json()["refused"]["reason"]) == (409, "only_secretariat")
    nowhere = await called.send_paper(item=99)
    assert (nowhere.status_code, nowhere.json()["refused"]["reason"]) == (409, "no_such_item")
    assert await called.rows(Paper) == [] and await called.rows(StoredFile) == []


async def test_a_paper_that_is_no_pdf_is_told_in_words(called: Called) -> None:
    answer = await called.send_paper(content=b"PK\x03\x04 word")
    assert answer.status_code == 422
    assert "PDF" in answer.json()["problems"]["file"]
    none = await called.secretary.post("/api/meetings/1/papers", {"id": "p-1", "item": 2})
    assert "file" in none.json()["problems"]
    assert await called.rows(Paper) == [] and (await called.record).items[2].papers == ()


async def test_a_number_that_is_taken_is_told_and_nothing_stays(called: Called) -> None:
    await called.send_paper(number="45/TTr-SDL", title_vi="Tờ trình")
    answer = await called.send_paper(id="p-2", number="45/ttr-sdl", title_vi="Khác")
    assert list(answer.json()["problems"]) == ["number"]
    assert len(await called.rows(Paper)) == len(await called.rows(StoredFile)) == 1


async def test_a_removed_paper_is_gone_for_readers_too(called: Called) -> None:
    await called.send_paper()
    [row] = await called.papers()
    rooms, secretary = called.house.app.state.rooms, called.people["thuky"]
    await rooms.execute(1, RemovePaper(id="r", by=secretary, item=2, paper=row.id or 0))
    assert await called.papers() == []
    assert (await called.director.get(f"/papers/{row.id}")).status_code == 404
    assert (await called.record).items[2].papers == ()
    again = AgendaPaper(row.id or 0, Text(row.title_vi), row.number, row.kind, 1)
    await rooms.execute(1, AttachPaper(id="back", by=secretary, item=2, paper=again))
    assert (await called.director.get(f"/papers/{row.id}")).content == PDF


async def test_a_late_invitee_is_admitted_to_the_named_items(called: Called) -> None:
    answer = await called.send_person(items=[2])
    assert answer.status_code == 200
    added = (await called.record).participants[called.people["chuyengia"]]
    assert (added.role, added.item_ids, added.office.vi) == (Role.INVITEE, (2,), "Chuyên gia du lịch")
    assert (await called.send_person(items=[2])).json() == answer.json()
    async with called.house.app.state.database.reading() as session:
        query = select(Invitation).where(col(Invitation.person_id) == called.people["chuyengia"])
        [row] = (await session.exec(query)).all()
    assert (row.role, row.item_ids, row.position) == ("invitee", [2], 1)


async def test_whoever_was_listed_but_closed_is_added_over_the_old_row(called: Called) -> None:
    async with called.house.app.state.database.writing() as session:
        (await session.get_one(Person, called.people["khachcu"])).is_active = True
    answer = await called.send_person(
        person=called.people["khachcu"], role="substitute", stands_for=called.people["gd-dulich"]
    )
    assert answer.status_code == 200, answer.text
    rows = [row for row in await called.rows(Invitation) if row.person_id == called.people["khachcu"]]
    assert [(row.role, row.for_person_id) for row in rows] == [("substitute", called.people["gd-dulich"])]


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"person": 999}, 422, "person"),
        ({"person": "khachcu"}, 422, "person"),
        ({"role": "king"}, 422, "role"),
        ({"role": "screen"}, 422, "role"),
        ({"person": "manhinh"}, 422, "role"),
        ({"role": "member"}, 409, "role_not_for_late"),
        ({"role": "substitute"}, 409, "stands_for_unknown"),
        ({"person": "gd-dulich"}, 409, "person_exists"),
        ({"items": [99]}, 409, "no_such_item"),
    ],
)
async def test_who_cannot_be_added_is_told_why(
    called: Called, fields: dict[str, object], status: int, told: str
) -> None:
    if isinstance(username := fields.get("person"), str):
        fields = fields | {"person": called.people[username]}
    answer = await called.send_person(**fields)
    assert answer.status_code == status
    body = answer.json()
    assert told in (body["problems"] if status == 422 else [body["refused"]["reason"]])
    assert len((await called.record).participants) == 3


async def test_only_the_secretariat_adds_people_and_sees_who_could_be_added(called: Called) -> None:
    by_member = await called.send_person(called.director)
    assert by_member.json()["refused"]["reason"] == "only_secretariat"
    assert (await called.director.get("/api/meetings/1/candidates")).status_code == 403
    stranger = await called.house.signed_in("chuyengia")
    assert (await called.send_person(stranger)).status_code == 404
    assert (await stranger.get("/api/meetings/1/candidates")).status_code == 404


async def test_candidates_are_those_who_do_not_take_part_yet(called: Called) -> None:
    answer = await called.secretary.get("/api/meetings/1/candidates")
    found = {person["person"]: person for person in answer.json()["people"]}
    assert set(found) == {called.people[name] for name in ("manhinh", "chuyengia")}
    assert found[called.people["manhinh"]]["kind"] == "screen"
    assert found[called.people["chuyengia"]]["office"] == {"vi": "Chuyên gia du lịch", "en": ""}


async def test_both_forms_need_their_token_and_a_session(called: Called) -> None:
    for send in (called.send_paper, called.send_person):
        assert (await send(csrf_token="wrong")).status_code == 403
        assert (await send(called.house.browser())).status_code == 401
        assert (await send(id="")).status_code == 400
    assert await called.rows(Paper) == []

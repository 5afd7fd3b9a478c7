"""A body with members and a draft meeting, as the desk's pages find them, and PDFs to attach."""

import io
import re
from dataclasses import dataclass

import pikepdf
from sqlmodel import col, select

from ecabinet.office.agenda import ItemFields, add_item
from ecabinet.office.bodies import BodyFields, Seat, add_body, set_members
from ecabinet.office.local_time import at_local
from ecabinet.office.meetings import MeetingFields, create_meeting
from ecabinet.store.tables import AgendaItem, Meeting, Paper, Person
from tests.web.conftest import NOW, Browser, House


@dataclass
class Desk:
    """The ids of what stands in the database, and a browser of its secretary."""

    house: House
    secretary: Browser
    body: int
    meeting: int
    items: dict[str, int]

    @property
    def address(self) -> str:
        return f"/desk/meetings/{self.meeting}"

    async def agenda(self) -> str:
        """'1 A, 1.1 B', read from the page as anybody would."""
        return read_agenda((await self.secretary.get(self.address)).text)

    async def paper_rows(self) -> list[Paper]:
        async with self.house.app.state.database.reading() as session:
            query = select(Paper).where(Paper.meeting_id == self.meeting).order_by(col(Paper.id))
            return list((await session.exec(query)).all())

    async def row(self) -> Meeting:
        async with self.house.app.state.database.reading() as session:
            return await session.get_one(Meeting, self.meeting)

    async def item_row(self, title: str) -> AgendaItem:
        async with self.house.app.state.database.reading() as session:
            return await session.get_one(AgendaItem, self.items[title])

    async def second_secretary(self) -> Browser:
        """Another desk, another cookie: the same account is enough for two forms at once."""
        return await self.house.signed_in("thuky")


async def furnish(house: House, titles: tuple[str, ...] = ("Khai mạc", "Đề án du lịch", "Bế mạc")) -> Desk:
    by, now = house.ids["thuky"], NOW
    async with house.app.state.database.writing() as session:
        body = await add_body(session, BodyFields("ubnd", "UBND tỉnh", "People's Committee"), by=by, now=now)
        seats = [Seat(house.ids["gd-dulich"], "chair", 1)]
        await set_members(session, body.id or 0, seats, version=body.version, by=by, now=now)
        fields = MeetingFields(
            body_id=body.id or 0,
            title_vi="Phiên họp tháng 12",
            number="12",
            place_vi="Phòng họp 1",
            starts_at=at_local(NOW.date().replace(month=12), NOW.time()),
        )
        meeting = await create_meeting(session, fields, by=by, now=now)
        items = {}
        for title in titles:
            item = await add_item(session, meeting.id or 0, ItemFields(title_vi=title), by=by, now=now)
            items[title] = item.id or 0
    return Desk(house, await house.signed_in("thuky"), body.id or 0, meeting.id or 0, items)


async def add_account(house: House, username: str, **fields: object) -> int:
    """Somebody who can sign in with the password of everybody."""
    async with house.app.state.database.writing() as session:
        known = await session.get_one(Person, house.ids["thuky"])
        person = Person(username=username, password_hash=known.password_hash, **fields)
        session.add(person)
        await session.flush()
        house.ids[username] = person.id or 0
    return house.ids[username]


def read_agenda(html: str) -> str:
    rows = re.findall(
        r'class="plan-number">([^<]*)</span>\s*<span class="plan-text"><span class="plan-title">([^<]*)<', html
    )
    return ", ".join(f"{number} {title}" for number, title in rows)


def hidden(html: str, name: str) -> str:
    """The value of a hidden field, as the browser would send it."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no field {name}"
    return found.group(1).replace("&#34;", '"').replace("&amp;", "&")


def pdf(pages: int = 1) -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    document.save(out, deterministic_id=True)
    return out.getvalue()

"""Why an agenda may not be imported, although the file itself is right."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agenda_rows import starts_at
from ecabinet.office.local_time import local_day
from ecabinet.paper.agenda_parts import AgendaFile
from ecabinet.rules.text import Text
from ecabinet.store.meetings import find_by_key, find_meeting, find_numbered
from ecabinet.store.tables import Body, Meeting, Person


async def refusals(session: AsyncSession, agenda: AgendaFile, *, for_change: bool = False) -> tuple[Text, ...]:
    """`for_change` holds the meeting's row: nobody calls the meeting while it is being changed."""
    meeting = await find_by_key(session, agenda.meeting.key)
    if meeting is not None and meeting.id is not None and for_change:
        meeting = await find_meeting(session, meeting.id, for_change=True)
    body = (await session.exec(select(Body).where(Body.code == agenda.body.code))).first()
    found = _of_meeting(meeting, body)
    if body is not None and body.id is not None:
        found += await _of_number(session, agenda, body.id, meeting)
    return tuple(found + await _of_people(session, agenda))


def _of_meeting(meeting: Meeting | None, body: Body | None) -> list[Text]:
    if meeting is None:
        return []
    title = Text(meeting.title_vi, meeting.title_en)
    if meeting.stage != "draft":
        return [
            Text(
                f"“{title.say('vi')}” đã triệu tập hoặc đã hủy nên không nhập đè được. Hãy sửa trên trang của thư ký, hoặc đặt key khác để tạo cuộc họp mới.",
                f"“{title.say('en')}” has been called or cancelled, so an import may not change it. Change it on the secretariat's page, or give another key to make a new meeting.",
            )
        ]
    if body is None or meeting.body_id != body.id:
        return [
            Text(
                f"Key “{meeting.key}” đã thuộc về “{title.say('vi')}” của tập thể họp khác. Hãy đặt key khác.",
                f"The key “{meeting.key}” belongs to “{title.say('en')}” of another body. Give another key.",
            )
        ]
    return []


async def _of_number(session: AsyncSession, agenda: AgendaFile, body_id: int, meeting: Meeting | None) -> list[Text]:
    """Numbers begin anew each year (Decree 30/2020, art. 15); an unknown year may be this one."""
    number = agenda.meeting.number
    moment = starts_at(agenda.meeting)
    for other in await find_numbered(session, body_id) if number else ():
        years = {local_day(when).year for when in (moment, other.starts_at) if when}
        is_other = meeting is None or other.id != meeting.id
        if is_other and other.number.casefold() == number.casefold() and len(years) < 2:
            title = Text(other.title_vi, other.title_en)
            return [
                Text(
                    f"Số {number} đã dùng cho “{title.say('vi')}”. Hãy ghi number khác hoặc bỏ dòng này.",
                    f"“{title.say('en')}” has number {number} already. Give another number or leave it out.",
                )
            ]
    return []


async def _of_people(session: AsyncSession, agenda: AgendaFile) -> list[Text]:
    """A screen is an account of its own: it may not become a person's, nor a person's account a screen's."""
    screens = {person.username: person.role == "screen" for person in agenda.people}
    mixed = [
        person.username
        for person in await _accounts(session, screens)
        if screens[person.username] != (person.kind == "screen")
    ]
    return [
        Text(
            f"Tài khoản “{username}” đã có và khác loại (màn hình hoặc người). Hãy đặt username khác.",
            f"The account “{username}” exists and is of the other kind (screen or person). Choose another username.",
        )
        for username in mixed
    ]


async def _accounts(session: AsyncSession, usernames: Iterable[str]) -> list[Person]:
    query = select(Person).where(col(Person.username).in_(list(usernames))).order_by(col(Person.username))
    return list((await session.exec(query)).all())

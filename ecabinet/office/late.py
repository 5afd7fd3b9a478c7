"""What comes after the call: late papers and late participants, on their way into the record.

A late paper's row is reserved before the record takes the paper, and belongs to nothing until then; the event log brings
it to life in the transaction of its event. What the record did not take goes away again.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.calling import agenda_paper, participant_of
from ecabinet.office.invitations import SCREEN_PROBLEM, Invite
from ecabinet.office.papers import PaperFields, check_paper
from ecabinet.office.problems import Invalid, Problem
from ecabinet.rules.meeting import AgendaPaper, Meeting, Participant, Role
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_papers
from ecabinet.store.people import find_people
from ecabinet.store.tables import Agency, Invitation, MeetingEvent, Paper, Person, StoredFile

_NOBODY = Problem("person", Text("Hãy chọn một người trong danh sách.", "Choose somebody from the list."))
_NO_ROLE = Problem("role", Text("Hãy chọn tư cách tham dự.", "Choose in which capacity they attend."))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could still be added to a meeting."""

    person: Person
    agency: Agency | None


async def was_done(session: AsyncSession, meeting_id: int, command_id: str) -> bool:
    """Whether the record has this command already: what comes again is answered, not judged anew."""
    query = select(MeetingEvent.seq).where(MeetingEvent.meeting_id == meeting_id, MeetingEvent.command_id == command_id)
    return (await session.exec(query)).first() is not None


async def reserve_paper(
    session: AsyncSession, meeting_id: int, item_id: int, data: PaperFields, file: StoredFile, now: datetime
) -> AgendaPaper:
    """Last among the papers of the item, once the record takes it. Raises Invalid."""
    await check_paper(session, meeting_id, data)
    position = sum(paper.item_id == item_id for paper, _ in await find_papers(session, meeting_id))
    row = Paper(
        meeting_id=meeting_id, item_id=item_id, position=position, file_id=file.id, deleted_at=now, **asdict(data)
    )
    session.add(row)
    await session.flush()
    return agenda_paper(row, file)


async def drop_reserved(session: AsyncSession, paper_id: int) -> None:
    """Nothing happens to a paper that the record has taken."""
    row = await session.get(Paper, paper_id)
    if row is None or row.deleted_at is None:
        return
    await session.delete(row)
    await session.flush()
    await session.exec(delete(StoredFile).where(col(StoredFile.id) == row.file_id))


async def late_participant(session: AsyncSession, wish: Invite) -> Participant:
    """Somebody as the meeting would list them; whether it may is for its rules to say. Raises Invalid."""
    person = await session.get(Person, wish.person_id)
    if person is None or not person.is_active:
        raise Invalid(_NOBODY)
    if wish.role not in {role.value for role in Role}:
        raise Invalid(_NO_ROLE)
    if (person.kind == "screen") != (wish.role == Role.SCREEN):
        raise Invalid(SCREEN_PROBLEM)
    row = Invitation(
        meeting_id=0,
        person_id=wish.person_id,
        role=wish.role,
        weight=1,
        item_ids=list(wish.item_ids) if wish.role == Role.INVITEE else [],
        for_person_id=wish.for_person_id if wish.role == Role.SUBSTITUTE else None,
    )
    return participant_of(row, person)


async def candidates(session: AsyncSession, meeting: Meeting) -> list[Candidate]:
    """In the order of offices; whoever takes part already is left out."""
    return [
        Candidate(person, agency)
        for person, agency in await find_people(session)
        if person.is_active and person.id not in meeting.participants
    ]

"""Rows brought in line with an agenda file, one kind after the other; dry, the same walk only tells."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.agenda_papers import MEDIA_TYPE, Papers
from ecabinet.office.agenda_rows import (
    Values,
    body_columns,
    item_columns,
    meeting_columns,
    paper_columns,
    person_columns,
    text_columns,
)
from ecabinet.office.agenda_settle import Settler
from ecabinet.paper.agenda_keys import keys
from ecabinet.paper.agenda_parts import AgendaFile, AgendaPerson, ItemEntry
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_deleted_rows, find_items
from ecabinet.store.meetings import find_by_key
from ecabinet.store.people import find_members
from ecabinet.store.tables import (
    Agency,
    AgendaItem,
    Body,
    Invitation,
    Meeting,
    Membership,
    Paper,
    Person,
    StoredFile,
)

SEATED = ("chair", "deputy", "member", "secretariat")


@dataclass(slots=True)
class Reconciler:
    """Takes an agenda into the rows by way of `settler`, whose `lines` are the plan."""

    settler: Settler
    papers: Papers
    password_hash: str = ""

    @property
    def _session(self) -> AsyncSession:
        return self.settler.session

    async def take(self, agenda: AgendaFile) -> int:
        """Returns the id of the meeting."""
        body_id = await self._body(agenda)
        agencies = await self._agencies(agenda)
        people = await self._people(agenda, agencies)
        await self._memberships(agenda, body_id, people)
        meeting_id = await self._meeting(agenda, body_id)
        items = await self._items(agenda, meeting_id, agencies)
        await self._every_paper(agenda, meeting_id, items)
        await self._invitations(agenda, meeting_id, body_id, people, items)
        return meeting_id

    async def _body(self, agenda: AgendaFile) -> int:
        row = (await self._session.exec(select(Body).where(Body.code == agenda.body.code))).first()
        values = body_columns(agenda.body)
        if row is None:
            values = {"code": agenda.body.code, "name_vi": "", "rule_set": RuleSet().to_json()} | values
        return await self.settler.settle("body", Body, row, agenda.body.name, values)

    async def _agencies(self, agenda: AgendaFile) -> dict[str, int]:
        rows = {row.code: row for row in (await self._session.exec(select(Agency))).all()}
        last = max((row.position for row in rows.values()), default=0)
        ids = {}
        for place, (code, name) in enumerate(agenda.agencies.items(), 1):
            values = text_columns("name", name)
            if code not in rows:
                values = {"code": code, "name_vi": "", "position": last + place} | values
            ids[code] = await self.settler.settle("agency", Agency, rows.get(code), name, values)
        return ids

    async def _people(self, agenda: AgendaFile, agencies: dict[str, int]) -> dict[str, int]:
        names = [person.username for person in agenda.people]
        found = (await self._session.exec(select(Person).where(col(Person.username).in_(names)))).all()
        rows = {row.username: row for row in found}
        ids = {}
        for person in agenda.people:
            values = person_columns(person, agencies.get(person.agency))
            if person.username not in rows:
                values = self._new_account(person) | values
            label = _label(person)
            ids[person.username] = await self.settler.settle("person", Person, rows.get(person.username), label, values)
        return ids

    def _new_account(self, person: AgendaPerson) -> Values:
        """Language, password and rights are set once; from then on they are the person's and the administrator's."""
        return {
            "username": person.username,
            "office_vi": "",
            "language": person.language,
            "kind": "screen" if person.role == "screen" else "person",
            "is_secretariat": person.role == "secretariat",
            "password_hash": self.password_hash,
        }

    async def _memberships(self, agenda: AgendaFile, body_id: int, people: dict[str, int]) -> None:
        query = select(Membership).where(Membership.body_id == body_id)
        rows = {row.person_id: row for row in (await self._session.exec(query)).all()}
        for position, person in enumerate(agenda.people, 1):
            if person.role not in SEATED:
                continue
            person_id = people[person.username]
            values = {"role": person.role, "position": position, "weight": person.weight, "is_active": True}
            values |= {"body_id": body_id, "person_id": person_id}
            await self.settler.settle("membership", Membership, rows.get(person_id), _label(person), values)

    async def _meeting(self, agenda: AgendaFile, body_id: int) -> int:
        row = await find_by_key(self._session, agenda.meeting.key)
        values = meeting_columns(agenda.meeting, body_id)
        if row is None:
            values |= {"key": agenda.meeting.key, "created_at": self.settler.now, "created_by": self.settler.by}
        return await self.settler.settle("meeting", Meeting, row, agenda.meeting.title, values)

    async def _items(self, agenda: AgendaFile, meeting_id: int, agencies: dict[str, int]) -> dict[str, int]:
        rows = await self._item_rows(meeting_id)
        ids: dict[str, int] = {}

        async def settle(items: Iterable[ItemEntry], parent_id: int | None) -> None:
            for position, item in enumerate(items):
                row = rows.get(item.key)
                values = item_columns(item, parent_id, position, agencies.get(item.agency))
                values |= {"meeting_id": meeting_id} if row is None else {}
                ids[item.key] = await self.settler.settle("agenda_item", AgendaItem, row, item.title, values)
                await settle(item.items, ids[item.key])

        await settle(agenda.items, None)
        return ids

    async def _item_rows(self, meeting_id: int) -> dict[str, AgendaItem]:
        """By key: given ones and, for rows made at the desk, the key that a file would make for them."""
        living = await find_items(self._session, meeting_id)
        made = keys((row.key, Text(row.title_vi, row.title_en)) for row in living)
        deleted = {row.key: row for row in await find_deleted_rows(self._session, meeting_id) if row.key}
        return deleted | dict(zip(made, living, strict=True))

    async def _every_paper(self, agenda: AgendaFile, meeting_id: int, items: dict[str, int]) -> None:
        query = select(Paper, StoredFile).join(StoredFile, col(StoredFile.id) == col(Paper.file_id), isouter=True)
        found = (
            await self._session.exec(
                query.where(Paper.meeting_id == meeting_id).order_by(col(Paper.position), col(Paper.id))
            )
        ).all()
        files = {paper.id: file for paper, file in found}
        for item in agenda.every_item():
            rows = _by_key([paper for paper, _ in found if paper.item_id == items[item.key]])
            for position, entry in enumerate(item.papers):
                row = rows.get(entry.key)
                values = paper_columns(entry, items[item.key], position)
                if entry.file:
                    values["file_id"] = await self._file(entry.file, files[row.id] if row else None)
                if row is None:
                    values["meeting_id"] = meeting_id
                await self.settler.settle("paper", Paper, row, entry.title, values)

    async def _file(self, name: str, current: StoredFile | None) -> int:
        """The row of these bytes under this name: the current one where it is the same."""
        paper = self.papers[name]
        if current is not None and (current.sha256, current.name) == (paper.sha256, name):
            return current.id or 0
        values: Values = {
            "sha256": paper.sha256,
            "size_bytes": paper.size_bytes,
            "media_type": MEDIA_TYPE,
            "name": name,
            "pages": paper.pages,
            "created_at": self.settler.now,
            "created_by": self.settler.by,
        }
        return await self.settler.store(StoredFile(**values))

    async def _invitations(
        self, agenda: AgendaFile, meeting_id: int, body_id: int, people: dict[str, int], items: dict[str, int]
    ) -> None:
        query = select(Invitation).where(Invitation.meeting_id == meeting_id)
        rows = {row.person_id: row for row in (await self._session.exec(query)).all()}
        every = [items[item.key] for item in agenda.items]
        for position, person in enumerate(agenda.people, 1):
            person_id = people[person.username]
            admitted = every if person.items is None else [items[key] for key in person.items]
            values = {"role": person.role, "position": position, "weight": person.weight}
            values["item_ids"] = admitted if person.role == "invitee" else []
            values["for_person_id"] = people[person.stands_for] if person.stands_for else None
            await self._invite(rows.get(person_id), meeting_id, person_id, _label(person), values)
        for seat, member in await find_members(self._session, body_id):
            if seat.person_id not in people.values() and seat.person_id not in rows:
                values = {"role": seat.role, "position": len(agenda.people) + seat.position, "weight": seat.weight}
                label = Text(member.office_vi, member.office_en)
                await self._invite(None, meeting_id, seat.person_id, label, values)

    async def _invite(
        self, row: Invitation | None, meeting_id: int, person_id: int, label: Text, values: Values
    ) -> None:
        if row is None:
            values = values | {"meeting_id": meeting_id, "person_id": person_id}
        await self.settler.settle("invitation", Invitation, row, label, values)


def _label(person: AgendaPerson) -> Text:
    return Text(
        f"{person.office.say('vi')} ({person.username})",
        f"{person.office.say('en')} ({person.username})",
    )


def _by_key(papers: list[Paper]) -> dict[str, Paper]:
    """By given key and, for papers made at the desk, by the key that a file would make; the living before the deleted."""
    living = [row for row in papers if row.deleted_at is None]
    made = keys((row.key, Text(row.title_vi, row.title_en)) for row in living)
    deleted = {row.key: row for row in papers if row.deleted_at is not None and row.key}
    return deleted | dict(zip(made, living, strict=True))

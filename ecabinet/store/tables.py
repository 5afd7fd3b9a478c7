"""The tables: people, bodies, meetings in preparation, papers, sessions and the event log."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from ecabinet.store.columns import Moment

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _moment(nullable: bool = False, index: bool = False) -> Any:
    return Field(sa_column=Column(Moment(), nullable=nullable, index=index))


def _json(default: Any = dict) -> Any:
    return Field(default_factory=default, sa_column=Column(JSON, nullable=False))


class Agency(SQLModel, table=True):
    """A department, an office or a district; a dated record, since units merge and are renamed."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name_vi: str
    name_en: str = ""
    position: int = 0
    is_active: bool = True
    version: int = 1


class Person(SQLModel, table=True):
    """Who signs in; named by the office held. `kind` is 'person' or 'screen' (a screen in the room)."""

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True)
    name: str = ""
    office_vi: str
    office_en: str = ""
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    email: str = ""
    language: str = "vi"
    kind: str = "person"
    password_hash: str = ""
    is_administrator: bool = False
    is_secretariat: bool = False
    is_active: bool = True
    must_change_password: bool = False
    version: int = 1


class Body(SQLModel, table=True):
    """A committee that meets; `rule_set` is `RuleSet.to_json()` and is frozen into a meeting when it is called."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name_vi: str
    name_en: str = ""
    superior_vi: str = ""
    superior_en: str = ""
    symbol: str = ""
    place_vi: str = ""
    place_en: str = ""
    language: str = "vi"
    rule_set: dict[str, Any] = _json()
    is_active: bool = True
    version: int = 1


class Membership(SQLModel, table=True):
    """A seat of a body; `role` is chair, deputy, member or secretariat. `position` is the order of precedence."""

    __table_args__ = (UniqueConstraint("body_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    position: int = 0
    weight: int = 1
    is_active: bool = True


class LoginSession(SQLModel, table=True):
    """A signed-in browser or program; only the SHA-256 of its token is kept."""

    __tablename__ = "login_session"
    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    csrf_token: str
    created_at: datetime = _moment()
    seen_at: datetime = _moment()
    expires_at: datetime = _moment(index=True)
    address: str = ""
    agent: str = ""


class LoginFailure(SQLModel, table=True):
    """A failed sign-in, counted per account and per address; `username` is a hash, since people type passwords there."""

    __tablename__ = "login_failure"
    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(index=True)
    address: str = Field(index=True)
    at: datetime = _moment(index=True)


class Meeting(SQLModel, table=True):
    """A meeting; its agenda is rows while `stage` is 'draft', events from the moment it is called.

    `stage`, `head_seq` and `head_hash` follow the event log in the same transaction.
    `facts` holds what the source tells beside the known fields (name -> value), `reality` is '', 'real' or 'illustrative'.
    """

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    kind: str = "ordinary"
    number: str = ""
    title_vi: str = ""
    title_en: str = ""
    place_vi: str = ""
    place_en: str = ""
    language: str = "vi"
    starts_at: datetime | None = _moment(nullable=True)
    when_text: str = ""
    reality: str = ""
    source: str = ""
    facts: dict[str, Any] = _json()
    stage: str = "draft"
    created_at: datetime = _moment()
    created_by: int | None = Field(default=None, foreign_key="person.id")
    version: int = 1
    head_seq: int = 0
    head_hash: str = ""


class AgendaItem(SQLModel, table=True):
    """An item of a draft agenda; `position` orders the children of one parent. Deleted rows stay for undo."""

    __tablename__ = "agenda_item"
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    position: int = 0
    key: str = ""
    kind: str = "discussion"
    title_vi: str = ""
    title_en: str = ""
    presenter_vi: str = ""
    presenter_en: str = ""
    agency_id: int | None = Field(default=None, foreign_key="agency.id")
    planned_minutes: int | None = None
    facts: dict[str, Any] = _json()
    version: int = 1
    deleted_at: datetime | None = _moment(nullable=True)


class StoredFile(SQLModel, table=True):
    """Bytes kept in the files folder under their SHA-256; `name` is only what the person called it."""

    __tablename__ = "stored_file"
    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    size_bytes: int
    media_type: str
    name: str
    pages: int | None = None
    created_at: datetime = _moment()
    created_by: int | None = Field(default=None, foreign_key="person.id")


class Paper(SQLModel, table=True):
    """A paper of an item. `file_id` is NULL where only its existence is known (a real agenda without its files)."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    item_id: int = Field(foreign_key="agenda_item.id", index=True)
    position: int = 0
    key: str = ""
    title_vi: str = ""
    title_en: str = ""
    number: str = ""
    kind: str = ""
    issuer: str = ""
    issued_on: date | None = None
    note: str = ""
    language: str = "vi"
    file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    deleted_at: datetime | None = _moment(nullable=True)


class Invitation(SQLModel, table=True):
    """Who takes part in a meeting beside its members, and in which role; members stand here too, so that a list is one query.

    `role`: chair, deputy, member, secretariat, invitee, substitute, screen. `item_ids` names the items an invitee is
    admitted to. `for_person_id` is the member whom a substitute stands in for.
    """

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    position: int = 0
    weight: int = 1
    item_ids: list[int] = _json(list)
    for_person_id: int | None = Field(default=None, foreign_key="person.id")


class AgendaTemplate(SQLModel, table=True):
    """A saved agenda to start from; `content` is a list of items with children, titles, kinds and minutes."""

    __tablename__ = "agenda_template"
    id: int | None = Field(default=None, primary_key=True)
    body_id: int | None = Field(default=None, foreign_key="body.id")
    name: str
    content: list[dict[str, Any]] = _json(list)
    created_at: datetime = _moment()
    created_by: int | None = Field(default=None, foreign_key="person.id")


class MeetingEvent(SQLModel, table=True):
    """One event of a meeting, hash-chained; `canonical` is the exact bytes that were hashed.

    `part` numbers the events of one command, so that (meeting, command, part) holds idempotency by constraint.
    """

    __tablename__ = "meeting_event"
    __table_args__ = (UniqueConstraint("meeting_id", "command_id", "part"),)
    meeting_id: int = Field(sa_column=Column(ForeignKey("meeting.id"), primary_key=True))
    seq: int = Field(primary_key=True)
    command_id: str
    part: int = 0
    kind: str
    at: datetime = _moment()
    by: int | None = None
    canonical: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    hash: str


class Ballot(SQLModel, table=True):
    """The one ballot of a seat in a poll: the constraint, not a check in code, makes a second one impossible."""

    meeting_id: int = Field(sa_column=Column(ForeignKey("meeting.id"), primary_key=True))
    poll_id: str = Field(primary_key=True)
    seat_id: int = Field(primary_key=True)
    seq: int
    choice: str


class MinutesDraft(SQLModel, table=True):
    """The secretary's edits of the minutes: section key -> text; what is not edited comes from the record."""

    __tablename__ = "minutes_draft"
    meeting_id: int = Field(sa_column=Column(ForeignKey("meeting.id"), primary_key=True))
    sections: dict[str, Any] = _json()
    version: int = 1
    edited_at: datetime = _moment()
    edited_by: int | None = Field(default=None, foreign_key="person.id")


class AuditEntry(SQLModel, table=True):
    """Who did what and when outside the record of a meeting; no secrets, no ballots."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject", "subject_id"),)
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _moment(index=True)
    by: int | None = Field(default=None, foreign_key="person.id")
    action: str
    subject: str
    subject_id: str = ""
    detail: str = Field(default="", sa_column=Column(Text, nullable=False, default=""))


class SubmittedForm(SQLModel, table=True):
    """A form's one-time key, so that a double submit returns the first outcome instead of a second row."""

    __tablename__ = "submitted_form"
    key: str = Field(primary_key=True)
    at: datetime = _moment(index=True)
    outcome: str = ""

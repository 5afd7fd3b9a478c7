"""The minutes as the secretary edits them: prose over the record, never over a vote or the attendance."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.problems import Stale
from ecabinet.rules.events import Event, PresenceMarked
from ecabinet.rules.meeting import Meeting, PresenceStatus
from ecabinet.rules.minutes import Minutes, MinutesSection, minutes
from ecabinet.rules.text import Text
from ecabinet.store.audit import add_audit
from ecabinet.store.event_log import EventLog
from ecabinet.store.tables import MinutesDraft

# Beside the sections, what the form of Decree 30/2020 leaves to the secretary.
EXTRAS = ("number", "recipients")


@dataclass(frozen=True, slots=True)
class EditedMinutes:
    """The minutes with the secretary's words in place. `edited` names the sections that differ from the record."""

    minutes: Minutes
    edited: frozenset[str]
    number: str
    recipients: tuple[str, ...]
    version: int
    edited_at: datetime | None
    head_seq: int
    head_hash: str


async def edited_minutes(session: AsyncSession, log: EventLog, meeting: Meeting) -> EditedMinutes:
    """The minutes of a called meeting as they stand now; raises LookupError when there is no such meeting."""
    entries = await log.read()
    head = await log.head()
    if head is None:
        raise LookupError(log.meeting_id)
    draft = await session.get(MinutesDraft, log.meeting_id)
    words: Mapping[str, str] = draft.sections if draft else {}
    record = minutes(meeting, _ever_present([entry.event for entry in entries]))
    sections = tuple(_with_words(section, words) for section in record.sections)
    return EditedMinutes(
        minutes=replace(record, sections=sections),
        edited=frozenset(section.key for section in record.sections if section.key in words),
        number=words.get("number", ""),
        recipients=tuple(line for line in words.get("recipients", "").splitlines() if line.strip()),
        version=draft.version if draft else 0,
        edited_at=draft.edited_at if draft else None,
        head_seq=head.seq,
        head_hash=head.hash,
    )


async def save_minutes(
    session: AsyncSession, meeting_id: int, current: EditedMinutes, words: Mapping[str, str], by: int, now: datetime
) -> None:
    """Keep `words` (section key or extra -> text); a section typed as the record has it goes back to the record.

    Raises Stale, with the draft as it stands, when somebody saved since `current` was shown.
    """
    draft = await session.get(MinutesDraft, meeting_id)
    if (draft.version if draft else 0) != current.version:
        raise Stale(draft)
    kept = {key: text for key, text in words.items() if key in EXTRAS and text}
    kept |= {key: text for key, text in words.items() if key not in EXTRAS}
    if draft is None:
        session.add(MinutesDraft(meeting_id=meeting_id, sections=kept, edited_at=now, edited_by=by))
    else:
        draft.sections, draft.version, draft.edited_at, draft.edited_by = kept, draft.version + 1, now, by
    add_audit(session, at=now, by=by, action="edit", subject="minutes", subject_id=meeting_id)


def _ever_present(events: list[Event]) -> frozenset[int]:
    return frozenset(
        event.person for event in events if isinstance(event, PresenceMarked) and event.status is PresenceStatus.PRESENT
    )


def _with_words(section: MinutesSection, words: Mapping[str, str]) -> MinutesSection:
    """Minutes have one language; the secretary's words stand for both."""
    if section.key not in words:
        return section
    return replace(section, text=Text(words[section.key], words[section.key]))

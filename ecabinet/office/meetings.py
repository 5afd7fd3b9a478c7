"""Meetings in preparation: created, described, cancelled and brought back."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.changes import set_fields
from ecabinet.office.drafts import NAME_LIMIT, TITLE_LIMIT, NoLongerDraft, take_draft, too_long
from ecabinet.office.invitations import invite_secretary, refresh_members
from ecabinet.office.local_time import local_day
from ecabinet.office.problems import Invalid, Problem, Stale
from ecabinet.rules.text import Text
from ecabinet.store import meetings
from ecabinet.store.audit import add_audit
from ecabinet.store.people import Missing
from ecabinet.store.tables import Body, Meeting

KINDS = ("ordinary", "thematic", "urgent", "conference", "other")
LANGUAGES = ("vi", "en")
KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class MeetingFields:
    """What the secretariat decides about a meeting. `key` names it in files; left empty, it is made from the rest."""

    body_id: int
    kind: str = "ordinary"
    number: str = ""
    title_vi: str = ""
    title_en: str = ""
    place_vi: str = ""
    place_en: str = ""
    language: str = "vi"
    starts_at: datetime | None = None
    key: str = ""


async def create_meeting(session: AsyncSession, data: MeetingFields, *, by: int, now: datetime) -> Meeting:
    """A draft with the members of its body and its maker as secretary. Raises Invalid."""
    body = await _check(session, data, meeting_id=None)
    values = asdict(data) | {"key": data.key or await _fresh_key(session, body, data)}
    meeting = Meeting(**values, created_at=now, created_by=by)
    session.add(meeting)
    await session.flush()
    assert meeting.id is not None
    await refresh_members(session, meeting)
    await invite_secretary(session, meeting.id, by)
    _note(session, meeting, "added", by, now, meeting.key)
    return meeting


async def edit_meeting(
    session: AsyncSession, meeting_id: int, data: MeetingFields, *, version: int, by: int, now: datetime
) -> Meeting:
    """Raises Missing, NoLongerDraft, Invalid, or Stale when somebody else edited it since `version`."""
    meeting = await take_draft(session, meeting_id)
    if meeting.version != version:
        raise Stale(meeting)
    await _check(session, data, meeting_id)
    changes = set_fields(meeting, asdict(data) | {"key": data.key or meeting.key})
    if changes:
        meeting.version += 1
        await refresh_members(session, meeting)
        _note(session, meeting, "changed", by, now, "; ".join(changes))
    return meeting


async def cancel_draft(session: AsyncSession, meeting_id: int, *, by: int, now: datetime) -> Meeting:
    """Put the draft aside, whole. A meeting that was called is cancelled in its record instead: raises NoLongerDraft."""
    meeting = await take_draft(session, meeting_id)
    meeting.stage = "cancelled"
    meeting.version += 1
    _note(session, meeting, "cancelled", by, now, meeting.key)
    return meeting


async def restore_draft(session: AsyncSession, meeting_id: int, *, by: int, now: datetime) -> Meeting:
    """Undo `cancel_draft`. Raises Missing, NoLongerDraft, or Invalid when its number was given away meanwhile."""
    meeting = await meetings.find_meeting(session, meeting_id, for_change=True)
    if meeting is None:
        raise Missing(f"meeting {meeting_id}")
    if not is_cancelled_draft(meeting):
        raise NoLongerDraft(meeting)
    problem = await _number_problem(session, meeting.body_id, meeting.number, meeting.starts_at, meeting_id)
    if problem:
        raise Invalid(problem)
    meeting.stage = "draft"
    meeting.version += 1
    _note(session, meeting, "restored", by, now, meeting.key)
    return meeting


def is_cancelled_draft(meeting: Meeting) -> bool:
    """Cancelled before it was ever called: it has no record."""
    return meeting.stage == "cancelled" and meeting.head_seq == 0


async def _check(session: AsyncSession, data: MeetingFields, meeting_id: int | None) -> Body:
    problems = meeting_problems(data)
    body = await meetings.find_body(session, data.body_id)
    if body is None:
        raise Invalid(Problem("body_id", Text("Hãy chọn tập thể họp.", "Choose the body that meets.")), *problems)
    number = await _number_problem(session, data.body_id, data.number, data.starts_at, meeting_id)
    key = await _key_problem(session, data.key, meeting_id)
    problems += [problem for problem in (number, key) if problem]
    if problems:
        raise Invalid(*problems)
    return body


def meeting_problems(data: MeetingFields) -> list[Problem]:
    """What can be seen without the database."""
    problems = []
    if not (data.title_en if data.language == "en" else data.title_vi):
        problems.append(_title_problem(data.language))
    if data.kind not in KINDS:
        problems.append(Problem("kind", Text("Hãy chọn loại cuộc họp.", "Choose the kind of meeting.")))
    if data.language not in LANGUAGES:
        problems.append(
            Problem("language", Text("Hãy chọn ngôn ngữ văn bản.", "Choose the language of the documents."))
        )
    if data.key and not KEY.fullmatch(data.key):
        problems.append(Problem("key", _KEY_WORDS))
    limits = {
        "title_vi": TITLE_LIMIT,
        "title_en": TITLE_LIMIT,
        "place_vi": NAME_LIMIT,
        "place_en": NAME_LIMIT,
        "number": 60,
    }
    return problems + [too_long(name, limit) for name, limit in limits.items() if len(getattr(data, name)) > limit]


_KEY_WORDS = Text(
    "Mã gồm chữ thường không dấu, chữ số và gạch ngang, bắt đầu và kết thúc bằng chữ hoặc số.",
    "A key has small letters without marks, digits and hyphens, and begins and ends with a letter or a digit.",
)


def _title_problem(language: str) -> Problem:
    if language == "en":
        words = Text(
            "Cần tên cuộc họp bằng tiếng Anh, ngôn ngữ của văn bản.",
            "The title is needed in English, the language of the documents.",
        )
        return Problem("title_en", words)
    words = Text(
        "Hãy ghi tên cuộc họp bằng tiếng Việt.", "Give the title in Vietnamese, the language of the documents."
    )
    return Problem("title_vi", words)


async def _number_problem(
    session: AsyncSession, body_id: int, number: str, starts_at: datetime | None, meeting_id: int | None
) -> Problem | None:
    """Numbers begin anew each year (Decree 30/2020, art. 15); an unknown year may be this one."""
    if not number:
        return None
    for other in await meetings.find_numbered(session, body_id):
        years = {local_day(when).year for when in (starts_at, other.starts_at) if when}
        if other.id != meeting_id and other.number.casefold() == number.casefold() and len(years) < 2:
            title = Text(other.title_vi, other.title_en)
            return Problem(
                "number",
                Text(
                    f"Số {number} đã dùng cho «{title.say('vi')}». Hãy ghi số khác hoặc để trống.",
                    f"“{title.say('en')}” has number {number} already. Give another number or leave it empty.",
                ),
            )
    return None


async def _key_problem(session: AsyncSession, key: str, meeting_id: int | None) -> Problem | None:
    other = await meetings.find_by_key(session, key) if key else None
    if other is None or other.id == meeting_id:
        return None
    title = Text(other.title_vi, other.title_en)
    return Problem(
        "key",
        Text(
            f"Mã này đã dùng cho «{title.say('vi')}». Hãy ghi mã khác.",
            f"“{title.say('en')}” has this key already. Give another one.",
        ),
    )


async def _fresh_key(session: AsyncSession, body: Body, data: MeetingFields) -> str:
    """'ubnd-tth-2026-11-24', with -2, -3 ... where that is taken."""
    day = local_day(data.starts_at).isoformat() if data.starts_at else "draft"
    start = f"{body.code}-{day}"[:70].rstrip("-")
    taken = await meetings.find_keys_like(session, start)
    return next(key for key in _candidates(start, len(taken)) if key not in taken)


def _candidates(start: str, count: int) -> list[str]:
    return [start, *(f"{start}-{number}" for number in range(2, count + 3))]


def _note(session: AsyncSession, meeting: Meeting, action: str, by: int, now: datetime, detail: str) -> None:
    add_audit(session, at=now, by=by, action=action, subject="meeting", subject_id=meeting.id, detail=detail)

"""What every change of a draft meeting has in common: its turn, and that the meeting is still a draft."""

from sqlmodel.ext.asyncio.session import AsyncSession

from ecabinet.office.problems import Problem
from ecabinet.rules.text import Text
from ecabinet.store.meetings import find_meeting
from ecabinet.store.people import Missing
from ecabinet.store.tables import Meeting

TITLE_LIMIT = 1000
NAME_LIMIT = 300


class NoLongerDraft(Exception):
    """The meeting was called or cancelled: its rows are closed, changes go to the live page."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting.stage)
        self.meeting = meeting


async def take_draft(session: AsyncSession, meeting_id: int) -> Meeting:
    """The meeting, held until the transaction ends. Raises Missing or NoLongerDraft."""
    meeting = await find_meeting(session, meeting_id, for_change=True)
    if meeting is None:
        raise Missing(f"meeting {meeting_id}")
    if meeting.stage != "draft":
        raise NoLongerDraft(meeting)
    return meeting


def too_long(field: str, limit: int) -> Problem:
    return Problem(field, Text(f"Dài quá {limit} ký tự. Hãy rút gọn.", f"Longer than {limit} characters. Shorten it."))

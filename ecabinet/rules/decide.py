"""`decide`: what a command does to a meeting, as events, or why it is refused."""

from datetime import datetime

from ecabinet.rules import decide_agenda, decide_counts, decide_polls, decide_presence, decide_session
from ecabinet.rules.authority import participant, refuse_if_over
from ecabinet.rules.commands import CallMeeting, Command
from ecabinet.rules.events import Event
from ecabinet.rules.meeting import Meeting, Role
from ecabinet.rules.refused import Refused, refused

Decision = tuple[Event, ...] | Refused

_DECIDERS = (
    decide_session.DECIDERS
    | decide_presence.DECIDERS
    | decide_agenda.DECIDERS
    | decide_polls.DECIDERS
    | decide_counts.DECIDERS
)


def decide(meeting: Meeting, command: Command, now: datetime) -> Decision:
    """The events of `command`, or a `Refused`; an empty tuple when there is nothing left to do.

    Pure: the same meeting, command and `now` (aware) always give the same answer.
    """
    if isinstance(command, CallMeeting):
        return decide_session.call_meeting(meeting, command, now)
    asking = participant(meeting, command.by)
    if asking is None:
        return refused("not_in_meeting")
    if asking.role is Role.SCREEN:
        return refused("screen_cannot_act")
    return refuse_if_over(meeting) or _DECIDERS[type(command)](meeting, command, now)

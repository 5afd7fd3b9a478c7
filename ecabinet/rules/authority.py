"""Who may do what in a meeting."""

from ecabinet.rules.meeting import Meeting, Participant, Role, Stage
from ecabinet.rules.refused import Refused, refused


def participant(meeting: Meeting, person: int) -> Participant | None:
    return meeting.participants.get(person)


def role_of(meeting: Meeting, person: int) -> Role | None:
    found = participant(meeting, person)
    return found.role if found else None


def presides(meeting: Meeting, person: int) -> bool:
    return meeting.presiding == person


def is_secretariat(meeting: Meeting, person: int) -> bool:
    return role_of(meeting, person) is Role.SECRETARIAT


def may_run(meeting: Meeting, person: int) -> bool:
    """The person who presides, and the secretariat on the chair's behalf where the body allows it."""
    return presides(meeting, person) or (meeting.rules.secretariat_runs and is_secretariat(meeting, person))


def refuse_unless_running(meeting: Meeting, person: int) -> Refused | None:
    if may_run(meeting, person):
        return None
    return refused(
        "only_chair" if is_secretariat(meeting, person) else "only_running", meeting.rules.article("presiding")
    )


def refuse_unless_desk(meeting: Meeting, person: int) -> Refused | None:
    """Roll call, notes, late items and counts: the secretariat, or the person who presides."""
    if is_secretariat(meeting, person) or presides(meeting, person):
        return None
    return refused("only_secretariat")


def refuse_unless_in_session(meeting: Meeting) -> Refused | None:
    return None if meeting.stage is Stage.IN_SESSION else refused("not_in_session")


def refuse_if_over(meeting: Meeting) -> Refused | None:
    if meeting.stage is Stage.DRAFT:
        return refused("not_called")
    return refused("meeting_over") if meeting.stage in (Stage.CLOSED, Stage.CANCELLED) else None

"""What people ask a meeting to do: one dataclass per command, in the imperative.

`id` is made by the tablet (sending it again is harmless); `by` is the person of the session, never of the message.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ecabinet.rules.meeting import AgendaPaper, Item, ItemKind, MeetingHead, Participant, PresenceStatus
from ecabinet.rules.rule_set import Majority, RuleSet
from ecabinet.rules.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    id: str
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMeeting(Command):
    """Only the desk makes this one, from the rows of the draft."""

    head: MeetingHead
    rules: RuleSet
    participants: tuple[Participant, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendSession(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeSession(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSession(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMeeting(Command):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPresiding(Command):
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParticipant(Command):
    """Only the desk makes this one: it knows the person's office."""

    participant: Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitInvitee(Command):
    person: int
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOut(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPresence(Command):
    """The roll call of the secretariat; status None takes a mark back."""

    person: int
    status: PresenceStatus | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem(Command):
    """`item` is an id that the server reserves; a tablet leaves it out."""

    title: Text
    item: int = 0
    kind: ItemKind = ItemKind.DISCUSSION
    parent: int | None = None
    before: int | None = None
    presenter: Text = Text()
    agency: Text = Text()
    planned_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditItem(Command):
    item: int
    title: Text
    presenter: Text = Text()
    planned_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveItem(Command):
    item: int
    parent: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartItem(Command):
    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishItem(Command):
    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeItem(Command):
    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawItem(Command):
    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnItem(Command):
    """Back to waiting: the way back from start, finish, postpone and withdraw."""

    item: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem(Command):
    item: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeItem(Command):
    item: int
    conclusion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachPaper(Command):
    """Only the desk makes this one: it has the file."""

    item: int
    paper: AgendaPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePaper(Command):
    item: int
    paper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPoll(Command):
    """A motion, or with `choices` a free list; without `majority` the body's holds. Sent again under the same
    poll id while it is a draft, it words the poll anew."""

    poll: str
    item: int
    question: Text
    choices: tuple[Text, ...] = ()
    max_choices: int = 1
    majority: Majority | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoll(Command):
    poll: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CastBallot(Command):
    """The id of the command is the id of the ballot."""

    poll: str
    choice: tuple[str, ...]
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterCount(Command):
    """A paper or raised-hand count of those who have no working tablet; counts nothing before it is confirmed.

    `voters` (how many were counted) is needed for a free list only, where one person may choose several options.
    """

    poll: str
    counts: Mapping[str, int] = field(default_factory=dict)
    voters: int = 0
    method: str = "hands"
    chair_choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmCount(Command):
    poll: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardCount(Command):
    poll: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePoll(Command):
    """`confirmed`: close although members who are present have not voted."""

    poll: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishResult(Command):
    poll: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidPoll(Command):
    poll: str
    reason: str


def command_name(kind: type[Command]) -> str:
    """CastBallot -> 'cast_ballot', the word on the wire."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


DESK_ONLY = frozenset({CallMeeting, AddParticipant, AttachPaper})
COMMANDS: dict[str, type[Command]] = {
    command_name(kind): kind
    for kind in list(globals().values())
    if isinstance(kind, type) and issubclass(kind, Command) and kind is not Command
}
WIRE_COMMANDS = {name: kind for name, kind in COMMANDS.items() if kind not in DESK_ONLY}

"""A meeting for the tests of the rules: 25 members by office, an agenda with one nested item, and short words to move it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ecabinet.rules.apply import apply
from ecabinet.rules.audience import Audience, audience_of
from ecabinet.rules.commands import (
    CallMeeting,
    CastBallot,
    CheckIn,
    ClosePoll,
    Command,
    OpenPoll,
    OpenSession,
    PublishResult,
    StartItem,
)
from ecabinet.rules.decide import Decision, decide
from ecabinet.rules.events import Event
from ecabinet.rules.meeting import AgendaPaper, Item, ItemKind, Meeting, MeetingHead, Participant, Role, blank
from ecabinet.rules.polls import Poll, Result
from ecabinet.rules.refused import Refused
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)

CHAIR, DEPUTY, MEMBER = 1, 2, 3
MEMBERS = range(1, 26)
SECRETARY, SECOND_SECRETARY, INVITEE, SUBSTITUTE, SCREEN, STRANGER = 90, 91, 92, 93, 94, 999
# The substitute stands in for the last member.
SUBSTITUTED = 25

# 1 Opening, 2 Scheme (for decision), 3 Finance with 3.1 Report and 3.2 Budget (for decision), 4 Information.
OPENING, SCHEME, FINANCE, REPORT, BUDGET, INFORMATION = 1, 2, 3, 4, 5, 6
SCHEME_POLL, BUDGET_POLL = "item-2", "item-5"
PAPER = AgendaPaper(31, Text("Tờ trình", "Submission"), "12/TTr-STC", "submission", 4)

ITEMS = (
    Item(OPENING, ItemKind.FORMAL, Text("Khai mạc", "Opening")),
    Item(SCHEME, ItemKind.DECISION, Text("Đề án du lịch", "Tourism scheme"), papers=(PAPER,)),
    Item(FINANCE, ItemKind.DISCUSSION, Text("Tài chính", "Finance")),
    Item(REPORT, ItemKind.DISCUSSION, Text("Báo cáo thu chi", "Financial report"), parent=FINANCE),
    Item(BUDGET, ItemKind.DECISION, Text("Dự toán", "Budget estimate"), parent=FINANCE),
    Item(INFORMATION, ItemKind.INFORMATION, Text("Thông tin", "Information")),
)


def role_of(member: int) -> Role:
    return {CHAIR: Role.CHAIR, DEPUTY: Role.DEPUTY}.get(member, Role.MEMBER)


def seats(members: int = 25, weights: Iterable[int] = ()) -> tuple[Participant, ...]:
    """Members 1, 2, ... of weight 1, unless `weights` names the weights of the first ones."""
    heavy = dict(enumerate(weights, start=1))
    return tuple(
        Participant(n, role_of(n), Text(f"Ủy viên {n}", f"Member {n}"), weight=heavy.get(n, 1))
        for n in range(1, members + 1)
    )


OTHERS = (
    Participant(SECRETARY, Role.SECRETARIAT, Text("Thư ký", "Secretary")),
    Participant(SECOND_SECRETARY, Role.SECRETARIAT, Text("Thư ký 2", "Second secretary")),
    Participant(INVITEE, Role.INVITEE, Text("Khách mời", "Invitee"), item_ids=(SCHEME,)),
    Participant(SUBSTITUTE, Role.SUBSTITUTE, Text("Người dự thay", "Substitute"), stands_for=SUBSTITUTED),
    Participant(SCREEN, Role.SCREEN, Text("Màn hình", "Screen")),
)
HEAD = MeetingHead(
    "phien-12", "ordinary", Text("Phiên họp tháng 12", "December session"), Text("UBND tỉnh", "Committee")
)


def called(
    rules: RuleSet | None = None,
    participants: tuple[Participant, ...] | None = None,
    items: tuple[Item, ...] = ITEMS,
) -> "Session":
    """A meeting that has just been called."""
    session = Session(blank(HEAD, RuleSet()))
    session.do(
        CallMeeting,
        by=SECRETARY,
        head=HEAD,
        rules=rules or RuleSet(),
        participants=seats() + OTHERS if participants is None else participants,
        items=items,
    )
    return session


def in_session(present: int = 25, **called_with: Any) -> "Session":
    """A session that was opened with the first `present` members."""
    session = called(**called_with)
    session.check_in(range(1, present + 1))
    session.do(OpenSession)
    return session


def voting(present: int = 25, item: int = SCHEME, **called_with: Any) -> "Session":
    """A session in which the vote on `item` is open."""
    session = in_session(present, **called_with)
    session.do(StartItem, item=item)
    session.do(OpenPoll, poll=f"item-{item}")
    return session


@dataclass
class Session:
    """Decides and applies as the Room does; keeps the events, and a clock that moves a second with each command."""

    meeting: Meeting
    events: list[Event] = field(default_factory=list)
    now: datetime = NOW
    count: int = 0

    def decide(self, kind: type[Command], /, by: int = CHAIR, id: str = "", **fields: Any) -> Decision:
        """What would be decided; nothing moves but the clock."""
        self.count += 1
        self.now += timedelta(seconds=1)
        return decide(self.meeting, kind(id=id or f"c-{self.count}", by=by, **fields), self.now)

    def do(self, kind: type[Command], /, by: int = CHAIR, id: str = "", **fields: Any) -> tuple[Event, ...]:
        decision = self.decide(kind, by, id, **fields)
        assert not isinstance(decision, Refused), (kind.__name__, decision.reason)
        for event in decision:
            self.events.append(event)
            self.meeting = apply(self.meeting, event)
        return decision

    def refusal(self, kind: type[Command], /, by: int = CHAIR, id: str = "", **fields: Any) -> tuple[str, Text | None]:
        """The reason and the article; the sentence must be complete in both languages."""
        decision = self.decide(kind, by, id, **fields)
        assert isinstance(decision, Refused), (kind.__name__, decision)
        assert decision.text.vi and decision.text.en
        return decision.reason, decision.article

    def reason(self, kind: type[Command], /, by: int = CHAIR, id: str = "", **fields: Any) -> str:
        """'' when it would be done, else why it is refused."""
        decision = self.decide(kind, by, id, **fields)
        return decision.reason if isinstance(decision, Refused) else ""

    def check_in(self, people: Iterable[int]) -> None:
        for person in people:
            self.do(CheckIn, by=person)

    def vote(self, poll: str, **sides: Iterable[int]) -> None:
        """`vote(poll, for_=range(1, 14), against=(14, 15))`: the members by option."""
        for option, voters in sides.items():
            for voter in voters:
                self.do(
                    CastBallot, by=voter, id=f"{poll}-{voter}-{self.count}", poll=poll, choice=(option.rstrip("_"),)
                )

    def close(self, poll: str, by: int = CHAIR, publish: bool = True) -> Result:
        self.do(ClosePoll, by=by, poll=poll, confirmed=True)
        if publish:
            self.do(PublishResult, by=by, poll=poll)
        result = self.poll(poll).result
        assert result is not None
        return result

    def poll(self, poll: str) -> Poll:
        return self.meeting.polls[poll]

    def item(self, item: int) -> Item:
        return self.meeting.items[item]

    def audience(self, person: int) -> Audience:
        audience = audience_of(self.meeting, person)
        assert audience is not None
        return audience

    def fork(self) -> "Session":
        return replace(self, events=list(self.events))

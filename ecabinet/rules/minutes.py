"""The minutes of a meeting, assembled from its record: who attended, what was dealt with, every vote with its rule.

Sections are prose that the secretary may edit; attendance and votes come from the record and cannot be changed.
Source of what minutes contain: Law 77/2015, art. 119; their form: Decree 30/2020, model 'biên bản'.
"""

from dataclasses import dataclass
from datetime import datetime

from ecabinet.rules.agenda import item_numbers, parents
from ecabinet.rules.meeting import Item, ItemState, Meeting, Participant, PresenceStatus, Role
from ecabinet.rules.minutes_words import closing_words, item_words, opening_words
from ecabinet.rules.polls import HandCount, Poll, PollState, Side
from ecabinet.rules.quorum import quorum_needed, total_weight
from ecabinet.rules.results import BASE_WORDS, VERDICT_WORDS, rule_sentence
from ecabinet.rules.text import Text


@dataclass(frozen=True, slots=True)
class Attendee:
    """`status` is present, left, excused, unexcused or '' where nothing was recorded. `arrived` and `left` are aware."""

    office: Text
    name: str
    role: Role
    status: str
    at: datetime | None = None
    note: str = ""
    stands_for: Text | None = None


@dataclass(frozen=True, slots=True)
class OptionCount:
    words: Text
    count: int
    seats: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """A vote as the minutes tell it; `options` name the seats, since the vote is open."""

    question: Text
    rule: Text
    options: tuple[OptionCount, ...]
    not_cast: tuple[Text, ...]
    base: Text
    base_size: int
    needed: int
    verdict: Text
    sentence: Text
    article: Text | None
    carried: bool
    counted_by_hand: int
    replaces: Text | None
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class MinutesSection:
    """`key` is stable ('opening', 'item-12', 'closing'); `text` is the prose from the record, paragraphs apart by a blank line."""

    key: str
    number: str
    title: Text
    depth: int
    text: Text
    state: ItemState | None = None
    late: bool = False
    votes: tuple[VoteRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    meeting: Meeting
    chair: Text
    chair_name: str
    chair_role: Role | None
    secretary: Text
    secretary_name: str
    members: tuple[Attendee, ...]
    others: tuple[Attendee, ...]
    present: int
    total: int
    quorum: int
    sections: tuple[MinutesSection, ...]


def minutes(meeting: Meeting, ever_present: frozenset[int]) -> Minutes:
    """The minutes so far. `ever_present` are the people who checked in at any time, those who left since included."""
    presiding = meeting.participants.get(meeting.presiding) if meeting.presiding is not None else None
    secretary = next((p for p in meeting.participants.values() if p.role is Role.SECRETARIAT), None)
    attending = [p for p in meeting.participants.values() if p.role is not Role.SCREEN]
    members = tuple(_attendee(meeting, p, ever_present) for p in attending if p.has_seat)
    return Minutes(
        meeting=meeting,
        chair=presiding.office if presiding else Text(),
        chair_name=presiding.name if presiding else "",
        chair_role=presiding.role if presiding else None,
        secretary=secretary.office if secretary else Text(),
        secretary_name=secretary.name if secretary else "",
        members=members,
        others=tuple(_attendee(meeting, p, ever_present) for p in attending if not p.has_seat),
        present=sum(1 for attendee in members if attendee.status in ("present", "left")),
        total=len(members),
        quorum=quorum_needed(meeting.rules.quorum, total_weight(meeting)),
        sections=_sections(meeting),
    )


def _attendee(meeting: Meeting, person: Participant, ever_present: frozenset[int]) -> Attendee:
    presence = meeting.presence.get(person.person)
    status = presence.status.value if presence else ""
    if person.person in ever_present and status not in (PresenceStatus.PRESENT, PresenceStatus.LEFT):
        status = PresenceStatus.LEFT.value
    stands_for = meeting.participants.get(person.stands_for) if person.stands_for else None
    return Attendee(
        office=person.office,
        name=person.name,
        role=person.role,
        status=status,
        at=presence.at if presence else None,
        note=presence.note if presence else "",
        stands_for=stands_for.office if stands_for else None,
    )


def _sections(meeting: Meeting) -> tuple[MinutesSection, ...]:
    numbers, headings = item_numbers(meeting.items, meeting.rules.roman_numbers), parents(meeting.items)
    opening = MinutesSection("opening", "", Text("Khai mạc", "Opening"), 0, opening_words(meeting))
    closing = MinutesSection("closing", "", Text("Kết thúc", "Close"), 0, closing_words(meeting))
    items = tuple(
        _item_section(meeting, item, numbers[item.id], item.id in headings) for item in meeting.items.values()
    )
    return (opening, *items, closing)


def _item_section(meeting: Meeting, item: Item, number: str, heading: bool) -> MinutesSection:
    return MinutesSection(
        key=f"item-{item.id}",
        number=number,
        title=item.title,
        depth=number.count("."),
        text=Text() if heading else item_words(item),
        state=None if heading else item.state,
        late=item.late,
        votes=tuple(_vote(meeting, poll) for poll in meeting.polls_of(item.id) if _was_held(poll)),
    )


def _was_held(poll: Poll) -> bool:
    """A vote that was opened stands in the minutes, a void one with its reason; a draft does not."""
    return poll.opened_at is not None and poll.state in (PollState.CLOSED, PollState.PUBLISHED, PollState.VOID)


def _vote(meeting: Meeting, poll: Poll) -> VoteRecord:
    result = poll.result
    replaced = meeting.polls.get(poll.replaces) if poll.replaces else None
    return VoteRecord(
        question=poll.question,
        rule=rule_sentence(meeting, poll),
        options=_option_counts(meeting, poll) if result else (),
        not_cast=tuple(_office(meeting, seat) for seat in poll.electorate if seat not in poll.ballots)
        if result
        else (),
        base=BASE_WORDS[poll.majority.base],
        base_size=result.base_size if result else 0,
        needed=result.needed if result else 0,
        verdict=VERDICT_WORDS[result.verdict] if result else Text(),
        sentence=result.sentence if result else Text(),
        article=result.article if result else None,
        carried=bool(result and result.carried and poll.state is not PollState.VOID),
        counted_by_hand=_by_hand(poll.count),
        replaces=replaced.question if replaced else None,
        void_reason=poll.void_reason if poll.state is PollState.VOID else "",
    )


def _option_counts(meeting: Meeting, poll: Poll) -> tuple[OptionCount, ...]:
    counts = dict(poll.result.counts) if poll.result else {}
    return tuple(
        OptionCount(
            option.words,
            counts.get(option.id, 0),
            # Those for are many and the rule; the minutes name whoever was not for.
            ()
            if option.side is Side.FOR
            else tuple(_office(meeting, seat) for seat, ballot in poll.ballots.items() if option.id in ballot.choice),
        )
        for option in poll.options
    )


def _by_hand(count: HandCount | None) -> int:
    return count.voters if count else 0


def _office(meeting: Meeting, person: int) -> Text:
    return meeting.participants[person].office

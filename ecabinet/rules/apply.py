"""`apply`: the state after an event; the same function at start-up, in the live room, in minutes and in tests."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from ecabinet.rules import events as e
from ecabinet.rules.agenda import inserted
from ecabinet.rules.meeting import Item, ItemState, Meeting, Presence, Stage
from ecabinet.rules.polls import HandCount, Poll, PollBallot, PollState
from ecabinet.rules.results import result_of


def apply(meeting: Meeting, event: e.Event) -> Meeting:
    """The meeting after `event`. Never refuses: what is in the record has happened."""
    match event:
        case e.BallotCast():
            return _ballot_cast(meeting, event)
        case e.PresenceMarked():
            return replace(meeting, presence=_presence(meeting, event))
        case e.MeetingCalled() | e.SessionOpened() | e.SessionSuspended() | e.SessionResumed():
            return _stage(meeting, event)
        case e.SessionClosed() | e.MeetingCancelled() | e.PresidingAssigned():
            return _stage(meeting, event)
        case e.ParticipantAdded(participant=added):
            return replace(meeting, participants={**meeting.participants, added.person: added})
        case e.InviteeAdmitted(person=person, item_ids=item_ids):
            invited = replace(meeting.participants[person], item_ids=item_ids)
            return replace(meeting, participants={**meeting.participants, person: invited})
        case e.ItemAdded(item=item, before=before):
            return replace(meeting, items=inserted(meeting.items, item, before))
        case e.ItemMoved(item=moved, parent=parent, before=before):
            return replace(meeting, items=inserted(meeting.items, replace(meeting.items[moved], parent=parent), before))
        case e.ItemStarted() | e.ItemStateChanged():
            return _item_state(meeting, event)
        case e.ItemEdited() | e.ItemNoted() | e.ItemConcluded() | e.PaperAttached() | e.PaperRemoved():
            return _with_item(meeting, _edited(meeting.items[event.item], event))
        case _:
            return _poll_event(meeting, event)


def replay(meeting: Meeting, events: Iterable[e.Event]) -> Meeting:
    for event in events:
        meeting = apply(meeting, event)
    return meeting


def _stage(meeting: Meeting, event: e.Event) -> Meeting:
    match event:
        case e.MeetingCalled():
            return Meeting(
                head=event.head,
                rules=event.rules,
                stage=Stage.CALLED,
                participants={p.person: p for p in event.participants},
                items={item.id: item for item in event.items},
                presiding=event.presiding,
                called_at=event.at,
            )
        case e.SessionOpened():
            return replace(meeting, stage=Stage.IN_SESSION, opened_at=event.at)
        case e.SessionSuspended():
            return replace(meeting, stage=Stage.SUSPENDED, suspensions=(*meeting.suspensions, (event.at, None)))
        case e.SessionResumed():
            return replace(meeting, stage=Stage.IN_SESSION, suspensions=_ended(meeting, event))
        case e.SessionClosed():
            return replace(meeting, stage=Stage.CLOSED, closed_at=event.at, suspensions=_ended(meeting, event))
        case e.MeetingCancelled(reason=reason):
            return replace(meeting, stage=Stage.CANCELLED, closed_at=event.at, cancel_reason=reason)
        case e.PresidingAssigned(person=person):
            return replace(meeting, presiding=person)
    raise TypeError(f"{type(event).__name__} changes no stage")


def _ended(meeting: Meeting, event: e.Event) -> tuple[tuple[datetime, datetime | None], ...]:
    return tuple((start, end or event.at) for start, end in meeting.suspensions)


def _presence(meeting: Meeting, event: e.PresenceMarked) -> Mapping[int, Presence]:
    presence = dict(meeting.presence)
    if event.status is None:
        presence.pop(event.person, None)
    else:
        presence[event.person] = Presence(event.status, event.at, event.note)
    return presence


def _with_item(meeting: Meeting, item: Item) -> Meeting:
    return replace(meeting, items={**meeting.items, item.id: item})


def _edited(item: Item, event: e.Event) -> Item:
    match event:
        case e.ItemEdited():
            return replace(item, title=event.title, presenter=event.presenter, planned_minutes=event.planned_minutes)
        case e.ItemNoted(note=note):
            return replace(item, note=note)
        case e.ItemConcluded(conclusion=conclusion):
            return replace(item, conclusion=conclusion)
        case e.PaperAttached(paper=paper):
            return replace(item, papers=(*item.papers, paper))
        case e.PaperRemoved(paper=paper):
            return replace(item, papers=tuple(p for p in item.papers if p.id != paper))
    raise TypeError(f"{type(event).__name__} edits no item")


def _item_state(meeting: Meeting, event: e.ItemStarted | e.ItemStateChanged) -> Meeting:
    item = meeting.items[event.item]
    if isinstance(event, e.ItemStarted):
        started = replace(item, state=ItemState.UNDER_WAY, started_at=item.started_at or event.at, finished_at=None)
        return replace(_with_item(meeting, started), current_item=item.id)
    finished_at = None if event.state is ItemState.WAITING else event.at
    current = None if meeting.current_item == item.id else meeting.current_item
    return replace(_with_item(meeting, replace(item, state=event.state, finished_at=finished_at)), current_item=current)


def _with_poll(meeting: Meeting, poll: Poll) -> Meeting:
    return replace(meeting, polls={**meeting.polls, poll.id: poll})


def _ballot_cast(meeting: Meeting, event: e.BallotCast) -> Meeting:
    poll = meeting.polls[event.poll]
    ballot = PollBallot(event.ballot, event.by, event.at, event.choice, event.opinion)
    return _with_poll(meeting, replace(poll, ballots={**poll.ballots, event.seat: ballot}))


def _poll_event(meeting: Meeting, event: e.Event) -> Meeting:
    match event:
        case e.PollDrafted():
            return _with_poll(meeting, _drafted(event))
        case e.PollOpened(poll=poll_id, electorate=electorate):
            opened = replace(meeting.polls[poll_id], state=PollState.OPEN, opened_at=event.at, electorate=electorate)
            return _with_poll(meeting, opened)
        case e.PollClosed(poll=poll_id, present=present):
            closed = replace(meeting.polls[poll_id], state=PollState.CLOSED, closed_at=event.at, present=present)
            return _with_poll(meeting, replace(closed, result=result_of(meeting, closed)))
        case e.ResultPublished(poll=poll_id):
            published = replace(meeting.polls[poll_id], state=PollState.PUBLISHED, published_at=event.at)
            return _with_poll(meeting, published)
        case e.PollVoided(poll=poll_id, reason=reason):
            return _with_poll(meeting, replace(meeting.polls[poll_id], state=PollState.VOID, void_reason=reason))
        case e.CountEntered() | e.CountConfirmed() | e.CountDiscarded():
            return _with_poll(meeting, replace(meeting.polls[event.poll], count=_count(meeting, event)))
    raise TypeError(f"{type(event).__name__} is no event of a meeting")


def _drafted(event: e.PollDrafted) -> Poll:
    return Poll(
        id=event.poll, item=event.item, question=event.question, options=event.options, majority=event.majority,
        tie=event.tie, max_choices=event.max_choices, replaces=event.replaces,
    )  # fmt: skip


def _count(meeting: Meeting, event: e.CountEntered | e.CountConfirmed | e.CountDiscarded) -> HandCount | None:
    standing = meeting.polls[event.poll].count
    match event:
        case e.CountEntered():
            return HandCount(event.method, event.counts, event.voters, event.by, event.at, event.chair_choice)
        case e.CountConfirmed() if standing is not None:
            return replace(standing, confirmed_by=event.by)
    return None

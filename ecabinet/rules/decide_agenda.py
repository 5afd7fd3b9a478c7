"""Deciding about the agenda of a called meeting: its course, late items, papers, notes and conclusions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.agenda import DEPTH_LIMIT, depth, height, inserted, line_up, parents
from ecabinet.rules.authority import refuse_unless_desk, refuse_unless_in_session, refuse_unless_running
from ecabinet.rules.draft_polls import drafted_poll, is_draft_of
from ecabinet.rules.meeting import Item, ItemKind, ItemState, Meeting
from ecabinet.rules.polls import PollState
from ecabinet.rules.refused import Refused, refused
from ecabinet.rules.text import Text

TITLE_LIMIT = 1000
TEXT_LIMIT = 20_000
MINUTES_LIMIT = 600

Decided = tuple[e.Event, ...] | Refused


def _start(meeting: Meeting, command: c.StartItem, now: datetime) -> Decided:
    """Starting an item finishes the one under way: the chair takes one step, not two."""
    problem = (
        refuse_unless_running(meeting, command.by)
        or refuse_unless_in_session(meeting)
        or _no_leaf(meeting, command.item)
    )
    if problem:
        return problem
    if meeting.current_item == command.item:
        return ()
    if meeting.items[command.item].state is not ItemState.WAITING:
        return refused("item_not_waiting")
    if problem := _refuse_unsettled(meeting):
        return problem
    finished: tuple[e.Event, ...] = ()
    if meeting.current_item is not None:
        finished = (_state(meeting.current_item, ItemState.DECIDED, command, now),)
    return (*finished, e.ItemStarted(at=now, by=command.by, item=command.item), *_vote_of(meeting, command, now))


def _vote_of(meeting: Meeting, command: c.StartItem, now: datetime) -> tuple[e.Event, ...]:
    """A heading has no vote of its own: it gets one when its last child has moved away and it is dealt with itself."""
    item = meeting.items[command.item]
    if item.kind is not ItemKind.DECISION or meeting.polls_of(item.id):
        return ()
    return (drafted_poll(meeting.rules, item, now, command.by),)


def _finish(meeting: Meeting, command: c.FinishItem, now: datetime) -> Decided:
    problem = (
        refuse_unless_running(meeting, command.by)
        or refuse_unless_in_session(meeting)
        or _no_leaf(meeting, command.item)
    )
    if problem is None and meeting.current_item != command.item:
        problem = refused("item_not_under_way")
    return problem or _refuse_unsettled(meeting) or (_state(command.item, ItemState.DECIDED, command, now),)


def _set_aside(state: ItemState) -> Callable[[Meeting, Any, datetime], Decided]:
    def decide(meeting: Meeting, command: Any, now: datetime) -> Decided:
        problem = refuse_unless_running(meeting, command.by) or _no_leaf(meeting, command.item)
        if problem:
            return problem
        item = meeting.items[command.item]
        if item.state is state:
            return ()
        if item.state is ItemState.DECIDED:
            return refused("item_not_waiting")
        if meeting.current_item == command.item and (problem := _refuse_unsettled(meeting)):
            return problem
        return (_state(command.item, state, command, now),)

    return decide


def _return(meeting: Meeting, command: c.ReturnItem, now: datetime) -> Decided:
    problem = refuse_unless_running(meeting, command.by) or _no_leaf(meeting, command.item)
    if problem:
        return problem
    item = meeting.items[command.item]
    if item.state is ItemState.WAITING:
        return refused("item_waiting")
    if meeting.current_item == command.item and (problem := _refuse_unsettled(meeting)):
        return problem
    return (_state(command.item, ItemState.WAITING, command, now),)


def _add(meeting: Meeting, command: c.AddItem, now: datetime) -> Decided:
    """Every item added after the call is late, and marked as late for good."""
    problem = refuse_unless_desk(meeting, command.by)
    problem = problem or _bad_words(command.planned_minutes, command.title, command.presenter, command.agency)
    if problem is None and command.item in meeting.items:
        problem = refused("item_exists")
    if problem := problem or _bad_place(meeting, command.parent, command.before, levels=1):
        return problem
    item = Item(
        id=command.item, kind=command.kind, title=command.title, parent=command.parent, presenter=command.presenter,
        agency=command.agency, planned_minutes=command.planned_minutes, late=True,
    )  # fmt: skip
    added = e.ItemAdded(at=now, by=command.by, item=item, before=command.before)
    if command.kind is ItemKind.DECISION:
        return (added, drafted_poll(meeting.rules, item, now, command.by))
    return (added,)


def _edit(meeting: Meeting, command: c.EditItem, now: datetime) -> Decided:
    problem = refuse_unless_desk(meeting, command.by) or _unknown(meeting, command.item)
    if problem := problem or _bad_words(command.planned_minutes, command.title, command.presenter):
        return problem
    item = meeting.items[command.item]
    newer = replace(item, title=command.title, presenter=command.presenter, planned_minutes=command.planned_minutes)
    if newer == item:
        return ()
    edited = e.ItemEdited(
        at=now, by=command.by, item=item.id, title=newer.title, presenter=newer.presenter,
        planned_minutes=newer.planned_minutes,
    )  # fmt: skip
    # The vote that nobody has worded follows the title; one that was worded or opened stays as it is.
    before, after = (drafted_poll(meeting.rules, version, now, command.by) for version in (item, newer))
    follows = before != after and is_draft_of(meeting.polls.get(before.poll), before)
    return (edited, after) if follows else (edited,)


def _move(meeting: Meeting, command: c.MoveItem, now: datetime) -> Decided:
    problem = refuse_unless_desk(meeting, command.by) or _unknown(meeting, command.item)
    if problem := problem or _bad_move(meeting, command):
        return problem
    moved = replace(meeting.items[command.item], parent=command.parent)
    if moved.parent == meeting.items[command.item].parent and (
        command.before == command.item or list(inserted(meeting.items, moved, command.before)) == list(meeting.items)
    ):
        return ()
    return (e.ItemMoved(at=now, by=command.by, item=command.item, parent=command.parent, before=command.before),)


def _bad_move(meeting: Meeting, command: c.MoveItem) -> Refused | None:
    if command.parent in meeting.items and command.item in line_up(meeting.items, command.parent):
        return refused("item_moves_into_itself")
    if command.parent == meeting.items[command.item].parent:
        return None if command.before is None else _unknown(meeting, command.before)
    return _bad_place(meeting, command.parent, command.before, height(meeting.items, command.item))


def _bad_place(meeting: Meeting, parent: int | None, before: int | None, levels: int) -> Refused | None:
    """Where an item of so many levels may not stand. Only an item that waits becomes a heading: one that is under way
    or dealt with would lose the state that the record gave it."""
    if any(ref is not None and ref not in meeting.items for ref in (parent, before)):
        return refused("no_such_item")
    if parent is None:
        return None
    state = meeting.items[parent].state
    if state is not ItemState.WAITING:
        return refused("item_under_way" if state is ItemState.UNDER_WAY else "item_not_waiting")
    return None if depth(meeting.items, parent) + 1 + levels <= DEPTH_LIMIT else refused("too_deep", limit=DEPTH_LIMIT)


def _note(meeting: Meeting, command: c.NoteItem, now: datetime) -> Decided:
    problem = (
        refuse_unless_desk(meeting, command.by)
        or _unknown(meeting, command.item)
        or _too_long(command.note, TEXT_LIMIT)
    )
    if problem or meeting.items[command.item].note == command.note:
        return problem or ()
    return (e.ItemNoted(at=now, by=command.by, item=command.item, note=command.note),)


def _conclude(meeting: Meeting, command: c.ConcludeItem, now: datetime) -> Decided:
    problem = refuse_unless_desk(meeting, command.by) or _unknown(meeting, command.item)
    problem = problem or _too_long(command.conclusion, TEXT_LIMIT)
    if problem or meeting.items[command.item].conclusion == command.conclusion:
        return problem or ()
    return (e.ItemConcluded(at=now, by=command.by, item=command.item, conclusion=command.conclusion),)


def _attach(meeting: Meeting, command: c.AttachPaper, now: datetime) -> Decided:
    problem = refuse_unless_desk(meeting, command.by) or _unknown(meeting, command.item)
    if problem is None and any(p.id == command.paper.id for p in meeting.items[command.item].papers):
        problem = refused("paper_exists")
    return problem or (e.PaperAttached(at=now, by=command.by, item=command.item, paper=command.paper),)


def _remove(meeting: Meeting, command: c.RemovePaper, now: datetime) -> Decided:
    problem = refuse_unless_desk(meeting, command.by) or _unknown(meeting, command.item)
    if problem is None and all(p.id != command.paper for p in meeting.items[command.item].papers):
        problem = refused("no_such_paper")
    return problem or (e.PaperRemoved(at=now, by=command.by, item=command.item, paper=command.paper),)


def _state(item: int, state: ItemState, command: c.Command, now: datetime) -> e.Event:
    return e.ItemStateChanged(at=now, by=command.by, item=item, state=state)


def _unknown(meeting: Meeting, item: int) -> Refused | None:
    return None if item in meeting.items else refused("no_such_item")


def _no_leaf(meeting: Meeting, item: int) -> Refused | None:
    if item in parents(meeting.items):
        return refused("item_is_heading")
    return _unknown(meeting, item)


def _refuse_unsettled(meeting: Meeting) -> Refused | None:
    """The item under way cannot be left while a vote on it is open or closed without a published result."""
    if meeting.current_item is None:
        return None
    for poll in meeting.polls_of(meeting.current_item):
        if poll.state is PollState.OPEN:
            return refused("poll_still_open")
        if poll.state is PollState.CLOSED:
            return refused("poll_unpublished", question=poll.question)
    return None


def _bad_words(planned_minutes: int | None, title: Text, *others: Text) -> Refused | None:
    if not title.say("vi").strip():
        return refused("title_missing")
    if planned_minutes is not None and not 1 <= planned_minutes <= MINUTES_LIMIT:
        return refused("minutes_out_of_range")
    longest = max((words for text in (title, *others) for words in (text.vi, text.en)), key=len)
    return _too_long(longest, TITLE_LIMIT)


def _too_long(text: str, limit: int) -> Refused | None:
    return refused("text_too_long", limit=limit) if len(text) > limit else None


DECIDERS: dict[type[c.Command], Callable[[Meeting, Any, datetime], Decided]] = {
    c.StartItem: _start,
    c.FinishItem: _finish,
    c.PostponeItem: _set_aside(ItemState.POSTPONED),
    c.WithdrawItem: _set_aside(ItemState.WITHDRAWN),
    c.ReturnItem: _return,
    c.AddItem: _add,
    c.EditItem: _edit,
    c.MoveItem: _move,
    c.NoteItem: _note,
    c.ConcludeItem: _conclude,
    c.AttachPaper: _attach,
    c.RemovePaper: _remove,
}

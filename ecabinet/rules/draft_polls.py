"""The vote that an item for decision gets by itself, so that the chair's next step is to open it."""

from datetime import datetime

from ecabinet.rules.events import PollDrafted
from ecabinet.rules.meeting import Item
from ecabinet.rules.polls import Poll, PollState, motion_options
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text


def drafted_poll(rules: RuleSet, item: Item, now: datetime, by: int) -> PollDrafted:
    """A motion on the item's title under the body's rule; its id follows from the item's."""
    vi, en = item.title.vi, item.title.en
    question = Text(f"Thông qua: {vi}" if vi else "", f"To approve: {en}" if en else "")
    return PollDrafted(
        at=now, by=by, poll=f"item-{item.id}", item=item.id, question=question,
        options=motion_options(rules.other_opinion), majority=rules.majority, tie=rules.tie,
    )  # fmt: skip


def is_draft_of(poll: Poll | None, drafted: PollDrafted) -> bool:
    """Whether `poll` is still a draft and worded as `drafted` words it."""
    if poll is None or poll.state is not PollState.DRAFT:
        return False
    ours = (poll.id, poll.question, poll.options, poll.majority, poll.max_choices, poll.replaces)
    return ours == (
        drafted.poll, drafted.question, drafted.options, drafted.majority, drafted.max_choices, drafted.replaces,
    )  # fmt: skip

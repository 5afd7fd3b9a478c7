"""The vote that an item for decision gets by itself, so that the chair's next step is to open it."""

from datetime import datetime

from ecabinet.rules.events import PollDrafted
from ecabinet.rules.meeting import Item
from ecabinet.rules.polls import motion_options
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text


def drafted_poll(rules: RuleSet, item: Item, now: datetime, by: int) -> PollDrafted:
    """A motion on the item's title under the body's rule; its id follows from the item's."""
    question = Text(
        f"Thông qua: {item.title.vi}" if item.title.vi else "", f"To approve: {item.title.en}" if item.title.en else ""
    )
    return PollDrafted(
        at=now, by=by, poll=f"item-{item.id}", item=item.id, question=question,
        options=motion_options(rules.other_opinion), majority=rules.majority, tie=rules.tie,
    )  # fmt: skip

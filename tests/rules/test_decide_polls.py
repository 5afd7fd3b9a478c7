"""The life of a poll: draft, open, closed, published, and void from any of them."""

from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.decide_polls import OPTIONS_LIMIT, QUESTION_LIMIT, REASON_LIMIT, missing_voters
from ecabinet.rules.polls import PollState, Side, Verdict
from ecabinet.rules.rule_set import Base, Comparison, Majority, RuleSet, Share
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    BUDGET,
    BUDGET_POLL,
    FINANCE,
    MEMBER,
    SCHEME,
    SCHEME_POLL,
    Session,
    called,
    in_session,
    voting,
)

TWO = (Text("Một", "One"), Text("Hai", "Two"))


def question(poll: str = "p", item: int = SCHEME, words: Text | None = None, **fields: Any) -> dict[str, Any]:
    return {"poll": poll, "item": item, "question": words or Text("Đồng ý?", "Agreed?")} | fields


def test_a_motion_takes_the_options_of_the_law_and_the_rule_of_the_body() -> None:
    """Law 77/2015, art. 117.1."""
    session = called()
    (drafted,) = session.do(c.DraftPoll, **question())
    assert isinstance(drafted, e.PollDrafted)
    assert [(o.id, o.side, o.words.vi) for o in drafted.options] == [
        ("for", Side.FOR, "Tán thành"),
        ("against", Side.AGAINST, "Không tán thành"),
        ("not_voting", Side.NOT_VOTING, "Không biểu quyết"),
    ]
    assert (drafted.majority, drafted.tie, drafted.max_choices) == (RuleSet().majority, RuleSet().tie, 1)


def test_a_free_list_and_a_majority_of_its_own() -> None:
    majority = Majority(Base.PRESENT, Comparison.AT_LEAST, Share(2, 3))
    (drafted,) = called().do(c.DraftPoll, **question(choices=TWO, max_choices=2, majority=majority))
    assert isinstance(drafted, e.PollDrafted)
    assert [(o.id, o.side, o.words) for o in drafted.options] == [
        ("choice-1", Side.CHOICE, TWO[0]),
        ("choice-2", Side.CHOICE, TWO[1]),
    ]
    assert (drafted.majority, drafted.max_choices) == (majority, 2)


def test_a_draft_is_worded_anew_under_its_id_and_the_same_words_do_nothing() -> None:
    session = called()
    session.do(c.DraftPoll, **question())
    assert session.do(c.DraftPoll, **question()) == ()
    session.do(c.DraftPoll, **question(choices=TWO))
    assert (len(session.poll("p").options), list(session.meeting.polls)[-1]) == (2, "p")


MANY = tuple(Text(f"Phương án {n}") for n in range(OPTIONS_LIMIT + 1))

BAD_DRAFTS: list[tuple[dict[str, Any], str, str]] = [
    (question(item=77), "no_such_item", "an unknown item"),
    (question(item=FINANCE), "item_is_heading", "a heading"),
    (question(poll=BUDGET_POLL), "poll_exists", "the id of another item's vote"),
    (question(poll="item-77"), "poll_exists", "the id that a late item will need"),
    (question(poll=""), "malformed", "no id"),
    (question(poll="a/b"), "malformed", "an id that is no name"),
    (question(poll="x" * 65), "malformed", "an id too long"),
    (question(words=Text("  ")), "question_missing", "no question"),
    (question(words=Text("x" * (QUESTION_LIMIT + 1))), "text_too_long", "a question too long"),
    (question(choices=(TWO[0], Text("x" * (QUESTION_LIMIT + 1)))), "text_too_long", "an option too long"),
    (question(choices=TWO[:1]), "options_too_few", "one option"),
    (question(choices=(TWO[0], TWO[0])), "options_too_few", "the same option twice"),
    (question(choices=(TWO[0], Text(" "))), "options_too_few", "an option without words"),
    (question(choices=MANY), "options_too_many", "too many options"),
    (question(choices=TWO, max_choices=0), "choices_out_of_range", "no choice"),
    (question(choices=TWO, max_choices=3), "choices_out_of_range", "three choices of two"),
    (question(max_choices=2), "choices_out_of_range", "two choices of a motion"),
    (question(choices=TWO, majority=Majority(Base.FOR_AND_AGAINST)), "list_has_no_sides", "sides of a free list"),
    (question(replaces="nothing"), "replaces_unknown", "replaces an unknown vote"),
    (question(replaces=SCHEME_POLL), "replaces_unknown", "replaces a draft"),
]


@pytest.mark.parametrize(("fields", "reason", "why"), BAD_DRAFTS, ids=[case[-1] for case in BAD_DRAFTS])
def test_a_draft_is_refused(fields: dict[str, Any], reason: str, why: str) -> None:
    assert called().reason(c.DraftPoll, **fields) == reason


def test_a_poll_that_was_opened_is_not_worded_again() -> None:
    session = voting()
    assert session.reason(c.DraftPoll, **question(SCHEME_POLL)) == "poll_not_draft"
    session.do(c.VoidPoll, poll=SCHEME_POLL, reason="Nhầm")
    assert session.reason(c.DraftPoll, **question(SCHEME_POLL)) == "poll_not_draft"


def test_opening_needs_the_item_under_way_and_freezes_the_roll() -> None:
    session = in_session(17)
    assert session.reason(c.OpenPoll, poll=SCHEME_POLL) == "item_must_be_under_way"
    assert session.reason(c.OpenPoll, poll="nothing") == "no_such_poll"
    session.do(c.StartItem, item=SCHEME)
    (opened,) = session.do(c.OpenPoll, poll=SCHEME_POLL)
    assert opened == e.PollOpened(at=session.now, by=1, poll=SCHEME_POLL, electorate=tuple(range(1, 26)))
    assert session.reason(c.OpenPoll, poll=SCHEME_POLL) == "poll_not_draft"


def test_opening_needs_a_quorum_present() -> None:
    session = in_session(17)
    session.do(c.StartItem, item=SCHEME)
    session.do(c.CheckOut, by=17)
    assert session.refusal(c.OpenPoll, poll=SCHEME_POLL) == ("inquorate", RuleSet().article("quorum"))
    session.check_in((18,))
    assert session.reason(c.OpenPoll, poll=SCHEME_POLL) == ""


def test_one_vote_at_a_time() -> None:
    session = voting()
    session.do(c.DraftPoll, **question())
    assert session.reason(c.OpenPoll, poll="p") == "another_poll_open"
    session.close(SCHEME_POLL, publish=False)
    assert session.reason(c.OpenPoll, poll="p") == ""


def test_closing_over_members_who_have_not_voted_is_an_act_of_its_own() -> None:
    session = voting(18)
    session.vote(SCHEME_POLL, for_=range(1, 17))
    assert missing_voters(session.meeting, session.poll(SCHEME_POLL)) == (17, 18)
    decision = session.decide(c.ClosePoll, poll=SCHEME_POLL)
    assert (decision.reason, decision.params) == (  # type: ignore[union-attr]
        "voters_missing",
        {"count": 2, "names": Text("Ủy viên 17; Ủy viên 18", "Member 17; Member 18")},
    )
    assert session.reason(c.ClosePoll, poll=SCHEME_POLL, confirmed=True) == ""
    session.vote(SCHEME_POLL, not_voting=(17, 18))
    (closed,) = session.do(c.ClosePoll, poll=SCHEME_POLL)
    assert closed == e.PollClosed(at=session.now, by=1, poll=SCHEME_POLL, present=tuple(range(1, 19)))


def test_who_voted_and_left_is_not_waited_for() -> None:
    session = voting(18)
    session.vote(SCHEME_POLL, for_=range(1, 19))
    session.do(c.CheckOut, by=MEMBER)
    assert session.reason(c.ClosePoll, poll=SCHEME_POLL) == ""


def in_state(state: PollState) -> Session:
    session = called() if state is PollState.DRAFT else voting()
    if state in (PollState.CLOSED, PollState.PUBLISHED):
        session.close(SCHEME_POLL, publish=state is PollState.PUBLISHED)
    if state is PollState.VOID:
        session.do(c.VoidPoll, poll=SCHEME_POLL, reason="Nhầm")
    return session


LIFE: list[tuple[type[c.Command], dict[str, Any], dict[PollState, str]]] = [
    (
        c.ClosePoll,
        {"confirmed": True},
        {PollState.OPEN: ""} | dict.fromkeys(set(PollState) - {PollState.OPEN}, "poll_not_open"),
    ),
    (
        c.PublishResult,
        {},
        {state: "poll_not_closed" for state in PollState} | {PollState.CLOSED: "", PollState.PUBLISHED: ""},
    ),
    (c.VoidPoll, {"reason": "Nhầm"}, dict.fromkeys(PollState, "")),
]


@pytest.mark.parametrize(("kind", "fields", "reasons"), LIFE, ids=[case[0].__name__ for case in LIFE])
def test_a_poll_moves_forward_only(
    kind: type[c.Command], fields: dict[str, Any], reasons: dict[PollState, str]
) -> None:
    found = {state: in_state(state).reason(kind, poll=SCHEME_POLL, **fields) for state in PollState}
    assert found == reasons
    assert called().reason(kind, poll="nothing", **fields) == "no_such_poll"


def test_publishing_and_voiding_again_do_nothing() -> None:
    published = in_state(PollState.PUBLISHED)
    assert published.do(c.PublishResult, poll=SCHEME_POLL) == ()
    published.do(c.VoidPoll, poll=SCHEME_POLL, reason="Đếm nhầm")
    assert published.do(c.VoidPoll, poll=SCHEME_POLL, reason="Lý do khác") == ()
    assert published.poll(SCHEME_POLL).void_reason == "Đếm nhầm"


VOID = [("", "reason_missing"), (" ", "reason_missing"), ("x" * (REASON_LIMIT + 1), "text_too_long"), ("Nhầm", "")]


@pytest.mark.parametrize(("words", "reason"), VOID, ids=["none", "blank", "too long", "a reason"])
def test_voiding_needs_a_reason(words: str, reason: str) -> None:
    assert voting().reason(c.VoidPoll, poll=SCHEME_POLL, reason=words) == reason


def test_what_was_announced_stands_in_the_record() -> None:
    session = voting()
    session.vote(SCHEME_POLL, for_=range(1, 14), against=(14,), not_voting=(15,))
    session.do(c.ClosePoll, poll=SCHEME_POLL, confirmed=True)
    (published,) = session.do(c.PublishResult, poll=SCHEME_POLL)
    assert published == e.ResultPublished(
        at=session.now, by=1, poll=SCHEME_POLL, counts={"for": 13, "against": 1, "not_voting": 1}, base_size=25,
        verdict=Verdict.PASSED,
    )  # fmt: skip


@pytest.mark.parametrize("state", [PollState.CLOSED, PollState.PUBLISHED, PollState.VOID])
def test_a_repeated_vote_is_a_new_poll_that_names_the_old_one(state: PollState) -> None:
    session = in_state(state)
    session.do(c.DraftPoll, **question("again", replaces=SCHEME_POLL))
    session.do(c.OpenPoll, poll="again")
    session.vote("again", for_=range(1, 14))
    assert (session.close("again").verdict, session.poll("again").replaces) == (Verdict.PASSED, SCHEME_POLL)
    assert session.poll(SCHEME_POLL).state is state


def test_a_repeated_vote_belongs_to_the_same_item() -> None:
    session = in_state(PollState.PUBLISHED)
    reason = session.reason(c.DraftPoll, **question("again", item=BUDGET, replaces=SCHEME_POLL))
    assert reason == "replaces_unknown"

"""The agenda of a called meeting: its course, late items, moves, notes, conclusions and papers."""

from typing import Any

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules import events as e
from ecabinet.rules.agenda import DEPTH_LIMIT, item_numbers
from ecabinet.rules.decide_agenda import TEXT_LIMIT, TITLE_LIMIT
from ecabinet.rules.meeting import AgendaPaper, Item, ItemKind, ItemState
from ecabinet.rules.text import Text
from tests.rules.sessions import (
    BUDGET,
    BUDGET_POLL,
    FINANCE,
    INFORMATION,
    OPENING,
    PAPER,
    REPORT,
    SCHEME,
    SCHEME_POLL,
    SECRETARY,
    Session,
    called,
    in_session,
    voting,
)

WAITING, UNDER_WAY, DECIDED = ItemState.WAITING, ItemState.UNDER_WAY, ItemState.DECIDED
POSTPONED, WITHDRAWN = ItemState.POSTPONED, ItemState.WITHDRAWN


def with_states() -> Session:
    """1 decided, 2 under way, 4 postponed, 5 withdrawn, 6 waiting; 3 is the heading of 4 and 5."""
    session = in_session()
    session.do(c.StartItem, item=OPENING)
    session.do(c.StartItem, item=SCHEME)
    session.do(c.PostponeItem, item=REPORT)
    session.do(c.WithdrawItem, item=BUDGET)
    return session


COURSE = {
    # The reasons for the items decided, under way, heading, postponed, withdrawn, waiting, and for an unknown one.
    c.StartItem: (
        "item_not_waiting",
        "",
        "item_is_heading",
        "item_not_waiting",
        "item_not_waiting",
        "",
        "no_such_item",
    ),
    c.FinishItem: ("item_not_under_way", "", "item_is_heading", *("item_not_under_way",) * 3, "no_such_item"),
    c.PostponeItem: ("item_not_waiting", "", "item_is_heading", "", "", "", "no_such_item"),
    c.WithdrawItem: ("item_not_waiting", "", "item_is_heading", "", "", "", "no_such_item"),
    c.ReturnItem: ("", "", "item_is_heading", "", "", "item_waiting", "no_such_item"),
}


@pytest.mark.parametrize("kind", COURSE, ids=lambda kind: kind.__name__)
def test_a_step_is_possible_from_its_states_only(kind: type[c.Command]) -> None:
    items = (OPENING, SCHEME, FINANCE, REPORT, BUDGET, INFORMATION, 77)
    assert tuple(with_states().reason(kind, item=item) for item in items) == COURSE[kind]


NOTHING_TO_DO = [(c.StartItem, SCHEME), (c.PostponeItem, REPORT), (c.WithdrawItem, BUDGET)]


@pytest.mark.parametrize(("kind", "item"), NOTHING_TO_DO, ids=lambda case: getattr(case, "__name__", str(case)))
def test_a_step_that_was_taken_does_nothing(kind: type[c.Command], item: int) -> None:
    assert with_states().do(kind, item=item) == ()


def test_starting_an_item_finishes_the_one_under_way() -> None:
    session = in_session()
    session.do(c.StartItem, item=OPENING)
    finished, started = session.do(c.StartItem, item=REPORT)
    assert (finished, started) == (
        e.ItemStateChanged(at=session.now, by=1, item=OPENING, state=DECIDED),
        e.ItemStarted(at=session.now, by=1, item=REPORT),
    )
    assert (session.item(OPENING).state, session.item(REPORT).state) == (DECIDED, UNDER_WAY)
    assert session.meeting.current_item == REPORT


LEAVING: list[tuple[type[c.Command], dict[str, Any]]] = [
    (c.StartItem, {"item": INFORMATION}),
    (c.FinishItem, {"item": SCHEME}),
    (c.PostponeItem, {"item": SCHEME}),
    (c.WithdrawItem, {"item": SCHEME}),
    (c.ReturnItem, {"item": SCHEME}),
]


@pytest.mark.parametrize(("kind", "fields"), LEAVING, ids=[case[0].__name__ for case in LEAVING])
def test_the_item_is_not_left_before_its_vote_is_settled(kind: type[c.Command], fields: dict[str, Any]) -> None:
    session = voting()
    assert session.reason(kind, **fields) == "poll_still_open"
    session.close(SCHEME_POLL, publish=False)
    assert session.reason(kind, **fields) == "poll_unpublished"
    session.do(c.PublishResult, poll=SCHEME_POLL)
    assert session.reason(kind, **fields) == ""


def test_an_item_comes_back_and_is_taken_up_again() -> None:
    session = with_states()
    for item in (OPENING, SCHEME, REPORT, BUDGET):
        session.do(c.ReturnItem, item=item)
    assert {item.state for item in session.meeting.items.values()} == {WAITING}
    assert session.meeting.current_item is None
    session.do(c.StartItem, item=BUDGET)
    assert session.meeting.current_item == BUDGET


def late(**fields: Any) -> dict[str, Any]:
    return {"item": 7, "title": Text("Nội dung phát sinh", "Urgent item")} | fields


def test_a_late_item_is_marked_late_and_gets_its_vote() -> None:
    session = called()
    added, drafted = session.do(c.AddItem, by=SECRETARY, **late(kind=ItemKind.DECISION, before=FINANCE))
    assert isinstance(added, e.ItemAdded) and isinstance(drafted, e.PollDrafted)
    assert session.item(7) == Item(7, ItemKind.DECISION, Text("Nội dung phát sinh", "Urgent item"), late=True)
    assert (list(session.meeting.items), session.poll("item-7").item) == ([1, 2, 7, 3, 4, 5, 6], 7)


def test_a_late_item_for_discussion_gets_no_vote() -> None:
    assert [type(event) for event in called().do(c.AddItem, by=SECRETARY, **late(parent=FINANCE))] == [e.ItemAdded]


BAD_ITEMS: list[tuple[dict[str, Any], str, str]] = [
    (late(title=Text(" ")), "title_missing", "no title"),
    (late(title=Text("x" * (TITLE_LIMIT + 1))), "text_too_long", "a title too long"),
    (late(title=Text("x", "y" * (TITLE_LIMIT + 1))), "text_too_long", "an English title too long"),
    (late(presenter=Text("x" * (TITLE_LIMIT + 1))), "text_too_long", "a presenter too long"),
    (late(agency=Text("x" * (TITLE_LIMIT + 1))), "text_too_long", "an agency too long"),
    (late(planned_minutes=0), "minutes_out_of_range", "no time"),
    (late(planned_minutes=601), "minutes_out_of_range", "more than ten hours"),
    (late(item=SCHEME), "item_exists", "an id in use"),
    (late(parent=77), "no_such_item", "an unknown parent"),
    (late(before=77), "no_such_item", "before an unknown item"),
]


@pytest.mark.parametrize(("fields", "reason", "why"), BAD_ITEMS, ids=[case[-1] for case in BAD_ITEMS])
def test_a_late_item_is_refused(fields: dict[str, Any], reason: str, why: str) -> None:
    assert called().reason(c.AddItem, by=SECRETARY, **fields) == reason


PARENTS = [
    (OPENING, "item_not_waiting", "decided"),
    (SCHEME, "item_under_way", "under way"),
    (FINANCE, "", "a heading"),
    (REPORT, "item_not_waiting", "postponed"),
    (BUDGET, "item_not_waiting", "withdrawn"),
    (INFORMATION, "", "waiting"),
    (None, "", "the top level"),
]


@pytest.mark.parametrize(("parent", "reason", "why"), PARENTS, ids=[case[-1] for case in PARENTS])
def test_only_an_item_that_waits_becomes_a_heading(parent: int | None, reason: str, why: str) -> None:
    session = with_states()
    session.do(c.AddItem, by=SECRETARY, **late())
    assert session.reason(c.AddItem, by=SECRETARY, **late(item=8, parent=parent)) == reason
    assert session.reason(c.MoveItem, by=SECRETARY, item=7, parent=parent, before=OPENING) == reason


def test_an_agenda_has_three_levels() -> None:
    session = called()
    session.do(c.AddItem, by=SECRETARY, **late(parent=REPORT))
    assert item_numbers(session.meeting.items)[7] == "3.1.1"
    assert session.refusal(c.AddItem, by=SECRETARY, **late(item=8, parent=7)) == ("too_deep", None)
    # 3 with its two levels below fits under nothing; 3.2 fits under 3.1, beside 3.1.1.
    assert session.reason(c.MoveItem, by=SECRETARY, item=FINANCE, parent=SCHEME) == "too_deep"
    assert session.reason(c.MoveItem, by=SECRETARY, item=BUDGET, parent=REPORT) == ""
    assert DEPTH_LIMIT == 3


MOVES: list[tuple[dict[str, Any], list[int], str]] = [
    ({"item": INFORMATION, "before": OPENING}, [6, 1, 2, 3, 4, 5], "to the top"),
    ({"item": OPENING}, [2, 3, 4, 5, 6, 1], "to the end"),
    ({"item": FINANCE, "before": SCHEME}, [1, 3, 4, 5, 2, 6], "with its children"),
    ({"item": BUDGET, "parent": FINANCE, "before": REPORT}, [1, 2, 3, 5, 4, 6], "among its siblings"),
    ({"item": REPORT, "before": INFORMATION}, [1, 2, 3, 5, 4, 6], "out of its heading"),
    ({"item": INFORMATION, "parent": SCHEME}, [1, 2, 6, 3, 4, 5], "into another item"),
]


@pytest.mark.parametrize(("fields", "order", "why"), MOVES, ids=[case[-1] for case in MOVES])
def test_an_item_moves_once(fields: dict[str, Any], order: list[int], why: str) -> None:
    session = called()
    session.do(c.MoveItem, by=SECRETARY, **fields)
    assert list(session.meeting.items) == order
    assert session.item(fields["item"]).parent == fields.get("parent")
    assert session.do(c.MoveItem, by=SECRETARY, **fields) == ()


STAYS = [{"item": INFORMATION}, {"item": SCHEME, "before": FINANCE}, {"item": SCHEME, "before": SCHEME}]


@pytest.mark.parametrize("fields", STAYS, ids=["last already", "there already", "before itself"])
def test_a_move_to_where_it_is_does_nothing(fields: dict[str, Any]) -> None:
    assert called().do(c.MoveItem, by=SECRETARY, **fields) == ()


BAD_MOVES: list[tuple[dict[str, Any], str]] = [
    ({"item": 77}, "no_such_item"),
    ({"item": SCHEME, "parent": 77}, "no_such_item"),
    ({"item": SCHEME, "before": 77}, "no_such_item"),
    ({"item": FINANCE, "parent": FINANCE}, "item_moves_into_itself"),
    ({"item": FINANCE, "parent": BUDGET}, "item_moves_into_itself"),
]


@pytest.mark.parametrize(("fields", "reason"), BAD_MOVES)
def test_a_move_is_refused(fields: dict[str, Any], reason: str) -> None:
    assert called().reason(c.MoveItem, by=SECRETARY, **fields) == reason


def test_an_edit_changes_the_words_and_the_vote_that_nobody_has_worded() -> None:
    session = called()
    fields = {"item": SCHEME, "title": Text("Đề án lễ hội", "Festival scheme"), "planned_minutes": 20}
    assert [type(event) for event in session.do(c.EditItem, by=SECRETARY, **fields)] == [e.ItemEdited, e.PollDrafted]
    assert session.poll(SCHEME_POLL).question == Text("Thông qua: Đề án lễ hội", "To approve: Festival scheme")
    assert (session.item(SCHEME).title, session.item(SCHEME).planned_minutes) == (fields["title"], 20)
    assert session.do(c.EditItem, by=SECRETARY, **fields) == ()
    later = fields | {"planned_minutes": 30}
    assert [type(event) for event in session.do(c.EditItem, by=SECRETARY, **later)] == [e.ItemEdited]


def test_an_edit_leaves_a_vote_that_was_worded_or_opened() -> None:
    session = called()
    session.do(c.DraftPoll, poll=BUDGET_POLL, item=BUDGET, question=Text("Giao dự toán?"))
    session.do(c.EditItem, by=SECRETARY, item=BUDGET, title=Text("Dự toán 2027"))
    assert session.poll(BUDGET_POLL).question == Text("Giao dự toán?")
    opened = voting()
    opened.do(c.EditItem, by=SECRETARY, item=SCHEME, title=Text("Đề án lễ hội"))
    assert opened.poll(SCHEME_POLL).question == Text("Thông qua: Đề án du lịch", "To approve: Tourism scheme")


def test_a_heading_whose_children_moved_away_gets_its_vote_when_it_is_taken_up() -> None:
    items = (Item(1, ItemKind.DECISION, Text("Nhóm")), Item(2, ItemKind.FORMAL, Text("Một"), parent=1))
    session = in_session(items=items)
    session.do(c.MoveItem, by=SECRETARY, item=2)
    assert [type(event) for event in session.do(c.StartItem, item=1)] == [e.ItemStarted, e.PollDrafted]
    session.do(c.ReturnItem, item=1)
    assert [type(event) for event in session.do(c.StartItem, item=1)] == [e.ItemStarted]


WORDS: list[tuple[type[c.Command], dict[str, Any], str]] = [
    (c.NoteItem, {"item": SCHEME, "note": "Bổ sung số liệu"}, ""),
    (c.NoteItem, {"item": 77, "note": "Ghi"}, "no_such_item"),
    (c.NoteItem, {"item": SCHEME, "note": "x" * (TEXT_LIMIT + 1)}, "text_too_long"),
    (c.ConcludeItem, {"item": SCHEME, "conclusion": "Thống nhất"}, ""),
    (c.ConcludeItem, {"item": 77, "conclusion": "Thống nhất"}, "no_such_item"),
    (c.ConcludeItem, {"item": SCHEME, "conclusion": "x" * (TEXT_LIMIT + 1)}, "text_too_long"),
    (c.EditItem, {"item": 77, "title": Text("Đề án")}, "no_such_item"),
    (c.EditItem, {"item": SCHEME, "title": Text()}, "title_missing"),
    (c.EditItem, {"item": SCHEME, "title": Text("Đề án"), "planned_minutes": 0}, "minutes_out_of_range"),
    (c.AttachPaper, {"item": OPENING, "paper": AgendaPaper(32, Text("Báo cáo"))}, ""),
    (c.AttachPaper, {"item": SCHEME, "paper": PAPER}, "paper_exists"),
    (c.AttachPaper, {"item": 77, "paper": PAPER}, "no_such_item"),
    (c.RemovePaper, {"item": SCHEME, "paper": PAPER.id}, ""),
    (c.RemovePaper, {"item": OPENING, "paper": PAPER.id}, "no_such_paper"),
    (c.RemovePaper, {"item": 77, "paper": PAPER.id}, "no_such_item"),
]


@pytest.mark.parametrize(("kind", "fields", "reason"), WORDS)
def test_words_and_papers_of_an_item(kind: type[c.Command], fields: dict[str, Any], reason: str) -> None:
    session = called()
    assert session.reason(kind, by=SECRETARY, **fields) == reason
    if not reason and kind in (c.NoteItem, c.ConcludeItem):
        session.do(kind, by=SECRETARY, **fields)
        assert session.do(kind, by=SECRETARY, **fields) == ()

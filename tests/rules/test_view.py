"""`view` is an allow-list: which parts and keys each audience gets, and that no secret is in a part of anybody else's."""

import json

import pytest

from ecabinet.rules import commands as c
from ecabinet.rules.audience import Audience, Kind
from ecabinet.rules.ballots import receipt
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.view import view
from tests.rules.marked_session import HEADING, OPEN_ITEM, OTHER_ITEM, OUTSIDER, SHUT_ITEM, full_of_secrets
from tests.rules.sessions import CHAIR, DEPUTY, INVITEE, MEMBER, SCREEN, SECRETARY, called, voting

SESSION = full_of_secrets()
AUDIENCES = {
    "chair": SESSION.audience(CHAIR),
    "secretariat": SESSION.audience(SECRETARY),
    "member": SESSION.audience(MEMBER),
    "guest": SESSION.audience(INVITEE),
    "outsider": SESSION.audience(OUTSIDER),
    "screen": SESSION.audience(SCREEN),
}
PARTS = {name: view(SESSION.meeting, audience) for name, audience in AUDIENCES.items()}

NOBODY: set[str] = set()
RUN = {"chair", "secretariat"}
MEMBERS = RUN | {"member"}
HOUSE = MEMBERS | {"screen"}
GUESTS_TOO = HOUSE | {"guest"}

SECRETS = {
    # What is not written into a view at all.
    "guest-name": NOBODY,
    "open-vote-opinion": NOBODY,
    "void-opinion": NOBODY,
    receipt("published-id"): NOBODY,
    receipt("open-vote-id"): NOBODY,
    # For those who run the meeting.
    "absence-note": RUN,
    "open-note": RUN,
    "shut-note": RUN,
    "draft-question": RUN,
    "dropped-question": RUN,
    "dropped-reason": RUN,
    "closed-opinion": RUN,
    # For the members.
    "open-conclusion": MEMBERS,
    "shut-conclusion": MEMBERS,
    "published-opinion": MEMBERS,
    "shut-opinion": MEMBERS,
    # For the room.
    "heading-title": HOUSE,
    "shut-title": HOUSE,
    "shut-presenter": HOUSE,
    "shut-agency": HOUSE,
    "shut-paper": HOUSE,
    "shut-number": HOUSE,
    "shut-question": HOUSE,
    "other-title": HOUSE,
    # For the guests of the item too.
    "open-title": GUESTS_TOO,
    "open-paper": GUESTS_TOO,
    "open-number": GUESTS_TOO,
    "open-vote-question": GUESTS_TOO,
    "closed-question": GUESTS_TOO,
    "published-question": GUESTS_TOO,
    "void-question": GUESTS_TOO,
    "void-reason": GUESTS_TOO,
}


@pytest.mark.parametrize(("marker", "seen_by"), SECRETS.items())
def test_a_secret_is_in_the_parts_of_those_who_may_see_it_and_of_nobody_else(marker: str, seen_by: set[str]) -> None:
    assert {name for name, parts in PARTS.items() if marker in json.dumps(parts)} == seen_by


ALWAYS = {"meeting", "stage", "agenda", "presence"}
ALL_ITEMS = {f"item/{item}" for item in (HEADING, OPEN_ITEM, SHUT_ITEM, OTHER_ITEM)}
HELD = {"poll/published", "poll/void", "poll/closed", "poll/open"}
DRAFTS = {"poll/item-2", "poll/draft", "poll/dropped"}
NOTES = {f"note/{item}" for item in (HEADING, OPEN_ITEM, SHUT_ITEM, OTHER_ITEM)}
HOUSE_PARTS = ALWAYS | ALL_ITEMS | HELD | {"poll/item-3", "seats"}

PART_NAMES = {
    "chair": HOUSE_PARTS | DRAFTS | NOTES | {"people", "next"},
    "secretariat": HOUSE_PARTS | DRAFTS | NOTES | {"people", "next"},
    "member": HOUSE_PARTS,
    "screen": HOUSE_PARTS,
    "guest": ALWAYS | HELD | {"item/2"},
    "outsider": ALWAYS,
}


@pytest.mark.parametrize("audience", PART_NAMES)
def test_an_audience_gets_its_parts_and_no_other(audience: str) -> None:
    assert PARTS[audience].keys() == PART_NAMES[audience]


QUESTION = {"item", "state", "question", "options", "max_choices", "change", "rule", "replaces"}
PROGRESS = {"voted", "electorate", "counted"}
VOTES = {"votes", "opinions"}

# (part, audience): the keys, for a poll in each state and for what differs by audience.
KEYS: dict[tuple[str, str], set[str]] = {
    ("poll/draft", "chair"): QUESTION | {"count"},
    ("poll/open", "chair"): QUESTION | PROGRESS | {"voted_seats", "count", "missing"},
    ("poll/open", "secretariat"): QUESTION | PROGRESS | {"voted_seats", "count", "missing"},
    ("poll/open", "member"): QUESTION | PROGRESS | {"voted_seats"},
    ("poll/open", "screen"): QUESTION | PROGRESS | {"voted_seats"},
    ("poll/open", "guest"): QUESTION | PROGRESS,
    ("poll/closed", "chair"): QUESTION | PROGRESS | VOTES | {"voted_seats", "count", "result"},
    ("poll/closed", "secretariat"): QUESTION | PROGRESS | VOTES | {"voted_seats", "count", "result"},
    ("poll/closed", "member"): QUESTION | PROGRESS | {"voted_seats"},
    ("poll/closed", "screen"): QUESTION | PROGRESS | {"voted_seats"},
    ("poll/closed", "guest"): QUESTION | PROGRESS,
    ("poll/published", "chair"): QUESTION | PROGRESS | VOTES | {"voted_seats", "count", "result"},
    ("poll/published", "member"): QUESTION | PROGRESS | VOTES | {"voted_seats", "result"},
    ("poll/published", "screen"): QUESTION | PROGRESS | {"voted_seats", "result"},
    ("poll/published", "guest"): QUESTION | PROGRESS | {"result"},
    ("poll/void", "chair"): QUESTION | PROGRESS | {"voted_seats", "count", "void_reason"},
    ("poll/void", "member"): QUESTION | PROGRESS | {"voted_seats", "void_reason"},
    ("poll/void", "guest"): QUESTION | PROGRESS | {"void_reason"},
    ("item/2", "chair"): {"papers", "polls", "conclusion"},
    ("item/2", "member"): {"papers", "polls", "conclusion"},
    ("item/2", "screen"): {"papers", "polls"},
    ("item/2", "guest"): {"papers", "polls"},
    ("presence", "chair"): {"present", "members", "needed", "quorate", "seats"},
    ("presence", "screen"): {"present", "members", "needed", "quorate", "seats"},
    ("presence", "guest"): {"present", "members", "needed", "quorate"},
    ("meeting", "guest"): {"key", "kind", "number", "title", "body", "place", "starts_at", "reality"},
    ("stage", "guest"): {"stage", "current_item", "presiding", "opened_at", "closed_at", "cancel_reason"},
    ("next", "chair"): {"do", "args", "why", "ready", "confirm", "missing"},
    ("note/2", "chair"): {"note"},
    ("seats", "member"): {"seats"},
    ("people", "chair"): {"people"},
}


@pytest.mark.parametrize(("part", "audience"), KEYS, ids=[f"{part} {audience}" for part, audience in KEYS])
def test_a_part_has_its_keys_and_no_other(part: str, audience: str) -> None:
    assert PARTS[audience][part].keys() == KEYS[part, audience]


def test_while_open_everybody_sees_who_and_how_many_and_nobody_how() -> None:
    parts = [PARTS[audience]["poll/open"] for audience in ("chair", "secretariat", "member", "screen")]
    assert [(part["voted"], part["electorate"], part["voted_seats"]) for part in parts] == [(1, 25, [MEMBER])] * 4
    assert (PARTS["guest"]["poll/open"]["voted"], "other" in json.dumps(parts[2]["voted_seats"])) == (1, False)


def test_published_votes_are_told_by_name() -> None:
    part = PARTS["member"]["poll/published"]
    assert (part["votes"], part["opinions"]) == ({"3": ["other"]}, {"3": "published-opinion"})
    assert part["result"]["counts"] == {"for": 0, "against": 0, "not_voting": 0, "other": 1}


def test_the_polls_of_an_item_are_those_one_sees() -> None:
    assert set(PARTS["guest"]["item/2"]["polls"]) == {"published", "void", "closed", "open"}
    assert set(PARTS["chair"]["item/2"]["polls"]) == {
        "published",
        "void",
        "closed",
        "open",
        "item-2",
        "draft",
        "dropped",
    }


def test_a_guest_is_not_told_which_other_item_is_under_way() -> None:
    assert (PARTS["guest"]["stage"]["current_item"], PARTS["outsider"]["stage"]["current_item"]) == (OPEN_ITEM, None)
    assert [row["id"] for row in PARTS["guest"]["agenda"]["items"]] == [OPEN_ITEM]
    assert PARTS["outsider"]["agenda"] == {"items": []}


def test_an_agenda_row_is_what_a_tablet_shows() -> None:
    rows = PARTS["member"]["agenda"]["items"]
    assert [(row["number"], row["depth"], row["heading"], row["state"]) for row in rows] == [
        ("1", 0, True, "under_way"),
        ("1.1", 1, False, "under_way"),
        ("1.2", 1, False, "decided"),
        ("2", 0, False, "waiting"),
    ]
    assert rows[2].keys() == {
        "id", "number", "depth", "heading", "kind", "title", "presenter", "agency", "minutes", "state", "late",
        "started_at",
    }  # fmt: skip


def test_a_body_may_number_its_agendas_in_roman() -> None:
    session = called(rules=RuleSet(roman_numbers=True))
    rows = view(session.meeting, session.audience(MEMBER))["agenda"]["items"]
    assert [row["number"] for row in rows] == ["I", "II", "III", "III.1", "III.2", "IV"]


@pytest.mark.parametrize("live_tally", [True, False])
def test_the_live_tally_is_a_setting(live_tally: bool) -> None:
    session = voting(rules=RuleSet(live_tally=live_tally))
    session.vote("item-2", for_=(1, 2), against=(3,))
    part = view(session.meeting, session.audience(MEMBER))["poll/item-2"]
    assert part.get("tally") == ({"for": 2, "against": 1, "not_voting": 0} if live_tally else None)
    session.close("item-2", publish=False)
    assert "tally" not in view(session.meeting, session.audience(MEMBER))["poll/item-2"]


def test_who_presides_has_the_chairs_view() -> None:
    session = SESSION.fork()
    session.do(c.AssignPresiding, person=DEPUTY)
    assert (session.audience(CHAIR), session.audience(DEPUTY)) == (Audience(Kind.MEMBER), Audience(Kind.CHAIR))


def test_a_view_is_plain_json() -> None:
    assert all(json.loads(json.dumps(parts)) == parts for parts in PARTS.values())


def test_the_top_level_is_roman_where_the_body_has_it() -> None:
    numbers = [
        [row["number"] for row in view(voting(rules=rules).meeting, Audience(Kind.MEMBER))["agenda"]["items"]]
        for rules in (RuleSet(roman_numbers=True), RuleSet())
    ]
    assert numbers[0][:2] == ["I", "II"] and numbers[1][:2] == ["1", "2"]

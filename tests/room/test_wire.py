"""Messages of tablets: read into commands, or refused with a reason."""

import json
from typing import Any

import pytest

from ecabinet.room.wire import Malformed, Ping, answer_json, read_message
from ecabinet.rules.commands import AddItem, CastBallot, DraftPoll, EnterCount, MarkPresence, NoteItem
from ecabinet.rules.meeting import ItemKind, PresenceStatus
from ecabinet.rules.refused import refused
from ecabinet.rules.rule_set import Base, Comparison, Majority, Share
from ecabinet.rules.text import Text

READ = [
    (
        {"id": "a", "do": "cast_ballot", "poll": "p", "choice": ["for"]},
        CastBallot(id="a", by=7, poll="p", choice=("for",)),
    ),
    (
        {"id": "a", "do": "mark_presence", "person": 3, "status": "excused", "note": "ốm"},
        MarkPresence(id="a", by=7, person=3, status=PresenceStatus.EXCUSED, note="ốm"),
    ),
    (
        {"id": "a", "do": "add_item", "title": {"vi": "Mới"}, "kind": "decision"},
        AddItem(id="a", by=7, title=Text("Mới"), kind=ItemKind.DECISION),
    ),
    (
        {"id": "a", "do": "enter_count", "poll": "p", "counts": {"for": 13}},
        EnterCount(id="a", by=7, poll="p", counts={"for": 13}),
    ),
    (
        {
            "id": "a", "do": "draft_poll", "poll": "p", "item": 2, "question": {"vi": "?"},
            "majority": {"base": "present", "comparison": "at_least", "share": {"numerator": 2, "denominator": 3}},
        },
        DraftPoll(
            id="a", by=7, poll="p", item=2, question=Text("?"),
            majority=Majority(Base.PRESENT, Comparison.AT_LEAST, Share(2, 3)),
        ),
    ),
]  # fmt: skip

MALFORMED = [
    ("{", None, "malformed"),
    ("[]", None, "malformed"),
    ("[" * 100_000, None, "malformed"),
    ("{}", None, "malformed"),
    ('{"id":"", "do":"check_in"}', None, "malformed"),
    ('{"id":"' + "x" * 65 + '", "do":"check_in"}', None, "malformed"),
    ('{"id":"a b", "do":"check_in"}', None, "malformed"),
    ('{"id":7, "do":"check_in"}', None, "malformed"),
    ('{"id":"a"}', "a", "unknown_command"),
    ('{"id":"a", "do":"reset_poll"}', "a", "unknown_command"),
    ('{"id":"a", "do":"call_meeting"}', "a", "unknown_command"),
    ('{"id":"a", "do":"check_in", "by":1}', "a", "malformed"),
    ('{"id":"a", "do":"cast_ballot", "poll":"p"}', "a", "malformed"),
    ('{"id":"a", "do":"cast_ballot", "poll":"p", "choice":"for"}', "a", "malformed"),
    ('{"id":"a", "do":"start_item", "item":"first"}', "a", "malformed"),
    ('{"id":"a", "do":"add_item", "title":{"vi":"x"}, "item":5}', "a", "malformed"),
    ('{"id":"a", "do":"mark_presence", "person":3, "status":"asleep"}', "a", "malformed"),
    (
        '{"id":"a","do":"draft_poll","poll":"p","item":1,"question":{"vi":"?"},'
        '"majority":{"base":"present","comparison":"more_than","share":{"numerator":3,"denominator":2}}}',
        "a",
        "malformed",
    ),
    # Neither can be written to the record: let in, they would fail at every commit and be sent for ever.
    (r'{"id":"a", "do":"note_item", "item":2, "note":"\ud800"}', "a", "malformed"),
    (r'{"id":"a", "do":"note_item", "item":2, "note":"a\u0000b"}', "a", "malformed"),
    (r'{"id":"a", "do":"\ud800"}', "a", "malformed"),
    (r'{"id":"a", "do":"check_in", "\ud800":1}', "a", "malformed"),
    ('{"id":"a", "do":"check_in", "x":' + "[" * 900 + "]" * 900 + "}", "a", "malformed"),
    ('{"ping": true}', None, "malformed"),
]


@pytest.mark.parametrize(("message", "command"), READ, ids=[message["do"] for message, _ in READ])
def test_a_message_becomes_its_command(message: dict[str, Any], command: Any) -> None:
    assert read_message(json.dumps(message), by=7) == command


@pytest.mark.parametrize(("text", "id_", "reason"), MALFORMED)
def test_what_is_no_command_is_refused_with_a_reason(text: str, id_: str | None, reason: str) -> None:
    read = read_message(text, by=7)
    assert isinstance(read, Malformed)
    assert (read.id, read.refused.reason) == (id_, reason)
    assert read.refused.text.vi and read.refused.text.en


def test_words_that_name_a_forbidden_letter_are_words() -> None:
    read = read_message(r'{"id":"a", "do":"note_item", "item":2, "note":"\\u0000 \ud83d\ude00"}', by=7)
    assert read == NoteItem(id="a", by=7, item=2, note=r"\u0000 😀")


def test_a_ping_is_no_command() -> None:
    assert read_message('{"ping": 3}', by=7) == Ping(3)


def test_a_refusal_says_why_in_both_languages() -> None:
    article = Text("Điều 114", "art. 114")
    assert answer_json("a", refused("poll_not_open", article)) == {
        "id": "a",
        "refused": {
            "reason": "poll_not_open",
            "text": {"vi": "Cuộc biểu quyết không mở.", "en": "The vote is not open."},
            "article": {"vi": "Điều 114", "en": "art. 114"},
        },
    }

"""Events as canonical bytes and back: every kind, with anything in it."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecabinet.rules import events as e
from ecabinet.rules.encoding import canonical, event_from_json, event_to_json, to_json
from ecabinet.rules.record import GENESIS, Entry, chain, entry_bytes, entry_from_bytes
from ecabinet.rules.rule_set import Base, Comparison, Majority, Share
from ecabinet.rules.text import Text

MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))]))
SHARES = st.integers(1, 9).flatmap(lambda whole: st.builds(Share, st.integers(1, whole), st.just(whole)))
MAJORITIES = st.one_of(
    st.builds(Majority, st.sampled_from(Base), st.just(Comparison.AT_LEAST), SHARES),
    st.builds(Majority, st.sampled_from(Base), st.just(Comparison.MORE_THAN), st.just(Share(1, 2))),
)
SPECIAL = {datetime: MOMENTS, Share: SHARES, Majority: MAJORITIES, Text: st.builds(Text, st.text(), st.text())}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Anything that the type allows; the record's own types are few enough to list."""
    if hint in SPECIAL:
        return SPECIAL[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return st.lists(values_of(args[0]), max_size=3).map(tuple)
    if origin in (dict, Mapping):
        return st.dictionaries(values_of(args[0]), values_of(args[1]), max_size=3)
    if args:
        return st.one_of(*(st.none() if arg is type(None) else values_of(arg) for arg in args))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: values_of(hints[field.name]) for field in fields(hint)})  # type: ignore[arg-type]
    return st.from_type(hint)


@pytest.mark.parametrize("kind", e.EVENT_KINDS.values(), ids=e.EVENT_KINDS)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_every_kind_of_event_comes_back_as_it_was_written(kind: type[e.Event], data: st.DataObject) -> None:
    event = data.draw(values_of(kind))
    written = canonical(event_to_json(event))
    again = event_from_json(kind.__name__, event.at, event.by, json.loads(written))
    assert (again, canonical(event_to_json(again))) == (event, written)
    entry = Entry("phien-12", 1, "c-1", 0, event)
    assert entry_from_bytes(entry_bytes(entry)) == entry


EVENT = e.BallotCast(
    at=datetime(2026, 11, 24, 2, tzinfo=UTC), by=3, poll="item-2", seat=3, ballot="b", choice=("for",), opinion="Đồng ý"
)


def test_the_canonical_bytes_have_one_spelling() -> None:
    assert canonical({"b": 1, "a": ["Đ", None, True]}) == '{"a":["Đ",null,true],"b":1}'.encode()
    assert (
        entry_bytes(Entry("phien-12", 7, "c-9", 1, EVENT))
        == (
            '{"at":"2026-11-24T02:00:00+00:00","by":3,"command":"c-9","data":{"ballot":"b","choice":["for"],'
            '"opinion":"Đồng ý","poll":"item-2","seat":3},"kind":"BallotCast","meeting":"phien-12","part":1,"seq":7}'
        ).encode()
    )


def test_a_hash_follows_from_the_one_before_and_the_bytes() -> None:
    kept = entry_bytes(Entry("phien-12", 1, "c-1", 0, EVENT))
    first = chain(GENESIS, kept)
    assert first == chain(GENESIS, kept)
    assert len({first, chain(first, kept), chain(GENESIS, kept + b" "), chain(first, kept[:-1])}) == 4


def test_an_event_written_before_a_field_was_added_takes_the_default() -> None:
    data = event_to_json(EVENT)
    del data["opinion"]
    assert event_from_json("BallotCast", EVENT.at, EVENT.by, data) == e.BallotCast(
        at=EVENT.at, by=3, poll="item-2", seat=3, ballot="b", choice=("for",)
    )


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"x", object()], ids=["float", "set", "bytes", "object"])
def test_what_has_no_one_spelling_has_no_place_in_the_record(value: object) -> None:
    with pytest.raises(TypeError, match="no place in the record"):
        to_json(value)


def test_an_unknown_kind_is_no_event() -> None:
    with pytest.raises(KeyError):
        event_from_json("VoteBought", EVENT.at, EVENT.by, {})

"""The agenda of a draft: order, nesting, the steps of the keyboard, undo, and the forecast."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecabinet.office.agenda import (
    ItemFields,
    add_item,
    delete_item,
    edit_item,
    move_item,
    place_item,
    restore_item,
)
from ecabinet.office.agenda_tree import DEPTH_LIMIT, depth
from ecabinet.office.drafts import NoLongerDraft
from ecabinet.office.outline import Outline, outline
from ecabinet.office.problems import Invalid, Stale
from ecabinet.store.agenda import find_deleted_items, find_items
from ecabinet.store.meetings import find_meeting
from ecabinet.store.people import Missing
from tests.office.conftest import MEETS_AT, NOW, Draft


async def _add(draft: Draft, title: str, parent: int | None = None, minutes: int | None = None) -> int:
    async with draft.database.writing() as session:
        fields = ItemFields(title_vi=title, planned_minutes=minutes)
        item = await add_item(session, draft.meeting, fields, parent_id=parent, by=draft.secretary, now=NOW)
    assert item.id is not None
    return item.id


async def _move(draft: Draft, item: int, step: str) -> None:
    async with draft.database.writing() as session:
        await move_item(session, draft.meeting, item, step, by=draft.secretary, now=NOW)


async def _outline(draft: Draft) -> Outline:
    async with draft.database.reading() as session:
        return outline(await find_items(session, draft.meeting), [], MEETS_AT)


async def _read(draft: Draft) -> str:
    """'1 A, 1.1 B, 2 C'."""
    return ", ".join(f"{row.number} {row.item.title_vi}" for row in (await _outline(draft)).rows)


async def test_items_are_numbered_as_they_stand(draft: Draft) -> None:
    a = await _add(draft, "A")
    await _add(draft, "B", parent=a)
    await _add(draft, "C")
    await _add(draft, "D", parent=a)
    assert await _read(draft) == "1 A, 1.1 B, 1.2 D, 2 C"


@pytest.mark.parametrize(
    ("moves", "read"),
    [
        ([("C", "up")], "1 A, 2 C, 3 B"),
        ([("A", "down")], "1 B, 2 A, 3 C"),
        ([("A", "down"), ("A", "down")], "1 B, 2 C, 3 A"),
        ([("A", "up"), ("C", "down"), ("A", "in"), ("A", "out")], "1 A, 2 B, 3 C"),
        ([("B", "in")], "1 A, 1.1 B, 2 C"),
        ([("B", "in"), ("C", "in")], "1 A, 1.1 B, 1.2 C"),
        ([("B", "in"), ("C", "in"), ("B", "down")], "1 A, 1.1 C, 1.2 B"),
        ([("B", "in"), ("C", "in"), ("B", "out")], "1 A, 1.1 C, 2 B"),
        ([("C", "in"), ("B", "in"), ("A", "sideways")], "1 A, 1.1 B, 1.1.1 C"),
    ],
)
async def test_steps_move_an_item_and_all_in_it(draft: Draft, moves: list[tuple[str, str]], read: str) -> None:
    ids = {title: await _add(draft, title) for title in "ABC"}
    for title, step in moves:
        await _move(draft, ids[title], step)
    assert await _read(draft) == read


async def test_an_agenda_has_three_levels_at_most(draft: Draft) -> None:
    a = await _add(draft, "A")
    b = await _add(draft, "B", parent=a)
    c = await _add(draft, "C", parent=b)
    with pytest.raises(Invalid):
        await _add(draft, "D", parent=c)
    d, _ = await _add(draft, "D"), await _add(draft, "E")
    with pytest.raises(Invalid):
        async with draft.database.writing() as session:
            await place_item(session, draft.meeting, d, (c, None), by=draft.secretary, now=NOW)
    row = (await _outline(draft)).row(d)
    assert row is not None and row.steps == {"up", "down", "in"}


async def test_an_item_cannot_move_into_itself(draft: Draft) -> None:
    a = await _add(draft, "A")
    b = await _add(draft, "B", parent=a)
    for target in (a, b):
        with pytest.raises(Invalid):
            async with draft.database.writing() as session:
                await place_item(session, draft.meeting, a, (target, None), by=draft.secretary, now=NOW)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["up", "down", "in", "out"])), max_size=12))
async def test_no_walk_loses_an_item_or_goes_too_deep(draft: Draft, walk: list[tuple[int, str]]) -> None:
    items = [row.item.id or 0 for row in (await _outline(draft)).rows] or [await _add(draft, f"{n}") for n in range(6)]
    for index, step in walk:
        await _move(draft, sorted(items)[index], step)
    async with draft.database.reading() as session:
        rows = await find_items(session, draft.meeting)
    assert sorted(row.id or 0 for row in rows) == sorted(items)
    assert max(depth(rows, row.id) for row in rows) <= DEPTH_LIMIT


async def test_deleting_takes_the_nested_along_and_undo_brings_them_back(draft: Draft) -> None:
    a = await _add(draft, "A")
    b = await _add(draft, "B")
    await _add(draft, "B1", parent=b)
    early = await _add(draft, "B2", parent=b)
    await _add(draft, "C")
    async with draft.database.writing() as session:
        await delete_item(session, draft.meeting, early, by=draft.secretary, now=NOW)
        await delete_item(session, draft.meeting, b, by=draft.secretary, now=NOW + timedelta(minutes=1))
        assert [item.title_vi for item in await find_deleted_items(session, draft.meeting)] == ["B", "B2"]
    assert await _read(draft) == "1 A, 2 C"
    async with draft.database.writing() as session:
        await restore_item(session, draft.meeting, b, by=draft.secretary, now=NOW)
    assert await _read(draft) == "1 A, 2 B, 2.1 B1, 3 C"
    await _move(draft, a, "down")
    assert await draft.audited("agenda_item") == ["added"] * 5 + ["deleted"] * 2 + ["restored", "moved"]


async def test_an_orphan_returns_to_the_top_level(draft: Draft) -> None:
    a = await _add(draft, "A")
    b = await _add(draft, "B", parent=a)
    async with draft.database.writing() as session:
        await delete_item(session, draft.meeting, b, by=draft.secretary, now=NOW)
        await delete_item(session, draft.meeting, a, by=draft.secretary, now=NOW + timedelta(minutes=1))
        await restore_item(session, draft.meeting, b, by=draft.secretary, now=NOW)
    assert await _read(draft) == "1 B"


async def test_two_secretaries_do_not_overwrite_each_other(draft: Draft) -> None:
    item = await _add(draft, "A")
    fields = ItemFields(title_vi="A", kind="decision")
    async with draft.database.writing() as session:
        await edit_item(session, draft.meeting, item, fields, version=1, by=draft.secretary, now=NOW)
    with pytest.raises(Stale):
        async with draft.database.writing() as session:
            await edit_item(
                session, draft.meeting, item, replace(fields, title_vi="B"), version=1, by=draft.secretary, now=NOW
            )


async def test_editing_what_somebody_deleted_is_stale(draft: Draft) -> None:
    item = await _add(draft, "A")
    async with draft.database.writing() as session:
        await delete_item(session, draft.meeting, item, by=draft.secretary, now=NOW)
    with pytest.raises(Stale):
        async with draft.database.writing() as session:
            await edit_item(
                session, draft.meeting, item, ItemFields(title_vi="B"), version=1, by=draft.secretary, now=NOW
            )


async def test_problems_stand_beside_their_fields(draft: Draft) -> None:
    fields = ItemFields(kind="party", planned_minutes=0, agency_id=99, presenter_vi="x" * 301)
    with pytest.raises(Invalid) as caught:
        async with draft.database.writing() as session:
            await add_item(session, draft.meeting, fields, by=draft.secretary, now=NOW)
    assert [problem.field for problem in caught.value.problems] == [
        "title_vi",
        "kind",
        "planned_minutes",
        "presenter_vi",
        "agency_id",
    ]


async def test_items_of_another_meeting_are_not_found(draft: Draft) -> None:
    with pytest.raises(Missing):
        await _move(draft, 999, "up")


async def test_called_meeting_keeps_its_agenda(draft: Draft) -> None:
    item = await _add(draft, "A")
    async with draft.database.writing() as session:
        meeting = await find_meeting(session, draft.meeting)
        assert meeting is not None
        meeting.stage = "called"
    with pytest.raises(NoLongerDraft):
        await _move(draft, item, "up")
    with pytest.raises(NoLongerDraft):
        await _add(draft, "B")


async def test_forecast_runs_until_the_first_item_without_minutes(draft: Draft) -> None:
    await _add(draft, "A", minutes=10)
    heading = await _add(draft, "B", minutes=500)
    await _add(draft, "B1", parent=heading, minutes=20)
    await _add(draft, "B2", parent=heading, minutes=5)
    await _add(draft, "C")
    await _add(draft, "D", minutes=15)
    read = await _outline(draft)
    assert [row.minutes for row in read.rows] == [10, 25, 20, 5, None, 15]
    assert [row.elapsed for row in read.rows] == [0, 10, 10, 30, 35, 35]
    assert [row.starts_at is not None for row in read.rows] == [True] * 5 + [False]
    assert (read.minutes, read.unplanned, read.ends_at) == (50, 1, MEETS_AT + timedelta(minutes=50))

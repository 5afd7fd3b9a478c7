"""Agendas to start from: a template has no papers, a copy may have them, a record is copied as it became."""

from dataclasses import replace

import pytest

from ecabinet.office.agenda import ItemFields, add_item
from ecabinet.office.agenda_templates import (
    Entry,
    add_entries,
    delete_template,
    entries_of_draft,
    entries_of_record,
    entries_of_template,
    save_template,
)
from ecabinet.office.meetings import MeetingFields, create_meeting
from ecabinet.office.papers import PaperFields, attach_paper
from ecabinet.office.problems import Invalid
from ecabinet.rules.meeting import AgendaPaper, Item, ItemKind, MeetingHead, blank
from ecabinet.rules.rule_set import RuleSet
from ecabinet.rules.text import Text
from ecabinet.store.agenda import find_papers
from ecabinet.store.people import Missing
from ecabinet.store.tables import Agency, StoredFile
from tests.office.conftest import NOW, Draft

TOURISM = Entry(
    title_vi="Đề án du lịch",
    kind="decision",
    presenter_vi="Giám đốc Sở Du lịch",
    agency="so-du-lich",
    planned_minutes=20,
)
AGENDA = (Entry(title_vi="Khai mạc", kind="formal"), Entry(title_vi="Đề án", children=(TOURISM,)))


@pytest.fixture
async def source(draft: Draft) -> Draft:
    """The draft with two items, the second with a nested one that has a paper."""
    async with draft.database.writing() as session:
        agency = Agency(code="so-du-lich", name_vi="Sở Du lịch")
        file = StoredFile(sha256="a" * 64, size_bytes=1, media_type="application/pdf", name="a.pdf", created_at=NOW)
        session.add_all([agency, file])
        await session.flush()
        who = {"by": draft.secretary, "now": NOW}
        await add_item(session, draft.meeting, ItemFields(title_vi="Khai mạc", kind="formal"), **who)
        heading = await add_item(session, draft.meeting, ItemFields(title_vi="Đề án"), **who)
        fields = ItemFields("Đề án du lịch", "", "decision", "Giám đốc Sở Du lịch", "", agency.id, 20)
        item = await add_item(session, draft.meeting, fields, parent_id=heading.id, **who)
        paper = PaperFields(title_vi="Tờ trình", number="45/TTr-SDL")
        await attach_paper(session, draft.meeting, item.id or 0, paper, file_id=file.id, **who)
    return draft


def _bare(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(replace(entry, paper_ids=(), children=_bare(entry.children)) for entry in entries)


async def _new_meeting(draft: Draft) -> int:
    async with draft.database.writing() as session:
        fields = MeetingFields(body_id=draft.body, title_vi="Phiên sau")
        return (await create_meeting(session, fields, by=draft.secretary, now=NOW)).id or 0


async def test_template_keeps_items_presenters_and_minutes_without_papers(source: Draft) -> None:
    async with source.database.writing() as session:
        entries = await entries_of_draft(session, source.meeting)
        saved = await save_template(
            session, source.meeting, "Thường kỳ", entries, body_id=source.body, by=source.secretary, now=NOW
        )
        assert await entries_of_template(session, saved.id or 0) == AGENDA
    later = await _new_meeting(source)
    async with source.database.writing() as session:
        entries = await entries_of_template(session, saved.id or 0)
        assert await add_entries(session, later, entries, by=source.secretary, now=NOW) == 3
        assert await entries_of_draft(session, later) == AGENDA


@pytest.mark.parametrize("with_papers", [False, True])
async def test_copy_of_an_earlier_meeting_has_papers_if_wanted(source: Draft, with_papers: bool) -> None:
    later = await _new_meeting(source)
    async with source.database.writing() as session:
        entries = await entries_of_draft(session, source.meeting)
        await add_entries(session, later, entries, with_papers=with_papers, by=source.secretary, now=NOW)
        assert _bare(await entries_of_draft(session, later)) == AGENDA
        papers = [(paper.title_vi, paper.number, file is not None) for paper, file in await find_papers(session, later)]
    assert papers == ([("Tờ trình", "45/TTr-SDL", True)] if with_papers else [])


async def test_record_is_copied_with_its_late_items(source: Draft) -> None:
    meeting = replace(
        blank(MeetingHead("k", "ordinary", Text("P"), Text("B")), RuleSet()),
        items={
            1: Item(1, ItemKind.FORMAL, Text("Khai mạc")),
            2: Item(2, ItemKind.DISCUSSION, Text("Đề án")),
            7: Item(
                7, ItemKind.DECISION, Text("Đề án du lịch"), 2, Text("Giám đốc Sở Du lịch"), Text("Sở Du lịch"), 20,
                papers=(AgendaPaper(5, Text("Tờ trình")),), late=True,
            ),
        },
    )  # fmt: skip
    async with source.database.reading() as session:
        entries = await entries_of_record(session, meeting)
    assert _bare(entries) == AGENDA
    assert entries[1].children[0].paper_ids == (5,)


async def test_template_needs_a_name_of_its_own_and_something_in_it(source: Draft) -> None:
    async with source.database.writing() as session:
        who = {"body_id": source.body, "by": source.secretary, "now": NOW}
        saved = await save_template(session, source.meeting, "Thường kỳ", AGENDA, **who)
        for name, entries in (("", AGENDA), ("thường kỳ", AGENDA), ("Trống", ())):
            with pytest.raises(Invalid):
                await save_template(session, source.meeting, name, entries, **who)
        await delete_template(session, saved.id or 0, by=source.secretary, now=NOW)
        with pytest.raises(Missing):
            await entries_of_template(session, saved.id or 0)

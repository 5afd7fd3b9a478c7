"""Papers of a draft: what a file name tells, duplicate numbers, order, replacement, undo."""

from dataclasses import replace

import pytest

from ecabinet.office.agenda import ItemFields, add_item, delete_item
from ecabinet.office.papers import (
    PaperFields,
    attach_paper,
    edit_paper,
    fields_from_name,
    fingerprint,
    move_paper,
    move_paper_to_item,
    remove_paper,
    restore_paper,
)
from ecabinet.office.problems import Invalid, Stale
from ecabinet.store.agenda import find_papers
from ecabinet.store.people import Missing
from ecabinet.store.tables import Paper, StoredFile
from tests.office.conftest import NOW, Draft


@pytest.fixture
async def item(draft: Draft) -> int:
    return await _item(draft, "Đề án du lịch")


async def _item(draft: Draft, title: str) -> int:
    async with draft.database.writing() as session:
        item = await add_item(session, draft.meeting, ItemFields(title_vi=title), by=draft.secretary, now=NOW)
    return item.id or 0


async def _attach(draft: Draft, item: int, title: str, number: str = "", file_id: int | None = None) -> int:
    async with draft.database.writing() as session:
        fields = PaperFields(title_vi=title, number=number)
        paper = await attach_paper(session, draft.meeting, item, fields, file_id=file_id, by=draft.secretary, now=NOW)
    return paper.id or 0


async def _titles(draft: Draft, item: int) -> list[str]:
    async with draft.database.reading() as session:
        return [paper.title_vi for paper, _ in await find_papers(session, draft.meeting) if paper.item_id == item]


@pytest.mark.parametrize(
    ("name", "number", "title", "kind"),
    [
        ("45_TTr-SDL Đề án phát triển du lịch.pdf", "45/TTr-SDL", "Đề án phát triển du lịch", "submission"),
        ("1234-BC-STC.PDF", "1234/BC-STC", "1234/BC-STC", "report"),
        ("12_QĐ-UBND_Ban_hành_quy_chế.pdf", "12/QĐ-UBND", "Ban hành quy chế", "decision"),
        ("Dự_thảo nghị quyết.pdf", "", "Dự thảo nghị quyết", "other"),
        ("bao cao.pdf.pdf", "", "bao cao.pdf", "other"),
        ("2020 báo cáo.pdf", "", "2020 báo cáo", "other"),
    ],
)
def test_file_name_tells_number_title_and_kind(name: str, number: str, title: str, kind: str) -> None:
    fields = fields_from_name(name, "vi")
    assert (fields.number, fields.title_vi, fields.kind) == (number, title, kind)


async def test_duplicate_number_is_refused_with_the_paper_that_has_it(draft: Draft, item: int) -> None:
    await _attach(draft, item, "Tờ trình", "45/TTr-SDL")
    with pytest.raises(Invalid) as caught:
        await _attach(draft, item, "Tờ trình khác", "45/ttr-sdl ")
    (problem,) = caught.value.problems
    assert problem.field == "number" and "“Tờ trình”" in problem.text.en


async def test_a_removed_paper_frees_its_number_until_it_comes_back(draft: Draft, item: int) -> None:
    first = await _attach(draft, item, "Tờ trình", "45/TTr-SDL")
    async with draft.database.writing() as session:
        await remove_paper(session, draft.meeting, first, by=draft.secretary, now=NOW)
    await _attach(draft, item, "Tờ trình mới", "45/TTr-SDL")
    with pytest.raises(Invalid):
        async with draft.database.writing() as session:
            await restore_paper(session, draft.meeting, first, by=draft.secretary, now=NOW)


async def test_papers_move_and_removal_is_undone_in_place(draft: Draft, item: int) -> None:
    _, b, _ = [await _attach(draft, item, title) for title in "ABC"]
    async with draft.database.writing() as session:
        await move_paper(session, draft.meeting, b, "down", by=draft.secretary, now=NOW)
    assert await _titles(draft, item) == ["A", "C", "B"]
    async with draft.database.writing() as session:
        await move_paper(session, draft.meeting, b, "down", by=draft.secretary, now=NOW)
        await move_paper(session, draft.meeting, b, "up", by=draft.secretary, now=NOW)
        await remove_paper(session, draft.meeting, b, by=draft.secretary, now=NOW)
    assert await _titles(draft, item) == ["A", "C"]
    async with draft.database.writing() as session:
        await restore_paper(session, draft.meeting, b, by=draft.secretary, now=NOW)
    assert await _titles(draft, item) == ["A", "B", "C"]
    assert await draft.audited("paper") == ["added"] * 3 + ["moved", "moved", "deleted", "restored"]


async def test_paper_moves_to_another_item(draft: Draft, item: int) -> None:
    other = await _item(draft, "Khác")
    paper = await _attach(draft, item, "A")
    async with draft.database.writing() as session:
        await move_paper_to_item(session, draft.meeting, paper, other, by=draft.secretary, now=NOW)
    assert (await _titles(draft, item), await _titles(draft, other)) == ([], ["A"])


async def test_file_is_replaced_and_the_words_stay(draft: Draft, item: int) -> None:
    async with draft.database.writing() as session:
        files = [
            StoredFile(sha256=n * 64, size_bytes=1, media_type="application/pdf", name=n, created_at=NOW) for n in "ab"
        ]
        session.add_all(files)
        await session.flush()
        old, new = (file.id or 0 for file in files)
    paper = await _attach(draft, item, "Tờ trình", file_id=old)
    async with draft.database.writing() as session:
        row = await session.get_one(Paper, paper)
        fields = PaperFields(title_vi="Tờ trình")
        edited = await edit_paper(
            session, draft.meeting, paper, fields, seen=fingerprint(row), file_id=new, by=draft.secretary, now=NOW
        )
    assert (edited.file_id, edited.title_vi) == (new, "Tờ trình")


async def test_second_edit_of_a_paper_is_stale(draft: Draft, item: int) -> None:
    paper = await _attach(draft, item, "Tờ trình")
    async with draft.database.writing() as session:
        seen = fingerprint(await session.get_one(Paper, paper))
        fields = PaperFields(title_vi="Tờ trình", issuer="Sở Du lịch")
        await edit_paper(session, draft.meeting, paper, fields, seen=seen, by=draft.secretary, now=NOW)
    with pytest.raises(Stale):
        async with draft.database.writing() as session:
            later = replace(fields, issuer="Sở Tài chính")
            await edit_paper(session, draft.meeting, paper, later, seen=seen, by=draft.secretary, now=NOW)


async def test_papers_go_and_come_with_their_item(draft: Draft, item: int) -> None:
    await _attach(draft, item, "Tờ trình")
    async with draft.database.writing() as session:
        await delete_item(session, draft.meeting, item, by=draft.secretary, now=NOW)
    assert await _titles(draft, item) == []
    with pytest.raises(Missing):
        await _attach(draft, item, "Muộn")

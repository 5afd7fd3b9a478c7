"""Papers at the desk: several at once, refused with a reason, nothing typed or sent twice, removed with undo."""

import pytest

from tests.web.conftest import House
from tests.web.desk_house import Desk, furnish, hidden, pdf

File = tuple[str, tuple[str, bytes, str]]


@pytest.fixture
async def desk(house: House) -> Desk:
    return await furnish(house)


def _file(name: str, content: bytes | None = None) -> File:
    return "files", (name, pdf() if content is None else content, "application/pdf")


async def _attach(desk: Desk, *files: File, **fields: str):  # type: ignore[no-untyped-def]
    item = desk.items["Đề án du lịch"]
    await desk.secretary.get(f"{desk.address}/items/{item}")
    # An empty choice of files is sent by a browser as well.
    sent = list(files) or [("files", ("", b"", "application/octet-stream"))]
    new = {f"new_{name}": value for name, value in ({"kind": "other", "language": "vi"} | fields).items()}
    return await desk.secretary.post(f"{desk.address}/items/{item}/papers", new, files=sent)


async def _saved(desk: Desk) -> list[tuple[str, str, bool]]:
    return [
        (row.title_vi, row.number, row.file_id is not None) for row in await desk.paper_rows() if not row.deleted_at
    ]


async def test_several_files_at_once_are_named_by_their_files(desk: Desk) -> None:
    answer = await _attach(desk, _file("45_TTr-SDL Đề án du lịch.pdf"), _file("Phụ lục.pdf"))
    assert answer.status_code == 303
    assert await _saved(desk) == [("Đề án du lịch", "45/TTr-SDL", True), ("Phụ lục", "", True)]
    page = (await desk.secretary.get(answer.headers["location"])).text
    assert "Đã gắn 2 tài liệu." in page and "Tài liệu (2)" in page


async def test_refused_files_say_why_and_the_good_ones_stay(desk: Desk) -> None:
    bad = _file("lừa đảo.pdf", b"<html><script>alert(1)</script></html>")
    answer = await _attach(desk, _file("Tốt.pdf"), bad, _file("hỏng.pdf", b"%PDF-1.7\nrest"))
    assert answer.status_code == 422
    assert (
        "2 tệp không được nhận" in answer.text
        and "lừa đảo.pdf" in answer.text
        and "1 tệp khác đã được gắn" in answer.text
    )
    assert "Hãy" in answer.text.split("lừa đảo.pdf")[1][:400]
    assert await _saved(desk) == [("Tốt", "", True)]


async def test_refused_file_costs_none_of_the_typing(desk: Desk) -> None:
    answer = await _attach(
        desk, _file("a.pdf", b"no pdf"), title_vi="Tờ trình", number="45/TTr-SDL", issued_on="24/11/2026"
    )
    assert answer.status_code == 422
    assert (
        "Tờ trình</textarea>" in answer.text
        and 'value="45/TTr-SDL"' in answer.text
        and 'value="24/11/2026"' in answer.text
    )
    assert await _saved(desk) == []


async def test_duplicate_number_keeps_the_file_that_was_sent(desk: Desk) -> None:
    await _attach(desk, _file("a.pdf"), title_vi="Tờ trình", number="45/TTr-SDL")
    refused = await _attach(desk, _file("b.pdf"), title_vi="Tờ trình khác", number="45/ttr-sdl")
    assert refused.status_code == 422
    assert 'href="#new_number"' in refused.text and "đã có trong cuộc họp này: «Tờ trình»" in refused.text
    assert "không cần gửi lại" in refused.text and "b.pdf" in refused.text
    again = await _attach(desk, title_vi="Tờ trình khác", number="46/TTr-SDL")
    assert again.status_code == 303 and (await _saved(desk))[-1] == ("Tờ trình khác", "46/TTr-SDL", False)
    held = {"held": hidden(refused.text, "held"), "new_title_vi": "Bản kia", "new_number": "47/TTr-SDL"}
    item = desk.items["Đề án du lịch"]
    await desk.secretary.get(f"{desk.address}/items/{item}")
    answer = await desk.secretary.post(
        f"{desk.address}/items/{item}/papers", held | {"new_kind": "other", "new_language": "vi"}
    )
    assert answer.status_code == 303 and (await _saved(desk))[-1] == ("Bản kia", "47/TTr-SDL", True)


async def test_number_that_only_the_file_name_gave_is_left_out_when_taken(desk: Desk) -> None:
    await _attach(desk, _file("45_TTr-SDL Một.pdf"))
    answer = await _attach(desk, _file("45_TTr-SDL Hai.pdf"))
    assert "unnumbered=1" in answer.headers["location"]
    assert "Số trong tên tệp đã có" in (await desk.secretary.get(answer.headers["location"])).text
    assert await _saved(desk) == [("Một", "45/TTr-SDL", True), ("Hai", "", True)]


async def test_paper_without_a_file_is_shown_honestly(desk: Desk) -> None:
    answer = await _attach(desk, title_vi="Phụ lục 2", kind="annex")
    assert answer.headers["location"].endswith("?done=noted#papers")
    assert "chưa có tệp" in (await desk.secretary.get(answer.headers["location"])).text


async def test_nothing_chosen_and_nothing_typed_says_what_to_do(desk: Desk) -> None:
    answer = await _attach(desk)
    assert answer.status_code == 422 and "Hãy chọn tệp PDF" in answer.text


async def test_one_title_does_not_fit_several_files(desk: Desk) -> None:
    answer = await _attach(desk, _file("a.pdf"), _file("b.pdf"), title_vi="Tờ trình")
    assert answer.status_code == 422 and "Có nhiều tệp" in answer.text and "Tờ trình</textarea>" in answer.text
    assert await _saved(desk) == []


async def test_files_held_for_another_person_cannot_be_attached(desk: Desk) -> None:
    refused = await _attach(desk, _file("a.pdf"), number="x" * 101)
    held = hidden(refused.text, "held")
    other = await desk.house.signed_in("quantri")
    item = desk.items["Đề án du lịch"]
    fields = {"held": held, "new_title_vi": "Lấy trộm", "new_kind": "other", "new_language": "vi", "form_key": "k" * 32}
    assert (await other.post(f"{desk.address}/items/{item}/papers", fields)).status_code == 404
    assert await _saved(desk) == []


async def test_paper_is_edited_its_file_replaced_and_moved_to_another_item(desk: Desk) -> None:
    await _attach(desk, _file("a.pdf"), title_vi="Tờ trình")
    (before,) = await desk.paper_rows()
    address = f"{desk.address}/papers/{before.id}"
    page = (await desk.secretary.get(address)).text
    fields = {
        "title_vi": "Tờ trình sửa", "kind": "submission", "language": "vi", "seen": hidden(page, "seen"),
        "item_id": desk.items["Bế mạc"], "issued_on": "1.12.2026",
    }  # fmt: skip
    answer = await desk.secretary.post(address, fields, files=[_file("mới.pdf", pdf(2))])
    assert answer.headers["location"].startswith(f"{desk.address}/items/{desk.items['Bế mạc']}?done=paper_saved")
    (after,) = await desk.paper_rows()
    assert (after.title_vi, after.kind, after.item_id) == ("Tờ trình sửa", "submission", desk.items["Bế mạc"])
    assert str(after.issued_on) == "2026-12-01" and after.file_id != before.file_id
    assert "2 trang" in (await desk.secretary.get(answer.headers["location"])).text


async def test_refused_replacement_changes_nothing_and_keeps_the_typing(desk: Desk) -> None:
    await _attach(desk, _file("a.pdf"), title_vi="Tờ trình")
    (before,) = await desk.paper_rows()
    address = f"{desk.address}/papers/{before.id}"
    page = (await desk.secretary.get(address)).text
    fields = {"title_vi": "Tờ trình sửa", "kind": "other", "language": "vi", "seen": hidden(page, "seen")}
    answer = await desk.secretary.post(address, fields, files=[_file("b.pdf", b"PK\x03\x04")])
    assert answer.status_code == 422 and "Tờ trình sửa</textarea>" in answer.text
    (after,) = await desk.paper_rows()
    assert (after.title_vi, after.file_id) == ("Tờ trình", before.file_id)


async def test_two_edits_of_a_paper_are_shown_side_by_side(desk: Desk) -> None:
    await _attach(desk, title_vi="Tờ trình")
    (row,) = await desk.paper_rows()
    address = f"{desk.address}/papers/{row.id}"
    page = (await desk.secretary.get(address)).text
    fields = {
        "title_vi": "Tờ trình",
        "kind": "other",
        "language": "vi",
        "seen": hidden(page, "seen"),
        "opened": hidden(page, "opened"),
    }
    assert (await desk.secretary.post(address, fields | {"issuer": "Sở Du lịch"})).status_code == 303
    answer = await desk.secretary.post(address, fields | {"issuer": "Sở Tài chính"})
    assert answer.status_code == 409 and "Sở Du lịch" in answer.text and "Sở Tài chính" in answer.text


async def test_papers_are_reordered_and_removal_is_undone(desk: Desk) -> None:
    await _attach(desk, _file("Một.pdf"), _file("Hai.pdf"))
    first, second = await desk.paper_rows()
    item = f"{desk.address}/items/{desk.items['Đề án du lịch']}"
    await desk.secretary.get(item)
    await desk.secretary.post(f"{desk.address}/papers/{second.id}/move", {"step": "up"})
    page = (await desk.secretary.get(item)).text
    assert page.index(f"paper-{second.id}") < page.index(f"paper-{first.id}")
    answer = await desk.secretary.post(f"{desk.address}/papers/{first.id}/remove")
    page = (await desk.secretary.get(answer.headers["location"])).text
    assert "Đã gỡ “Một”" in page and "Tài liệu (1)" in page
    assert (await desk.secretary.post(f"{desk.address}/papers/{first.id}/restore")).status_code == 303
    assert [title for title, _, _ in await _saved(desk)] == ["Một", "Hai"]

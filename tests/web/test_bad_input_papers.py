"""Files that are no paper, on the desk and on the live page: the reason and the remedy in words, the typing kept."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pikepdf
import pytest

from tests.paper import pdfs
from tests.web.conftest import Browser
from tests.web.desk_house import pdf
from tests.web.untouched import LANGUAGES, Office, open_office, untouched

LIMIT = 2 * 1024 * 1024
PAPER = pdfs.typeset("<p>Tờ trình</p>")


def _encrypted() -> bytes:
    return pdfs.changed(PAPER, lambda opened: None, encryption=pikepdf.Encryption(owner="x", user="y"))


def _many_pages() -> bytes:
    return pdf(2001)


BAD: dict[str, tuple[Any, dict[str, str]]] = {
    "no pdf": (lambda: b"MZ\x90\0" + bytes(100), {"vi": "Tệp này không phải PDF. Hãy mở bằng phần mềm gốc", "en": "This file is not a PDF. Open it"}),
    "word": (
        lambda: pdfs.zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        {"vi": "chọn Lưu thành PDF", "en": "choose Save as PDF"},
    ),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", {"vi": "In ra PDF", "en": "print to PDF"}),
    "html behind": (lambda: PAPER + b"<script>alert(1)</script>", {"vi": "còn chứa một tệp khác", "en": "hides another one"}),
    "password": (_encrypted, {"vi": "có mật khẩu nên đại biểu không mở được", "en": "the members could not open it"}),
    "cut short": (lambda: PAPER[: len(PAPER) // 3], {"vi": "bị hỏng hoặc tải về chưa đủ", "en": "damaged or cut short"}),
    "empty": (lambda: b"", {"vi": "Tệp rỗng (0 byte)", "en": "The file is empty (0 bytes)"}),
    "secret": (
        lambda: pdfs.typeset("<p>UBND TỈNH</p><p>TỐI MẬT</p><p>Số: 12/BC-UBND</p>"),
        {"vi": "đóng dấu độ mật «TỐI MẬT»", "en": "marked “TỐI MẬT” (state secret)"},
    ),
    "many pages": (_many_pages, {"vi": "2.001 trang, vượt giới hạn 2.000 trang", "en": "2,001 pages, more than the limit of 2,000"}),
    "pages beyond count": (pdfs.exponential_pages, {"vi": "Hãy", "en": "Export it afresh"}),
    "large": (lambda: PAPER + b"\n" * LIMIT, {"vi": "Tệp lớn 3 MB, vượt giới hạn 2 MB", "en": "more than the limit of 2 MB"}),
    "program": (
        lambda: pdfs.changed(PAPER, pdfs.opens_with(pdfs.LAUNCH)),
        {"vi": "tìm cách mở chương trình khác", "en": "tries to start other programs"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with open_office(tmp_path_factory.mktemp("office"), max_upload_bytes=LIMIT) as office:
        yield office


@pytest.fixture(scope="module")
async def bad() -> dict[str, bytes]:
    return {name: await asyncio.to_thread(make) for name, (make, _) in BAD.items()}


def _file(field: str, content: bytes) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [(field, ("45_TTr-SDL Đề án.pdf", content, "application/pdf"))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BAD)
async def test_on_the_desk(office: Office, bad: dict[str, bytes], name: str, language: str) -> None:
    browser, item = office.secretaries[language], f"{office.desk.address}/items/{office.desk.items['Khai mạc']}"
    await browser.get(item)
    typed = {
        "new_title_vi": "Tờ trình của Sở",
        "new_number": "45/TTr-SDL",
        "new_kind": "submission",
        "new_language": "vi",
    }
    async with untouched(office.house):
        answer = await browser.post(f"{item}/papers", typed, files=_file("files", bad[name]))
    assert answer.status_code == 422
    assert BAD[name][1][language] in answer.text and "45_TTr-SDL Đề án.pdf" in answer.text
    assert "Tờ trình của Sở</textarea>" in answer.text and 'value="45/TTr-SDL"' in answer.text


async def test_after_a_refusal_the_right_file_goes_in_from_the_same_page(office: Office, bad: dict[str, bytes]) -> None:
    browser, item = office.secretaries["vi"], f"{office.desk.address}/items/{office.desk.items['Khai mạc']}"
    await browser.get(item)
    typed = {"new_title_vi": "Tờ trình", "new_kind": "submission", "new_language": "vi"}
    assert (await browser.post(f"{item}/papers", typed, files=_file("files", bad["html"]))).status_code == 422
    assert (await browser.post(f"{item}/papers", typed, files=_file("files", PAPER))).status_code == 303


@pytest.fixture(scope="module")
async def called(office: Office) -> Office:
    """Who made the meeting takes part in it; the other secretary joins, so both may add a late paper."""
    address, person = office.desk.address, str(office.house.ids["secretary"])
    await office.desk.secretary.get(f"{address}/people?person={person}")
    answer = await office.desk.secretary.post(f"{address}/people", {"person_id": person, "role": "secretariat"})
    assert answer.status_code == 303
    await office.desk.secretary.get(f"{address}/call")
    assert (await office.desk.secretary.post(f"{address}/call")).status_code == 303
    return office


async def _send_late(office: Office, browser: Browser, content: bytes, id_: str) -> httpx2.Response:
    await browser.get("/account")  # For the token of the session.
    fields = {"id": id_, "item": str(office.desk.items["Bế mạc"])}
    return await browser.post(f"/api/meetings/{office.desk.meeting}/papers", fields, files=_file("file", content))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BAD)
async def test_on_the_live_page(called: Office, bad: dict[str, bytes], name: str, language: str) -> None:
    async with untouched(called.house):
        answer = await _send_late(called, called.secretaries[language], bad[name], f"late-{name.replace(' ', '-')}")
    assert answer.status_code == 422
    assert BAD[name][1][language] in answer.json()["problems"]["file"]
    record = await called.house.app.state.rooms.meeting(called.desk.meeting)
    assert record.items[called.desk.items["Bế mạc"]].papers == ()


async def test_after_a_refusal_the_same_late_paper_can_be_sent(called: Office, bad: dict[str, bytes]) -> None:
    """The id was not used up by the refusal, and used twice it is one paper."""
    browser = called.secretaries["vi"]
    assert (await _send_late(called, browser, bad["cut short"], "late")).status_code == 422
    first = await _send_late(called, browser, PAPER, "late")
    assert first.status_code == 200
    async with untouched(called.house):
        assert (await _send_late(called, browser, PAPER, "late")).json() == first.json()


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Dữ liệu quá lớn"), ("en", "Make the file smaller or split it")]
)
async def test_a_body_beyond_all_limits_is_answered_with_413_in_words(
    office: Office, language: str, words: str
) -> None:
    """Told by its length before a byte of it is read; the live page gets the same status as JSON."""
    browser = office.secretaries[language]
    headers = {
        "origin": browser.origin,
        "content-type": "multipart/form-data; boundary=a",
        "content-length": str(2**31),
    }
    for path in (
        "/desk/import",
        f"{office.desk.address}/items/1/papers",
        f"/api/meetings/{office.desk.meeting}/papers",
    ):
        answer = await browser.client.post(path, content=b"--a", headers=headers)
        assert answer.status_code == 413, path
        if path.startswith("/api/"):
            assert answer.json()["error"] == "413"
        else:
            assert words in answer.text

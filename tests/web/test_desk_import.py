"""Import of a folder as a zip: preview, exactly that, twice nothing; what is wrong is told; the way back out."""

import io
import zipfile

import pytest

from ecabinet.store.meetings import find_by_key
from tests.web.conftest import Browser, House
from tests.web.desk_house import furnish, hidden, pdf

AGENDA = """
body:
  code: ubnd
  name: UBND tỉnh
meeting:
  key: thuong-ky-2026-12
  title: Phiên họp thường kỳ tháng 12
  date: 24/12/2026
  time: 08:00
  place: Phòng họp 1
items:
  - title: Khai mạc
    kind: formal
  - title: Đề án du lịch
    kind: decision
    minutes: 20
    papers:
      - title: Tờ trình
        number: 45/TTr-SDL
        file: to-trinh.pdf
"""


def _zip(agenda: str = AGENDA, *, folder: str = "", **files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{folder}agenda.yaml", agenda)
        for name, content in ({"to-trinh.pdf": pdf()} | files).items():
            archive.writestr(f"{folder}{name}", content)
    return out.getvalue()


async def _preview(browser: Browser, content: bytes, name: str = "phien-hop.zip"):  # type: ignore[no-untyped-def]
    await browser.get("/desk/import")
    return await browser.post("/desk/import", files=[("file", (name, content, "application/zip"))])


async def _confirm(browser: Browser, preview: str):  # type: ignore[no-untyped-def]
    return await browser.post("/desk/import/confirm", {name: hidden(preview, name) for name in ("held", "shown")})


async def _meeting(house: House):  # type: ignore[no-untyped-def]
    async with house.app.state.database.reading() as session:
        return await find_by_key(session, "thuong-ky-2026-12")


@pytest.mark.parametrize("folder", ["", "phien-hop/"])
async def test_preview_changes_nothing_and_confirming_does_exactly_it(house: House, folder: str) -> None:
    browser = await house.signed_in("thuky")
    preview = await _preview(browser, _zip(folder=folder))
    assert preview.status_code == 200
    assert "Việc nhập sẽ thêm" in preview.text and "Phiên họp thường kỳ tháng 12" in preview.text
    assert await _meeting(house) is None
    answer = await _confirm(browser, preview.text)
    meeting = await _meeting(house)
    assert answer.headers["location"] == f"/desk/meetings/{meeting.id}?done=imported"
    page = (await browser.get(answer.headers["location"])).text
    assert (
        "Đã nhập chương trình." in page and "08:00, Thứ Năm, ngày 24 tháng 12 năm 2026" in page and "1 tài liệu" in page
    )


async def test_importing_twice_changes_nothing(house: House) -> None:
    browser = await house.signed_in("thuky")
    await _confirm(browser, (await _preview(browser, _zip())).text)
    again = await _preview(browser, _zip())
    assert "nhập lại không thay đổi gì" in again.text and "Nhập đúng như trên" not in again.text


async def test_data_that_moved_on_is_previewed_again(house: House) -> None:
    browser, other = await house.signed_in("thuky"), await house.signed_in("thuky")
    preview = await _preview(browser, _zip())
    key = browser.key
    await _confirm(other, (await _preview(other, _zip(AGENDA.replace("minutes: 20", "minutes: 30")))).text)
    fields = {name: hidden(preview.text, name) for name in ("held", "shown")}
    answer = await browser.post("/desk/import/confirm", fields | {"form_key": key})
    assert answer.status_code == 409 and "Dữ liệu đã thay đổi" in answer.text


async def test_faults_name_file_line_and_remedy(house: House) -> None:
    browser = await house.signed_in("thuky")
    answer = await _preview(browser, _zip(AGENDA.replace("date: 24/12/2026", "date: mai")))
    assert answer.status_code == 422
    assert (
        "1 lỗi trong phien-hop.zip" in answer.text
        and "agenda.yaml:8" in answer.text
        and "Viết đủ ngày tháng năm" in answer.text
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Hãy chọn tệp zip trước"),
        (b"Rar!\x1a\x07\x00", "không phải tệp nén ZIP"),
        (b"PK\x03\x04 broken", "ZIP bị hỏng"),
        (_zip(**{"../evil": b"x"}), "không an toàn"),
        (_zip(**{"to-trinh.pdf": b"no pdf"}), "không phải PDF"),
    ],
)
async def test_broken_and_hostile_archives_end_as_a_clear_refusal(house: House, content: bytes, words: str) -> None:
    browser = await house.signed_in("thuky")
    answer = await _preview(browser, content, "a.zip" if content else "")
    assert answer.status_code == 422 and words in answer.text
    assert await _meeting(house) is None


async def test_rules_and_members_of_a_known_body_wait_for_an_administrator(house: House) -> None:
    desk = await furnish(house)
    rules = AGENDA.replace("  name: UBND tỉnh\n", "  name: UBND tỉnh\n  rules: {quorum: none}\n")
    people = AGENDA + "people:\n  - {username: gian, office: Gián điệp, role: member}\n"
    for agenda in (rules, people):
        preview = await _preview(desk.secretary, _zip(agenda))
        assert "Cần quản trị viên nhập" in preview.text and 'name="shown"' not in preview.text
    allowed = await _preview(desk.secretary, _zip())
    # The archive kept before the allowed one is the refused one: a forged form could name it.
    forged = {"held": int(hidden(allowed.text, "held")) - 1, "shown": hidden(allowed.text, "shown")}
    answer = await desk.secretary.post("/desk/import/confirm", forged)
    assert "Không nhập được" in answer.text and await _meeting(house) is None


async def test_other_peoples_archives_cannot_be_confirmed(house: House) -> None:
    browser = await house.signed_in("thuky")
    preview = (await _preview(browser, _zip())).text
    other = await house.signed_in("quantri")
    fields = {name: hidden(preview, name) for name in ("held", "shown")} | {"form_key": "k" * 32}
    assert (await other.post("/desk/import/confirm", fields)).status_code in (403, 404)
    assert await _meeting(house) is None


async def test_export_is_what_the_import_takes(house: House) -> None:
    browser = await house.signed_in("thuky")
    await _confirm(browser, (await _preview(browser, _zip())).text)
    meeting = await _meeting(house)
    answer = await browser.get(f"/desk/meetings/{meeting.id}/export")
    assert answer.headers["content-disposition"].startswith('attachment; filename="thuong-ky-2026-12.zip"')
    assert "nhập lại không thay đổi gì" in (await _preview(browser, answer.content)).text

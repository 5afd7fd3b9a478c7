"""Broken and hostile agendas on the import page: file, line and remedy in the person's language, and nothing stored."""

import hashlib
import io
import stat
import zipfile
from collections.abc import AsyncIterator

import httpx2
import pytest

from ecabinet.store.meetings import find_by_key
from tests.paper.test_archive import overlapping, special, with_flag, zipped
from tests.web.conftest import Browser
from tests.web.desk_house import hidden, pdf
from tests.web.test_desk_import import AGENDA
from tests.web.untouched import LANGUAGES, Office, open_office, untouched

PDF = pdf()


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office


def _folder(agenda: str | bytes, *more: tuple[str, bytes]) -> bytes:
    return zipped(
        ("agenda.yaml", agenda if isinstance(agenda, bytes) else agenda.encode()), ("to-trinh.pdf", PDF), *more
    )


def _changed(old: str, new: str) -> bytes:
    assert old in AGENDA
    return _folder(AGENDA.replace(old, new))


LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nbody: *c\n"

# What is sent, the place that is named, and what it says in each language: the fault first, then the remedy.
AGENDAS: dict[str, tuple[bytes, str, dict[str, tuple[str, str]]]] = {
    "laughs": (
        _folder(LAUGHS), "agenda.yaml:1",
        {"vi": ("không dùng được neo và tham chiếu", "Viết lại giá trị"), "en": ("anchors and aliases", "Write the value out")},
    ),
    "tag": (
        _changed("Khai mạc", "!!python/object/apply:os.system [id]"), "agenda.yaml:12",
        {"vi": ("không dùng được nhãn", "Xóa nhãn"), "en": ("cannot be used", "Remove the tag")},
    ),
    "deep": (
        _folder("[" * 100_000), "agenda.yaml:1",
        {"vi": ("lồng nhau quá 20 cấp", "Bớt số cấp"), "en": ("more than 20 levels", "Use fewer levels")},
    ),
    "large": (
        _folder(b"# " + b"x" * 1_000_001), "agenda.yaml",
        {"vi": ("quá giới hạn", "trong các tệp PDF"), "en": ("over the limit", "keep the papers in PDF files")},
    ),
    "windows-1258": (
        _folder(AGENDA.encode("cp1258", "replace")), "agenda.yaml:7",
        {"vi": ("không phải mã UTF-8", "bảng mã UTF-8"), "en": ("not UTF-8", "Save the file again as UTF-8")},
    ),
    "utf-16": (
        _folder(AGENDA.encode("utf-16")), "agenda.yaml:1",
        {"vi": ("không phải mã UTF-8", "bảng mã UTF-8"), "en": ("not UTF-8", "Save the file again as UTF-8")},
    ),
    "control characters": (
        _folder(AGENDA.replace("Khai mạc", "Khai\x07mạc")), "agenda.yaml:12",
        {"vi": ("ký tự", "Xóa"), "en": ("character", "Delete")},
    ),
    "half a surrogate": (
        _changed("Khai mạc", '"\\ud800"'), "agenda.yaml:12",
        {"vi": ("ký tự", "Xóa"), "en": ("character", "Delete")},
    ),
    "tab": (
        _changed("  place: Phòng họp 1", "\tplace: Phòng họp 1"), "agenda.yaml:10",
        {"vi": ("Tab", "Thụt lề bằng dấu cách"), "en": ("tab", "Indent with spaces")},
    ),
    "unknown key": (
        _changed("place:", "plaec:"), "agenda.yaml:10",
        {"vi": ("plaec", "Có phải “place”?"), "en": ("plaec", "Did you mean “place”?")},
    ),
    "key twice": (
        _changed("  time: 08:00", "  time: 08:00\n  time: 09:00"), "agenda.yaml:10",
        {"vi": ("đã có ở dòng 9", "Giữ lại một dòng"), "en": ("stands already in line 9", "Keep one of the two")},
    ),
    "no such day": (
        _changed("24/12/2026", "31/02/2026"), "agenda.yaml:8",
        {"vi": ("không có ngày 31/02/2026", "Sửa lại ngày"), "en": ("no day 31/02/2026", "Correct day")},
    ),
    "missing paper": (
        _changed("to-trinh.pdf", "to-trih.pdf"), "agenda.yaml:20",
        {"vi": ("không có tệp “to-trih.pdf”", "Có phải “to-trinh.pdf”?"), "en": ("no file “to-trih.pdf”", "“to-trinh.pdf”?")},
    ),
    "paper elsewhere": (
        _changed("to-trinh.pdf", "../../etc/passwd"), "agenda.yaml:20",
        {"vi": ("không phải tên tệp trong thư mục này", "Chép tệp"), "en": ("no file name within", "Copy the file")},
    ),
    "paper number twice": (
        _changed("    papers:", "    papers:\n      - {title: Khác, number: 45/TTr-SDL}"), "agenda.yaml:20",
        {"vi": ("đã dùng cho tài liệu khác ở dòng 18", "Kiểm tra lại số"), "en": ("another paper in line 18", "Check the number")},
    ),
    "empty": (
        _folder(""), "agenda.yaml:1",
        {"vi": ("không có nội dung", "Viết ít nhất"), "en": ("holds no meeting", "Write at least")},
    ),
    "no agenda": (
        zipped(("to-trinh.pdf", PDF)), "agenda.yaml",
        {"vi": ("không có tệp agenda.yaml", "docs/agenda-format.md"), "en": ("has no file agenda.yaml", "docs/agenda-format.md")},
    ),
    "bad paper": (
        zipped(("agenda.yaml", AGENDA.encode()), ("to-trinh.pdf", b"<html><script>alert(1)</script></html>")), "to-trinh.pdf",
        {"vi": ("trang web (HTML)", "In ra PDF"), "en": ("web page (HTML)", "print to PDF")},
    ),
}  # fmt: skip


async def _send(browser: Browser, content: bytes, name: str = "phiên họp.zip") -> httpx2.Response:
    await browser.get("/desk/import")
    return await browser.post("/desk/import", files=[("file", (name, content, "application/zip"))])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", AGENDAS)
async def test_a_fault_names_file_line_and_remedy(office: Office, case: str, language: str) -> None:
    content, place, words = AGENDAS[case]
    async with untouched(office.house):
        answer = await _send(office.secretaries[language], content)
    assert answer.status_code == 422
    assert f"<code>{place}</code>" in answer.text
    assert f"{'lỗi trong' if language == 'vi' else 'in'} phiên họp.zip" in answer.text
    for said in words[language]:
        assert said in answer.text


def _lying_zip() -> bytes:
    """Its directory claims ten bytes for a member that unpacks to ten million."""
    data = bytearray(zipped(("agenda.yaml", b"x" * 10_000_000)))
    place = data.rfind(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(data)


ARCHIVES: dict[str, tuple[bytes, dict[str, str]]] = {
    "rar": (b"Rar!\x1a\x07\x00", {"vi": "RAR và 7z không đọc được", "en": "RAR and 7z are not read"}),
    "pdf": (PDF, {"vi": "Hãy nén thư mục thành .zip", "en": "Compress the folder as .zip"}),
    "cut short": (_folder(AGENDA)[:-60], {"vi": "bị hỏng hoặc tải về chưa đủ", "en": "damaged or cut short"}),
    "up": (_folder(AGENDA, ("../../evil", b"x")), {"vi": "«../../evil» trong ZIP không an toàn", "en": "Rename the file"}),
    "up the windows way": (_folder(AGENDA, ("..\\evil", b"x")), {"vi": "không an toàn", "en": "is not safe"}),
    "absolute": (_folder(AGENDA, ("/etc/cron.d/x", b"x")), {"vi": "không an toàn", "en": "is not safe"}),
    "link": (
        zipped(("agenda.yaml", AGENDA.encode()), (special("to-trinh.pdf", stat.S_IFLNK), b"/etc/passwd")),
        {"vi": "Hãy thay bằng tệp thật", "en": "Replace it with the file itself"},
    ),
    "bomb": (zipped(("agenda.yaml", bytes(50_000_000))), {"vi": "Tệp nén bất thường", "en": "packed abnormally"}),
    "overlap": (overlapping(), {"vi": "Tệp nén bất thường", "en": "packed abnormally"}),
    "lie": (_lying_zip(), {"vi": "bị hỏng", "en": "damaged"}),
    "password": (
        with_flag(zipped(("agenda.yaml", AGENDA.encode())), 1),
        {"vi": "Hãy nén lại không đặt mật khẩu", "en": "without a password"},
    ),
    "many files": (
        _folder(AGENDA, *((f"{number}.txt", b"") for number in range(600))),
        {"vi": "hơn 500 tệp", "en": "more than 500 files"},
    ),
    "twice": (_folder(AGENDA, ("AGENDA.yaml", b"x")), {"vi": "hai mục cùng tên", "en": "two entries named"}),
    "empty": (b"", {"vi": "Tệp rỗng (0 byte)", "en": "The file is empty (0 bytes)"}),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", ARCHIVES)
async def test_a_broken_or_hostile_zip_is_refused_in_words(office: Office, case: str, language: str) -> None:
    content, words = ARCHIVES[case]
    async with untouched(office.house):
        answer = await _send(office.secretaries[language], content)
    assert answer.status_code == 422
    assert words[language] in answer.text
    # A way on stands on the same page.
    assert 'action="/desk/import"' in answer.text


async def test_a_zip_above_the_limit_is_refused_with_both_sizes(tmp_path) -> None:  # type: ignore[no-untyped-def]
    async with open_office(tmp_path, max_upload_bytes=1024 * 1024) as office:
        for language, words in (("vi", "Tệp lớn 2 MB, vượt giới hạn 1 MB"), ("en", "more than the limit of 1 MB")):
            async with untouched(office.house):
                answer = await _send(
                    office.secretaries[language], zipped(("a", bytes(1_500_000)), packed=zipfile.ZIP_STORED)
                )
            assert answer.status_code == 422 and words in answer.text


async def test_after_a_refusal_the_mended_folder_goes_in(office: Office) -> None:
    """As Windows packs it: one folder on top, its name in Vietnamese, a hidden file of the system in it."""
    browser = office.secretaries["vi"]
    refused = await _send(browser, _changed("24/12/2026", "mai"))
    assert refused.status_code == 422
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in (("agenda.yaml", AGENDA.encode()), ("to-trinh.pdf", PDF), ("Thumbs.db", b"x")):
            archive.writestr(f"Phiên họp tháng 12/{name}", content)
    preview = await browser.post("/desk/import", files=[("file", ("a.zip", out.getvalue(), "application/zip"))])
    assert preview.status_code == 200 and "Việc nhập sẽ thêm" in preview.text
    form = {name: hidden(preview.text, name) for name in ("held", "shown")}
    done = await browser.post("/desk/import/confirm", form)
    assert done.status_code == 303
    async with office.house.app.state.database.reading() as session:
        assert await find_by_key(session, "thuong-ky-2026-12") is not None
    # The button pressed twice leads to the same meeting, and stores nothing anew.
    async with untouched(office.house):
        again = await browser.post("/desk/import/confirm", form | {"form_key": hidden(preview.text, "form_key")})
    assert again.headers["location"] == done.headers["location"]


@pytest.mark.parametrize(("language", "words"), [("vi", "Hãy chọn lại tệp"), ("en", "Choose the file again")])
async def test_a_zip_that_left_the_disk_before_its_confirmation_is_asked_for_again(
    office: Office, language: str, words: str
) -> None:
    browser, content = office.secretaries[language], _changed("key: thuong-ky-2026-12", f"key: mat-{language}")
    preview = await _send(browser, content)
    office.house.app.state.files.path(hashlib.sha256(content).hexdigest()).unlink()
    async with untouched(office.house):
        form = {name: hidden(preview.text, name) for name in ("held", "shown")}
        answer = await browser.post("/desk/import/confirm", form)
    assert answer.status_code == 422 and words in answer.text


async def test_a_number_that_another_meeting_has_is_told_before_anything_is_stored(office: Office) -> None:
    """The desk's meeting is number 12 of the same body and year."""
    content = _changed("  key: thuong-ky-2026-12\n", "  key: khac\n  number: 12\n")
    words = {"vi": "Số 12 đã dùng cho “Phiên họp tháng 12”", "en": "“Phiên họp tháng 12”"}
    for language in LANGUAGES:
        answer = await _send(office.secretaries[language], content)
        assert words[language] in answer.text and 'name="shown"' not in answer.text
    async with office.house.app.state.database.reading() as session:
        assert await find_by_key(session, "khac") is None

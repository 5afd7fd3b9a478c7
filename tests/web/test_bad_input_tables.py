"""Broken, hostile and wrong tables of people: row and remedy in the administrator's language, and nothing stored."""

import re
from collections.abc import AsyncIterator

import pytest

from ecabinet.paper.spreadsheet import write_csv, write_xlsx
from tests.paper.test_spreadsheet import excel, repacked
from tests.web.test_people_import import PEOPLE, confirmation, upload
from tests.web.untouched import LANGUAGES, Office, open_office, untouched

HEAD, *_ = PEOPLE
SHEET = excel(PEOPLE)
WORKSHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>'

# The file, the row that is named (None where the fault is of the whole), and the words in each language.
TABLES: dict[str, tuple[bytes, int | None, dict[str, str]]] = {
    "not a table": (b"%PDF-1.7 x", None, {"vi": "Hãy mở bằng Excel hoặc LibreOffice", "en": "Open it in Excel or LibreOffice"}),
    "binary": (b"\0\1\2\xff" * 500, None, {"vi": "không", "en": "not"}),
    "empty": (b"", None, {"vi": "Tệp rỗng", "en": "The file is empty"}),
    "blank": (b",,\n,,\n", None, {"vi": "không có hàng nào", "en": "has no rows"}),
    "broken": (SHEET[: len(SHEET) // 2], None, {"vi": "bị hỏng hoặc có mật khẩu", "en": "damaged or has a password"}),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), None, {"vi": "không mật khẩu", "en": "without a password"}),
    "bomb": (repacked(SHEET, **{WORKSHEET: bytes(120_000_000)}), None, {"vi": "vượt 100 MB", "en": "exceed 100 MB"}),
    "tight bomb": (repacked(SHEET, **{WORKSHEET: bytes(60_000_000)}), None, {"vi": "Tệp nén bất thường", "en": "packed abnormally"}),
    "laughs": (repacked(SHEET, **{WORKSHEET: LAUGHS}), None, {"vi": "bị hỏng", "en": "damaged"}),
    "too large": (b"x" * (5 * 1024 * 1024 + 1), None, {"vi": "vượt giới hạn 5 MB", "en": "more than the limit of 5 MB"}),
    "long cell": (write_csv([HEAD, ["a", "x" * 10_001]]), None, {"vi": "Một ô ở hàng 2 dài quá 10.000 ký tự", "en": "A cell in row 2 is longer than 10,000"}),
    "open quote": (b'username,office_vi\na,"b\n', None, {"vi": "Dấu ngoặc kép mở ở hàng 2", "en": "opened in row 2 is never closed"}),
    "other columns": (b"Name,Salary\nx,1\n", None, {"vi": "Không thấy dòng tên cột. Cần có ít nhất: Tên đăng nhập, Chức vụ", "en": "Use the template"}),
    "unknown column": (write_csv([[*HEAD, "Lương"], ["a", "b", "1"]]), 1, {"vi": "Không biết cột &#39;Lương&#39;", "en": "Column &#39;Lương&#39; is unknown"}),
    "column twice": (write_csv([[*HEAD, "Chức vụ"], ["a", "b", "c"]]), 1, {"vi": "có hai lần", "en": "stands twice"}),
    "no rows": (write_csv([HEAD]), None, {"vi": "Bảng chưa có dòng nào", "en": "There is no row below"}),
    "twice": (write_csv([HEAD, ["moi", "A"], ["cu", "B"], ["MOI", "C"]]), 4, {"vi": "đã có ở dòng 2", "en": "stands in row 2 already"}),
    "bad name": (write_csv([HEAD, ["moi", "A"], ["Tên Sai", "B"]]), 3, {"vi": "chữ thường không dấu", "en": "small letters without marks"}),
    "no office": (write_csv([HEAD, ["moi", ""]]), 2, {"vi": "Cần ghi chức vụ", "en": "The office held is needed"}),
    "unknown agency": (write_csv([[*HEAD, "Mã cơ quan"], ["moi", "A", "so-khong-co"]]), 2, {"vi": "Không có cơ quan có mã", "en": "There is no agency with the code"}),
    "neither yes nor no": (write_csv([[*HEAD, "Ban thư ký"], ["moi", "A", "chắc"]]), 2, {"vi": "Ghi &#39;có&#39; hoặc &#39;không&#39;", "en": "Write &#39;yes&#39; or &#39;no&#39;"}),
}  # fmt: skip


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
async def test_a_bad_table_is_refused_with_its_row_and_stores_nothing(office: Office, name: str, language: str) -> None:
    content, row, words = TABLES[name]
    async with untouched(office.house):
        answer = await upload(office.administrators[language], content)
    assert answer.status_code == 422
    assert words[language] in answer.text
    if row is not None:
        assert re.search(rf'<td class="number">{row}</td>\s*<td>[^<]*{re.escape(words[language])}', answer.text)
    # Nothing is offered, and the next try stands on the same page.
    assert 'name="digest"' not in answer.text and 'type="file"' in answer.text


async def test_an_external_entity_is_not_followed(office: Office) -> None:
    async with untouched(office.house):
        answer = await upload(office.administrators["vi"], repacked(SHEET, **{"xl/sharedStrings.xml": XXE}))
    assert answer.status_code == 422 and "root:" not in answer.text


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
async def test_a_cell_that_is_a_formula_is_text_on_the_way_in_and_guarded_on_the_way_out(office: Office, write) -> None:  # type: ignore[no-untyped-def]
    """Shown in the preview as text; nothing here runs it, and what leaves for a spreadsheet again is escaped."""
    formula = '=HYPERLINK("http://evil.example","x")'
    answer = await upload(office.administrators["vi"], write([HEAD, ["ct", formula]]))
    assert answer.status_code == 200 and "=HYPERLINK(&#34;http://evil.example&#34;" in answer.text
    assert b"'=HYPERLINK" in write_csv([[formula]])


async def test_one_bad_row_among_good_ones_stores_none_and_the_mended_table_goes_in(office: Office) -> None:
    browser = office.administrators["vi"]
    async with untouched(office.house):
        await upload(browser, write_csv([HEAD, ["tot", "Tốt"], ["Xấu", "Xấu"]]))
    preview = await upload(browser, write_csv([HEAD, ["tot", "Tốt"], ["xau", "Xấu"]]))
    assert (await browser.post("/admin/import/people", confirmation(preview.text))).status_code == 303
    # The rows travel in the page: changed on the way, they are no longer what was shown.
    typed = confirmation((await upload(browser, write_csv([HEAD, ["ba", "Ba"]]))).text)
    async with untouched(office.house):
        forged = typed | {"table": str(typed["table"]).replace("Ba", "Quản trị")}
        assert (await browser.post("/admin/import/people", forged)).status_code == 409

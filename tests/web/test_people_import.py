"""The import of tables as a browser uses it: upload, preview, confirm."""

import csv
import html
import io
import re

import pytest

from ecabinet.paper.spreadsheet import read_rows, write_csv, write_xlsx
from tests.web.conftest import Browser, House

PEOPLE = [["Tên đăng nhập", "Chức vụ"], ["gd-taichinh", "Giám đốc Sở Tài chính"], ["gd-dulich", "Quyền Giám đốc"]]


async def upload(browser: Browser, content: bytes, name: str = "people.csv", kind: str = "people"):  # type: ignore[no-untyped-def]
    await browser.get(f"/admin/import/{kind}")
    return await browser.post(f"/admin/import/{kind}/preview", files={"file": (name, content)})


def confirmation(page: str) -> dict[str, object]:
    digest = re.search(r'name="digest" value="(\w+)"', page)
    table = re.search(r'<textarea name="table" hidden>\n(.*?)</textarea>', page, re.S)
    assert digest and table
    return {"digest": digest.group(1), "table": html.unescape(table.group(1))}


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
async def test_table_is_previewed_and_then_imported(house: House, write) -> None:  # type: ignore[no-untyped-def]
    browser = await house.signed_in("quantri")
    preview = await upload(browser, write(PEOPLE))
    assert preview.status_code == 200
    assert "thêm 1" in preview.text and "sửa 1" in preview.text and "giữ nguyên 0" in preview.text
    assert (await house.person("gd-dulich")).office_vi == "Giám đốc Sở Du lịch"
    done = await browser.post("/admin/import/people", confirmation(preview.text))
    assert (done.status_code, done.headers["location"]) == (303, "/admin/people?done=imported&added=1&changed=1")
    assert (await house.person("gd-dulich")).office_vi == "Quyền Giám đốc"
    again = await upload(browser, write(PEOPLE))
    assert "Không có gì để nhập" in again.text and 'name="digest"' not in again.text


async def test_problems_are_listed_with_their_rows_and_nothing_is_offered(house: House) -> None:
    browser = await house.signed_in("quantri")
    answer = await upload(browser, write_csv([*PEOPLE, ["Tên Sai", "x"], ["gd-dulich", "y"]]))
    assert answer.status_code == 422
    assert "2 chỗ cần sửa" in answer.text
    assert re.search(r'<td class="number">4</td>\s*<td>Tên đăng nhập gồm', answer.text)
    assert "đã có ở dòng 3" in answer.text
    assert 'name="digest"' not in answer.text


async def test_data_that_moved_on_gets_a_new_preview(house: House) -> None:
    browser = await house.signed_in("quantri")
    typed = confirmation((await upload(browser, write_csv(PEOPLE))).text)
    await upload(browser, write_csv([PEOPLE[0], ["gd-dulich", "Phó Giám đốc"]]))
    other = confirmation((await upload(browser, write_csv([PEOPLE[0], ["gd-dulich", "Phó Giám đốc"]]))).text)
    await browser.post("/admin/import/people", other)
    await browser.get("/admin/import/people")
    answer = await browser.post("/admin/import/people", typed | {"form_key": "another-key-of-a-form"})
    assert answer.status_code == 409
    assert "Dữ liệu đã thay đổi sau lần xem trước" in answer.text
    assert (await house.person("gd-dulich")).office_vi == "Phó Giám đốc"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp rỗng"),
        (b"%PDF-1.7 not a table", "không phải bảng"),
        (b"PK\x03\x04broken", "không phải bảng"),
        (b"\x00\x01\x02\xff" * 100, "không"),
        (b"Name\nx\n", "Không thấy dòng tên cột"),
    ],
    ids=["empty", "pdf", "broken xlsx", "binary", "other table"],
)
async def test_file_that_is_no_table_is_explained(house: House, content: bytes, words: str) -> None:
    browser = await house.signed_in("quantri")
    answer = await upload(browser, content)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("table", ["", "rubbish", "[1]", '[["x", "y"]]', "{}"])
async def test_forged_confirmation_is_refused(house: House, table: str) -> None:
    browser = await house.signed_in("quantri")
    await browser.get("/admin/import/people")
    answer = await browser.post(
        "/admin/import/people", {"table": table, "digest": "x", "form_key": "a-key-of-some-form"}
    )
    assert answer.status_code in (400, 409)


async def test_template_is_safe_in_a_spreadsheet_and_in_both_languages(house: House) -> None:
    browser = await house.signed_in("quantri")
    for ending, kind in (("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats")):
        answer = await browser.get(f"/admin/import/members/template.{ending}")
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["content-disposition"] == f'attachment; filename="members.{ending}"'
        assert read_rows(answer.content)[0].cells[0] == "Mã tập thể"
    assert (await browser.get("/admin/import/members/template.exe")).status_code == 404
    assert (await browser.get("/admin/import/nothing")).status_code == 404


def test_cell_that_a_spreadsheet_would_run_is_escaped() -> None:
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]
    cells = next(csv.reader(io.StringIO(write_csv([dangerous]).decode("utf-8-sig"), newline="")))
    assert all(cell.startswith("'") for cell in cells)

"""Two people at one form: who comes second sees both texts in their language, and loses none of their own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from ecabinet.store.tables import Agency
from tests.web.conftest import Browser
from tests.web.desk_house import hidden, pdf
from tests.web.untouched import LANGUAGES, Office, open_office, untouched


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with open_office(tmp_path_factory.mktemp("office")) as office:
        async with office.house.app.state.database.writing() as session:
            session.add(Agency(code="so-y-te", name_vi="Sở Y tế"))
        yield office


@dataclass
class Form:
    """A form at `path`, the field that both change, and what else a browser sends with it."""

    path: str
    field: str
    others: dict[str, Any]
    by: str = "secretaries"


def forms(office: Office) -> dict[str, Form]:
    desk, ids = office.desk, office.house.ids
    item, director = desk.items["Đề án du lịch"], ids["gd-dulich"]
    meeting = {
        "body_id": str(desk.body),
        "kind": "ordinary",
        "number": "12",
        "title_vi": "Phiên họp tháng 12",
        "language": "vi",
    }
    when = {"day": "24/12/2026", "clock": "09:00", "key": "thang-12"}
    administrators = "administrators"
    return {
        "meeting": Form(f"{desk.address}/details", "place_vi", meeting | when),
        "item": Form(f"{desk.address}/items/{item}", "presenter_vi", {"title_vi": "Đề án du lịch", "kind": "decision"}),
        "person": Form(f"/admin/people/{director}", "office_vi", {"username": "gd-dulich", "language": "vi"}, administrators),
        "agency": Form("/admin/agencies/1", "name_vi", {"code": "so-y-te", "is_active": "1"}, administrators),
        "body": Form(f"/admin/bodies/{desk.body}", "name_vi", {"code": "ubnd", "language": "vi", "is_active": "1"}, administrators),
    }  # fmt: skip


NAMES = ("meeting", "item", "person", "agency", "body")
# On the desk and on the administrator's pages.
WORDS = {
    "vi": ("trong khi bạn đang nhập", "Những gì bạn nhập không bị mất"),
    "en": ("while you were typing", "Nothing of yours is lost"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
async def test_the_second_sees_both_texts_and_nothing_is_overwritten(office: Office, name: str, language: str) -> None:
    form = forms(office)[name]
    browsers: dict[str, Browser] = getattr(office, form.by)
    other = next(browser for key, browser in browsers.items() if key != language)
    mine, theirs = await _open(browsers[language], form), await _open(other, form)
    first = await other.post(form.path, theirs | {form.field: f"Của người kia {language}"})
    assert first.status_code == 303, first.text
    async with untouched(office.house):
        second = await browsers[language].post(form.path, mine | {form.field: f"Của tôi {language}"})
    assert second.status_code == 409
    assert f"Của người kia {language}" in second.text and f"Của tôi {language}" in second.text
    assert any(words in second.text for words in WORDS[language])
    # The page that shows both is a form under the version of now: saved again, the choice counts.
    again = mine | {"version": hidden(second.text, "version"), form.field: f"Của cả hai {language}"}
    assert (await browsers[language].post(form.path, again)).status_code == 303


async def _open(browser: Browser, form: Form) -> dict[str, Any]:
    page = (await browser.get(form.path)).text
    opened = {"opened": hidden(page, "opened")} if 'name="opened"' in page else {}
    return form.others | opened | {"version": hidden(page, "version")}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("đã gỡ tài liệu này lúc", "Khôi phục tài liệu theo bản của bạn")),
        ("en", ("removed this paper at", "Bring the paper back")),
    ],
)
async def test_a_paper_removed_while_somebody_typed_comes_back_with_the_typing(
    office: Office, language: str, words: tuple[str, str]
) -> None:
    browser, desk = office.secretaries[language], office.desk
    item = f"{desk.address}/items/{desk.items['Bế mạc']}"
    await browser.get(item)
    new = {"new_kind": "other", "new_language": "vi", "new_title_vi": f"Tờ trình {language}"}
    await browser.post(f"{item}/papers", new, files=_files("a.pdf"))
    paper = max(row.id or 0 for row in await desk.paper_rows())
    page = await browser.get(f"{desk.address}/papers/{paper}")
    fields = {
        "title_vi": f"Tờ trình {language}, sửa",
        "kind": "other",
        "language": "vi",
        "seen": hidden(page.text, "seen"),
    }
    other = next(other for key, other in office.secretaries.items() if key != language)
    await other.get(item)
    await other.post(f"{desk.address}/papers/{paper}/remove")
    refused = await browser.post(f"{desk.address}/papers/{paper}", fields, files=_files("b.pdf", 2))
    assert refused.status_code == 409
    assert all(said in refused.text for said in words) and f"Tờ trình {language}, sửa</textarea>" in refused.text
    form = {name: hidden(refused.text, name) for name in ("seen", "held", "item_id")}
    back = await browser.post(f"{desk.address}/papers/{paper}", fields | form | {"restore": "1"})
    assert back.status_code == 303
    (row,) = [row for row in await desk.paper_rows() if row.id == paper]
    assert (row.title_vi, row.deleted_at) == (f"Tờ trình {language}, sửa", None)
    assert str(row.file_id) == form["held"]


def _files(name: str, pages: int = 1) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (name, pdf(pages), "application/pdf"))]


async def test_a_change_after_the_call_is_shown_back(office: Office) -> None:
    """The meeting was called while somebody typed: their words stand on the page that says so."""
    desk, browser = office.desk, office.secretaries["en"]
    item = f"{desk.address}/items/{desk.items['Khai mạc']}"
    page = (await browser.get(item)).text
    await desk.secretary.get(f"{desk.address}/call")
    called: httpx2.Response = await desk.secretary.post(f"{desk.address}/call")
    assert called.status_code == 303, called.text
    fields = {"title_vi": "Khai mạc phiên họp", "kind": "formal", "version": hidden(page, "version")}
    answer = await browser.post(item, fields)
    assert answer.status_code == 409 and "Khai mạc phiên họp" in answer.text

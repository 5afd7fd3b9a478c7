"""Every form pressed twice: the second press changes nothing, and leads to where the first one led."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from ecabinet.store.tables import LoginFailure, LoginSession, SubmittedForm
from tests.web.conftest import PASSWORD
from tests.web.desk_house import pdf
from tests.web.test_desk_import import _zip as agenda_zip
from tests.web.test_origin import POSTS, dump
from tests.web.untouched import Office, open_office

Files = list[tuple[str, tuple[str, bytes, str]]]


@dataclass
class Press:
    """A form at `route` (`path` is the address of one), filled in on `page`, with what a person would type."""

    route: str
    path: str
    page: str
    fields: dict[str, Any] = field(default_factory=dict)
    files: Files = field(default_factory=list)


NEW_PASSWORD = "mưa rơi trên mái ngói đỏ"
MEETING = {
    "kind": "ordinary",
    "title_vi": "Phiên họp tháng 1",
    "number": "1",
    "day": "05/01/2027",
    "clock": "08:00",
    "place_vi": "Phòng 2",
    "language": "vi",
}
RULES = {
    "quorum": "share", "quorum_numerator": "3", "quorum_denominator": "4", "comparison": "at_least", "base": "present",
    "majority_numerator": "2", "majority_denominator": "3", "tie": "fails", "notice_working_days": "3", "special_notice_days": "1",
}  # fmt: skip
PAPER = {"new_kind": "other", "new_language": "vi", "new_title_vi": "Tờ trình", "new_number": "45/TTr-SDL"}


def presses(office: Office, key: str = "") -> list[Press]:
    """In the order of one story: what is deleted last is made first."""
    ids, desk = office.house.ids, office.desk
    first, second, last = desk.items.values()
    draft, item = desk.address, f"{desk.address}/items/{second}"
    meeting, items = "/desk/meetings/{meeting_id:int}", "/desk/meetings/{meeting_id:int}/items/{item_id:int}"
    papers, person = "/desk/meetings/{meeting_id:int}/papers/{paper_id:int}", "/admin/people/{person_id:int}"
    director, screen = ids["gd-dulich"], ids["manhinh"]
    office_of = {"username": "moi", "office_vi": "Chức vụ mới", "language": "vi"}
    body = {"code": "ubnd", "name_vi": "UBND tỉnh Huế", "language": "vi", "is_active": "1"}
    pdf_file: Files = [("files", ("a.pdf", pdf(), "application/pdf"))]
    return [
        Press("/language", "/language", "/account", {"language": "vi", "next": "/account"}),
        Press("/admin/agencies", "/admin/agencies", "/admin/agencies/new", {"code": "so-a", "name_vi": "Sở A", "is_active": "1"}),
        Press("/admin/agencies/{agency_id:int}", "/admin/agencies/1", "/admin/agencies/1", {"code": "so-a", "name_vi": "Sở B", "is_active": "1"}),
        Press("/admin/people", "/admin/people", "/admin/people/new", office_of),
        Press(person, f"/admin/people/{director}", f"/admin/people/{director}", {"username": "gd-dulich", "office_vi": "Giám đốc mới", "language": "vi"}),
        Press("/admin/people/passwords", "/admin/people/passwords", "/admin/people"),
        Press(f"{person}/password", f"/admin/people/{screen}/password", f"/admin/people/{screen}"),
        Press(f"{person}/active", f"/admin/people/{screen}/active", f"/admin/people/{screen}", {"active": "no"}),
        Press(f"{person}/active", f"/admin/people/{screen}/active", f"/admin/people/{screen}", {"active": "yes"}),
        Press("/admin/bodies", "/admin/bodies", "/admin/bodies/new", body | {"code": "hdnd"}),
        Press("/admin/bodies/{body_id:int}", "/admin/bodies/1", "/admin/bodies/1", body),
        Press("/admin/bodies/{body_id:int}/members", "/admin/bodies/1/members", "/admin/bodies/1/members",
              {"person": str(director), f"role-{director}": "chair", f"order-{director}": "1", f"weight-{director}": "1", "add": str(ids["thuky"])}),
        Press("/admin/bodies/{body_id:int}/rules", "/admin/bodies/1/rules", "/admin/bodies/1/rules", RULES),
        Press("/admin/import/{kind}/preview", "/admin/import/people/preview", "/admin/import/people", {},
              [("file", ("a.csv", "username,office_vi\nnhap,Người nhập\n".encode(), "text/csv"))]),
        Press("/admin/import/{kind}", "/admin/import/people", ""),
        Press("/desk/meetings/new", "/desk/meetings/new", "/desk/meetings/new", MEETING | {"body_id": "1"}),
        Press(f"{meeting}/details", f"{draft}/details", f"{draft}/details", MEETING | {"body_id": "1", "number": "2", "key": key}),
        Press(f"{meeting}/items/new", f"{draft}/items/new", f"{draft}/items/new", {"title_vi": "Thêm", "kind": "decision"}),
        Press(items, item, item, {"title_vi": "Đề án sửa", "kind": "decision", "planned_minutes": "20"}),
        Press(f"{items}/move", f"{item}/move", draft, {"step": "up"}),
        Press(f"{items}/papers", f"{item}/papers", item, PAPER, pdf_file),
        Press(papers, f"{draft}/papers/1", f"{draft}/papers/1", {"title_vi": "Tờ trình sửa", "kind": "other", "language": "vi", "item_id": str(second)},
              [("files", ("b.pdf", pdf(2), "application/pdf"))]),
        Press(f"{items}/papers", f"{item}/papers", item, PAPER | {"new_number": "46/TTr-SDL"}, pdf_file),
        Press(f"{papers}/move", f"{draft}/papers/2/move", item, {"step": "up"}),
        Press(f"{papers}/remove", f"{draft}/papers/2/remove", item),
        Press(f"{papers}/restore", f"{draft}/papers/2/restore", item),
        Press(f"{meeting}/people", f"{draft}/people", f"{draft}/people?person={screen}", {"person_id": str(screen), "role": "screen"}),
        Press(f"{meeting}/people", f"{draft}/people", f"{draft}/people?person={ids['quantri']}", {"person_id": str(ids["quantri"]), "role": "invitee", "item_ids": str(first)}),
        Press(f"{meeting}/people/{{person_id:int}}/items", f"{draft}/people/{ids['quantri']}/items", f"{draft}/people?edit={ids['quantri']}",
              {"seen": str(first), "item_ids": str(last)}),
        Press(f"{meeting}/people/{{person_id:int}}/remove", f"{draft}/people/{ids['quantri']}/remove", f"{draft}/people"),
        Press(f"{meeting}/people/update", f"{draft}/people/update", f"{draft}/people"),
        Press(f"{meeting}/templates", f"{draft}/templates", f"{draft}/templates", {"name": "Mẫu"}),
        Press(f"{meeting}/copy", f"{draft}/copy", f"{draft}/templates", {"start": "t-1"}),
        Press("/desk/templates/{template_id:int}/delete", "/desk/templates/1/delete", "/desk/templates"),
        Press(f"{items}/delete", f"{item}/delete", item),
        Press(f"{items}/restore", f"{item}/restore", draft),
        Press(f"{meeting}/cancel", f"{draft}/cancel", f"{draft}/details"),
        Press(f"{meeting}/restore", f"{draft}/restore", "/desk/meetings?cancelled=1"),
        Press("/desk/import", "/desk/import", "/desk/import", {}, [("file", ("a.zip", agenda_zip(), "application/zip"))]),
        Press("/desk/import/confirm", "/desk/import/confirm", ""),
        Press(f"{meeting}/people", f"{draft}/people", f"{draft}/people?person={ids['quantri']}", {"person_id": str(ids["quantri"]), "role": "secretariat"}),
        Press(f"{meeting}/call", f"{draft}/call", f"{draft}/call"),
        Press("/meetings/{meeting_id:int}/minutes", "/meetings/1/minutes", "/meetings/1/minutes", {"number": "12", "recipients": "Như trên"}),
        Press("/meetings/{meeting_id:int}/minutes/restore", "/meetings/1/minutes/restore", "/meetings/1/minutes", {"section": "number"}),
        Press("/account/sessions/end", "/account/sessions/end", "/account", {"others": "1"}),
        Press("/account/password", "/account/password", "/account/password",
              {"old_password": PASSWORD, "new_password": NEW_PASSWORD, "repeated_password": NEW_PASSWORD}),
        Press("/sign-out", "/sign-out", "/account"),
        Press("/sign-in", "/sign-in", "/sign-in", {"username": "thuky", "password": PASSWORD}),
    ]  # fmt: skip


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    async with open_office(tmp_path_factory.mktemp("office")) as office:
        yield office


def test_no_form_is_left_out(office: Office) -> None:
    assert sorted({press.route for press in presses(office)}) == POSTS


async def test_every_form_pressed_twice_does_it_once_and_stands_in_the_audit(office: Office) -> None:
    browser, page = office.administrators["vi"], ""
    async with office.house.app.state.database.writing() as session:
        (
            await session.get_one(type(await office.house.person("quantri")), office.house.ids["quantri"])
        ).is_secretariat = True
    failures = []
    for press in presses(office, (await office.desk.row()).key):
        if press.page:
            page = (await browser.get(press.page)).text
        sent = {"csrf_token": browser.token, "form_key": browser.key} | _hidden(page, press.path) | press.fields
        before = await _rows(office)
        cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.client.cookies.jar)
        first = await browser.post(press.path, sent, files=press.files or None)
        after = await _rows(office)
        if _leaves_no_trace(press, before, after):
            failures.append((press.path, "not in the audit", _difference(before, after)))
        page = first.text
        # Both presses left the browser before the first answer came, so with the same cookie.
        again = office.house.browser()
        second = await again.post(press.path, sent, files=press.files or None, headers={"cookie": cookie})
        changed = _difference(after, await _rows(office))
        if not (first.status_code in (200, 303) and second.status_code in (200, 303) and not changed):
            failures.append((press.path, first.status_code, second.status_code, changed))
        if first.status_code == 303 and first.headers["location"] != second.headers.get("location"):
            failures.append((press.path, first.headers["location"], second.headers.get("location")))
    assert failures == []


def _hidden(page: str, path: str) -> dict[str, str]:
    """The hidden fields of the form that posts to `path`."""
    form = re.search(rf'<form[^>]*action="{re.escape(path)}"[^>]*>(.*?)</form>', page, re.S)
    html = form.group(1) if form else ""
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', html)
    pairs += re.findall(r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>', html, re.S)
    return {name: value.replace("&#34;", '"').replace("&amp;", "&") for name, value in pairs}


async def _rows(office: Office) -> dict[str, list[Any]]:
    """Everything but who is signed in: the second press of a sign-in is a session of its own, which nobody holds."""
    left_out = (LoginSession.__tablename__, LoginFailure.__tablename__, SubmittedForm.__tablename__)
    rows: dict[str, list[Any]] = {name: rows for name, rows in await dump(office.house) if name not in left_out}  # type: ignore[misc]
    return rows | {"audit_entry": [row for row in rows["audit_entry"] if "signed_in" not in row]}


# One's own language, and a file that only waits for its form, are nobody else's business yet.
UNTOLD = ("/language", "/desk/import")


def _leaves_no_trace(press: Press, before: dict[str, list[Any]], after: dict[str, list[Any]]) -> bool:
    """Something changed, and neither the audit nor the record of the meeting tells who did it."""
    traces = ("audit_entry", "meeting_event")
    changed = {name for name in after if after[name] != before[name]}
    return bool(changed) and not changed.intersection(traces) and press.route not in UNTOLD


def _difference(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        name: [row for row in rows if row not in before[name]] for name, rows in after.items() if rows != before[name]
    }


async def test_two_presses_at_the_same_moment_do_it_once(office: Office) -> None:
    """Both are under way before either has been written."""
    browser = office.secretaries["en"]
    await browser.get("/desk/meetings/new")
    meeting = MEETING | {"body_id": "1", "number": "77", "csrf_token": browser.token, "form_key": browser.key}
    first, second = await asyncio.gather(*(browser.post("/desk/meetings/new", meeting) for _ in range(2)))
    assert first.status_code == second.status_code == 303 and first.headers["location"] == second.headers["location"]
    address = first.headers["location"].partition("?")[0]
    await browser.get(f"{address}/items/new")
    added = await browser.post(f"{address}/items/new", {"title_vi": "Nội dung", "kind": "decision"})
    item = added.headers["location"].partition("?")[0]
    await browser.get(item)
    before = await _rows(office)
    sent = PAPER | {"csrf_token": browser.token, "form_key": browser.key}
    files: Files = [("files", ("c.pdf", pdf(3), "application/pdf"))]
    answers = await asyncio.gather(*(browser.post(f"{item}/papers", sent, files=files) for _ in range(2)))
    assert [answer.status_code for answer in answers] == [303, 303]
    after = await _rows(office)
    assert [len(after[table]) - len(before[table]) for table in ("paper", "stored_file")] == [1, 1]

"""What a person or a program sees when something cannot be done."""

import asyncio
import json
import logging
from pathlib import Path

import pytest
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ecabinet.app import FORM_BYTES
from tests.web.conftest import PASSWORD, House
from tests.web.live_server import live_server


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Không có gì ở đây dành cho bạn"), ("en", "There is nothing here for you")]
)
async def test_unknown_page_in_the_language_of_the_person(house: House, language: str, words: str) -> None:
    browser = house.browser()
    answer = await browser.get("/no/such/page", headers={"cookie": f"language={language}"})
    assert answer.status_code == 404
    assert words in answer.text


async def test_wrong_method_is_explained(house: House) -> None:
    browser = await house.signed_in("quantri")
    answer = await browser.get("/admin/people/passwords")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert "Địa chỉ này chỉ nhận biểu mẫu" in answer.text


async def test_too_large_form_is_explained_and_changes_nothing(house: House) -> None:
    browser = await house.signed_in("quantri")
    answer = await browser.post("/admin/agencies", {"name_vi": "x" * (FORM_BYTES + 1)})
    assert answer.status_code == 413
    assert "Dữ liệu quá lớn" in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_too_large_form_without_a_length_is_cut_off(house: House) -> None:
    browser = await house.signed_in("quantri")

    async def chunks():  # type: ignore[no-untyped-def]
        for _ in range(40):
            yield b"name_vi=" + b"x" * 65536

    headers = {"origin": browser.origin, "content-type": "application/x-www-form-urlencoded"}
    answer = await browser.client.post("/admin/agencies", content=chunks(), headers=headers)
    assert answer.status_code == 413
    assert "Dữ liệu quá lớn" in answer.text


async def test_browser_that_sends_all_before_it_reads_gets_the_page(tmp_path: Path) -> None:
    async with live_server(tmp_path) as server:
        host, port = server.origin.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        size = 40 * 1024 * 1024
        head = f"POST /sign-in HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {server.origin}\r\nContent-Length: {size}\r\n"
        writer.write(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n")
        for _ in range(size // 65536):
            writer.write(b"x" * 65536)
            await writer.drain()
        assert (await reader.readline()).split()[1] == b"413"
        writer.close()


async def test_malformed_form_is_refused(house: House) -> None:
    browser = await house.signed_in("quantri")
    headers = {"origin": browser.origin, "content-type": "multipart/form-data; boundary=x"}
    answer = await browser.client.post("/admin/agencies", content=b"--y\r\nrubbish", headers=headers)
    assert answer.status_code in (400, 403)


async def test_program_gets_json(house: House) -> None:
    browser = house.browser()
    answer = await browser.get("/api/meetings")
    assert (answer.status_code, answer.json()["error"]) == (401, "signed_out")
    assert (await browser.get("/api/no/such")).json()["error"] == "404"


@pytest.fixture
async def broken(house: House) -> House:
    """A house with a page that has a bug."""

    async def bug(request: Request) -> Response:
        raise ZeroDivisionError(f"with {PASSWORD} inside")

    house.app.router.routes.insert(0, Route("/bug", bug))
    return house


async def test_bug_shows_its_number_and_no_detail(broken: House) -> None:
    browser = await broken.signed_in("gd-dulich")
    answer = await browser.get("/bug")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "ZeroDivisionError" not in answer.text and PASSWORD not in answer.text
    assert (await browser.get("/")).status_code == 200


async def test_bug_is_logged_under_the_same_number(broken: House) -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = await broken.browser().get("/bug")
    [failure] = [line for line in lines if line["event"] == "request_failed"]
    assert failure["request_id"] == answer.headers["x-request-id"]
    assert isinstance(failure["exc_info"], ZeroDivisionError)


async def test_log_holds_no_password_no_token_and_no_query(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        browser = await house.signed_in("quantri")
        await browser.get("/admin/people?words=secret+words")
        await browser.post(
            "/account/password", {"old_password": PASSWORD, "new_password": "x", "repeated_password": "x"}
        )
        await browser.sign_in("gd-dulich", "a wrong secret")
    text = json.dumps(lines, ensure_ascii=False, default=repr)
    assert '"path": "/admin/people"' in text
    for secret in (PASSWORD, "secret", browser.token, browser.client.cookies["session"]):
        assert secret not in text


async def test_health(house: House) -> None:
    browser = house.browser(origin="http://10.1.2.3:9999")
    assert (await browser.get("/healthz")).json() == {"status": "alive"}
    assert (await browser.get("/readyz")).json() == {"status": "ready"}
    async with house.app.state.database.writing_connection() as connection:
        await connection.exec_driver_sql("ALTER TABLE person RENAME TO nobody")
    assert (await browser.get("/readyz")).status_code == 503
    assert (await browser.get("/healthz")).status_code == 200

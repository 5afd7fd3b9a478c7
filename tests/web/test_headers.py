"""The security headers of every route."""

import re

import pytest

from tests.web.conftest import House
from tests.web.test_origin import GETS, filled


@pytest.mark.parametrize("path", [*GETS, "/no/such/page", "/static/no-such-file.css"])
async def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    browser = await house.signed_in("quantri")
    headers = (await browser.get(filled(path))).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert (
        "frame-ancestors 'none'" in headers["content-security-policy"]
        or "sandbox" in headers["content-security-policy"]
    )
    assert "unsafe" not in headers["content-security-policy"]
    assert "strict-transport-security" not in headers
    assert "server" not in headers


async def test_content_policy_allows_our_own_socket_only(house: House) -> None:
    headers = (await house.browser().get("/sign-in")).headers
    assert "connect-src 'self' ws://localhost:8000;" in f"{headers['content-security-policy']};"


async def test_private_pages_are_not_stored(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    for path in ("/", "/account", "/sign-in"):
        assert (await browser.get(path)).headers["cache-control"] == "no-store"


async def test_transport_security_behind_tls(house: House) -> None:
    headers = (await house.browser(origin="https://hop.example.vn").get("/sign-in")).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "connect-src 'self' wss://hop.example.vn" in headers["content-security-policy"]


async def test_no_page_has_inline_script_or_style(house: House) -> None:
    browser = await house.signed_in("quantri")
    for path in GETS:
        page = (await browser.get(filled(path))).text
        assert "<style" not in page and " style=" not in page and " onclick=" not in page
        assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", page))

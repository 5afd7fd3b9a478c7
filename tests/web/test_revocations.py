"""A session that ends anywhere closes its sockets within a second."""

import asyncio

from ecabinet.office.accounts import set_password
from ecabinet.office.sign_in import hash_token
from tests.web.conftest import CHEAP, Browser, House


class Socket:
    """What a live socket does: subscribe, and be called when the session ends."""

    def __init__(self, house: House, browser: Browser) -> None:
        self.closed = asyncio.Event()
        self.unsubscribe = house.app.state.revoked.subscribe(hash_token(browser.client.cookies["session"]), self.close)

    async def close(self) -> None:
        self.closed.set()

    async def closes_within_a_second(self) -> bool:
        async with asyncio.timeout(1):
            return await self.closed.wait()


async def test_sign_out_closes_the_socket_of_that_session_only(house: House) -> None:
    here, there = await house.signed_in("gd-dulich"), await house.signed_in("gd-dulich")
    ended, living = Socket(house, here), Socket(house, there)
    await here.post("/sign-out")
    assert await ended.closes_within_a_second()
    await house.app.state.revoked.sweep()
    assert not living.closed.is_set()


async def test_disabled_account_closes_all_its_sockets(house: House) -> None:
    admin = await house.signed_in("quantri")
    sockets = [Socket(house, await house.signed_in("gd-dulich")) for _ in range(3)]
    await admin.post(f"/admin/people/{house.ids['gd-dulich']}/active", {"active": "no"})
    assert all([await socket.closes_within_a_second() for socket in sockets])


async def test_password_set_by_another_process_closes_the_sockets(house: House) -> None:
    socket = Socket(house, await house.signed_in("gd-dulich"))
    await set_password(house.app.state.database, "gd-dulich", "ruộng bậc thang mùa lúa chín", CHEAP)
    assert await socket.closes_within_a_second()


async def test_session_that_runs_out_closes_the_socket(house: House) -> None:
    socket = Socket(house, await house.signed_in("gd-dulich"))
    house.clock.pass_by(hours=13)
    assert await socket.closes_within_a_second()


async def test_one_broken_socket_does_not_keep_the_others_open(house: House) -> None:
    browser = await house.signed_in("gd-dulich")

    async def broken() -> None:
        raise RuntimeError("already gone")

    house.app.state.revoked.subscribe(hash_token(browser.client.cookies["session"]), broken)
    socket = Socket(house, browser)
    await browser.post("/sign-out")
    assert await socket.closes_within_a_second()


async def test_closed_socket_is_forgotten(house: House) -> None:
    browser = await house.signed_in("gd-dulich")
    socket = Socket(house, browser)
    socket.unsubscribe()
    await browser.post("/sign-out")
    await house.app.state.revoked.sweep()
    assert not socket.closed.is_set()

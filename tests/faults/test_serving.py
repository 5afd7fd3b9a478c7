"""The server as it is really started: its frames are bounded, its sockets end with a reason, its stop is quick."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from ecabinet.serving import STOP_WITHIN_S
from tests.faults.chamber import MEETING, Server, furnish


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    folder = tmp_path_factory.mktemp("serving")
    server = Server(folder / "data", folder / "server.log", tokens=await furnish(folder / "data"))
    await server.start()
    yield server
    server.kill()


def _connect(server: Server, **options: Any) -> connect:
    address = f"{server.origin.replace('http', 'ws')}/meetings/{MEETING}/live"
    headers = {"Authorization": f"Bearer {server.tokens[2]}"}
    return connect(address, additional_headers=headers, compression=None, **options)


async def _close_code(socket: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        async with asyncio.timeout(10):
            while True:
                await socket.recv()
    return socket.close_code


async def test_no_socket_is_compressed(server: Server) -> None:
    """Compression next to secrets leaks them, and costs memory per tablet."""
    async with _connect(server, extensions=[ClientPerMessageDeflateFactory()]) as socket:
        assert socket.protocol.extensions == []


async def test_frames_are_bounded_and_text(server: Server) -> None:
    async with _connect(server) as socket:
        await socket.send(" " * 65_536 + "x")
        assert await _close_code(socket) == 1009
    async with _connect(server) as socket:
        await socket.send(b"\xff\xfe", text=True)
        assert await _close_code(socket) == 1007


async def test_no_header_names_the_software(server: Server) -> None:
    async with httpx2.AsyncClient(base_url=server.origin) as web:
        assert "server" not in (await web.get("/sign-in")).headers


async def test_a_forwarded_address_is_not_believed(server: Server) -> None:
    """Anybody can send the header: it must neither choose the scheme of cookies nor escape the throttle."""
    headers = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    async with httpx2.AsyncClient(base_url=server.origin, headers=headers) as web:
        page = await web.get("/sign-in")
    assert "strict-transport-security" not in page.headers and "Secure" not in page.headers["set-cookie"]


async def test_stopping_closes_every_socket_with_1012_and_ends(server: Server) -> None:
    async with _connect(server) as socket:
        await socket.recv()
        began = time.monotonic()
        assert server.process is not None
        server.process.send_signal(signal.SIGTERM)
        assert await _close_code(socket) == 1012
    await asyncio.to_thread(server.process.wait, STOP_WITHIN_S + 5)
    assert time.monotonic() - began < STOP_WITHIN_S + 2

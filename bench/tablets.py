"""Many tablets in one process, as lean as the websocket library allows."""

import asyncio
import json
import time
import uuid
from collections.abc import Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect


class Tablet:
    """One socket; notes when each answer and each push came."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._answers: dict[str, asyncio.Future[float]] = {}
        self._marks: dict[str, asyncio.Future[float]] = {}
        self.live = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        try:
            await self._take_frames()
        finally:
            # A socket that ends leaves nobody waiting: the measurement fails instead of hanging.
            for waiting in (*self._answers.values(), *self._marks.values()):
                if not waiting.done():
                    waiting.set_exception(ConnectionError("the socket ended"))

    async def _take_frames(self) -> None:
        async for frame in self._socket:
            now = time.perf_counter()
            if not self.live.done():
                self.live.set_result(now)
            text = frame if isinstance(frame, str) else frame.decode()
            for mark in [mark for mark in self._marks if mark in text]:
                self._marks.pop(mark).set_result(now)
            if self._answers and text.startswith('{"id"'):
                message = json.loads(text)
                waiting = self._answers.pop(message["id"], None)
                if waiting is not None:
                    if "refused" in message:
                        waiting.set_exception(RuntimeError(message["refused"]["text"]["en"]))
                    else:
                        waiting.set_result(now)

    async def command(self, **fields: Any) -> float:
        """Send a command and return the seconds until its receipt."""
        id_ = str(uuid.uuid4())
        waiting = asyncio.get_running_loop().create_future()
        self._answers[id_] = waiting
        began = time.perf_counter()
        await self._socket.send(json.dumps({"id": id_, **fields}))
        return await waiting - began

    def sees(self, mark: str) -> "asyncio.Future[float]":
        """When a frame with `mark` in it comes."""
        return self._marks.setdefault(mark, asyncio.get_running_loop().create_future())

    async def close(self) -> None:
        await self._socket.close()
        self._task.cancel()


async def connect_all(address: str, tokens: Sequence[str]) -> list[Tablet]:
    """A tablet per token, each live (has all parts) when this returns."""

    async def one(token: str) -> Tablet:
        headers = {"Authorization": f"Bearer {token}"}
        tablet = Tablet(await connect(address, additional_headers=headers, compression=None, max_size=None))
        await tablet.live
        return tablet

    tablets: list[Tablet] = []
    for start in range(0, len(tokens), 50):
        tablets += await asyncio.gather(*(one(token) for token in tokens[start : start + 50]))
    return tablets


async def close_all(tablets: Sequence[Tablet]) -> None:
    await asyncio.gather(*(tablet.close() for tablet in tablets))

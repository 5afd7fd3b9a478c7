"""The mutant of the kill test: a server that acknowledges before its commit. `python -m tests.faults.hasty serve`."""

import asyncio
from typing import Any

from ecabinet.__main__ import main
from ecabinet.room.room import Outcome, Room, _settle
from ecabinet.store.event_log import Batch, EventLog, LogHead

_PROMISE_BEFORE_S = 0.2
_append = EventLog.append


async def append_late(self: EventLog, head: LogHead, batch: Batch) -> LogHead:
    await asyncio.sleep(_PROMISE_BEFORE_S)
    return await _append(self, head, batch)


async def execute_hastily(self: Room, command: Any) -> Outcome:
    """The answer that the commit would bring, without waiting for it."""
    future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    self._waiting.append((command, asyncio.get_running_loop().create_future()))
    self._wake.set()
    _settle(future, self._done(command, self._clock(), self.seq + 1))
    return await future


EventLog.append = append_late  # type: ignore[method-assign]
Room.execute = execute_hastily  # type: ignore[method-assign]

if __name__ == "__main__":
    main()

"""Tells live sockets within a second that their session has ended, wherever it was ended."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from ecabinet.store import logins
from ecabinet.store.database import Database

Callback = Callable[[], Awaitable[None]]
# Half of the promised second: another process, or the command line, may have ended the session in the database.
POLL_S = 0.5

log = structlog.get_logger()


class Revocations:
    """A socket subscribes with its token hash; its callback is awaited once when the session ends."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._callbacks: dict[str, set[Callback]] = defaultdict(set)

    def subscribe(self, token_hash: str, callback: Callback) -> Callable[[], None]:
        """Returns the function that ends the subscription; call it when the socket closes."""
        self._callbacks[token_hash].add(callback)
        return lambda: self._unsubscribe(token_hash, callback)

    async def revoke(self, token_hashes: Iterable[str]) -> None:
        """Call back everybody subscribed to these sessions, all at once: one slow socket delays no other."""
        callbacks = [callback for token_hash in token_hashes for callback in self._callbacks.pop(token_hash, ())]
        results = await asyncio.gather(*(callback() for callback in callbacks), return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                log.warning("revocation_callback_failed", error=repr(result))

    async def sweep(self) -> None:
        """Revoke whatever the database no longer calls alive."""
        subscribed = set(self._callbacks)
        if subscribed:
            async with self._database.reading() as session:
                living = await logins.find_living_hashes(session, subscribed, self._clock())
            await self.revoke(subscribed - living)

    async def run(self) -> None:
        """Sweep for ever; a database that is away for a moment must not end the watch."""
        while True:
            await asyncio.sleep(POLL_S)
            try:
                await self.sweep()
            except (SQLAlchemyError, OSError) as error:
                log.warning("revocation_sweep_failed", error=repr(error))

    def _unsubscribe(self, token_hash: str, callback: Callback) -> None:
        callbacks = self._callbacks.get(token_hash)
        if callbacks is not None:
            callbacks.discard(callback)
            if not callbacks:
                del self._callbacks[token_hash]

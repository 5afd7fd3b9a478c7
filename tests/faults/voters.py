"""Voters on real sockets, who keep a ballot until it is answered, and the check that no promise to them was broken."""

import asyncio
import json
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection, connect

from ecabinet.rules.events import BallotCast
from ecabinet.rules.record import Entry
from tests.faults.chamber import MEETING, POLL, VOTERS, Server

PATIENCE_S = 60
CHOICES = ("for", "against", "not_voting")


@dataclass
class Promises:
    """What the tablets were told: acknowledged ballots by their id, and when each acknowledgement came."""

    sent: set[str] = field(default_factory=set)
    acknowledged: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    refusals: Counter[str] = field(default_factory=Counter)
    last_at: float = 0.0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, id_: str, voter: int, choice: str, receipt: str) -> None:
        self.acknowledged[id_] = (voter, choice, receipt)
        self.last_at = time.monotonic()
        self.changed.set()

    async def until(self, enough: int) -> None:
        """Until so many ballots were acknowledged."""
        await self.until_true(lambda: len(self.acknowledged) >= enough)

    async def until_true(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not ready():
                self.changed.clear()
                await self.changed.wait()


@dataclass
class Voter:
    """Votes, changes their mind, and votes again, as fast as they are answered."""

    person: int
    token: str
    server: Server
    promises: Promises
    dice: Random
    ballot: dict[str, Any] | None = None

    async def run(self) -> None:
        address = f"{self.server.origin.replace('http', 'ws')}/meetings/{MEETING}/live"
        headers = {"Authorization": f"Bearer {self.token}"}
        while True:
            with suppress(OSError, websockets.WebSocketException, TimeoutError):
                async with connect(address, additional_headers=headers, compression=None) as socket:
                    await self._vote(socket)
            await asyncio.sleep(0.02)

    async def _vote(self, socket: ClientConnection) -> None:
        while True:
            self.ballot = self.ballot or self._new_ballot()
            self.promises.sent.add(self.ballot["id"])
            await socket.send(json.dumps(self.ballot))
            answer = await self._answer(socket, self.ballot["id"])
            if "done" in answer:
                self.promises.note(self.ballot["id"], self.person, self.ballot["choice"][0], answer["done"]["receipt"])
                self.ballot = None
            else:
                self.promises.refusals[answer["refused"]["reason"]] += 1
                assert answer["refused"]["text"]["vi"] and answer["refused"]["text"]["en"]
            self.promises.changed.set()
            # Below the throttle of a socket, which is for floods.
            await asyncio.sleep(self.dice.uniform(0.03, 0.1))

    def _new_ballot(self) -> dict[str, Any]:
        ballot = str(uuid.UUID(int=self.dice.getrandbits(128)))
        return {"id": ballot, "do": "cast_ballot", "poll": POLL, "choice": [self.dice.choice(CHOICES)]}

    async def _answer(self, socket: ClientConnection, id_: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_S):  # `wait_for` swallows a cancellation that comes with the message.
            while True:
                message: dict[str, Any] = json.loads(await socket.recv())
                if message.get("id") == id_:
                    return message


@asynccontextmanager
async def voting(server: Server, tokens: Mapping[int, str], dice: Random) -> AsyncIterator[Promises]:
    """Everybody votes until the end of the block, through whatever happens to the server."""
    promises = Promises()
    voters = [Voter(person, tokens[person], server, promises, Random(dice.random())) for person in VOTERS]
    tasks = [asyncio.create_task(voter.run()) for voter in voters]
    try:
        yield promises
        assert not any(task.done() for task in tasks), [task.exception() for task in tasks if task.done()]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def broken_promises(promises: Promises, record: list[Entry]) -> tuple[list[str], list[str]]:
    """(acknowledged ballots that are not in the record as acknowledged, ballots that are in it twice)."""
    cast = [entry for entry in record if isinstance(entry.event, BallotCast)]
    kept = {entry.command: (entry.event.seat, entry.event.choice) for entry in cast}
    lost = [
        id_
        for id_, (voter, choice, _) in promises.acknowledged.items()
        if kept.get(id_) != (voter, (choice,))
    ]  # fmt: skip
    times = Counter(entry.command for entry in cast)
    return lost, [id_ for id_, count in times.items() if count > 1]

"""Simulated members for a demo: they check in, open papers and vote over the real interface, as tablets do."""

import asyncio
import json
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
import structlog
import websockets
from websockets.asyncio.client import ClientConnection, connect

# How long a person takes, in seconds: enough to watch it happen, short enough not to wait for it.
ARRIVAL_S = (1, 20)
READING_S = (2, 12)
VOTING_S = (2, 15)
RECONNECT_S = (1, 3)

# Most motions pass in a cabinet; a few members differ, so that the pictures show more than one colour.
_LEANINGS = {"for": 82, "against": 10, "not_voting": 8}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    password: str


async def simulate(origin: str, meeting_id: int, accounts: Sequence[Account], seed: int = 0) -> None:
    """Run a simulated member for each account until cancelled; `origin` is the address of the server."""
    async with asyncio.TaskGroup() as group:
        for number, account in enumerate(accounts):
            member = SimulatedMember(origin, meeting_id, account, random.Random(seed + number))
            group.create_task(member.run())


@dataclass
class SimulatedMember:
    origin: str
    meeting_id: int
    account: Account
    dice: random.Random
    parts: dict[str, Any] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    async def run(self) -> None:
        """Stay connected, whatever happens to the server meanwhile."""
        while True:
            try:
                async with httpx2.AsyncClient(base_url=self.origin) as web:
                    await self._attend(web)
            except (OSError, httpx2.HTTPError, websockets.WebSocketException) as error:
                log.info("simulated_member_waits", username=self.account.username, error=str(error))
            await asyncio.sleep(self.dice.uniform(*RECONNECT_S))

    async def _attend(self, web: httpx2.AsyncClient) -> None:
        body = {"username": self.account.username, "password": self.account.password}
        answer = await web.post("/api/session", json=body)
        answer.raise_for_status()
        bearer = {"Authorization": f"Bearer {answer.json()['token']}"}
        web.headers.update(bearer)
        address = f"{self.origin.replace('http', 'ws', 1)}/meetings/{self.meeting_id}/live"
        async with (
            connect(address, additional_headers=bearer, compression=None) as socket,
            asyncio.TaskGroup() as group,
        ):
            self._begun.clear()
            async for frame in socket:
                self._take(json.loads(frame))
                for key, step in self._intentions(web, socket):
                    if key not in self._begun:
                        self._begun.add(key)
                        group.create_task(step)
                    else:
                        step.close()

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("all"):
            self.parts = {}
        for name, part in message.get("parts", {}).items():
            self.parts[name] = part

    def _intentions(self, web: httpx2.AsyncClient, socket: ClientConnection) -> list[tuple[str, Any]]:
        """What this member would do now: each once."""
        me, stage = self.parts.get("me") or {}, self.parts.get("stage") or {}
        intentions: list[tuple[str, Any]] = []
        if not me.get("present") and stage.get("stage") in ("called", "in_session", "suspended"):
            intentions.append(("check_in", self._check_in(socket)))
        if current := stage.get("current_item"):
            intentions.append((f"read {current}", self._read(web, current)))
        for name, poll in self.parts.items():
            if name.startswith("poll/") and poll and poll["state"] == "open" and me.get("votes"):
                intentions.append((f"vote {name}", self._vote(socket, name.removeprefix("poll/"), poll)))
        return intentions

    async def _check_in(self, socket: ClientConnection) -> None:
        await self._wait(ARRIVAL_S)
        await self._send(socket, do="check_in")

    async def _read(self, web: httpx2.AsyncClient, item: int) -> None:
        for paper in (self.parts.get(f"item/{item}") or {}).get("papers", []):
            await self._wait(READING_S)
            if paper["file"]:
                await web.get(f"/papers/{paper['id']}")

    async def _vote(self, socket: ClientConnection, poll_id: str, poll: dict[str, Any]) -> None:
        await self._wait(VOTING_S)
        options = [option["id"] for option in poll["options"]]
        weights = [_LEANINGS.get(option, 0 if option == "other" else 10) for option in options]
        await self._send(socket, do="cast_ballot", poll=poll_id, choice=self.dice.choices(options, weights))

    async def _send(self, socket: ClientConnection, **command: Any) -> None:
        await socket.send(json.dumps({"id": str(uuid.uuid4()), **command}))

    async def _wait(self, seconds: tuple[float, float]) -> None:
        await asyncio.sleep(self.dice.uniform(*seconds))

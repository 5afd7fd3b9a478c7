"""The live socket of a meeting: a tablet's commands in, its changed parts out."""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from ecabinet.room.room import Room
from ecabinet.room.rooms import NoSuchMeeting
from ecabinet.room.tablet import Frame, Tablet, TabletOverrun
from ecabinet.room.wire import Malformed, Ping, answer, read_message
from ecabinet.rules.commands import Command
from ecabinet.rules.refused import refused
from ecabinet.web.errors import NotAllowed
from ecabinet.web.origin import check_same_origin

POLICY_VIOLATION = 1008

# A hand sends a command a second at the most; a page that reconnects sends its outbox at once.
BURST = 100
PER_SECOND = 20
# A socket that takes nothing for so long is half open (tests/faults).
SEND_TIMEOUT_S = 30

SERVER_SEND = "ecabinet.send"

_log = structlog.get_logger()


class ServerSend:
    """Keeps the server's own `send` in the scope, for frames that no middleware needs to see. Stands outermost."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[SERVER_SEND] = send
        await self.app(scope, receive, send)


class Throttle:
    """A token bucket on the clock of the server: `allows` is False once a socket floods."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._left = float(BURST)
        self._at = clock()

    def allows(self) -> bool:
        now = self._clock()
        # A clock that jumps back gives nothing, and takes nothing either.
        passed = max(now - self._at, timedelta())
        self._left, self._at = min(BURST, self._left + passed.total_seconds() * PER_SECOND), now
        self._left -= 1
        return self._left >= 0


async def live(websocket: WebSocket) -> None:
    """Refused before the handshake for other sites; afterwards by close code 1008, which the page can read."""
    state = websocket.state
    if not state.by_bearer:
        try:
            check_same_origin(websocket, websocket.app.state.settings.origins)
        except NotAllowed:
            await websocket.close(POLICY_VIOLATION)
            return
    await websocket.accept()
    room = await _room_for(websocket)
    if room is None:
        await websocket.close(POLICY_VIOLATION, "not admitted")
        return
    await _Connection(websocket, room).run()


async def _room_for(websocket: WebSocket) -> Room | None:
    person = websocket.state.person
    if person is None or person.must_change_password:
        return None
    try:
        return await websocket.app.state.rooms.room(websocket.path_params["meeting_id"])  # type: ignore[no-any-return]
    except NoSuchMeeting:
        return None


class _Connection:
    """One socket: a task that sends, one that receives, and one per command under way."""

    def __init__(self, websocket: WebSocket, room: Room) -> None:
        self._websocket = websocket
        self._room = room
        self._tablet = Tablet(websocket.state.person.id)
        self._throttle = Throttle(websocket.app.state.clock)
        self._under_way: set[asyncio.Task[None]] = set()
        # Past the middlewares, which have nothing to add to a frame: a push to 200 tablets pays for each layer 200 times.
        self._send_frame: Send = websocket.scope[SERVER_SEND]
        self._sending_since: float | None = None

    async def run(self) -> None:
        if not self._room.join(self._tablet):
            await self._close("not admitted")
            return
        revoked = self._websocket.app.state.revoked
        unsubscribe = revoked.subscribe(self._websocket.state.login.token_hash, self._session_ended)
        pump, receiving = asyncio.create_task(self._pump()), asyncio.create_task(self._receive())
        self._watch(receiving)
        try:
            await asyncio.wait({receiving})
        finally:
            unsubscribe()
            self._room.leave(self._tablet)
            self._watching.cancel()
            tasks = (pump, receiving, *self._under_way)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _pump(self) -> None:
        try:
            await self._tablet.pump(self._room.compose, self._send)
        except (OSError, RuntimeError):
            # The socket is gone; the receiving side learns of it by itself.
            return

    def _watch(self, receiving: "asyncio.Task[None]") -> None:
        """Give up a socket that takes nothing: looking now and then costs less than a timeout around every frame.

        No close frame goes where nothing goes; the server closes the transport when the application is done with it.
        """
        loop = asyncio.get_running_loop()
        if self._sending_since is not None and loop.time() - self._sending_since > SEND_TIMEOUT_S:
            receiving.cancel()
        else:
            self._watching = loop.call_later(SEND_TIMEOUT_S / 3, self._watch, receiving)

    async def _send(self, frame: Frame) -> None:
        self._sending_since = asyncio.get_running_loop().time()
        await self._send_frame({"type": "websocket.send", "text": frame})
        self._sending_since = None

    async def _receive(self) -> None:
        while True:
            received = await self._websocket.receive()
            if received["type"] == "websocket.disconnect":
                return
            if not self._throttle.allows():
                await self._flooded()
                return
            try:
                self._take(received.get("text") or received.get("bytes") or b"")
            except TabletOverrun:
                await self._flooded()
                return

    def _take(self, text: str | bytes) -> None:
        message = read_message(text, self._tablet.person)
        match message:
            case Ping(n=n):
                self._tablet.answer(f'{{"pong":{n}}}')
            case Malformed(id=id_, refused=refusal):
                self._tablet.answer(answer(id_, refusal))
            case _:
                task = asyncio.create_task(self._carry_out(message))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def _carry_out(self, command: Command) -> None:
        try:
            outcome = await self._room.execute(command)
        except Exception:
            _log.exception("command_failed", command=type(command).__name__)
            outcome = refused("not_recorded")
        with contextlib.suppress(TabletOverrun):
            self._tablet.answer(answer(command.id, outcome))

    async def _flooded(self) -> None:
        with contextlib.suppress(Exception):
            await self._send(answer(None, refused("too_many_messages")))
        await self._close("too many messages")

    async def _session_ended(self) -> None:
        await self._close("session ended")

    async def _close(self, reason: str) -> None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await self._websocket.close(POLICY_VIOLATION, reason)


routes: list[BaseRoute] = [WebSocketRoute("/meetings/{meeting_id:int}/live", live)]

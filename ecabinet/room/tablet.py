"""A connected tablet: what it still has to be told, bounded however slow it reads."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from ecabinet.rules.audience import Audience

# Answers wait here while the socket is slow; a tablet with this many unanswered commands is not one of ours.
ANSWERS_LIMIT = 256

Frame = str


class TabletOverrun(Exception):
    """The tablet asks more than it reads."""


class Tablet:
    """Names of changed parts are a set, so a slow tablet is skipped to the newest parts and memory stays bounded."""

    def __init__(self, person: int) -> None:
        self.person = person
        self.audience: Audience | None = None
        self.everything = False
        self.changed: set[str] = set()
        self.answers: deque[Frame] = deque()
        self._wake = asyncio.Event()

    def tell(self, names: set[str]) -> None:
        if names and not self.everything:
            self.changed |= names
        self._wake.set()

    def tell_everything(self) -> None:
        self.everything = True
        self.changed.clear()
        self._wake.set()

    def answer(self, frame: Frame) -> None:
        """Raises TabletOverrun when too many answers wait."""
        if len(self.answers) >= ANSWERS_LIMIT:
            raise TabletOverrun
        self.answers.append(frame)
        self._wake.set()

    async def pump(self, compose: Callable[["Tablet"], Frame | None], send: Callable[[Frame], Awaitable[None]]) -> None:
        """Send what waits, for ever: answers first, then the changed parts as they are now."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self.answers:
                await send(self.answers.popleft())
            frame = compose(self)
            if frame is not None:
                await send(frame)

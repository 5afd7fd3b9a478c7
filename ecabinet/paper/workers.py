"""Worker processes with limits: whatever a file does to its reader, the server and its event loop go on.

`async with Workers() as workers: facts = await workers.run(function, *args)`. Function, arguments and result are
pickled; each job runs in a fresh fork of a warm process (`keeper.py`) with limits on memory, CPU and time.
"""

import asyncio
import io
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, is_dataclass
from math import ceil
from types import TracebackType
from typing import Any, Self, TypeVar

from ecabinet.paper.keeper import REPLY, REQUEST
from ecabinet.paper.refusals import PaperRefused

T = TypeVar("T")

# Nothing of the server's own environment reaches a process that opens strangers' files: it holds credentials.
ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")

# A child ends by its own timer; this much later the server ends it.
PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use; address space, not resident memory."""

    memory_bytes: int = 512 * 1024 * 1024
    cpu_s: int = 10
    wall_s: float = 30.0


class JobFailed(Exception):
    """A bug in the job, with the traceback of the worker; not something that the person did."""


class Workers:
    """`count` jobs at a time, the others wait. Processes start with the first need, or all at once by `start`."""

    def __init__(self, count: int = 2) -> None:
        self._count = count
        self._free = asyncio.Semaphore(count)
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: set[asyncio.subprocess.Process] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self) -> None:
        while len(self._all) < self._count:
            self._idle.append(await self._keeper())

    async def run(self, function: Callable[..., T], *args: Any, limits: Limits = Limits()) -> T:
        """The function's result. PaperRefused when the job refuses or meets a limit, JobFailed when it has a bug."""
        job = pickle.dumps((function, args))
        async with self._free:
            if self._closed:
                raise PaperRefused("server_stopping")
            keeper = self._idle.pop() if self._idle else await self._keeper()
            try:
                code, outcome = await _ask(keeper, job, limits)
            except BaseException as reason:  # cancelled, or the keeper is gone: never go on with half a conversation
                await self._discard(keeper)
                if self._closed and isinstance(reason, PaperRefused):
                    raise PaperRefused("server_stopping") from None
                raise
            self._idle.append(keeper)
        value: T = _result(code, outcome, limits)
        return value

    async def close(self) -> None:
        """Ends every process, running jobs too."""
        self._closed = True
        await asyncio.gather(*(self._discard(keeper) for keeper in tuple(self._all)))
        self._idle.clear()

    async def _keeper(self) -> asyncio.subprocess.Process:
        keeper = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "ecabinet.paper.keeper"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # a Ctrl-C at the terminal ends the server, and the server ends its workers
        )
        self._all.add(keeper)
        return keeper

    async def _discard(self, keeper: asyncio.subprocess.Process) -> None:
        self._all.discard(keeper)
        if keeper.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(keeper.pid, signal.SIGKILL)
        if keeper.stdin is not None:
            keeper.stdin.close()
        await asyncio.shield(asyncio.ensure_future(keeper.wait()))


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
    return {**kept, "PYTHONPATH": paths, "LANG": "C.UTF-8", "PYTHONSAFEPATH": "1"}


async def _ask(keeper: asyncio.subprocess.Process, job: bytes, limits: Limits) -> tuple[int, bytes]:
    assert keeper.stdin is not None and keeper.stdout is not None
    try:
        async with asyncio.timeout(limits.wall_s + PATIENCE_S):
            keeper.stdin.write(REQUEST.pack(limits.memory_bytes, limits.cpu_s, limits.wall_s, len(job)))
            keeper.stdin.write(job)
            await keeper.stdin.drain()
            code, length = REPLY.unpack(await keeper.stdout.readexactly(REPLY.size))
            return code, await keeper.stdout.readexactly(length)
    except TimeoutError:
        raise PaperRefused("takes_too_long", seconds=ceil(limits.wall_s)) from None
    except (asyncio.IncompleteReadError, ConnectionError):
        raise PaperRefused("reader_died") from None


def _result(code: int, outcome: bytes, limits: Limits) -> Any:
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        raise PaperRefused("takes_too_long", seconds=limits.cpu_s if code == -signal.SIGXCPU else ceil(limits.wall_s))
    if code != 0 or not outcome:
        raise PaperRefused("reader_died")
    match _Results(io.BytesIO(outcome)).load():
        case ("done", value):
            return value
        case ("refused", "needs_too_much_memory", _):
            raise PaperRefused("needs_too_much_memory", megabytes=limits.memory_bytes // 1024**2)
        case ("refused", str(reason), dict(params)):
            raise PaperRefused(reason, **params)
        case ("failed", str(trace)):
            raise JobFailed(trace)
    raise PaperRefused("reader_died")


class _Results(pickle.Unpickler):
    """Builds our own dataclasses and plain values only: a worker that a file took over cannot run code here."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("ecabinet.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and is_dataclass(found) and found.__module__ == module:
                return found
        raise JobFailed(f"a worker may not answer with {module}.{name}")

"""Workers: whatever a job does, the server goes on and says why it ended."""

import asyncio
import itertools
import os
import threading
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from ecabinet.paper.refusals import PaperRefused
from ecabinet.paper.workers import JobFailed, Limits, Workers

BUSY = (sum, itertools.repeat(0))


@pytest.fixture
async def one_worker() -> AsyncIterator[Workers]:
    async with Workers(count=1) as workers:
        yield workers


async def test_run_returns_the_result(workers: Workers) -> None:
    assert await workers.run(divmod, 7, 2) == (3, 1)


async def test_every_job_has_a_process_of_its_own(one_worker: Workers) -> None:
    first, second = await one_worker.run(os.getpid), await one_worker.run(os.getpid)
    assert len({first, second, os.getpid()}) == 3


async def test_more_jobs_than_workers_wait_for_their_turn(workers: Workers) -> None:
    assert await asyncio.gather(*(workers.run(pow, 2, n) for n in range(20))) == [2**n for n in range(20)]


async def test_a_large_result_comes_back_whole(workers: Workers) -> None:
    assert len(await workers.run(bytes, 20_000_000)) == 20_000_000


@pytest.mark.parametrize(
    ("job", "limits", "reason", "params"),
    [
        ((bytearray, 2**30), Limits(), "needs_too_much_memory", {"megabytes": 512}),
        ((bytearray, 2**27), Limits(memory_bytes=2**28), "needs_too_much_memory", {"megabytes": 256}),
        (BUSY, Limits(cpu_s=1), "takes_too_long", {"seconds": 1}),
        ((time.sleep, 60), Limits(wall_s=0.2), "takes_too_long", {"seconds": 1}),
        ((os.abort,), Limits(), "reader_died", {}),
        ((os._exit, 3), Limits(), "reader_died", {}),
        ((os._exit, 0), Limits(), "reader_died", {}),
        ((os.kill, 0, 15), Limits(), "reader_died", {}),
        ((exit,), Limits(), "reader_died", {}),
    ],
    ids=["memory", "less memory", "cpu", "time", "abort", "exit", "silent exit", "kills its group", "leaves"],
)
async def test_a_job_over_its_limits_is_refused_and_the_next_one_runs(
    workers: Workers, job: tuple, limits: Limits, reason: str, params: dict[str, object]
) -> None:
    with pytest.raises(PaperRefused) as caught:
        await workers.run(*job, limits=limits)
    assert (caught.value.reason, caught.value.params) == (reason, params)
    assert await workers.run(abs, -1) == 1


async def test_memory_of_one_job_is_not_charged_to_the_next(one_worker: Workers) -> None:
    for _ in range(5):
        assert len(await one_worker.run(bytes, 100_000_000)) == 100_000_000


async def test_a_bug_comes_back_with_its_traceback(workers: Workers) -> None:
    with pytest.raises(JobFailed, match=r"ValueError: invalid literal for int\(\)"):
        await workers.run(int, "twelve")


@pytest.mark.parametrize("function, argument", [(Path, "x"), (timedelta, 1)])
async def test_a_worker_can_answer_with_plain_values_and_our_dataclasses_only(
    workers: Workers, function: type, argument: object
) -> None:
    with pytest.raises(JobFailed, match="may not answer with"):
        await workers.run(function, argument)


async def test_what_a_job_prints_does_not_disturb_the_answers(workers: Workers) -> None:
    assert await workers.run(os.write, 1, b"\0" * 100) == 100
    assert await workers.run(abs, -2) == 2


async def test_a_job_sees_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECABINET_DATABASE_URL", "a credential")
    async with Workers(count=1) as workers:
        assert await workers.run(os.getenv, "ECABINET_DATABASE_URL") is None


async def test_the_event_loop_goes_on_while_a_job_works(workers: Workers) -> None:
    job = asyncio.create_task(workers.run(*BUSY, limits=Limits(cpu_s=1)))
    turns = 0
    while not job.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1000
    assert isinstance(job.exception(), PaperRefused)


async def test_a_cancelled_job_ends_at_once_and_its_place_is_free(one_worker: Workers, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    job = asyncio.create_task(one_worker.run(pipe.read_bytes))
    writer = await asyncio.to_thread(open, pipe, "wb", 0)  # opens only once the job reads
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    await asyncio.to_thread(_write_until_broken, writer)
    assert await one_worker.run(abs, -3) == 3


def _write_until_broken(writer) -> None:  # type: ignore[no-untyped-def]
    """Nobody reads any more: the process is gone."""
    with writer, pytest.raises(BrokenPipeError):
        while True:
            writer.write(b"x" * 4096)


async def test_close_ends_the_processes_and_the_running_job() -> None:
    workers = Workers(count=1)
    keeper = await workers.run(os.getppid)
    job = asyncio.create_task(workers.run(time.sleep, 60))
    await asyncio.sleep(0)
    await workers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(keeper, 0)
    for late in (job, workers.run(abs, -1)):
        with pytest.raises(PaperRefused, match="server_stopping"):
            await late


async def test_a_keeper_that_was_killed_is_replaced(one_worker: Workers) -> None:
    os.kill(await one_worker.run(os.getppid), 9)
    with pytest.raises(PaperRefused, match="reader_died"):
        await one_worker.run(abs, -1)
    assert await one_worker.run(abs, -1) == 1


def test_workers_serve_a_loop_in_another_thread() -> None:
    """uvicorn may run its loop elsewhere than in the main thread."""
    answers: list[int] = []

    async def ask() -> None:
        async with Workers(count=1) as workers:
            answers.append(await workers.run(abs, -4))

    thread = threading.Thread(target=lambda: asyncio.run(ask()))
    thread.start()
    thread.join()
    assert answers == [4]

"""The first measurements: 200 tablets in one meeting, beside the naive way of doing it."""

import asyncio
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

from bench.figures import milliseconds, percentile, write_results
from bench.meeting import Seated, seat
from bench.server import CLIENT_CORE, Server, ecabinet, free_port, pin, running
from bench.tablets import Tablet, close_all, connect_all

TABLETS = 200
PUSHES = 40
RESULTS = Path(__file__).parent / "RESULTS.md"

Vote = Callable[[Tablet, str], Awaitable[float]]


async def push_to_last(tablets: list[Tablet], send: Callable[[str], Awaitable[float]]) -> list[float]:
    """Seconds from sending a change to its arrival at the LAST tablet, for PUSHES changes."""
    times = []
    for number in range(PUSHES):
        mark = f"bench-{number:03d}-"
        seen = [tablet.sees(mark) for tablet in tablets]
        began = asyncio.get_running_loop().time()
        await send(mark)
        times.append(max(await asyncio.gather(*seen)) - began)
    return times


async def votes_within(
    seconds: float, tablets: list[Tablet], vote: Callable[[Tablet], Awaitable[float]]
) -> list[float]:
    """Seconds from cast to receipt when every tablet votes once within `seconds`."""
    dice = Random(7)

    async def one(tablet: Tablet) -> float:
        await asyncio.sleep(dice.uniform(0, seconds))
        return await vote(tablet)

    return list(await asyncio.gather(*(one(tablet) for tablet in tablets)))


async def measure_ours(server: Server, seated: Seated) -> dict[str, object]:
    before = server.memory_kb()
    tablets = await connect_all(f"{server.origin.replace('http', 'ws')}/meetings/{seated.meeting}/live", seated.members)
    memory = (server.memory_kb() - before) / len(tablets)
    chair = tablets[0]
    await asyncio.gather(*(tablet.command(do="check_in") for tablet in tablets))
    await chair.command(do="open_session")
    found: dict[str, object] = {"memory": memory}
    for name, seconds, item in (("spread", 1.0, seated.items[0]), ("burst", 0.0, seated.items[1])):
        await chair.command(do="start_item", item=item)
        await chair.command(do="open_poll", poll=f"item-{item}")
        found[name] = await votes_within(
            seconds, tablets, lambda tablet, poll=f"item-{item}": tablet.command(do="cast_ballot", poll=poll, choice=["for"])
        )  # fmt: skip
        await chair.command(do="close_poll", poll=f"item-{item}", confirmed=True)
        await chair.command(do="publish_result", poll=f"item-{item}")
    cpu = server.cpu_s()
    found["push"] = await push_to_last(
        tablets, lambda mark: chair.command(do="conclude_item", item=seated.items[0], conclusion=mark)
    )
    found["cpu"] = (server.cpu_s() - cpu) / (PUSHES * len(tablets))
    await close_all(tablets)
    return found


async def measure_naive(server: Server) -> dict[str, object]:
    before = server.memory_kb()
    tablets = await connect_all(f"{server.origin.replace('http', 'ws')}/live", [""] * TABLETS)
    found: dict[str, object] = {"memory": (server.memory_kb() - before) / len(tablets)}
    for name, seconds in (("spread", 1.0), ("burst", 0.0)):
        found[name] = await votes_within(
            seconds, tablets, lambda tablet, poll=name: tablet.command(do="cast_ballot", poll=poll)
        )
    cpu = server.cpu_s()
    found["push"] = await push_to_last(tablets, lambda mark: tablets[0].command(do="note", note=mark))
    found["cpu"] = (server.cpu_s() - cpu) / (PUSHES * len(tablets))
    await close_all(tablets)
    return found


def rows(ours: dict[str, object], naive: dict[str, object], cold_s: float) -> list[tuple[str, str, str]]:
    def versus(name: str) -> tuple[str, str]:
        mine, theirs = ours[name], naive[name]
        ratio = percentile(theirs, 0.99) / percentile(mine, 0.99)  # type: ignore[arg-type]
        return milliseconds(mine), f"naive: {milliseconds(theirs)} (p99 {ratio:.1f} x ours)"  # type: ignore[arg-type]

    return [
        ("cold start to the first page", f"{cold_s:.2f} s", ""),
        (f"{TABLETS} members vote within one second: cast to receipt", *versus("spread")),
        (f"{TABLETS} members vote at once: cast to receipt", *versus("burst")),
        (f"one change to the last of {TABLETS} tablets", *versus("push")),
        ("server CPU per delivery, µs", f"{1e6 * ours['cpu']:.0f}", f"naive: {1e6 * naive['cpu']:.0f}"),  # type: ignore[operator]
        ("memory per tablet, KB", f"{ours['memory']:.0f}", f"naive: {naive['memory']:.0f}"),
    ]


def main() -> None:
    pin(CLIENT_CORE)
    with tempfile.TemporaryDirectory() as folder:
        seated = asyncio.run(seat(f"sqlite+aiosqlite:///{folder}/ecabinet.db", TABLETS))
        starts = []
        for _ in range(3):
            with ecabinet(Path(folder)) as server:
                starts.append(server.started_s)
        with ecabinet(Path(folder)) as server:
            ours = asyncio.run(measure_ours(server, seated))
        port = free_port()
        with running(["-m", "bench.peers.naive", str(port), f"{folder}/naive.db"], port, "/", {}) as server:
            naive = asyncio.run(measure_naive(server))
    found = rows(ours, naive, statistics.median(starts))
    write_results(found, RESULTS)
    print(RESULTS.read_text())


if __name__ == "__main__":
    main()

"""kill -9 while twenty members vote: what was acknowledged is kept, once, and the server is back at once."""

import asyncio
import os
from pathlib import Path
from random import Random

import pytest

from ecabinet.rules.ballots import receipt
from tests.faults.chamber import Server, furnish, recount
from tests.faults.voters import broken_promises, voting

KILLS = 10
BACK_WITHIN_S = 2.0


@pytest.fixture
def dice() -> Random:
    """FAULT_SEED=... repeats a run."""
    seed = int(os.environ.get("FAULT_SEED") or Random().randrange(2**32))
    print(f"FAULT_SEED={seed}")
    return Random(seed)


async def test_no_acknowledged_ballot_is_lost_or_doubled(tmp_path: Path, dice: Random) -> None:
    tokens = await furnish(tmp_path / "data")
    server = Server(tmp_path / "data", tmp_path / "server.log")
    back_s = []
    async with voting(server, tokens, dice) as promises:
        for _ in range(KILLS):
            before = len(promises.acknowledged)
            await server.start()
            await promises.until(before + 1)
            back_s.append(promises.last_at - server.up_at)
            await promises.until(before + dice.randint(2, 60))
            await asyncio.sleep(dice.uniform(0, 0.05))  # Not always just after an answer.
            server.kill()
            found, record = await recount(server.data_dir)
            assert found.problems == []
            assert broken_promises(promises, record) == ([], [])
    assert max(back_s) <= BACK_WITHIN_S, back_s
    assert len(promises.acknowledged) > 2 * KILLS and promises.refusals == {}
    assert all(said == receipt(id_) for id_, (_, _, said) in promises.acknowledged.items())


async def test_acknowledging_before_the_commit_would_be_caught(tmp_path: Path, dice: Random) -> None:
    """The mutant: one kill is enough."""
    tokens = await furnish(tmp_path / "data")
    server = Server(tmp_path / "data", tmp_path / "server.log", module="tests.faults.hasty")
    async with voting(server, tokens, dice) as promises:
        await server.start()
        await promises.until(20)
        server.kill()
    _, record = await recount(server.data_dir)
    lost, _ = broken_promises(promises, record)
    assert lost

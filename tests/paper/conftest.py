"""One set of warm workers for all tests of this floor, and the fonts that the build laid out."""

from collections.abc import AsyncIterator

import pytest

from ecabinet.paper.workers import Workers


@pytest.fixture(scope="session")
async def workers() -> AsyncIterator[Workers]:
    async with Workers() as workers:
        yield workers

"""A house in two languages for many refusals, and the proof that a refusal left nothing behind."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.web.conftest import Browser, House, open_house
from tests.web.desk_house import Desk, add_account, furnish
from tests.web.test_origin import dump

LANGUAGES = ("vi", "en")


@dataclass
class Office:
    """The desk of a house, with a secretary and an administrator of each language."""

    desk: Desk
    secretaries: dict[str, Browser]
    administrators: dict[str, Browser]

    @property
    def house(self) -> House:
        return self.desk.house


@contextmanager
def own_temporary_folder(folder: Path) -> Iterator[None]:
    """Leftovers are seen there, and nobody else's are."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder / "temporary")
    (folder / "temporary").mkdir()
    try:
        yield
    finally:
        tempfile.tempdir = before


@asynccontextmanager
async def open_office(folder: Path, **settings: object) -> AsyncIterator[Office]:
    with own_temporary_folder(folder):
        async with open_house(folder / "data", **settings) as house:
            desk = await furnish(house)
            await add_account(house, "secretary", office_vi="Thư ký", is_secretariat=True, language="en")
            await add_account(house, "administrator", office_vi="Quản trị", is_administrator=True, language="en")
            yield Office(
                desk,
                {"vi": desk.secretary, "en": await house.signed_in("secretary")},
                {"vi": await house.signed_in("quantri"), "en": await house.signed_in("administrator")},
            )


@asynccontextmanager
async def untouched(house: House) -> AsyncIterator[None]:
    """Not a row, a kept file or a temporary file more, less or other than before; with a temporary folder of its own."""
    before = await _everything(house)
    yield
    assert await _everything(house) == before


async def _everything(house: House) -> tuple[object, ...]:
    return await dump(house), _files(house.app.state.files.folder), _files(Path(tempfile.gettempdir()))


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())

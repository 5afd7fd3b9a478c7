"""A house in two languages for many refusals, and the proof that a refusal left nothing behind."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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


@asynccontextmanager
async def open_office(folder: Path, **settings: object) -> AsyncIterator[Office]:
    """Temporary files go into a folder of their own for as long as the office is open, so that leftovers are seen."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder / "temporary")
    (folder / "temporary").mkdir()
    try:
        async with open_house(folder / "data", **settings) as house:
            desk = await furnish(house)
            await add_account(house, "secretary", office_vi="Thư ký", is_secretariat=True, language="en")
            await add_account(house, "administrator", office_vi="Quản trị", is_administrator=True, language="en")
            yield Office(
                desk,
                {"vi": desk.secretary, "en": await house.signed_in("secretary")},
                {"vi": await house.signed_in("quantri"), "en": await house.signed_in("administrator")},
            )
    finally:
        tempfile.tempdir = before


@asynccontextmanager
async def untouched(house: House) -> AsyncIterator[None]:
    """Not a row, a kept file or a temporary file more, less or other than before."""
    before = await _everything(house)
    yield
    assert await _everything(house) == before


async def _everything(house: House) -> tuple[object, ...]:
    return await dump(house), _files(house.app.state.files.folder), _files(Path(tempfile.gettempdir()))


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
